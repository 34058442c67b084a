import ArgumentParser
import Foundation
import Ledger
import Operations

/// `seedlot verify SITE`: checks the whole ledger, trusting only the site's public key.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every entry, checkpoint, signature and stored file of a site.")

    @OptionGroup var site: SiteArgument

    @Option(
        help: "A checkpoint someone kept, as a file; the ledger must extend it.",
        completion: .file())
    var against: [String] = []

    @Option(help: "The site's public key, when not the one in its site.json is to be trusted.")
    var key: String?

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
        switch output.format {
        case .json: print(try Summary(report).printedJSON())
        case .text:
            for finding in report.findings { print(finding) }
            print(Summary(report).text)
        }
        if !report.isIntact { throw ExitCode.failure }
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
            return intact
                ? "intact: \(counts)\nroot \(root)"
                : "NOT INTACT: \(findingCount) findings in \(counts)"
        }
    }
}
