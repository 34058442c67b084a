import Foundation
import Testing

/// A room imports only what stands below it, and each outside dependency has one owner.
///
/// The floors are those of ARCHITECTURE.md, written here a second time: a change of the house
/// must be made in both places, on purpose.
@Suite struct FloorTests {
    /// The floor of every room.
    static let floors: [String: Int] = [
        "Quantities": 0, "Diagnostics": 0, "CNumerics": 0, "Ledger": 0, "CLibXML2": 0, "CZlib": 0,
        "Deflate": 0,
        "Guidance": 1, "Statistics": 1, "Cytometry": 1, "SQLiteLedger": 1,
        "ProductDefinition": 2,
        "Checker": 3, "Facility": 3, "Planner": 3,
        "Operations": 4,
        "Charts": 5, "Documents": 5,
        "CAssets": 6, "WebApp": 6,
        "seedlot": 7,
    ]

    /// Rooms on one floor that may still look across, each with its reason.
    static let across: [String: Set<String>] = [
        // Streams are made by the library they are named after.
        "Deflate": ["CZlib"],
        // A document shows pictures.
        "Documents": ["Charts"],
        // The pages carry their style sheet and script.
        "WebApp": ["CAssets"],
    ]

    /// The one room that may import each outside module.
    static let owners: [String: Set<String>] = [
        "Crypto": ["Ledger"], "CryptoExtras": ["Ledger"],
        "GRDB": ["SQLiteLedger"], "GRDBSQLite": ["SQLiteLedger"],
        "Yams": ["ProductDefinition"], "CYaml": ["ProductDefinition"],
        "HashTreeCollections": ["Facility"],
        "Logging": ["Operations", "WebApp", "seedlot"],
        "Hummingbird": ["WebApp"], "HummingbirdCore": ["WebApp"],
        "NIOCore": ["WebApp"], "HTTPTypes": ["WebApp"],
        "ServiceLifecycle": ["WebApp"], "HummingbirdTLS": ["WebApp"], "NIOSSL": ["WebApp"],
        "CZlib": ["Deflate"],
        "ArgumentParser": ["seedlot"],
        "CLibXML2": ["Cytometry"],
        "CNumerics": ["Statistics"],
    ]

    @Test func everyRoomHasAFloor() throws {
        let sources = House.root.appending(path: "Sources")
        let rooms = try FileManager.default.contentsOfDirectory(atPath: sources.path)
        let unplaced = rooms.filter {
            Self.floors[$0] == nil && !["TestSupport", "LedgerTestSupport"].contains($0)
        }
        #expect(unplaced.isEmpty, "rooms without a floor")
    }

    @Test func roomsImportOnlyWhatStandsBelow() {
        for file in House.files(in: "Sources") {
            guard let floor = Self.floors[file.target] else { continue }
            for module in file.imports {
                guard let other = Self.floors[module], module != file.target else { continue }
                let allowed =
                    other < floor || Self.across[file.target]?.contains(module) == true
                #expect(allowed, "\(file.path) imports \(module), which is not below it")
            }
        }
    }

    @Test func eachOutsideDependencyHasItsOwner() {
        for file in House.files(in: "Sources") {
            for module in file.imports {
                guard let owners = Self.owners[module] else { continue }
                #expect(
                    owners.contains(file.target),
                    "\(file.path) imports \(module), which belongs to \(owners.sorted())")
            }
        }
    }

    /// An import of a module nobody has placed would pass the two tests above unseen.
    @Test func everyImportIsKnown() {
        let system: Set<String> = [
            "Foundation", "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Testing",
            "TestSupport", "LedgerTestSupport",
        ]
        for file in House.files(in: "Sources") {
            for module in file.imports.sorted() {
                let known =
                    system.contains(module) || Self.floors[module] != nil
                    || Self.owners[module] != nil
                #expect(known, "\(file.path) imports \(module): neither floor nor owner")
            }
        }
    }

    /// The pure middle reads no clock, environment, socket or unseeded randomness.
    @Test func thePureMiddleReadsNothingFromOutside() {
        let pure = [
            "Quantities", "Diagnostics", "Guidance", "Checker", "Facility", "Charts", "Statistics",
            "Planner",
        ]
        let outside = [
            "Date()", "Date.now", "ProcessInfo.", "FileManager.", "FileHandle(", "URLSession",
            "SystemRandomNumberGenerator", ".random(in:", "getenv(", "clock_gettime", "UUID()",
        ]
        for file in House.files(in: "Sources") where pure.contains(file.target) {
            for word in outside where file.text.contains(word) {
                // Randomness from a generator that is passed in is pure.
                if word == ".random(in:",
                    !file.text.components(separatedBy: word).dropFirst().contains(where: {
                        !$0.prefix(80).contains("using:")
                    })
                {
                    continue
                }
                Issue.record("\(file.path) uses \(word)")
            }
        }
    }
}
