import Foundation
import Testing

/// The demonstration site on disk: verified, traced, certified, and found out when tampered with.
@Suite struct DemonstrationTests {
    @Test func theDemonstrationHoldsAndTamperingShows() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "site").path
        let played = try Shell.seedlot(
            "play", "Examples/uc-msc/first-batches.jsonl", "--site", path, in: Shell.root)
        #expect(played.code == 0, "\(played.error)")

        let verified = try Shell.seedlot("verify", path, "--format", "json")
        #expect(verified.code == 0)
        #expect(verified.output.contains("\"intact\" : true"))

        let trail = try Shell.seedlot("audit", path, "--subject", "B-26-004", "--limit", "1000")
        #expect(trail.output.contains("\n    value: 5.1 % (was: "), "\(trail.error)")
        #expect(
            trail.output.contains(
                "\n    because: read off the display of the neighbouring incubator"))

        let back = try Shell.seedlot("trace", path, "PT-4471", "--format", "json")
        #expect(back.output.contains("\"D-0007\""))
        let forward = try Shell.seedlot("trace", path, "D-0007")
        #expect(forward.output.contains("PT-4471: patient"))

        let certificate = folder.appending(path: "certificate.json")
        let written = try Shell.seedlot(
            "certificate", path, "B-26-003", "--output", certificate.path)
        #expect(written.code == 0, "\(written.error)")
        let key = folder.appending(path: "site/site.json").path
        let valid = try Shell.seedlot("verify-certificate", certificate.path, "--key", key)
        #expect(valid.code == 0, "\(valid.output)")

        let text = try String(contentsOf: certificate, encoding: .utf8)
        try text.replacingOccurrences(of: "87 %", with: "97 %")
            .write(to: certificate, atomically: true, encoding: .utf8)
        let changed = try Shell.seedlot("verify-certificate", certificate.path, "--key", key)
        #expect(changed.code == 1)
        #expect(changed.output.contains("NOT VALID"))

        try changeOneByte(of: folder.appending(path: "site/ledger.sqlite"))
        let tampered = try Shell.seedlot("verify", path)
        #expect(tampered.code == 1)
        #expect(tampered.output.contains("NOT INTACT"))
    }

    /// Changes one byte of one entry in the file itself, as somebody with full rights could.
    private func changeOneByte(of file: URL) throws {
        var bytes = try Data(contentsOf: file)
        let range = try #require(bytes.range(of: Data("viability-after-thawing".utf8)))
        bytes[range.lowerBound] = UInt8(ascii: "w")
        try bytes.write(to: file)
    }
}
