// swift-tools-version:6.2
import PackageDescription

// The genealogy is compiled here from the same sources, so that a benchmark needs none of the
// other rooms. `./run` builds it and runs it beside its peers.
let package = Package(
    name: "facility-bench",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .executableTarget(
            name: "GenealogyBench",
            dependencies: [
                .product(name: "HashTreeCollections", package: "swift-collections")
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ])
    ])
