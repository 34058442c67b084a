import Foundation
import Testing

/// `witness`: a second machine that remembers, and `export tiles`, which others verify.
@Suite struct WitnessCommandTests {
    private func witness(_ site: SmallSite) throws -> (folder: String, key: String) {
        let folder = site.beside("witness")
        let made = try Shell.seedlot(
            "witness", "init", folder, "--name", "quality.example.org/laptop")
        #expect(made.code == 0, "\(made.error)")
        let key = try #require(made.output.split(separator: " ").last)
        return (folder, key.trimmingCharacters(in: .newlines))
    }

    @Test func aHistoryThatGrowsIsCosignedAndChecked() throws {
        let site = try SmallSite()
        let (witness, key) = try witness(site)
        for round in 0..<2 {
            let note = site.beside("cosigned-\(round)")
            let signed = try Shell.seedlot(
                "witness", "cosign", witness, "--site", site.path, "--output", note)
            #expect(signed.code == 0, "\(signed.error)")
            let checked = try Shell.seedlot(
                "witness", "check", note, "--key", site.key, "--witness", key)
            #expect(checked.code == 0, "\(checked.error)")
            #expect(checked.output.contains("signed by quality.example.org/laptop at 20"))
            #expect(checked.output.contains("ledger: \(SmallSite.entries + round) entries"))
            try site.goOn(day: 28 + round)
        }
        // The first cosigned checkpoint still binds the site.
        let verified = try Shell.seedlot(
            "verify", site.path, "--against", site.beside("cosigned-0"))
        #expect(verified.code == 0, "\(verified.output)")
    }

    @Test func programsReadWhatAWitnessSays() throws {
        let site = try SmallSite()
        let folder = site.beside("witness")
        func json(_ arguments: String...) throws -> [String: Any] {
            let outcome = try Shell.seedlot(
                arguments: ["witness"] + arguments + ["--format", "json"])
            #expect(outcome.code == 0, "\(outcome.error)")
            let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            return try #require(parsed as? [String: Any])
        }
        let made = try json("init", folder, "--name", "quality.example.org/laptop")
        let key = try #require(made["key"] as? String)
        #expect(key.hasPrefix("quality.example.org/laptop+"))
        let requested = try json("request", site.path)
        #expect(requested["entries"] as? Int == SmallSite.entries)
        let file = site.beside("cosigned")
        let cosigned = try json("cosign", folder, "--site", site.path, "--output", file)
        #expect(cosigned["entries"] as? Int == SmallSite.entries)
        #expect(cosigned["text"] as? String == (try String(contentsOfFile: file, encoding: .utf8)))
        let checked = try json("check", file, "--key", site.key, "--witness", key)
        #expect(checked["root"] as? String == cosigned["root"] as? String)
        let signatures = try #require(checked["signatures"] as? [[String: Any]])
        #expect(signatures.count == 2)
        #expect((signatures[1]["at"] as? String)?.hasPrefix("20") == true)
    }

    @Test func aWitnessIsNotMadeTwice() throws {
        let site = try SmallSite()
        let (witness, _) = try witness(site)
        let again = try Shell.seedlot("witness", "init", witness, "--name", "another")
        #expect(again.code == 1)
        #expect(
            again.error == "error: there is a witness at '\(witness)' already; go on with it, or "
                + "give another folder: what it remembers must not be lost\n")
    }

    @Test func aWitnessThatCannotReachTheSiteAnswersARequest() throws {
        let site = try SmallSite()
        let (witness, _) = try witness(site)
        for (seen, count) in [(0, SmallSite.entries), (SmallSite.entries, SmallSite.entries + 1)] {
            let request = site.beside("request")
            let made = try Shell.seedlot(
                "witness", "request", site.path, "--seen", "\(seen)", "--output", request)
            #expect(made.code == 0, "\(made.error)")
            let answer = try Shell.seedlot(
                "witness", "cosign", witness, "--request", request, "--key", site.key)
            #expect(answer.code == 0, "\(answer.error)")
            #expect(answer.output.contains("\n\(count)\n"))
            try site.goOn(day: count + 20)
        }
        let keyless = try Shell.seedlot(
            "witness", "cosign", witness, "--request", site.beside("request"))
        #expect(keyless.code == 2)
        #expect(keyless.error.contains("the site's public key is not known"))
    }

    /// The site is set back to an older copy and goes on from there: another history.
    @Test func anotherHistoryIsRefused() throws {
        let site = try SmallSite()
        let (witness, _) = try witness(site)
        let copy = site.beside("copy")
        #expect(try Shell.seedlot("backup", site.path, copy).code == 0)
        try site.goOn(day: 28)
        #expect(
            try Shell.seedlot("witness", "cosign", witness, "--site", site.path).code == 0)
        let shorter = try Shell.seedlot("witness", "cosign", witness, "--site", copy)
        #expect(shorter.code == 1)
        #expect(shorter.error.hasPrefix("error: "))
        let forked = try SmallSite(continuing: copy)
        try forked.goOn(day: 29)
        try forked.goOn(day: 30)
        let refused = try Shell.seedlot("witness", "cosign", witness, "--site", copy)
        #expect(refused.code == 1)
        #expect(refused.error.hasPrefix("error: "), "\(refused.error)")
    }

    @Test func theTilesHoldTheLedgerInThePublicForm() throws {
        let site = try SmallSite()
        let tiles = site.beside("tiles")
        let outcome = try Shell.seedlot(
            "export", "tiles", site.path, tiles, "--format", "json")
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.output.contains("\"entries\" : 8"))
        let names = FileManager.default.enumerator(atPath: tiles)?.compactMap { $0 as? String }
        #expect(
            Set(names ?? []).isSuperset(of: [
                "checkpoint", "log.vkey", "tile/0/000.p/8", "tile/entries/000.p/8",
            ]), "\(names ?? [])")
        let checked = try Shell.seedlot(
            "witness", "check", "\(tiles)/checkpoint", "--key", "\(tiles)/log.vkey")
        #expect(checked.code == 0, "\(checked.error)")
        // The bundle is entries with their lengths before them (c2sp.org/tlog-tiles).
        let bundle = try Data(
            contentsOf: URL(filePath: tiles).appending(path: "tile/entries/000.p/8"))
        var (position, count) = (0, 0)
        while position + 2 <= bundle.count {
            position += 2 + Int(bundle[position]) << 8 + Int(bundle[position + 1])
            count += 1
        }
        #expect(position == bundle.count)
        #expect(count == SmallSite.entries)
        let again = try Shell.seedlot("export", "tiles", site.path, tiles)
        #expect(again.code == 1)
        #expect(again.error.contains("is not an empty folder"))
    }
}
