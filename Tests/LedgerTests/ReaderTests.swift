import Foundation
import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct ReaderTests {
    /// 70,000 entries fill two levels of tiles and part of a third.
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
