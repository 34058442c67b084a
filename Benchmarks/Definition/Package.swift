// swift-tools-version:6.2
import PackageDescription

// How fast a definition is read and judged. `./run` in this folder builds and runs it beside
// programs that only read YAML.
let package = Package(
    name: "definition-bench",
    dependencies: [.package(name: "seedlot", path: "../..")],
    targets: [
        .executableTarget(
            name: "DefinitionBench",
            dependencies: [.product(name: "Checker", package: "seedlot")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ])
