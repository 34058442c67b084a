import Cytometry
import Foundation
import Testing
import TestSupport

/// Bad input: a precise refusal in bounded time and memory, never a crash.
@Suite struct FCSRefusalTests {
    private func refusal(
        _ change: (inout SyntheticFCS) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> FCSReadError? {
        var file = SyntheticFCS()
        change(&file)
        return #expect(throws: FCSReadError.self, sourceLocation: sourceLocation) {
            try FCSFile.read(FileBytes(file.bytes))
        }
    }

    @Test func theUnchangedFileIsRead() throws {
        let sets = try FCSFile.read(FileBytes(SyntheticFCS().bytes))
        #expect(sets[0].warnings.isEmpty)
        #expect(sets[0].storedValues(of: 1) == [2, 4, 6])
    }

    @Test func fourBillionParametersAreOverTheLimit() {
        let error = refusal { $0.set("$PAR", "4000000000") }
        #expect(error?.code == .limit)
        #expect(error?.message.contains("4000000000") == true)
        #expect(error?.offset != nil)
    }

    @Test func moreParametersThanDescribedAreMissingKeywords() {
        let error = refusal { $0.set("$PAR", "3") }
        #expect(error?.code == .missingKeyword)
        #expect(error?.message.contains("$P3B") == true)
    }

    @Test(arguments: ["4000000000", "99999999999999999999999999", "9223372036854775807"])
    func moreEventsThanDataAreRefused(total: String) {
        let error = refusal { $0.set("$TOT", total) }
        #expect(error?.code == .data || error?.code == .keywordValue)
    }

    @Test func aFileThatEndsEarlyIsRefusedOrSalvaged() throws {
        let bytes = SyntheticFCS().bytes.dropLast(9)
        let error = #expect(throws: FCSReadError.self) { try FCSFile.read(FileBytes(bytes)) }
        #expect(error?.code == .truncated)
        #expect(error?.offset == bytes.count)
        #expect(error?.message.contains("1 of 3 events") == true)
        let salvaged = try FCSFile.read(FileBytes(bytes), damage: .salvage)[0]
        #expect(salvaged.eventCount == 1)
        #expect(salvaged.warnings.contains { $0.code == .events })
    }

    @Test func dataBeyondTheFileIsRefused() {
        let error = refusal {
            $0.headerData = (99_999_000, 99_999_999)
            $0.keywords.append(("$BEGINDATA", "1"))
            $0.data = []
        }
        #expect(error?.code == .data || error?.code == .truncated)
    }

    @Test(arguments: ["1", "57", "5000", "99999999999"])
    func nextDataSetsThatLeadNowhereAreRefused(next: String) {
        #expect(refusal { $0.set("$NEXTDATA", next) }?.code == .nextDataSet)
    }

    /// Some instruments write what is no offset where nothing follows.
    @Test(arguments: ["-1", "none", "0x40", "18446744073709551616"])
    func aNextDataSetThatIsNoOffsetEndsTheFileWithAWarning(next: String) throws {
        var file = SyntheticFCS()
        file.set("$NEXTDATA", next)
        let sets = try FCSFile.read(FileBytes(file.bytes))
        #expect(sets.count == 1 && sets[0].eventCount == 3)
        #expect(
            sets[0].warnings.contains {
                $0.code == .nextDataSet && $0.message.contains(next) && $0.offset != nil
            })
    }

    @Test func aNextDataSetInsideTheOwnTextIsNoFCSFile() {
        #expect(refusal { $0.set("$NEXTDATA", "60") }?.code == .notFCS)
    }

    @Test(arguments: [
        ("$DATATYPE", "Q", FCSReadError.Code.keywordValue), ("$DATATYPE", "", .missingKeyword),
        ("$P1B", "33", .width), ("$P1B", "-4", .keywordValue), ("$MODE", "C", .mode),
        ("$BYTEORD", "1,2,2,4", .keywordValue), ("$BYTEORD", "", .keywordValue),
        ("$PAR", "0", .keywordValue), ("$TOT", "many", .keywordValue),
    ])
    func keywordsOutsideTheStandardAreNamed(
        name: String, value: String, code: FCSReadError.Code
    ) {
        let error = refusal { $0.set(name, value.isEmpty ? nil : value) }
        #expect(error?.code == code)
        #expect(error?.message.contains(name) == true)
    }

    @Test func versionsThatAreNotKnownAreNamed() {
        #expect(refusal { $0.version = "FCS4.0" }?.code == .version)
        #expect(refusal { $0.version = "PK\u{3}\u{4}.." }?.code == .notFCS)
    }

    @Test func aFolderAndAMissingFileAreReported() {
        #expect(throws: FCSReadError.self) { try FCSFile.open(path: "/") }
        #expect(throws: FCSReadError.self) { try FCSFile.open(path: "/nowhere/at/all.fcs") }
    }

    /// Every prefix of a file is either read or refused; nothing else may happen.
    @Test func everyPrefixIsReadOrRefused() {
        let whole = SyntheticFCS().bytes
        for length in 0..<whole.count {
            _ = try? FCSFile.read(FileBytes(whole[..<length]))
            _ = try? FCSFile.read(FileBytes(whole[..<length]), damage: .salvage)
        }
    }

    /// Files with bytes, digits and keywords changed at random: read or refused, never a crash.
    @Test func mutatedFilesAreReadOrRefused() throws {
        let folder = FCSConformanceTests.folder
        let seeds = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".fcs") }.sorted()
            .map { try [UInt8](Data(contentsOf: folder.appending(path: $0)).prefix(3000)) }
            .filter { !$0.isEmpty }
        forAll(cases: 2000) { random in
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                mutate(&bytes, &random)
            }
            let damage: FCSFile.Damage = Bool.random(using: &random) ? .salvage : .refuse
            guard let sets = try? FCSFile.read(FileBytes(bytes), damage: damage) else { return }
            for set in sets {
                try require(set.eventCount <= bytes.count * 8, "\(set.eventCount) events")
                for index in set.parameters.indices.prefix(4) {
                    _ = set.scaleValues(of: index)
                    _ = set.exactIntegers(of: index)
                }
                _ = try? set.spillover()
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        // HEADER and TEXT decide what is done with the rest.
        let place = Int.random(in: 0..<min(bytes.count, 800), using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] = UInt8.random(in: 48...57, using: &random)
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8.random(in: 48...57, using: &random), at: place)
        case 4: bytes.removeLast(min(bytes.count, Int.random(in: 1...200, using: &random)))
        default:
            let word =
                ["$PAR", "$TOT", "$P1B", "*", "99999999", "I", "A", "D", "//"]
                .randomElement(using: &random) ?? ""
            bytes.replaceSubrange(
                place..<min(place + word.utf8.count, bytes.count), with: word.utf8)
        }
    }
}
