import Foundation
import Testing

/// The identity of a lot from the cytometer's file into the record, and out of it again.
@Suite struct CytometryRecordTests {
    private static let fixtures = Shell.root.appending(path: "Tests/CytometryTests/Fixtures")
    private static let gates = fixtures.appending(path: "msc-panel/msc_gates.gml.xml")
    private static let panel = fixtures.appending(path: "panels/uc-msc-identity.json")
    private static let control = fixtures.appending(path: "msc-panel/I1_FMO_PE-A.fcs").path
    private static let batch = "B-26-001"

    /// A site whose first batch is open: the example up to there.
    private static func site(in folder: URL) throws -> String {
        // Beside the definition, which the scenario names relative to itself.
        let example = folder.appending(path: "uc-msc")
        try FileManager.default.copyItem(
            at: Shell.root.appending(path: "Examples/uc-msc"), to: example)
        let lines = try String(
            contentsOf: example.appending(path: "first-batches.jsonl"), encoding: .utf8
        ).split(separator: "\n")
        let opened = try #require(lines.firstIndex { $0.contains("\"batch.open\"") })
        let scenario = example.appending(path: "until-the-batch.jsonl")
        try lines[...opened].joined(separator: "\n")
            .write(to: scenario, atomically: true, encoding: .utf8)
        let path = folder.appending(path: "site").path
        let played = try Shell.seedlot("play", scenario.path, "--site", path)
        try #require(played.code == 0, "\(played.error)")
        return path
    }

    private static func register(
        _ site: String, gates: String, reason: String, as person: String = "reviewer"
    ) throws -> Shell.Outcome {
        try Shell.seedlot(
            "cytometry", "register", "--site", site, "--as", person, "--analysis",
            "MSC-IDENTITY", "--gates", gates, "--panel", panel.path, "--reason", reason,
            password: "demonstration")
    }

    private static func record(
        _ site: String, _ sample: String, _ more: String..., batch: String = batch,
        as person: String = "analyst"
    ) throws -> Shell.Outcome {
        try Shell.seedlot(
            arguments: [
                "cytometry", "record", fixtures.appending(path: sample).path, "--site", site,
                "--as", person, "--analysis", "MSC-IDENTITY", "--batch", batch,
            ] + more, password: "demonstration")
    }

    /// The kept file that goes by this name: files lie under their digests.
    private static func kept(_ site: String, where isWanted: (Data) -> Bool) throws -> URL {
        let files = FileManager.default.enumerator(
            at: URL(filePath: site), includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard let content = try? Data(contentsOf: file), isWanted(content) else { continue }
            return file
        }
        throw CocoaError(.fileNoSuchFile)
    }

    @Test func aResultIsRecordedAndComputedAgainByWhoeverVerifies() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = try Self.site(in: folder)
        try versions(site, folder)
        try refusedRecords(site)

        let control = ["--control", Self.control]
        let recorded = try Self.record(
            site, "msc-panel/lotA_pass.fcs", control[0], control[1])
        #expect(recorded.code == 0, "\(recorded.error)")
        #expect(recorded.output.contains("verdict: pass"))
        #expect(recorded.output.contains("cytometry.result-recorded/1"))
        let again = try Self.record(site, "msc-panel/lotA_pass.fcs", control[0], control[1])
        #expect(again.code == 1 && again.error.contains("is recorded"))
        let failed = try Self.record(
            site, "msc-panel/lotD_lowviability_clog.fcs", control[0], control[1])
        #expect(failed.output.contains("verdict: fail"))

        // Gates that came later change nothing about what was recorded before.
        let changed = try Self.changedGates(in: folder, to: "0.57")
        let registered = try Self.register(site, gates: changed, reason: "threshold requalified")
        #expect(registered.code == 0, "\(registered.error)")
        let intact = try Shell.seedlot("verify", site)
        #expect(intact.code == 0, "\(intact.output)\(intact.error)")

