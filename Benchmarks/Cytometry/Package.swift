// swift-tools-version:6.2
import PackageDescription

// The room is compiled here from the same sources, so that a benchmark needs none of the others.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "cytometry-bench",
    targets: [
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(name: "Deflate", dependencies: ["CZlib"], swiftSettings: house),
        .target(
            name: "Cytometry", dependencies: ["CLibXML2", "Deflate"], swiftSettings: house),
        .executableTarget(
            name: "cytometry-bench", dependencies: ["Cytometry"], swiftSettings: house),
    ])
