import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct PersonKeyTests {
    private func sealed(_ password: String = "correct horse") throws -> SealedPersonKey {
        try PersonKey.generate(person: "ada", password: password, cost: .quick)
    }

    @Test func thePasswordOpensTheKeyAndNothingElseDoes() throws {
        let key = try sealed()
        let opened = try key.open(password: "correct horse")
        #expect(opened.publicKey == key.publicKey)
        for wrong in ["", "correct hors", "Correct horse", "correct horse "] {
            #expect(throws: KeyError.wrongPassword) { try key.open(password: wrong) }
        }
    }

    @Test func aNewPasswordLeavesTheKeyTheSame() throws {
        let key = try sealed()
        let resealed = try key.reseal(
            from: "correct horse", to: "battery staple", cost: .quick)
        #expect(resealed.publicKey == key.publicKey)
        #expect(throws: KeyError.wrongPassword) { try resealed.open(password: "correct horse") }
        _ = try resealed.open(password: "battery staple")
        #expect(throws: KeyError.wrongPassword) {
            try key.reseal(from: "wrong guess", to: "battery staple", cost: .quick)
        }
    }

    @Test func aSealedKeyCannotBePassedToAnotherPerson() throws {
        let key = try sealed()
        let text = String(decoding: try JSONEncoder().encode(key), as: UTF8.self)
        let stolen = try JSONDecoder().decode(
            SealedPersonKey.self, from: Data(text.replacing("\"ada\"", with: "\"eve\"").utf8))
        #expect(stolen.person == "eve")
        #expect(throws: KeyError.wrongPassword) { try stolen.open(password: "correct horse") }
    }

    @Test func aPlantedCostDoesNotExhaustTheMachine() throws {
        let text = String(decoding: try JSONEncoder().encode(try sealed()), as: UTF8.self)
        for rounds in ["0", "-16", "17", "1073741824", "9223372036854775807"] {
            let planted = try JSONDecoder().decode(
                SealedPersonKey.self,
                from: Data(text.replacing("\"rounds\":16", with: "\"rounds\":\(rounds)").utf8))
            let error = #expect(throws: KeyError.self) {
                try planted.open(password: "correct horse")
            }
            #expect(error?.code == "key-unacceptable-cost")
        }
    }

    @Test func shortPasswordsAreRefused() {
        #expect(throws: KeyError.passwordTooShort(characters: 7, limit: 8)) {
            try PersonKey.generate(person: "ada", password: "1234567", cost: .quick)
        }
    }

    @Test func theStandardCostIsThePublishedOne() throws {
        // RFC 7914 section 12, third vector, runs N = 16384; here the parameters are what counts.
        #expect(ScryptCost.standard == ScryptCost(rounds: 32_768, blockSize: 8, parallelism: 1))
        let key = try PersonKey.generate(person: "ada", password: "correct horse")
        let clock = ContinuousClock()
        let elapsed = try clock.measure { _ = try key.open(password: "correct horse") }
        #expect(elapsed > .milliseconds(20))
    }

    @Test func theVaultKeepsKeysForTheOwnerAlone() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vault-\(UInt64.random(in: .min ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let vault = DirectoryKeyVault(path: folder.path)
        #expect(try vault.key(of: "ada") == nil)
        let key = try sealed()
        try vault.store(key)
        #expect(try vault.key(of: "ada") == key)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files == ["ada.json"])
        let mode = try FileManager.default.attributesOfItem(
            atPath: folder.appending(path: "ada.json").path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        try vault.remove("ada")
        #expect(try vault.key(of: "ada") == nil)
        #expect(try vault.key(of: "../../etc/passwd") == nil)
        #expect(try vault.key(of: "") == nil)
    }
}
