package import Facility
import Foundation
package import Ledger

/// What a site knows after some of its entries, kept so that it need not be replayed.
package struct Snapshot: Sendable, Codable {
    /// The site as it stood.
    package var state: SiteState
    /// Answers to the commands so far, by idempotency key.
    var receipts: [String: Receipt]
    /// Everyone's key in force.
    var keys: [PersonKeyInForce]
}

/// A person and the key in force.
struct PersonKeyInForce: Sendable, Codable {
    var person: PersonID
    var key: PersonPublicKey
}

/// The snapshots of a site, in `SITE/snapshots`: a cache, which anybody may delete at any time.
///
/// A snapshot names the head of the ledger it belongs to, the digest of its own bytes, and the
/// program that wrote it. It is passed over unless the ledger still leads to that head, the bytes
/// have that digest, and the program is this one: another build may apply the same facts otherwise.
/// `seedlot verify` never looks at it.
package struct SnapshotStore: Sendable {
    private let folder: URL
    private let origin: String

    /// The first line of a snapshot; the image follows.
    private struct Head: Codable {
        var format: Int
        var program: String
        var origin: String
        var size: UInt64
        /// The root of the ledger's first `size` entries.
        var root: String
        /// SHA-256 of the image.
        var image: String
    }

    private static let format = 1
    /// Bytes of a snapshot at most: a site of some ten million facts.
    private static let bytesMax = 4 << 30

    /// The snapshots of the site in `folder`.
    package init(of folder: SiteFolder) {
        self.folder = folder.url.appending(path: "snapshots")
        origin = folder.profile.origin
    }

    /// The newest snapshot of at most `size` entries that the ledger in `storage` leads to.
    package func newest(
        upTo size: UInt64 = .max, in storage: any LedgerStorageEngine
    ) async -> Snapshot? {
        guard let head = try? await storage.head() else { return nil }
        let reader = LedgerReader(storage: storage)
        for kept in sizes().reversed() where kept <= min(size, head.size) {
            guard let read = read(kept) else { continue }
            guard let root = Digest(hex: read.head.root),
                (try? await reader.begins(with: root, of: read.head.size)) == true
            else { continue }
            if let snapshot = try? StateImage.decode(Snapshot.self, from: read.image),
                snapshot.state.entryCount == kept
            {
                return snapshot
            }
        }
        return nil
    }

    /// Keeps `snapshot`, which stands at `head`, and drops those that have lost their use.
    package func keep(_ snapshot: Snapshot, at head: LedgerHead) throws {
        guard head.size > 0, snapshot.state.entryCount == head.size else { return }
        let image = try StateImage.encode(snapshot)
        let line = Head(
            format: Self.format, program: Self.program, origin: origin, size: head.size,
            root: head.root.hex, image: Digest.sha256(of: image).hex)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let bytes = Array(try encoder.encode(line)) + [UInt8(ascii: "\n")] + image
        try PrivateFile.write(bytes, to: file(head.size).path)
        prune()
    }

    /// The sizes for which there is a snapshot, the smallest first.
    package func sizes() -> [UInt64] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap { name in
            name.hasSuffix(".snapshot") ? UInt64(name.dropLast(".snapshot".count)) : nil
        }.sorted()
    }

    /// Keeps the newest, and of the older ones each that is at most half of the one after it: a few
    /// for any ledger, and never far from a moment in the past.
    private func prune() {
        var kept: UInt64?
        for size in sizes().reversed() {
            if let next = kept, size > next / 2 {
                try? FileManager.default.removeItem(at: file(size))
            } else {
                kept = size
            }
        }
    }

    private func file(_ size: UInt64) -> URL { folder.appending(path: "\(size).snapshot") }

    private func read(_ size: UInt64) -> (head: Head, image: ArraySlice<UInt8>)? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file(size).path)
        guard let length = attributes?[.size] as? Int, length <= Self.bytesMax,
            let data = try? Data(contentsOf: file(size))
        else { return nil }
        let bytes = [UInt8](data)
        guard let end = bytes.prefix(4096).firstIndex(of: UInt8(ascii: "\n")),
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end]))
        else { return nil }
        let image = bytes[(end + 1)...]
        guard head.format == Self.format, head.program == Self.program, head.origin == origin,
            head.size == size, head.image == Digest.sha256(of: image).hex
        else { return nil }
        return (head, image)
    }

    /// The program that runs, by its file: size and time of its last change.
    private static let program: String = {
        let path = "/proc/self/exe"
        let file = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? path
        let attributes = (try? FileManager.default.attributesOfItem(atPath: file)) ?? [:]
        let size = (attributes[.size] as? Int) ?? 0
        let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(size)-\(changed)"
    }()
}
