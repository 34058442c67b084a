// swift-tools-version:6.2
import Foundation
import PackageDescription

// The rooms of the house, floor by floor. A room imports only what stands below it, and each
// outside dependency has exactly one owner. ARCHITECTURE.md says what each room is for;
// `TidyTests` holds this file to it.
//
// `SEEDLOT_ROOMS=Statistics,Cytometry` keeps only those rooms, what they stand on and their tests,
// so that the everyday loop in a low room never builds a web server.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ room: String, with dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(room)Tests",
        dependencies: [.target(name: room), "TestSupport"] + dependencies,
        // Found beside the source file: a copy in a bundle would only hide which file was read.
        exclude: Context.fixtures(of: "\(room)Tests"),
        swiftSettings: house)
}

extension Context {
    /// The fixture folders of a test target, which hold data and no sources.
    static func fixtures(of target: String) -> [String] {
        ["Fixtures", "Golden"].filter {
            FileManager.default.fileExists(atPath: "\(packageDirectory)/Tests/\(target)/\($0)")
        }
    }
}

// MARK: Rooms

let ground: [Target] = [
    room("Quantities"),
    room("Diagnostics"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    room("Deflate", on: ["CZlib"]),
    .target(
        name: "CNumerics",
        cxxSettings: [.unsafeFlags(["-O2"])]),
    room(
        "Ledger",
        on: [
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "CryptoExtras", package: "swift-crypto"),
        ]),
]

let firstFloor: [Target] = [
    room("Guidance", on: ["Quantities"]),
    room("Statistics", on: ["CNumerics"]),
    .systemLibrary(
        name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    room("Cytometry", on: ["CLibXML2", "Deflate"]),
    room(
        "SQLiteLedger",
        on: [
            "Ledger", .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "GRDBSQLite", package: "GRDB.swift"),
        ]),
]

let secondFloor: [Target] = [
    room(
        "ProductDefinition",
        on: ["Quantities", "Diagnostics", "Guidance", .product(name: "Yams", package: "Yams")])
]

let thirdFloor: [Target] = [
    room("Checker", on: ["ProductDefinition", "Guidance", "Diagnostics", "Quantities"]),
    room(
        "Facility",
        on: [
            "ProductDefinition", "Guidance", "Diagnostics", "Quantities", "Ledger",
            .product(name: "HashTreeCollections", package: "swift-collections"),
        ]),
    room(
        "Planner",
        on: ["ProductDefinition", "Guidance", "Statistics", "Quantities", "Diagnostics"]),
]

let fourthFloor: [Target] = [
    room(
        "Operations",
        on: [
            "Facility", "Ledger", "Checker", "ProductDefinition", "Guidance", "Diagnostics",
            "Quantities",
            .product(name: "Logging", package: "swift-log"),
        ])
]

let fifthFloor: [Target] = [
    room("Charts", on: ["Quantities", "Deflate"]),
    room("Documents", on: ["Charts", "Facility", "Statistics", "Ledger", "Quantities"]),
]

