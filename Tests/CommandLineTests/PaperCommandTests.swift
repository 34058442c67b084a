import Foundation
import Ledger
import Testing

/// Papers from the command line.
@Suite struct PaperCommandTests {
    @Test func aSiteGivesItsPapersOut() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "site").path
        let played = try Shell.seedlot(
            "play", "Examples/uc-msc/first-batches.jsonl", "--site", path, in: Shell.root)
        #expect(played.code == 0, "\(played.error)")

        for (paper, id, words) in [
            ("certificate-of-analysis", "B-26-003", "viable cell count by image cytometry"),
            ("batch-record", "B-26-003", "verified by a second"),
            ("deviation-report", "DEV-0002", "Root cause"),
            ("trace-report", "D-0007", "PT-4471"),
        ] {
            let printed = try Shell.seedlot("print", path, paper, id)
            #expect(printed.code == 0, "\(paper): \(printed.error)")
            #expect(printed.output.contains(words), "\(paper)")
        }

        let files = ["1.pdf", "2.pdf"].map { folder.appending(path: $0) }
        for file in files {
            let printed = try Shell.seedlot(
                "print", path, "certificate-of-analysis", "B-26-003", "--format", "pdf",
                "--output", file.path)
            #expect(printed.code == 0, "\(printed.error)")
        }
        #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))

        try checkCodes(of: path, in: folder)
        try refusals(of: path)
    }

    /// What the codes of a batch certificate hold is checked like the certificate file.
    private func checkCodes(of site: String, in folder: URL) throws {
        let printed = try Shell.seedlot(
            "print", site, "batch-certificate", "B-26-003", "--format", "json")
        #expect(printed.code == 0, "\(printed.error)")
        let blocks = try JSONValue(parsing: Array(printed.output.utf8))["blocks"]?.arrayValue ?? []
        let codes = blocks.compactMap { $0["codes"]?.arrayValue }.joined()
            .compactMap { $0["content"]?.stringValue }
        #expect(codes.count > 1)
        let file = folder.appending(path: "codes.txt")
        try Data(codes.reversed().joined(separator: "\n").utf8).write(to: file)
        let key = folder.appending(path: "site/site.json").path
        let valid = try Shell.seedlot("verify-certificate", file.path, "--key", key)
        #expect(valid.code == 0, "\(valid.output)\(valid.error)")
        #expect(valid.output.contains("valid: batch B-26-003"))

        try Data(codes.dropLast().joined(separator: "\n").utf8).write(to: file)
        let missing = try Shell.seedlot("verify-certificate", file.path, "--key", key)
        #expect(missing.code == 1)
        #expect(missing.error.contains("is missing"))
    }

    private func refusals(of site: String) throws {
        for (arguments, code, words) in [
            (["labels", "B-26-003"], 1, "no labels were issued"),
            (["batch-record", "B-99"], 1, "there is no batch 'B-99'"),
            (["batch-record", "B-26-003", "--format", "pdf"], 2, "add --output FILE"),
            (["batch-record", "B-26-003", "--format", "zpl"], 2, "zpl is for labels"),
            (["no-such-paper", "B-26-003"], 2, "batch-record"),
            (["labels", "B-26-003", "--dots", "7"], 2, "6, 8, 12 or 24"),
        ] as [([String], Int32, String)] {
            let refused = try Shell.seedlot(arguments: ["print", site] + arguments)
            #expect(refused.code == code, "\(arguments): \(refused.error)")
            #expect(refused.error.contains(words), "\(arguments): \(refused.error)")
        }
    }

    @Test func theReportOfAnAnalysisIsAPaper() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "values.csv")
        try Data("value\n9.8\n10.1\n10.0\n9.9\n10.2\n10.0\n9.7\n10.3\n".utf8).write(to: file)
        let arguments = ["capability", file.path, "--lower", "8", "--upper", "12"]
        let page = try Shell.seedlot(arguments: arguments + ["--format", "html"])
        #expect(page.output.hasPrefix("<!DOCTYPE html>"))
        #expect(page.output.contains("Digest of the input (SHA-256)"))
        let pdf = folder.appending(path: "report.pdf")
        let printed = try Shell.seedlot(
            arguments: arguments + ["--format", "pdf", "--output", pdf.path])
        #expect(printed.code == page.code, "\(printed.error)")
        #expect(try Data(contentsOf: pdf).starts(with: Data("%PDF-".utf8)))
        let refused = try Shell.seedlot(arguments: arguments + ["--format", "pdf"])
        #expect(refused.code == 2)
    }
}
