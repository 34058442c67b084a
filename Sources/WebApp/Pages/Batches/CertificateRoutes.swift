import Charts
import Documents
import Facility
import Hummingbird
import Ledger
import Operations

/// `/batches/{batch}/certificate`: the certificate to read, its proof, an independent check of it,
/// and the file to give away.
struct CertificateRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("batches/{batch}/certificate") { try await page($0, $1, isCheck: false) }
        group.get("batches/{batch}/certificate/verification") {
            try await page($0, $1, isCheck: true)
        }
        group.get("batches/{batch}/certificate/file") { _, context in
            let (batch, certificate) = try await certificate(context)
            return Response.file(
                try certificate.fileBytes(), named: "\(batch.id)-certificate.json",
                type: "application/json")
        }
    }

    private func certificate(
        _ context: SignedInContext
    ) async throws -> (Batch, BatchCertificate) {
        // One state for both, so that page and proof speak of the same moment.
        let viewer = try reception.viewer(context)
        let batch = try viewer.batch(context)
        do throws(CertificateError) {
            let certificate = try await BatchCertificate(
                of: batch.id, state: viewer.state, storage: reception.site.storage)
            return (batch, certificate)
        } catch {
            switch error {
            case .notCertified, .rejected:
                throw WebFault(
                    status: .notFound, code: "no-certificate", message: "\(error)",
                    hint: "a Qualified Person certifies the batch first")
            case .storage, .proof, .unreadable:
                throw WebFault(
                    status: .serviceUnavailable, code: "ledger-unreadable", message: "\(error)")
            }
        }
    }

    private func page(
        _ request: Request, _ context: SignedInContext, isCheck: Bool
    ) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, certificate) = try await certificate(context)
        // The check uses nothing but the certificate and the site's public key, as a hospital does.
        let key: NoteVerifier
        do throws(SiteFolderError) {
            key = try reception.site.folder.verifier()
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: "no-site-key", message: error.message,
                hint: error.help)
        }
        let verification = isCheck ? certificate.verify(with: key) : nil
        let id = batch.id.text
        return reception.page(
            "Certificate of \(id)", in: .batches,
            trail: [("Batches", .batches), (id, .batch(id))], for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Certificate of \(id)", kind: "Batch certificate", status: batch.status.badge,
                    actions: [
                        ("Verify it", Address(.certificateCheck(batch: id), fragment: "check")),
                        ("Download the file", Address(.certificateFile(batch: id))),
                        ("Whole batch", Address(.batch(id))),
                    ]))
            if let verification { Self.write(verification, &html) }
            html.add(
                CertificateSheet(
                    certificate: certificate, publicKey: reception.site.folder.profile.verifier))
        }
    }

    private static func write(_ verification: CertificateVerification, _ html: inout HTML) {
        html(.section, .class("panel"), .id("check")) { html in
            html(.h2, text: "Verification")
            html.add(
                verification.isValid
                    ? Notice(
                        .good, "The certificate is valid.",
                        detail: "Signed by \(verification.signedBy ?? "") at "
                            + "\(verification.signedAt ?? ""). Checked with the site's public key "
                            + "alone.")
                    : Notice(.bad, "The certificate does not hold."))
            html(.ul, .class("points")) { html in
                for point in verification.points {
                    html(.li) { html in
                        html.add(
                            Badge(
                                point.holds ? "holds" : "fails", point.holds ? .good : .bad))
                        html(.span) { html in
                            html(.strong, text: point.check.title)
                            html(.span, .class("help"), text: " \(point.detail)")
                        }
                    }
                }
            }
        }
    }
}

/// The certificate as a sheet of paper.
struct CertificateSheet: Component {
    let certificate: BatchCertificate
    let publicKey: String

    func write(into html: inout HTML) {
        let content = certificate.content
        html(.article, .class("sheet")) { html in
            html(.p, .class("head-kind"), text: content.site)
            html(.h1, text: "Batch certificate")
            html(.p, .class("head-under"), text: "\(content.product), batch \(content.batch)")
            var facts = Facts()
            facts.add("Product version", content.productVersion)
            facts.add("Definition", content.definition)
            facts.add("Development phase", content.phase)
            facts.add(
                "Containers",
                "\(content.containers), \(content.firstContainer) to \(content.lastContainer)")
            facts.add("Cells in each", content.cellsPerContainer)
            facts.add("Filled", content.filled)
            facts.add("Expires", content.expires)
            facts.add("Storage", content.storage)
            html(.h2, text: "Batch")
            html.add(facts)
            html(.h2, text: "Results against the specification: \(content.specification)")
            results(content.results, &html)
            html(.h2, text: "Deviations")
            deviations(content.deviations, &html)
            html(.h2, text: "Certification")
            signature(&html)
            html(.h2, text: "Proof")
            proof(&html)
        }
    }

    private func results(_ lines: [CertificateContent.Line], _ html: inout HTML) {
        html(.table) { html in
            BatchSections.head(["Attribute", "Limit", "Result", "Verdict", "Reference"], &html)
            html(.tbody) { html in
                for line in lines {
                    html(.tr) { html in
                        html(.td, text: line.attribute)
                        html(.td, text: line.criterion)
                        html(.td, text: line.result)
                        html(.td) { $0.add(line.verdict.badge) }
                        html(.td, text: line.reference)
                    }
                }
            }
        }
    }

    private func deviations(
        _ deviations: [CertificateContent.ClosedDeviation], _ html: inout HTML
    ) {
        guard !deviations.isEmpty else {
            html(.p, text: "None.")
            return
        }
        for deviation in deviations {
            html(.p) { html in
                html(.strong, text: deviation.id)
                html.text(
                    " \(deviation.description). Impact: \(deviation.impact). "
                        + "Disposition: \(deviation.disposition).")
            }
        }
    }

    private func signature(_ html: inout HTML) {
        let entry = Base64.bytes(of: certificate.certification.entry)
            .flatMap { try? LedgerEntry(index: 0, bytes: $0) }
        for signature in entry?.draft.signatures ?? [] {
            var facts = Facts()
            facts.add("Signed by", signature.printedName)
            facts.add("Meaning", signature.meaning.rawValue)
            facts.add("At", signature.at)
            facts.add("Key", code: signature.keyID)
            html.add(facts)
        }
    }

    private func proof(_ html: inout HTML) {
        html(
            .p, .class("help"),
            text: "The proof shows that the certification stands in the site's ledger. Anyone can "
                + "check it with the site's public key and the file of this certificate, without "
                + "the site: seedlot verify-certificate FILE.")
        html(.h3, text: "Public key of the site")
        html(.pre, text: publicKey)
        html(.details) { html in
            html(.summary, text: "The proof as text (c2sp.org/tlog-proof)")
            html(.pre, text: certificate.certification.proof)
        }
    }
}
