import Foundation
@testable import Ledger
import TestSupport
import Testing

/// Sound inputs with random damage: a decoder answers or refuses, and never traps. What a
/// decoder of a signed format accepts, it writes back byte for byte: there is no second spelling.
@Suite struct DecoderFuzzTests {
    static let inputsPerDecoder = 34_000
    let folder = fixtures().appending(path: "tlog")

    @Test func checkpointsAndNotes() throws {
        let sound = try Data(contentsOf: folder.appending(path: "checkpoint.txt"))
        let log = try NoteVerifier(
            vkey:
                "gmp.example.org/site1/audit+316f6a3f+AdD6NJ+cPD/+WIC9R2Y3rr4TxVHGAOzAaZMA4pvjcYeo")
        fuzz([Array(sound)]) { input in
            guard let note = try? SignedNote(parsing: input) else { return }
            try require(note.bytes == input, "a second spelling of a note")
            guard let checkpoint = try? Checkpoint(text: note.text) else { return }
            try require(checkpoint.text == note.text, "a second spelling of a checkpoint")
            // Ed25519 is costly: only where the signed text was touched.
            if input.count < 200 { _ = try? note.verified(by: [log]) }
        }
    }

    @Test func proofs() throws {
        let sound = try Data(contentsOf: folder.appending(path: "entry300.tlog-proof"))
        var extra = try TLogProof(parsing: sound)
        extra.extra = Array("an entry".utf8)
        fuzz([Array(sound), extra.bytes]) { input in
            guard let proof = try? TLogProof(parsing: input) else { return }
            try require(proof.bytes == input, "a second spelling of a proof")
        }
    }

    @Test func entries() throws {
        let key = try #require(
            PersonSigningKey(person: "ada", seed: Array(repeating: 1, count: 32)))
        var draft = EntryTests.draft(["step": "harvest", "n": [1.5, nil, true, "é\u{1F600}"]])
        draft.keys = [
            KeyNotice(.issued, person: "ada", key: key.publicKey, at: "2026-01-01T00:00:00Z")
        ]
        draft.files = [FileReference(digest: draft.recordDigest, size: 9, name: "a.fcs")]
        draft.signatures = [
            try key.sign(
                record: draft.recordDigest, meaning: .approved, printedName: "Ada", at: draft.at)
        ]
        fuzz([try draft.encoded(), try EntryTests.draft().encoded()]) { input in
            // The quick scan of verification accepts nothing that the decoder does not.
            let isScanned = input.withUnsafeBufferPointer { bytes in
                EnvelopeScan(bytes).map { !$0.carriesMore } ?? false
            }
            guard let entry = try? LedgerEntry(index: 0, bytes: input) else {
                return try require(!isScanned, "scanned, but no entry")
            }
            if isScanned {
                try require(try entry.draft.encoded() == input, "scanned, but not canonical")
            }
            let again = try entry.draft.encoded()
            try require(
                try LedgerEntry(index: 0, bytes: again).draft == entry.draft,
                "an entry that changes when it is written again")
        }
    }

    private func fuzz(_ seeds: [[UInt8]], _ law: ([UInt8]) throws -> Void) {
        forAll(cases: Self.inputsPerDecoder) { generator in
            try law(damaged(seeds.randomElement(using: &generator) ?? [], using: &generator))
        }
    }
}

/// `bytes` with one to four pieces of damage.
func damaged(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let telling = Array("\n\u{2014} +\"{}[]:,\\0-9eE.=/".utf8) + [0x00, 0x7F, 0x80, 0xC0, 0xFF]
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, position + Int.random(in: 1...40, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[position] = telling.randomElement(using: &generator) ?? 0
        case 2: bytes.insert(telling.randomElement(using: &generator) ?? 0, at: position)
        case 3: bytes.removeSubrange(position..<end)
        case 4: bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
        case 5: bytes.removeSubrange(position...)
        default:
            let other = Int.random(in: 0..<bytes.count, using: &generator)
            bytes.swapAt(position, other)
        }
    }
    return bytes
}
