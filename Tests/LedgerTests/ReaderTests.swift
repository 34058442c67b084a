import Foundation
@testable import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct ReaderTests {
    /// 700 entries: two full tiles and a part of one.
    @Test func proofsFromStoredTilesAreThoseOfTheDefinition() async throws {
        let scenario = try LedgerScenario()
        let storage = InMemoryLedgerStorage()
        let writer = try await LedgerWriter(
            storage: storage, signer: scenario.signer, origin: LedgerScenario.origin)
        var pending: [PendingAppend] = []
        for chunk in 0..<7 {
            pending.append(
                try writer.submit(
                    (0..<100).map { scenario.draft(minute: 0, command: "\(chunk) \($0)") }))
        }
        for append in pending { _ = try await append.receipt }
        let leaves = try await storage.entries(from: 0, limit: 700).map {
            MerkleTree.leafHash($0.bytes)
        }
        let reader = LedgerReader(storage: storage)
        for size in [1, 2, 255, 256, 257, 511, 512, 513, 699, 700] as [UInt64] {
            for index in [0, 1, 254, 255, 256, 300, 511, 512, 698, 699] as [UInt64]
            where index < size {
                let proof = try await reader.inclusionProof(of: index, in: size)
                #expect(
                    proof == (try InclusionProof(index: index, size: size, leaves: leaves)))
            }
            for old in [0, 1, 3, 255, 256, 400, 512, 700] as [UInt64] where old <= size {
                let proof = try await reader.consistencyProof(from: old, to: size)
                #expect(
                    proof == (try ConsistencyProof(oldSize: old, size: size, leaves: leaves)))
            }
        }
    }

    /// 70,000 entries fill a tile of the second level and begin one of the third.
    @Test func proofsReachAcrossLevelsOfTiles() async throws {
        let entries = (0..<70_000).map { Array("\($0)".utf8) }
        var edge = TreeEdge()
        var tiles: [HashTile] = []
        for entry in entries { edge.append(MerkleTree.leafHash(entry), completing: &tiles) }
        let head = edge.head
        let storage = InMemoryLedgerStorage()
        try await storage.append(
            SealedBatch(
                entries: entries.enumerated().map { SealedEntry(index: UInt64($0), bytes: $1) },
                head: head, tag: head.root, tiles: tiles),
            after: .empty)
        let reader = LedgerReader(storage: storage)
        for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] as [UInt64] {
            let proof = try await reader.inclusionProof(of: index, in: head.size)
            try proof.verify(
                leafHash: MerkleTree.leafHash(entries[Int(index)]), root: head.root)
        }
        for old in [1, 256, 65_535, 65_536, 65_537, 69_999] as [UInt64] {
            let proof = try await reader.consistencyProof(from: old, to: head.size)
            let oldRoot = MerkleTree.root(
                ofLeaves: entries[..<Int(old)].map { MerkleTree.leafHash($0) })
            try proof.verify(oldRoot: oldRoot, root: head.root)
        }
        #expect(try await TreeEdge.load(head, from: storage).partial == edge.partial)
    }

    @Test func whatIsBeyondTheLedgerIsRefused() async throws {
        let reader = LedgerReader(storage: try await LedgerScenario().storage())
        await #expect(throws: LedgerReadError.proof(.outOfRange(index: 23, size: 22))) {
            try await reader.inclusionProof(of: 0, in: 23)
        }
        await #expect(throws: LedgerReadError.proof(.outOfRange(index: 22, size: 22))) {
            try await reader.inclusionProof(of: 22, in: 22)
        }
        await #expect(throws: LedgerReadError.proof(.outOfRange(index: 22, size: 21))) {
            try await reader.consistencyProof(from: 22, to: 21)
        }
        await #expect(throws: LedgerReadError.proof(.outOfRange(index: 22, size: 22))) {
            try await reader.proof(of: 22)
        }
    }

    @Test func aCarriedProofVerifiesWithTheSitesKeyAlone() async throws {
        let scenario = try LedgerScenario()
        let storage = try await scenario.storage()
        let reader = LedgerReader(storage: storage)
        let entry = try await reader.entries(from: 7, limit: 1)[0]
        let file = try await reader.proof(of: 7, extra: entry.bytes).bytes
        let proof = try TLogProof(parsing: file)
        let checkpoint = try proof.verify(
            entry: try #require(proof.extra), log: scenario.signer.verifier)
        #expect(checkpoint.size == 22)
        let thief = try NoteSigner(
            name: LedgerScenario.origin, seed: Array(repeating: 1, count: 32))
        #expect(throws: TLogProofError.self) {
            try proof.verify(entry: entry.bytes, log: thief.verifier)
        }
    }
}
