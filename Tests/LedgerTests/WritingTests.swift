import Ledger
import LedgerTestSupport
import Testing

@Suite struct WritingTests {
    @Test func anEntryIsReadBackAsItWasSubmitted() async throws {
        let storage = InMemoryLedgerStorage()
        let signer = try NoteSigner.generate(name: "gmp.example.org/site1/ledger")
        let writer = try await LedgerWriter(
            storage: storage, signer: signer, origin: "gmp.example.org/site1/ledger")
        let draft = EntryDraft(
            kind: "batch.step-completed/1", body: ["step": "harvest", "yield": "1.2e9 cells"],
            at: "2026-03-01T09:30:00Z", recorded: "2026-03-01T09:31:00Z", by: "ada",
            command: "c-1")
        let receipt = try await writer.submit([draft]).receipt
        #expect(receipt.firstIndex == 0)
        #expect(receipt.checkpoint.size == 1)
        let entries = try await LedgerReader(storage: storage).entries(from: 0)
        #expect(entries.map(\.draft) == [draft])
        _ = try receipt.signedCheckpoint.verified(by: [signer.verifier])
    }
}
