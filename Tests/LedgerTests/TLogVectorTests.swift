import Foundation
import Ledger
import TestSupport
import Testing

/// A log made by another implementation (aics-tlog) and verified by a third (Go's sumdb).
@Suite struct TLogVectorTests {
    let folder = fixtures().appending(path: "tlog")
    let vectors: JSONValue
    let log: NoteVerifier

    init() throws {
        vectors = try JSONValue(
            parsing: try Data(contentsOf: folder.appending(path: "vectors.json")))
        log = try NoteVerifier(vkey: vectors["vkey"]!.stringValue!)
    }

    private var entries: [[UInt8]] {
        (0..<600).map { Array(#"{"seq":\#($0),"act":"entry \#($0)"}"#.utf8) }
    }

    @Test func rootsAgree() throws {
        let leaves = entries.map { MerkleTree.leafHash($0) }
        let roots = try #require(vectors["roots"]?.objectValue)
        #expect(roots.count == 12)
        for (size, root) in roots {
            #expect(
                MerkleTree.root(ofLeaves: leaves[..<Int(size)!]).base64 == root.stringValue)
        }
    }

    @Test func proofsAgree() throws {
        let leaves = entries.map { MerkleTree.leafHash($0) }
        for vector in vectors["inclusion"]!.arrayValue! {
            let proof = try InclusionProof(
                index: UInt64(vector["index"]!.integerValue!),
                size: UInt64(vector["size"]!.integerValue!), leaves: leaves)
            #expect(proof.hashes.map(\.base64) == vector["proof"]!.arrayValue!.map(\.stringValue))
        }
        for vector in vectors["consistency"]!.arrayValue! {
            let proof = try ConsistencyProof(
                oldSize: UInt64(vector["size1"]!.integerValue!),
                size: UInt64(vector["size2"]!.integerValue!), leaves: leaves)
            #expect(proof.hashes.map(\.base64) == vector["proof"]!.arrayValue!.map(\.stringValue))
        }
    }

    @Test func theCheckpointAndItsCosignatureVerify() throws {
        let bytes = try Data(contentsOf: folder.appending(path: "checkpoint.txt"))
        let note = try SignedNote(parsing: bytes)
        let witness = try NoteVerifier(vkey: vectors["witness_vkey"]!.stringValue!)
        let verified = try note.verified(by: [log, witness])
        #expect(verified.map(\.name) == [log.name, witness.name])
        #expect(verified[0].posixSeconds == nil)
        #expect(verified[1].posixSeconds == 1_700_000_000)
        let checkpoint = try Checkpoint(text: note.text)
        #expect(checkpoint.size == 600)
        #expect(checkpoint.origin == log.name)
        #expect(note.bytes == Array(bytes))
    }

    @Test func theSameSeedMakesTheSameSignature() throws {
        let seed = vectors["seed_hex"]!.stringValue!
        let signer = try NoteSigner(
            name: log.name,
            seed: stride(from: 0, to: 64, by: 2).map {
                let start = seed.index(seed.startIndex, offsetBy: $0)
                return UInt8(seed[start..<seed.index(start, offsetBy: 2)], radix: 16)!
            })
        #expect(signer.verifier.vkey == log.vkey)
        let note = try SignedNote(
            parsing: try Data(contentsOf: folder.appending(path: "checkpoint.txt")))
        #expect(try signer.sign(note.text) == note.signatures[0])
    }

    @Test func theProofFileVerifiesAndIsWrittenByteForByte() throws {
        let bytes = try Data(contentsOf: folder.appending(path: "entry300.tlog-proof"))
        let proof = try TLogProof(parsing: bytes)
        #expect(proof.bytes == Array(bytes))
        try proof.verify(entry: entries[300], log: log)
        #expect(throws: TLogProofError.proof(.wrongRoot)) {
            try proof.verify(entry: entries[301], log: log)
        }
    }

    /// The vector of c2sp.org/signed-note.
    @Test func theKeyOfTheSpecificationIsRead() throws {
        let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        let verifier = try NoteVerifier(vkey: key)
        #expect(verifier.name == "example.com/foo")
        #expect(verifier.vkey == key)
    }
}
