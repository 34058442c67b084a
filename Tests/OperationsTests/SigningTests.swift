import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// Passwords, signatures and lock-out.
@Suite struct SigningTests {
    /// A site with a lot that waits for a signed disposition.
    private func withLot(
        on storage: any LedgerStorageEngine = InMemoryLedgerStorage()
    ) async throws -> Founding {
        let founding = try await Founding(on: storage)
        try await founding.perform(
            "material.receive",
            [
                "lot": "L-1", "material": "medium", "supplier": "supplier", "supplierLot": "7",
                "expiry": "2027-01-31", "quantity": "100 mL",
            ], as: Founding.operator1)
        return founding
    }

    private func reject(_ founding: Founding, password: String?) async throws {
        try await founding.perform(
            "material.reject", ["lot": "L-1", "reason": "torn bag"], as: Founding.reviewer,
            password: password)
    }

    @Test func aSignedCommandNeedsThePassword() async throws {
        let founding = try await withLot()
        defer { founding.remove() }
        #expect(
            await refusal { try await reject(founding, password: nil) }
                == "signature.password-needed")
        #expect(
            await refusal { try await reject(founding, password: "guess") }
                == "key-wrong-password")
        #expect(founding.site.state.lots[LotID("L-1")!]?.status == .quarantine)
        try await reject(founding, password: Founding.password)
        #expect(founding.site.state.lots[LotID("L-1")!]?.status == .rejected)
    }

    /// Whoever may not give a command is told so before a password is tried: the answer never
    /// depends on whether the password was right.
    @Test func permissionComesBeforeThePassword() async throws {
        let founding = try await withLot()
        defer { founding.remove() }
        let code = await refusal {
            try await founding.perform(
                "material.release", ["lot": "L-1", "certificate": "COA"],
                as: Founding.operator1, password: "guess")
        }
        #expect(code == "people.not-permitted")
    }

    @Test func fiveWrongPasswordsLockThePersonOut() async throws {
        let founding = try await withLot()
        defer { founding.remove() }
        for _ in 0..<AccessRecord.attemptsAllowed {
            #expect(
                await refusal { try await reject(founding, password: "guess") }
                    == "key-wrong-password")
        }
        #expect(
            await refusal { try await reject(founding, password: Founding.password) }
                == "signature.locked-out")
        // What is tried during the lock-out stands in the ledger as well, and does not lengthen it.
        let before = founding.site.state.entryCount
        let until = founding.site.state.people[Founding.reviewer]?.access.lockedUntil
        #expect(
            await refusal { try await reject(founding, password: "guess") }
                == "signature.locked-out")
        #expect(founding.site.state.entryCount == before + 1)
        #expect(founding.site.state.people[Founding.reviewer]?.access.lockedUntil == until)
        founding.clock.set(founding.clock.now().advanced(bySeconds: AccessRecord.lockedSeconds))
        try await reject(founding, password: Founding.password)
    }

    @Test func theWholeLedgerVerifies() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await withLot(on: storage)
        defer { founding.remove() }
        try await reject(founding, password: Founding.password)
        let report = try await LedgerVerifier(
            storage: storage, log: founding.folder.verifier()
        ).verify()
        #expect(report.isIntact, "\(report.findings)")
        #expect(report.signatureCount == 1)
    }

    /// A stolen export must not allow guessing at passwords.
    @Test func noSealedKeyIsInTheLedger() async throws {
        let storage = InMemoryLedgerStorage()
        let founding = try await withLot(on: storage)
        defer { founding.remove() }
        let sealed = try #require(try founding.folder.vault.key(of: "reviewer"))
        for entry in try await storage.entries(from: 0, limit: 100) {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            #expect(!text.contains(sealed.sealed) && !text.contains(sealed.salt))
        }
    }

    @Test func keyFilesAreTheirOwnersAlone() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let keys = founding.folder.url.appending(path: "keys")
        let paths = try #require(FileManager.default.enumerator(atPath: keys.path))
        for case let path as String in paths {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: keys.appending(path: path).path)
            let mode = attributes[.posixPermissions] as? Int ?? 0
            #expect(mode & 0o077 == 0, "\(path) has mode \(String(mode, radix: 8))")
        }
    }

    /// An enrolment that is refused must not replace the key of the person it names.
    @Test func enrollingAKnownPersonLeavesTheirKeyAlone() async throws {
        let founding = try await withLot()
        defer { founding.remove() }
        #expect(
            await refusal { try await founding.enrol(Founding.reviewer, as: "operator") }
                == "site.identifier-in-use")
        try await reject(founding, password: Founding.password)
    }
}
