import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/ledger`: how long it is, what its checkpoint commits to, and a check of all of it.
struct LedgerRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("ledger") { _, context in try await page(context, report: nil) }
        group.post("ledger/verification") { request, context in
            _ = try await SubmittedForm(in: request, of: context)
            return try await page(context, report: try await verify())
        }
    }

    private func page(
        _ context: SignedInContext, report: VerificationReport?
    ) async throws -> Response {
        let viewer = try reception.viewer(context)
        let reader = LedgerReader(storage: reception.site.storage)
        let note: SignedNote?
        do throws(StorageError) {
            note = try await reader.checkpoint()
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: error.code, message: error.message,
                hint: error.help)
        }
        let checkpoint = note.flatMap { try? Checkpoint(text: $0.text) }
        let profile = reception.site.folder.profile
        return reception.page("Ledger", in: .ledger, for: viewer) { html in
            html.add(
                PageHead(
                    "Ledger",
                    under: "Every fact, once, in order. Nothing in it can be changed or removed "
                        + "without this page showing it.",
                    actions: [("System checks", Address(.systemChecks))]))
            if let report { Self.write(report, &html) }
            html.add(
                Readings(readings: [
                    .init(name: "entries", figure: "\(viewer.state.entryCount)", link: .audit),
                    .init(
                        name: "committed by the checkpoint",
                        figure: checkpoint.map { "\($0.size)" } ?? "none"),
                ]))
            html.panel("Checkpoint") { html in
                var facts = Facts()
                facts.add("Origin", profile.origin)
                facts.add("Root hash", code: checkpoint?.root.hex)
                facts.add("Public key of the site", code: profile.verifier)
                html.add(facts)
                if let note {
                    html(.details) { html in
                        html(.summary, text: "The signed checkpoint as text")
                        html(.pre, text: String(decoding: note.bytes, as: UTF8.self))
                    }
                }
            }
            html.panel("Check the whole ledger") { html in
                html.add(
                    Form(
                        to: .ledgerCheck, pass: viewer.pass, button: "Verify now",
                        explanation: "Reads every entry again and checks hashes, checkpoints, keys "
                            + "and signatures with the site's public key alone."))
            }
        }
    }

    private func verify() async throws -> VerificationReport {
        let site = reception.site
        let key: NoteVerifier
        do throws(SiteFolderError) {
            key = try site.folder.verifier()
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: "no-site-key", message: error.message,
                hint: error.help)
        }
        return try await reception.archive.run {
            try await LedgerVerifier(storage: site.storage, log: key).verify()
        }
    }

    /// Findings on the page; a broken ledger may have as many as entries.
    private static let findingsShown = 100

    private static func write(_ report: VerificationReport, _ html: inout HTML) {
        html.add(
            report.isIntact
                ? Notice(
                    .good, "The ledger is intact.",
                    detail: "\(report.entryCount) entries, \(report.signatureCount) signatures and "
                        + "\(report.checkpointCount) checkpoints were checked.")
                : Notice(
                    .bad, "The ledger has \(report.findingCount) findings.",
                    detail: "\(report.entryCount) entries were checked."))
        guard !report.isIntact else { return }
        html(.ul, .class("points")) { html in
            for finding in report.findings.prefix(findingsShown) {
                html(.li) { html in
                    html.add(Badge(finding.code.rawValue, .bad))
                    html(.span, text: finding.message)
                }
            }
        }
    }
}
