import Foundation
import Ledger
import LedgerTestSupport
import SQLiteLedger
import Synchronization
import TestSupport

/// A folder as a disk that can lose its power.
///
/// A crash keeps the image of the files before the append and takes over a part of what the
/// append changed, in sectors: the rest never reached the disk.
final class SQLiteDevice: StorageDevice {
    private static let sectorBytes = 512

    let root: URL
    private let state = Mutex(State())

    private struct State {
        var generation = 0
        var open: [SQLiteLedgerStorage] = []
    }

    init() throws {
        root = FileManager.default.temporaryDirectory
            .appending(path: "sqlite-device-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(
            at: root.appending(path: "0"), withIntermediateDirectories: true)
    }

    deinit {
        for storage in state.withLock({ $0.open }) { try? storage.close() }
        try? FileManager.default.removeItem(at: root)
    }

    var folder: URL { root.appending(path: "\(state.withLock { $0.generation })") }
    var path: String { folder.appending(path: "ledger.sqlite").path }

    func open() async throws(StorageError) -> any LedgerStorageEngine {
        let storage = try SQLiteLedgerStorage(path: path)
        state.withLock { $0.open.append(storage) }
        return storage
    }

    func crash(
        _ fault: StorageFault, seed: UInt64,
        during append: @Sendable () async throws(StorageError) -> Void
    ) async {
        var generator = SeededGenerator(seed: seed)
        let before = image(of: folder)
        try? await append()
        let after = image(of: folder)
        var left = before
        switch fault {
        case .crashAfterWrite: left = after
        case .crashDuringWrite:
            left["ledger.sqlite-wal"] = Self.torn(
                before["ledger.sqlite-wal"], after["ledger.sqlite-wal"], using: &generator)
        case .crashDuringTidying:
            // A checkpoint copies pages from the log, which is complete, into the file.
            left = after
            left["ledger.sqlite"] = Self.torn(
                before["ledger.sqlite"], after["ledger.sqlite"], using: &generator)
        default: break
        }
        // The shared-memory index is not on the disk: SQLite makes it anew from the log.
        left["ledger.sqlite-shm"] = nil
        state.withLock { $0.generation += 1 }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in left { try? bytes.write(to: folder.appending(path: name)) }
    }

    private func image(of folder: URL) -> [String: Data] {
        var image: [String: Data] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            image[name] = try? Data(contentsOf: folder.appending(path: name))
        }
        return image
    }

    /// `old` with some of the sectors in which `new` differs: a run of them, or any of them.
    private static func torn(
        _ old: Data?, _ new: Data?, using generator: inout SeededGenerator
    ) -> Data {
        let (old, new) = (old ?? Data(), new ?? Data())
        let sectors = (new.count + sectorBytes - 1) / sectorBytes
        let inOrder = Bool.random(using: &generator)
        let end = Int.random(in: 0...sectors, using: &generator)
        var torn = old
        for sector in 0..<sectors {
            let isWritten = inOrder ? sector < end : Bool.random(using: &generator)
            let range = sector * sectorBytes..<min((sector + 1) * sectorBytes, new.count)
            guard isWritten else { continue }
            if torn.count < range.upperBound {
                torn.append(Data(count: range.upperBound - torn.count))
            }
            torn.replaceSubrange(range, with: new[range])
        }
        return torn
    }
}
