import Foundation
import Testing

/// `backup`, `restore` and `verify --against`: a copy is whole, and one that is not comes to nothing.
@Suite struct BackupCommandTests {
    @Test func aRestoredSiteContinuesTheSameTree() throws {
        let site = try SmallSite()
        let copy = site.beside("copy")
        let restored = site.beside("restored")
        let made = try Shell.seedlot("backup", site.path, copy)
        #expect(made.code == 0, "\(made.error)")
        #expect(
            made.output.hasPrefix("copied \(SmallSite.entries) entries to \(copy)\nroot "),
            "\(made.output)")

        // The site knows of it, and monitoring through the site.
        let note = try String(contentsOfFile: "\(site.path)/last-backup.json", encoding: .utf8)
        #expect(note.contains("\"entries\":\(SmallSite.entries),"), "\(note)")

        // What stood when the copy was made, as an auditor would have kept it.
        let tiles = site.beside("tiles")
        #expect(try Shell.seedlot("export", "tiles", site.path, tiles).code == 0)
        let back = try Shell.seedlot(
            "restore", copy, restored, "--against", "\(tiles)/checkpoint", "--key", site.key)
        #expect(back.code == 0, "\(back.error)")
        #expect(back.output.hasPrefix("verified and restored \(SmallSite.entries) entries to"))

        // What a drill is recorded with.
        #expect(back.output.contains(/root [0-9a-f]{64}\ntook [0-9]+ s\n/), "\(back.output)")

        let other = try SmallSite(continuing: restored)
        try other.goOn()
        let verified = try Shell.seedlot(
            "verify", restored, "--against", "\(tiles)/checkpoint", "--key", site.key)
        #expect(verified.code == 0, "\(verified.output)")
        #expect(verified.output.hasPrefix("intact: \(SmallSite.entries + 1) entries"))
    }

    @Test func aCopyThatIsNotIntactIsNotRestored() throws {
        let site = try SmallSite()
        let copy = site.beside("copy")
        #expect(try Shell.seedlot("backup", site.path, copy).code == 0)
        let file = URL(filePath: copy).appending(path: "ledger.sqlite")
        var bytes = try Data(contentsOf: file)
        let range = try #require(bytes.range(of: Data("half the published".utf8)))
        bytes[range.lowerBound] = UInt8(ascii: "H")
        try bytes.write(to: file)
        let refused = try Shell.seedlot("restore", copy, site.beside("restored"))
        #expect(refused.code == 1)
        #expect(refused.error.contains("root-mismatch"), "\(refused.error)")
        #expect(refused.error.contains("the copy is not intact"))
        #expect(!FileManager.default.fileExists(atPath: site.beside("restored")))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: site.folder.path)
                .allSatisfy { !$0.contains(".part") })
    }

    @Test func anOlderCopyDoesNotPassForTheNewestState() throws {
        let site = try SmallSite()
        let copy = site.beside("copy")
        #expect(try Shell.seedlot("backup", site.path, copy).code == 0)
        try site.goOn()
        let tiles = site.beside("tiles")
        #expect(try Shell.seedlot("export", "tiles", site.path, tiles).code == 0)
        let refused = try Shell.seedlot(
            "restore", copy, site.beside("restored"), "--against", "\(tiles)/checkpoint")
        #expect(refused.code == 1)
        #expect(refused.error.contains("kept-checkpoint-beyond-end"), "\(refused.error)")
        let verified = try Shell.seedlot("verify", copy, "--against", "\(tiles)/checkpoint")
        #expect(verified.code == 1)
        #expect(verified.output.contains("NOT INTACT"))
    }

    @Test func nothingIsOverwritten() throws {
        let site = try SmallSite()
        for command in ["backup", "restore"] {
            let refused = try Shell.seedlot(command, site.path, site.path)
            #expect(refused.code == 1)
            #expect(
                refused.error == "error: there is something at '\(site.path)' already; give a path "
                    + "where there is nothing yet\n")
        }
        let nowhere = try Shell.seedlot("backup", site.beside("none"), site.beside("copy"))
        #expect(nowhere.code == 1)
        #expect(nowhere.error.contains("there is no site at"))
    }

    /// 32 bytes in base64.
    private static let root = String(repeating: "A", count: 43) + "="

    @Test func aPrivateKeyIsNotRepeated() throws {
        let site = try SmallSite()
        let secret = try String(contentsOfFile: "\(site.path)/keys/site.key", encoding: .utf8)
        for key in ["\(site.path)/keys/site.key", secret] {
            let refused = try Shell.seedlot("verify", site.path, "--key", key)
            #expect(refused.code == 1)
            #expect(refused.error.contains("this is a private key"), "\(refused.error)")
            #expect(!refused.error.contains(secret.prefix(40)))
        }
    }

    @Test func aKeptCheckpointThatIsNoneIsExplained() throws {
        let site = try SmallSite()
        let file = site.beside("note")
        for (text, message) in [
            ("", "is no checkpoint of this site"),
            ("gmp.example.org/site/ledger\n3\nno base64!\n\n— a b\n", "is no checkpoint"),
            ("a/ledger\n3\nno base64!\n\n— a AAAAAAA=\n", "'no base64!' is not a root hash"),
            ("a/ledger\n03\nAAAA\n\n— a AAAAAAA=\n", "'03' is not a tree size"),
            ("a/ledger\n3\n\(Self.root)\nmore\n\n— a AAAAAAA=\n", "has 1 line after the root"),
            ("a/ledger\n3\n\(Self.root)\n\n— a AAAAAAA=\n", "has no signature by '"),
            (String(repeating: "x\n", count: 600_000), "bytes"),
        ] {
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let refused = try Shell.seedlot("verify", site.path, "--against", file)
            #expect(refused.code == 1)
            #expect(refused.error.contains(message), "\(refused.error)")
        }
    }

    /// A reader of another language and time zone sees the same.
    @Test func surroundingsDoNotMatter() throws {
        let site = try SmallSite()
        let here = try Shell.seedlot("verify", site.path)
        let there = try Shell.seedlot(
            arguments: ["verify", site.path],
            environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG"])
        #expect(here.code == 0)
        #expect(there.code == 0)
        #expect(here.output == there.output)
    }
}