let sixthFloor: [Target] = [
    .target(name: "CAssets", exclude: ["files"]),
    room(
        "WebApp",
        on: [
            "CAssets", "Charts", "Documents", "Operations", "Facility", "Planner", "Ledger",
            "Checker", "ProductDefinition", "Statistics", "Cytometry", "Guidance", "Diagnostics",
            "Quantities", "Deflate",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdTLS", package: "hummingbird"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]),
]

let seventhFloor: [Target] = [
    .executableTarget(
        name: "seedlot",
        dependencies: [
            "Quantities", "Diagnostics", "Ledger", "SQLiteLedger", "Guidance", "ProductDefinition",
            "Checker", "Facility", "Operations", "Charts", "Documents", "WebApp", "Cytometry",
            "Statistics", "Planner",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: house)
]

// MARK: Tests

let testRooms: [Target] = [
    room("TestSupport"),
    .target(
        name: "LedgerTestSupport", dependencies: ["Ledger", "TestSupport"],
        swiftSettings: house),
    tests("Quantities"),
    tests("Diagnostics"),
    tests("Deflate"),
    tests("Ledger", with: ["LedgerTestSupport"]),
    tests(
        "SQLiteLedger",
        with: [
            "LedgerTestSupport", "Ledger", "LedgerTestChild",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    // Processes that tests start: one appends until it is killed.
    .executableTarget(
        name: "LedgerTestChild", dependencies: ["Ledger", "SQLiteLedger"],
        path: "Tests/LedgerTestChild", swiftSettings: house),
    tests("Statistics"),
    tests("Cytometry"),
    tests("Guidance"),
    tests("ProductDefinition"),
    tests("Checker", with: ["ProductDefinition", "Diagnostics"]),
    tests("Planner", with: ["ProductDefinition", "Statistics", "Quantities"]),
    tests("Facility", with: ["ProductDefinition", "Quantities", "Ledger"]),
    tests("Operations", with: ["Facility", "Ledger", "LedgerTestSupport", "SQLiteLedger"]),
    tests("Charts"),
    tests("Documents", with: ["Facility", "Ledger", "LedgerTestSupport"]),
    tests(
        "WebApp",
        with: [
            "Facility", "Operations", "Ledger", "LedgerTestSupport", "Planner",
            "ProductDefinition",
            .product(name: "HummingbirdTesting", package: "hummingbird"),
        ]),
    .testTarget(
        name: "CommandLineTests", dependencies: ["seedlot", "TestSupport"],
        exclude: Context.fixtures(of: "CommandLineTests"), swiftSettings: house),
    // What the load of the site is held against: Benchmarks/WebApp.
    .executableTarget(
        name: "BareServer", dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
        path: "Benchmarks/WebApp/BareServer", swiftSettings: house),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: house),
]

// MARK: The package

let outside: [(package: String, dependency: Package.Dependency)] = [
    ("swift-crypto", .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")),
    ("GRDB.swift", .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")),
    ("Yams", .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")),
    (
        "swift-collections",
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ),
    ("swift-log", .package(url: "https://github.com/apple/swift-log", from: "1.16.2")),
    (
        "hummingbird",
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")
    ),
    ("swift-nio-ssl", .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6")),
    (
        "swift-argument-parser",
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ),
]

var targets =
    ground + firstFloor + secondFloor + thirdFloor + fourthFloor + fifthFloor + sixthFloor
    + seventhFloor + testRooms
var packages = outside.map(\.dependency)

// Benchmarks that need the rooms' inner doors are built on request alone: Benchmarks/Facility/run.
if Context.environment["SEEDLOT_BENCHMARKS"] != nil {
    targets.append(
        .executableTarget(
            name: "SiteBench", dependencies: ["Operations", "Facility", "Ledger", "SQLiteLedger"],
            path: "Benchmarks/Facility/Sources/SiteBench", swiftSettings: house))
}

if let wanted = Context.environment["SEEDLOT_ROOMS"], !wanted.isEmpty {
    var keep = Set(wanted.split(separator: ",").map(String.init))
    keep.formUnion(keep.map { "\($0)Tests" })
    var products: Set<String> = []
    var grew = true
    while grew {
        grew = false
        for target in targets where keep.contains(target.name) {
            for dependency in target.dependencies {
                switch dependency {
                case .targetItem(let name, _), .byNameItem(let name, _):
                    if keep.insert(name).inserted { grew = true }
                case .productItem(_, let package, _, _):
                    if let package { products.insert(package) }
                @unknown default: break
                }
            }
        }
    }
    targets = targets.filter { keep.contains($0.name) }
    packages = outside.filter { products.contains($0.package) }.map(\.dependency)
}

// The benchmarks are packages of their own and use these rooms, with the modules they show.
let benchmarked: KeyValuePairs = [
    "SQLiteLedger": ["SQLiteLedger", "Ledger"],
    "Checker": ["Checker", "ProductDefinition", "Diagnostics"],
]

let package = Package(
    name: "seedlot",
    products: (targets.contains { $0.name == "seedlot" }
        ? [.executable(name: "seedlot", targets: ["seedlot"])] : [])
        + benchmarked.filter { room, _ in targets.contains { $0.name == room } }
        .map { room, modules in .library(name: room, targets: modules) },
    dependencies: packages,
    targets: targets
)
