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
    name: "statistics-bench",
    targets: [
        .target(name: "CNumerics", cxxSettings: [.unsafeFlags(["-O2"])]),
        .target(name: "Statistics", dependencies: ["CNumerics"], swiftSettings: house),
        .executableTarget(
            name: "statistics-bench", dependencies: ["Statistics"], swiftSettings: house),
        .executableTarget(name: "dip-table", dependencies: ["Statistics"], swiftSettings: house),
    ])
