import Foundation
import Testing

/// `init`, `perform`, `play`, `trace`, `verify` and the certificate, as a person meets them.
@Suite struct SiteCommandTests {
    /// A founded site with an operator.
    private func site() throws -> (folder: URL, path: String) {
        let folder = try Shell.temporaryFolder()
        let path = folder.appending(path: "site").path
        let made = try Shell.seedlot("init", path, "--name", "Test site")
        #expect(made.code == 0, "\(made.error)")
        let secret = folder.appending(path: "secret")
        try "another long password\n".write(to: secret, atomically: true, encoding: .utf8)
        let enrolled = try Shell.seedlot(
            "perform", "people.enrol", "--site", path, "--as", "admin", "--new-password-file",
            secret.path,
            input: """
                {"person": "operator-1", "printedName": "Operator", "roles": ["operator"]}
                """)
        #expect(enrolled.code == 0, "\(enrolled.error)")
        return (folder, path)
    }

    @Test func aNewSiteVerifies() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let verified = try Shell.seedlot("verify", path)
        #expect(verified.code == 0)
        #expect(verified.output.hasPrefix("intact: 3 entries"))
    }

    @Test func aSiteIsNotMadeOverSomethingElse() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let again = try Shell.seedlot("init", path)
        #expect(again.code == 1)
        #expect(again.error == "error: the folder '\(path)' is not empty; choose a new folder\n")
    }

    @Test func aFailedInitLeavesNothingBehind() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "site").path
        let failed = try Shell.seedlot("init", path, password: "short")
        #expect(failed.code == 1)
        #expect(failed.error.contains("the password has 5 characters, the least is 8"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aRefusalNamesTheReasonAndRecordsNothing() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let refused = try Shell.seedlot(
            "perform", "batch.certify", "--site", path, "--as", "operator-1",
            input: "{\"batch\": \"B-1\"}", password: "another long password")
        #expect(refused.code == 1)
        #expect(refused.error.contains("needs the role Qualified Person"))
        #expect(refused.error.contains("rule release-by-qp"))
        #expect(try Shell.seedlot("verify", path).output.hasPrefix("intact: 3 entries"))
    }

    /// Each kind of bad input gives one clear line on standard error, and its exit code.
    @Test(
        arguments: [
            (["verify", "nowhere"], 1, "error: there is no site at"),
            (["trace", "SITE", "D-1"], 1, "error: nothing is called 'D-1'"),
            (["trace", "SITE", "operator-2"], 1, "did you mean 'operator-1'?"),
            (
                ["perform", "donor.regster", "--site", "SITE", "--as", "operator-1"], 1,
                "did you mean 'donor.register'?"
            ),
            (["commands", "batch.opn"], 1, "did you mean 'batch.open'?"),
            (["commands", "--schema"], 2, "--schema needs the name of a command"),
            (
                ["perform", "donor.register", "--site", "SITE", "--as", "no one"], 2,
                "'no one' is no identifier"
            ),
            (["frobnicate"], 2, "error: "),
            (["verify"], 2, "error: "),
            (["certificate", "SITE", "B-1"], 1, "there is no batch 'B-1'"),
            (
                ["verify-certificate", "SITE/site.json", "--key", "SITE/site.json"], 1,
                "this is no batch certificate"
            ),
        ] as [([String], Int32, String)])
    func badInputIsExplained(arguments: [String], code: Int32, message: String) throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = Shell.program
        process.arguments = arguments.map { $0.replacingOccurrences(of: "SITE", with: path) }
        process.standardInput = FileHandle.nullDevice
        let (stdout, stderr) = (Pipe(), Pipe())
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        let error = String(
            decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == code, "\(error)")
        #expect(error.contains(message), "\(error)")
    }

    @Test(arguments: [
        ("{\"donor\": \"D-1\",}", "line 1, column 17"),
        ("{\"donor\": \"D-1\"}", "'relation' is missing"),
        ("{\"donor\": \"D 1\", \"relation\": \"donor\"}", "'D 1' is not an identifier"),
        ("{\"donor\": 7, \"relation\": \"doner\"}", "did you mean 'donor'?"),
    ])
    func badJSONIsExplainedWithItsPlace(json: String, message: String) throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try Shell.seedlot(
            "perform", "donor.register", "--site", path, "--as", "operator-1", input: json)
        #expect(outcome.code == 1)
        #expect(outcome.error.contains(message), "\(outcome.error)")
        #expect(try Shell.seedlot("verify", path).output.hasPrefix("intact: 3 entries"))
    }

    @Test func aWrongPasswordIsRefused() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reviewer = try Shell.seedlot(
            "perform", "people.enrol", "--site", path, "--as", "admin", "--new-password-file",
            folder.appending(path: "secret").path,
            input: """
                {"person": "reviewer", "printedName": "Reviewer", "roles": ["qa-reviewer"]}
                """)
        #expect(reviewer.code == 0)
        let signed = try Shell.seedlot(
            "perform", "material.release", "--site", path, "--as", "reviewer",
            input: "{\"lot\": \"L-1\", \"certificate\": \"COA\"}", password: "guess")
        #expect(signed.code == 1)
        #expect(signed.error.contains("the password does not open the key"))
        let guess = folder.appending(path: "guess")
        try "guess\n".write(to: guess, atomically: true, encoding: .utf8)
        let unsigned = try Shell.seedlot(
            "perform", "people.enrol", "--site", path, "--as", "admin", "--password-file",
            guess.path, "--new-password-file", folder.appending(path: "secret").path,
            input: """
                {"person": "operator-2", "printedName": "Operator", "roles": ["operator"]}
                """)
        #expect(unsigned.code == 1)
        #expect(unsigned.error.contains("the password does not open the key"))
        #expect(try !Shell.seedlot("state", path).output.contains("operator-2"))
    }

    @Test func anOriginIsANameWithoutAScheme() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "site").path
        let made = try Shell.seedlot("init", path, "--origin", "https://gmp.example.org/ledger")
        #expect(made.code == 1)
        #expect(made.error.contains("'https://gmp.example.org/ledger' cannot be an origin"))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aSiteOfANewerVersionIsLeftAlone() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let profile = URL(filePath: path).appending(path: "site.json")
        let text = try String(contentsOf: profile, encoding: .utf8)
            .replacingOccurrences(of: "\"format\" : 1", with: "\"format\" : 2")
        try text.write(to: profile, atomically: true, encoding: .utf8)
        let outcome = try Shell.seedlot("verify", path)
        #expect(outcome.code == 1)
        #expect(
            outcome.error
                == "error: the site has format 2, this program knows formats up to 1; "
                + "use a newer version of this program\n")
    }

    @Test func aFileThatIsNoLedgerIsRefused() throws {
        let (folder, path) = try site()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = URL(filePath: path).appending(path: "ledger.sqlite")
        try Data("this is a text".utf8).write(to: ledger)
        let outcome = try Shell.seedlot("verify", path)
        #expect(outcome.code == 1)
        #expect(outcome.error.hasPrefix("error: "))
    }
}
