// swift-tools-version:6.2
import PackageDescription

// Speed of the ledger beside what others offer for the same work, in one run.
// `./run` in this folder builds and runs it.

let package = Package(
    name: "ledger-benchmarks",
    dependencies: [.package(name: "seedlot", path: "../..")],
    targets: [
        .systemLibrary(
            name: "CSQLite3", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "BareSQLite", dependencies: ["CSQLite3"]),
        .executableTarget(
            name: "LedgerBenchmarks",
            dependencies: [
                "BareSQLite",
                .product(name: "SQLiteLedger", package: "seedlot"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
