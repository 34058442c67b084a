import Foundation
import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct WitnessTests {
    let scenario = try! LedgerScenario()

    private func folder() -> (WitnessFolder, URL) {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "witness-\(UInt64.random(in: .min ... .max))")
        return (WitnessFolder(path: url.path), url)
    }

    @Test func aHistoryThatGrowsIsCosignedAndRemembered() async throws {
        let (folder, url) = folder()
        defer { try? FileManager.default.removeItem(at: url) }
        let key = try folder.create(name: "witness.example.org/quality")
        let log = scenario.signer.verifier
        let storage = InMemoryLedgerStorage()
        let drafts = try scenario.usualCommands(30)
        var size: UInt64 = 0
        for batch in [drafts[..<1], drafts[1..<8], drafts[8...]] {
            try await scenario.append(Array(batch), to: storage)
            let request = try #require(
                try await LedgerReader(storage: storage).witnessRequest(from: size))
            // What goes over the wire is what comes back.
            let received = try AddCheckpointRequest(parsing: request.bytes)
            #expect(received == request)
            let note = try folder.cosign(received, of: log, posixSeconds: 1_772_357_400)
            #expect(
                try note.verified(by: [log, key]).map(\.posixSeconds) == [nil, 1_772_357_400])
            size += UInt64(batch.count)
            let remembered = try #require(try folder.remembered(of: log))
            #expect(try Checkpoint(text: remembered.text).size == size)
        }
    }

    @Test func aHistoryThatDoesNotExtendWhatWasSeenIsRefused() async throws {
        let (folder, url) = folder()
        defer { try? FileManager.default.removeItem(at: url) }
        _ = try folder.create(name: "witness.example.org/quality")
        let log = scenario.signer.verifier
        let storage = try await scenario.storage(20)
        let request = try #require(
            try await LedgerReader(storage: storage).witnessRequest(from: 0))
        _ = try folder.cosign(request, of: log, posixSeconds: 1)

        var drafts = try scenario.usualCommands(20)
        drafts[5] = scenario.draft(minute: 4, body: ["result": "passed"])
        let rewritten = InMemoryLedgerStorage()
        try await scenario.append(drafts, to: rewritten)
        let reader = LedgerReader(storage: rewritten)
        func refusal(_ request: AddCheckpointRequest?) -> String? {
            guard let request else { return nil }
            do throws(WitnessError) {
                _ = try folder.cosign(request, of: log, posixSeconds: 2)
                return nil
            } catch {
                return error.code
            }
        }
        // As long as before, longer, and shorter.
        #expect(refusal(try await reader.witnessRequest(from: 22)) == "witness-ledger-rewritten")
        try await scenario.append([scenario.draft(minute: 40)], to: rewritten)
        #expect(refusal(try await reader.witnessRequest(from: 22)) == "witness-not-extended")
        #expect(refusal(try await reader.witnessRequest(from: 0)) == "witness-wrong-start")
        let short = try await scenario.storage(3)
        #expect(
            refusal(try await LedgerReader(storage: short).witnessRequest(from: 22))
                == "witness-ledger-shrunk")
        // What was remembered is still the true history, and that may go on.
        try await scenario.append([scenario.draft(minute: 41)], to: storage)
        #expect(
            refusal(try await LedgerReader(storage: storage).witnessRequest(from: 22)) == nil)
    }

    @Test func aCheckpointOfAnotherKeyIsRefused() async throws {
        let (folder, url) = folder()
        defer { try? FileManager.default.removeItem(at: url) }
        _ = try folder.create(name: "witness.example.org/quality")
        let thief = try NoteSigner(
            name: LedgerScenario.origin, seed: Array(repeating: 99, count: 32))
        let checkpoint = Checkpoint(
            origin: LedgerScenario.origin, size: 0, root: MerkleTree.emptyRoot)
        let request = AddCheckpointRequest(
            oldSize: 0, proof: [], checkpoint: try checkpoint.signed(by: thief))
        #expect(throws: WitnessError.self) {
            try folder.cosign(request, of: scenario.signer.verifier, posixSeconds: 1)
        }
    }

    @Test func aMemoryThatWasChangedIsNotTrusted() async throws {
        let (folder, url) = folder()
        defer { try? FileManager.default.removeItem(at: url) }
        _ = try folder.create(name: "witness.example.org/quality")
        let log = scenario.signer.verifier
        let request = try #require(
            try await LedgerReader(storage: try await scenario.storage()).witnessRequest(from: 0))
        var note = try folder.cosign(request, of: log, posixSeconds: 1)
        note.text = note.text.replacing("\n22\n", with: "\n21\n")
        try folder.remember(note, of: log)
        let error = #expect(throws: WitnessError.self) { try folder.remembered(of: log) }
        #expect(error?.code == "note-wrong-signature")
        #expect(throws: WitnessError.self) { try folder.create(name: "witness.example.org/new") }
    }
}
