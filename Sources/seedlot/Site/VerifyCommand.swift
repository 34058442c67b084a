import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations

/// `seedlot verify SITE`: checks the whole ledger, trusting only the site's public key.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every entry, checkpoint, signature and stored file of a site.",
        discussion: """
            The exit code is 1 when something is found. A history that was rewritten with the \
            site's own key is whole in itself: only a checkpoint kept elsewhere contradicts it.

            Example: seedlot verify SITE --against checkpoint.txt --key site.vkey
            """)

    @OptionGroup var site: SiteArgument

    @Option(
        help: "A checkpoint someone kept, as a file; the ledger must extend it.",
        completion: .file())
    var against: [String] = []

    @Option(help: "The site's public key, when not the one in its site.json is to be trusted.")
    var key: String?

    @Flag(inversion: .prefixedNo, help: "Compute recorded cytometry reports again.")
    var recompute = true

    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let verifier =
            if let key { try VerifierKey.read(key) } else { try SiteDoor.verifier(of: folder) }
        let kept = try against.map { try KeptCheckpoint.read($0, signedBy: verifier) }
        let storage = try SiteDoor.reading(folder)
        let files = folder.files
        let report: VerificationReport
        do throws(StorageError) {
            report = try await LedgerVerifier(storage: storage, log: verifier).verify(
                against: kept, file: { files.condition(of: $0) }
            ) { progress in
                Terminal.progress(
                    "\(progress.entries) of \(progress.total) entries, "
                        + "\(progress.findings) findings")
            }
        } catch {
            Terminal.endProgress()
            throw Complaint(error.message, wayOut: error.help)
        }
        Terminal.endProgress()
        var summary = Summary(report)
        // What the ledger does not vouch for is not worth computing again.
        if recompute, report.isIntact { summary.recomputed = try await recomputed(folder) }
        switch output.format {
        case .json: print(try summary.printedJSON())
        case .text:
            for finding in report.findings { print(finding) }
            print(summary.text)
        }
        if !report.isIntact || !summary.recomputed.allSatisfy(\.differences.isEmpty) {
            throw ExitCode.failure
        }
    }

    /// Every recorded cytometry report beside one computed anew from the kept files.
    private func recomputed(_ folder: SiteFolder) async throws -> [Summary.Recomputed] {
        let state = try await SiteDoor.state(of: folder)
        var done: [Summary.Recomputed] = []
        for analysis in state.cytometryAnalyses.inOrder {
            for result in analysis.results {
                Terminal.progress("computing '\(result.sample.name)' again")
                done.append(
                    Summary.Recomputed(
                        entry: result.stamp.entry, sample: result.sample.name,
                        differences: CytometryRecomputation.differences(
                            result, of: analysis, in: folder.files)))
            }
        }
        Terminal.endProgress()
        return done
    }

    private struct Summary: Encodable {
        var intact: Bool
        var entries: UInt64
        var checkpoints: UInt64
        var signatures: UInt64
        var files: UInt64
        var root: String
        var findingCount: UInt64
        var findings: [Finding]
        var recomputed: [Recomputed] = []

        /// A recorded report computed again.
        struct Recomputed: Encodable {
            var entry: UInt64
            var sample: String
            var differences: [String]
        }

        struct Finding: Encodable {
            var code: String
            var entry: UInt64?
            var message: String
        }

        init(_ report: VerificationReport) {
            intact = report.isIntact
            entries = report.entryCount
            checkpoints = report.checkpointCount
            signatures = report.signatureCount
            files = report.fileCount
            root = report.head.root.hex
            findingCount = report.findingCount
            findings = report.findings.map {
                Finding(code: $0.code.rawValue, entry: $0.entry, message: $0.message)
            }
        }

        var text: String {
            let counts =
                "\(entries) entries, \(checkpoints) checkpoints, \(signatures) signatures, "
                + "\(files) files"
            guard intact else {
                let findings = findingCount == 1 ? "1 finding" : "\(findingCount) findings"
                return "NOT INTACT: \(findings) in \(counts)"
            }
            var lines = ["intact: \(counts)", "root \(root)"]
            for one in recomputed {
                lines += one.differences.map { "entry \(one.entry), '\(one.sample)': \($0)" }
            }
            if !recomputed.isEmpty {
                let same = recomputed.count { $0.differences.isEmpty }
                lines.append("\(same) of \(recomputed.count) cytometry reports computed the same")
            }
            return lines.joined(separator: "\n")
        }
    }
}
