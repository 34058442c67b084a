import Foundation
import Ledger
import SQLiteLedger

/// A ledger of 600 entries in commits of 1 to 40, with what other people's verifiers read:
/// entries, checkpoints, keys, proofs, tiles, canonical JSON and a time-stamp request.
struct Sample {
    private static let origin = "gmp.example.org/interop/ledger"
    private static let size = 600
    let folder: String

    func write() async throws {
        let signer = try NoteSigner.generate(name: Self.origin)
        let storage = try SQLiteLedgerStorage(path: try path("ledger.sqlite"))
        try await fill(storage, signer: signer)
        try put("log.vkey", "\(signer.verifier.vkey)\n")
        try await writeEntries(storage)
        try await writeCheckpoints(storage)
        try await writeProofs(storage)
        try await writeCosigned(storage, log: signer.verifier)
        _ = try await TileExport(storage: storage).export { name, bytes in
            try put("tiles/\(name)", bytes)
        }
        try writeCanonicalJSON()
        try storage.close()
    }

    private func fill(_ storage: SQLiteLedgerStorage, signer: NoteSigner) async throws {
        let writer = try await LedgerWriter(
            storage: storage, signer: signer, origin: Self.origin)
        var written = 0
        while written < Self.size {
            let count = min(1 + written % 40, Self.size - written)
            let drafts = (0..<count).map { part in
                EntryDraft(
                    kind: "interop.step/1",
                    body: [
                        "number": .number(Double(written + part)), "text": "é\u{1F9EB} \"q\"\n",
                    ],
                    at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:30:00Z", by: "site",
                    command: "command-\(written)")
            }
            _ = try await writer.submit(drafts).receipt
            try await writer.signCheckpoint()
            written += count
        }
    }

    private func writeEntries(_ storage: SQLiteLedgerStorage) async throws {
        let entries = try await storage.entries(from: 0, limit: Self.size)
        try put("entries.jsonl", entries.flatMap { $0.bytes + [0x0A] })
    }

    private func writeCheckpoints(_ storage: SQLiteLedgerStorage) async throws {
        for checkpoint in try await storage.checkpoints(from: 0, limit: Self.size) {
            try put("checkpoints/\(checkpoint.size)", checkpoint.note)
        }
        let last = try await storage.lastCheckpoint()?.note ?? []
        try put("checkpoint", last)
        let nonce = UInt64.random(in: .min ... .max)
        try put(
            "checkpoint.tsq",
            TimeStampRequest(digest: Digest.sha256(of: last), nonce: nonce).bytes)
    }

    private func writeProofs(_ storage: SQLiteLedgerStorage) async throws {
        let reader = LedgerReader(storage: storage)
        for index in [0, 1, 255, 256, 300, 511, 512, 599] as [UInt64] {
            try put("proofs/\(index).tlog-proof", try await reader.proof(of: index).bytes)
        }
        var inclusion = ""
        var consistency = ""
        for size in [1, 2, 3, 255, 256, 257, 512, 513, 600] as [UInt64] {
            for index in [0, 1, 254, 255, 256, 599] as [UInt64] where index < size {
                let proof = try await reader.inclusionProof(of: index, in: size)
                inclusion += line([index, size], proof.hashes)
            }
            for old in [1, 2, 3, 128, 255, 256, 400] as [UInt64] where old < size {
                let proof = try await reader.consistencyProof(from: old, to: size)
                consistency += line([old, size], proof.hashes)
            }
        }
        try put("inclusion.txt", inclusion)
        try put("consistency.txt", consistency)
    }

    private func writeCosigned(_ storage: SQLiteLedgerStorage, log: NoteVerifier) async throws {
        let signer = try NoteSigner.generate(name: "witness.example.org/w1", type: .cosignature)
        guard let request = try await LedgerReader(storage: storage).witnessRequest(from: 0) else {
            return
        }
        let note = try Witness(signer: signer).cosign(
            request, after: nil, of: log, posixSeconds: 1_772_357_400)
        try put("checkpoint.cosigned", note.bytes)
        try put("witness.vkey", "\(signer.verifier.vkey)\n")
    }

    /// Values that canonical JSON writes in its own way, one document a line.
    private func writeCanonicalJSON() throws {
        var lines: [UInt8] = []
        for _ in 0..<2000 {
            var number = Double(bitPattern: UInt64.random(in: .min ... .max))
            if !number.isFinite { number = 1e21 }
            let scalars: [ClosedRange<UInt32>] = [
                0...0x7F, 0xA0...0x2FF, 0xE000...0xFFFD, 0x10000...0x1F9FF,
            ]
            var members: [String: JSONValue] = ["number": .number(number)]
            for range in scalars {
                let text = (0..<4).compactMap { _ in Unicode.Scalar(UInt32.random(in: range)) }
                    .reduce(into: "") { $0.unicodeScalars.append($1) }
                members[text] = [.string(text), .number(Double(Int32.random(in: .min ... .max)))]
            }
            lines += JSONValue.object(members).canonicalBytes() + [0x0A]
        }
        try put("canonical.jsonl", lines)
    }

    private func line(_ numbers: [UInt64], _ hashes: [Digest]) -> String {
        (numbers.map(String.init) + hashes.map(\.base64)).joined(separator: " ") + "\n"
    }

    private func put(_ name: String, _ text: String) throws { try put(name, Array(text.utf8)) }

    private func put(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: try path(name)))
    }

    private func path(_ name: String) throws -> String {
        let file = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        return file.path
    }
}
