import Foundation
import Ledger
import LedgerTestSupport
import SQLiteLedger
import Testing

@Suite struct BackupTests {
    let scenario = try! LedgerScenario()

    @Test func aCopyOfARunningSiteIsWholeAndContinuesTheSameTree() async throws {
        let folder = try TemporaryFolder()
        let site = folder.path("site")
        let copy = folder.path("copy")
        try makeSite(site)
        let storage = try SQLiteLedgerStorage(path: "\(site)/ledger.sqlite")
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin)
        let pending = try (1...200).map { try writer.submit([scenario.draft(minute: $0)]) }
        _ = try await pending[20].receipt
        try await SiteCopy(from: "\(site)/", to: "\(copy)/").run()
        _ = try await writer.submit([scenario.draft(minute: 300)]).receipt
        try await writer.signCheckpoint()
        let kept = try #require(try await LedgerReader(storage: storage).checkpoint())

        let copied = try SQLiteLedgerStorage(path: "\(copy)/ledger.sqlite")
        // What was just being recorded is signed in the copy, as it is in the site.
        try await scenario.writer(copied).signCheckpoint()
        let report = try await scenario.verify(copied)
        #expect(report.findings == [])
        // The copy ends somewhere on the same tree.
        let checkpoint = try Checkpoint(
            parsing: try #require(try await copied.lastCheckpoint()).note)
        #expect(try await scenario.verify(storage, against: [checkpoint]).findings == [])
        #expect(
            try await !scenario.verify(copied, against: [try Checkpoint(text: kept.text)]).isIntact)
        try await scenario.append([scenario.draft(minute: 400)], to: copied)
        #expect(try await scenario.verify(copied, against: [checkpoint]).findings == [])
        #expect(
            FileManager.default.contents(atPath: "\(copy)/files/ab/abcd") == Data("content".utf8))
        let mode = try FileManager.default.attributesOfItem(
            atPath: "\(copy)/keys/site.key")[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        try copied.close()
        try storage.close()
    }

    @Test func aCopyThatIsNotAcceptedLeavesNothingBehind() async throws {
        let folder = try TemporaryFolder()
        let site = folder.path("site")
        try makeSite(site)
        try await scenario.append(
            try scenario.usualCommands(3),
            to: try SQLiteLedgerStorage(path: "\(site)/ledger.sqlite"))
        struct Refused: Error {}
        await #expect(throws: Refused.self) {
            try await SiteCopy(from: site, to: folder.path("copy"))
                .run(check: { _ in throw Refused() })
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["site"])
        await #expect(throws: StorageError.self) {
            try await SiteCopy(from: folder.path("nothing"), to: folder.path("copy")).run()
        }
        await #expect(throws: StorageError.self) {
            try await SiteCopy(from: site, to: site).run()
        }
    }

    private func makeSite(_ path: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: "\(path)/files/ab", withIntermediateDirectories: true)
        try files.createDirectory(atPath: "\(path)/keys", withIntermediateDirectories: true)
        try Data("content".utf8).write(to: URL(filePath: "\(path)/files/ab/abcd"))
        try PrivateFile.write(Array("secret".utf8), to: "\(path)/keys/site.key")
    }
}