        try tamperedReport(site)
        try tamperedSample(site)
    }

    private static func changedGates(in folder: URL, to limit: String) throws -> String {
        let text = try String(contentsOf: gates, encoding: .utf8)
        let file = folder.appending(path: "gates-\(limit).xml")
        try text.replacing("gating:max=\"0.55\"", with: "gating:max=\"\(limit)\"")
            .write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    private func versions(_ site: String, _ folder: URL) throws {
        let analyst = try Self.register(
            site, gates: Self.gates.path, reason: "first", as: "analyst")
        #expect(analyst.code == 1 && analyst.error.contains("needs the role"))
        let first = try Self.register(site, gates: Self.gates.path, reason: "first version")
        #expect(first.code == 0, "\(first.error)")
        let same = try Self.register(site, gates: Self.gates.path, reason: "nothing new")
        #expect(same.code == 1 && same.error.contains("a new version needs other gates"))
        let changed = try Self.changedGates(in: folder, to: "0.56")
        let unexplained = try Self.register(site, gates: changed, reason: " ")
        #expect(unexplained.code == 1 && unexplained.error.contains("'reason' is empty"))
        let second = try Self.register(site, gates: changed, reason: "threshold moved")
        #expect(second.code == 0, "\(second.error)")
        let broken = folder.appending(path: "broken.xml")
        try "<gating:Gating-ML>".write(to: broken, atomically: true, encoding: .utf8)
        let refused = try Self.register(site, gates: broken.path, reason: "broken")
        #expect(refused.code == 1 && refused.error.contains("broken.xml"))
    }

    private func refusedRecords(_ site: String) throws {
        let control = ["--control", Self.control]
        let sample = "msc-panel/lotA_pass.fcs"
        for (outcome, words) in [
            (try Self.record(site, sample), "I1_FMO_PE-A.fcs"),
            (
                try Self.record(site, sample, control[0], control[1], batch: "B-99-999"),
                "B-99-999"
            ),
            (
                try Self.record(
                    site, sample, control[0], control[1], "--test", "no-such-line"),
                "no-such-line"
            ),
            (
                try Self.record(site, sample, control[0], control[1], as: "operator-1"),
                "needs the role"
            ),
            (try Self.record(site, "panels/uc-msc-identity.json"), "byte 0"),
        ] {
            #expect(outcome.code == 1, "\(words): \(outcome.output)")
            #expect(outcome.error.contains(words), "\(outcome.error)")
        }
    }

    /// A number changed in the kept report is found, and where.
    private func tamperedReport(_ site: String) throws {
        let report = try Self.kept(site) { content in
            String(bytes: content.prefix(4000), encoding: .utf8)?.contains("\"markers\"") == true
                && String(bytes: content, encoding: .utf8)?.contains("lotA_pass.fcs") == true
        }
        let whole = try Data(contentsOf: report)
        let text = try #require(String(bytes: whole, encoding: .utf8))
        let forged = text.replacing(
            /"count" ?: ?[0-9]+/, with: "\"count\" : 4242", maxReplacements: 1)
        #expect(forged != text)
        try replace(report, Data(forged.utf8))
        let found = try Shell.seedlot("verify", site)
        #expect(found.code == 1)
        #expect((found.output + found.error).contains("lotA_pass.fcs"), "\(found.output)")
        try replace(report, whole)
        #expect(try Shell.seedlot("verify", site).code == 0)
    }

    /// One byte of the cytometer's file changed is found, and so is a file that is gone.
    private func tamperedSample(_ site: String) throws {
        let original = try Data(
            contentsOf: Self.fixtures.appending(path: "msc-panel/lotA_pass.fcs"))
        let sample = try Self.kept(site) { $0 == original }
        var bytes = original
        bytes[bytes.count / 2] ^= 1
        try replace(sample, bytes)
        let found = try Shell.seedlot("verify", site)
        #expect(found.code == 1)
        #expect((found.output + found.error).contains("lotA_pass.fcs"), "\(found.output)")
        try FileManager.default.removeItem(at: sample)
        let gone = try Shell.seedlot("verify", site)
        #expect(gone.code == 1)
        #expect((gone.output + gone.error).contains("lotA_pass.fcs"), "\(gone.output)")
    }

    /// Kept files are read-only; who tampers with one has the rights.
    private func replace(_ file: URL, _ content: Data) throws {
        try FileManager.default.removeItem(at: file)
        try content.write(to: file)
    }
}
