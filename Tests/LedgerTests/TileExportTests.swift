import Foundation
import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct TileExportTests {
    /// The same 600 entries as aics-tlog wrote, byte for byte.
    @Test func tilesAreThoseOfAnotherImplementation() async throws {
        let folder = fixtures().appending(path: "tlog/log-600")
        let note = try SignedNote(
            parsing: try Data(contentsOf: folder.appending(path: "checkpoint")))
        let storage = InMemoryLedgerStorage()
        storage.tamper { stored in
            stored.entries = (0..<600).map { Array(#"{"seq":\#($0),"act":"entry \#($0)"}"#.utf8) }
            stored.checkpoints = [StoredCheckpoint(size: 600, note: note.bytes)]
        }
        var paths: [String] = []
        let checkpoint = try await TileExport(storage: storage).export { path, bytes in
            paths.append(path)
            let expected = try Data(contentsOf: folder.appending(path: path))
            #expect(bytes == Array(expected), "\(path)")
        }
        #expect(checkpoint.size == 600)
        #expect(
            paths == [
                "tile/0/000", "tile/entries/000", "tile/0/001", "tile/entries/001",
                "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88", "checkpoint",
            ])
    }

    @Test func aLedgerThatDoesNotLeadToItsCheckpointIsNotExported() async throws {
        let storage = try await LedgerScenario().storage()
        storage.tamper { $0.entries[3][20] ^= 1 }
        var paths: [String] = []
        await #expect(throws: StorageError.self) {
            try await TileExport(storage: storage).export { path, _ in paths.append(path) }
        }
        #expect(!paths.contains("checkpoint"))
    }

    @Test(
        arguments: [
            (0, "tile/0/000"), (255, "tile/0/255"), (1000, "tile/0/x001/000"),
            (1_234_067, "tile/0/x001/x234/067"),
        ] as [(UInt64, String)])
    func pathsAreThoseOfTheSpecification(index: UInt64, path: String) {
        #expect(TilePath.hashes(level: 0, index: index) == path)
        #expect(TilePath.entries(index: index, width: 9).hasSuffix(".p/9"))
    }
}
