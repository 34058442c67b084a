import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// Signing in, failing to, changing a password and losing a key, as the ledger tells it.
@Suite struct SignInTests {
    private static let newPassword = "another long password"

    private func kinds(_ storage: InMemoryLedgerStorage) async throws -> [String] {
        try await LedgerReader(storage: storage).entries(from: 0, limit: 500).map(\.kind)
    }

    @Test func signingInAndFailingToAreRecorded() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let site = founding.site
        #expect(
            await refusal { try await site.signIn(Founding.reviewer, password: "guess") }
                == "key-wrong-password")
        try await site.signIn(Founding.reviewer, password: Founding.password)
        let kinds = try await kinds(storage)
        #expect(kinds.suffix(2) == ["people.sign-in-failed/1", "people.signed-in/1"])
    }

    @Test func aNameNobodyHasLeavesNoTrace() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let before = try await kinds(storage).count
        #expect(
            await refusal {
                try await founding.site.signIn(PersonID("mallory")!, password: "guess")
            } != nil)
        #expect(try await kinds(storage).count == before)
    }

    /// Protects the names of people from whoever times the answers. Without the work, the answer to
    /// an unknown name comes some thousand times sooner; the tenth allows for a busy machine.
    @Test func aNameNobodyHasTakesAsLongAsAWrongPassword() async throws {
        let cost = ScryptCost(rounds: 1 << 14, blockSize: 8, parallelism: 1)
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let site = try await Site(
            folder: founding.folder, storage: storage, clock: founding.clock, scryptCost: cost)
        let clock = ContinuousClock()
        let stranger = await clock.measure {
            #expect(
                await refusal {
                    try await site.signIn(PersonID("mallory")!, password: "guess")
                } == "key-not-found")
        }
        let sealed = try PersonKey.generate(
            person: "reviewer", password: Founding.password, cost: cost)
        let known = clock.measure {
            #expect(throws: KeyError.self) { try sealed.open(password: "guess") }
        }
        #expect(stranger > known / 10)
    }

    @Test func aLockOutOutlivesARestart() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        for _ in 0..<AccessRecord.attemptsAllowed {
            _ = await refusal {
                try await founding.site.signIn(Founding.reviewer, password: "guess")
            }
        }
        let reopened = try await founding.reopened(on: storage)
        #expect(
            await refusal {
                try await reopened.signIn(Founding.reviewer, password: Founding.password)
            } == "signature.locked-out")
        founding.clock.set(founding.clock.now().advanced(bySeconds: AccessRecord.lockedSeconds))
        try await reopened.signIn(Founding.reviewer, password: Founding.password)
    }

    @Test func guessingAllDayLeavesABoundedNumberOfEntries() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let before = try await kinds(storage).count
        for _ in 0..<30 {
            for _ in 0..<AccessRecord.attemptsAllowed {
                _ = await refusal {
                    try await founding.site.signIn(Founding.reviewer, password: "guess")
                }
            }
            founding.clock.set(
                founding.clock.now().advanced(bySeconds: AccessRecord.lockedSeconds))
        }
        let after = try await kinds(storage).count
        #expect(after - before == AccessRecord.failuresRecordedPerDayMax)
        // What was only counted stands in the entry of the next sign-in.
        try await founding.site.signIn(Founding.reviewer, password: Founding.password)
        let reader = LedgerReader(storage: storage)
        let last = try await reader.entries(from: UInt64(after), limit: 1).first
        #expect(last?.kind == "people.signed-in/1")
        #expect(last?.body["unrecorded"] == 110)
    }

    @Test func aChangedPasswordOpensTheSameKey() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let before = try founding.folder.vault.key(of: "reviewer")?.publicKey
        #expect(
            await refusal {
                try await founding.perform(
                    "people.change-password", [:], as: Founding.reviewer, password: "guess",
                    newPassword: Self.newPassword)
            } == "key-wrong-password")
        #expect(
            await refusal {
                try await founding.perform(
                    "people.change-password", [:], as: Founding.reviewer,
                    password: Founding.password)
            } == "people.new-password-needed")
        try await founding.perform(
            "people.change-password", [:], as: Founding.reviewer, password: Founding.password,
            newPassword: Self.newPassword)
        #expect(try founding.folder.vault.key(of: "reviewer")?.publicKey == before)
        #expect(
            await refusal {
                try await founding.site.signIn(Founding.reviewer, password: Founding.password)
            } == "key-wrong-password")
        try await founding.site.signIn(Founding.reviewer, password: Self.newPassword)
    }

    private func replaceKey(_ founding: Founding) async throws {
        try await founding.perform(
            "people.replace-key", ["person": "reviewer", "reason": "password forgotten"],
            as: Founding.admin, password: Founding.password, newPassword: Self.newPassword)
    }

    private func signSomething(
        _ founding: Founding, lot: JSONValue, password: String
    ) async throws {
        try await founding.perform(
            "material.receive",
            [
                "lot": lot, "material": "medium", "supplier": "supplier", "supplierLot": "7",
                "expiry": "2027-01-31", "quantity": "100 mL",
            ], as: Founding.operator1)
        try await founding.perform(
            "material.reject", ["lot": lot, "reason": "torn bag"], as: Founding.reviewer,
            password: password)
    }

    @Test func aReplacedKeySignsFromItsEntryOn() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        try await signSomething(founding, lot: "L-1", password: Founding.password)
        try await replaceKey(founding)
        try await signSomething(founding, lot: "L-2", password: Self.newPassword)
        let report = try await LedgerVerifier(
            storage: storage, log: founding.folder.verifier()
        ).verify()
        #expect(report.isIntact, "\(report.findings)")
        #expect(report.signatureCount == 3)
        let person = try #require(founding.site.state.people[Founding.reviewer])
        #expect(person.keys.count == 2)
    }

    /// An old key file from a backup does not sign again.
    @Test func aKeyThatWasReplacedOpensNothing() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let old = try #require(try founding.folder.vault.key(of: "reviewer"))
        try await replaceKey(founding)
        try founding.folder.vault.store(old)
        #expect(
            await refusal {
                try await founding.site.signIn(Founding.reviewer, password: Founding.password)
            } == "key-not-found")
    }

    /// The machine stopped after the entry was durable and before the new key was in its place.
    @Test func aNewKeyThatDidNotReachItsPlaceIsPutThere() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await Founding(on: storage)
        defer { founding.remove() }
        let old = try #require(try founding.folder.vault.key(of: "reviewer"))
        try await replaceKey(founding)
        let new = try #require(try founding.folder.vault.key(of: "reviewer"))
        try founding.folder.incoming.store(new)
        try founding.folder.vault.store(old)
        let reopened = try await founding.reopened(on: storage)
        try await reopened.signIn(Founding.reviewer, password: Self.newPassword)
        #expect(try founding.folder.vault.key(of: "reviewer")?.publicKey == new.publicKey)
    }
}
