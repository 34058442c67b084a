// swift-tools-version:6.2
import PackageDescription

// The engine is compiled here from the same sources, without the rooms that read definitions.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "planner-bench",
    targets: [
        .target(
            name: "Planner",
            exclude: [
                "Simulation/CampaignFromDefinition.swift",
                "Simulation/CampaignStepBuilder.swift", "Simulation/BankHistory.swift",
            ],
            swiftSettings: house),
        .executableTarget(
            name: "planner-bench", dependencies: ["Planner"], swiftSettings: house),
    ])
