import Foundation
import Testing

/// A site whose process ended before it signed a checkpoint over its last entries.
@Suite struct CrashedSiteTests {
    private func change(_ site: SmallSite, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])",
            "\(site.path)/ledger.sqlite", sql,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func crashed() throws -> SmallSite {
        let site = try SmallSite()
        try change(
            site,
            """
            DROP TRIGGER checkpoints_remain;
            DELETE FROM checkpoints WHERE size = (SELECT max(size) FROM checkpoints);
            """)
        return site
    }

    @Test func itIsVerifiedCopiedAndGoneOnWith() throws {
        let site = try crashed()
        let found = try Shell.seedlot("verify", site.path)
        #expect(found.code == 1)
        #expect(found.output.contains("NOT INTACT: 1 finding"), "\(found.output)")
        // The copy is as the site is; what is restored from it is signed.
        let (copy, restored) = (site.beside("copy"), site.beside("restored"))
        #expect(try Shell.seedlot("backup", site.path, copy).code == 0)
        let restoring = try Shell.seedlot("restore", copy, restored)
        #expect(restoring.code == 0, "\(restoring.error)")
        let count = "intact: \(SmallSite.entries) entries"
        #expect(try Shell.seedlot("verify", restored).output.hasPrefix(count))
        try site.goOn()
        let verified = try Shell.seedlot("verify", site.path)
        #expect(verified.output.hasPrefix("intact: \(SmallSite.entries + 1) entries"))
    }

    @Test func itIsNotOpenedWhenItsEndIsNotItsOwn() throws {
        let site = try crashed()
        try change(
            site,
            "DROP TRIGGER entries_stay; UPDATE entries SET tag = zeroblob(32) WHERE root NOTNULL")
        let refused = try Shell.seedlot("serve", site.path, "--port", "0")
        #expect(refused.code == 1)
        #expect(refused.error.contains("this site did not store them"), "\(refused.error)")
        #expect(refused.error.contains("restore a backup"))
        let copy = site.beside("copy")
        #expect(try Shell.seedlot("backup", site.path, copy).code == 0)
        let restoring = try Shell.seedlot("restore", copy, site.beside("restored"))
        #expect(restoring.code == 1)
        #expect(restoring.error.contains("the copy is not intact"), "\(restoring.error)")
    }
}
