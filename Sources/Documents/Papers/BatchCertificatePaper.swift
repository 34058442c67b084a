import Facility
import Ledger

extension PaperSource {
    /// The batch certificate on paper: its content, the Qualified Person's signature, and the proof
    /// as text and as codes that can be checked without the site.
    func batchCertificate(
        of batch: Batch, _ certificate: BatchCertificate, publicKey: String, by converter: Converter
    ) throws -> Paper {
        let content = certificate.content
        var blocks: [PaperBlock] = [.facts(facts(of: content))]
        blocks += [
            .heading("Results against \(content.specification)", level: 2),
            .table(
                PaperTable(
                    columns: ["Attribute", "Limit", "Result", "Verdict", "Reference"],
                    rows: content.results.map { line in
                        [
                            PaperText(line.attribute), PaperText(line.criterion),
                            PaperText(line.result),
                            .verdict(line.verdict.rawValue, line.verdict.tone),
                            PaperText(line.reference),
                        ]
                    })),
            .heading("Deviations", level: 2),
        ]
        blocks.append(
            content.deviations.isEmpty
                ? .paragraph("None.")
                : .table(
                    PaperTable(
                        columns: ["Deviation", "What happened", "Impact", "Disposition"],
                        words: content.deviations.map {
                            [$0.id, $0.description, $0.impact, $0.disposition]
                        })))
        if !content.openTests.isEmpty {
            blocks.append(
                .note(
                    .warning,
                    "Results to come in a second stage: "
                        + PaperText(content.openTests.joined(separator: ", "))))
        }
        blocks += [
            .heading("Points of the Qualified Person", level: 2),
            .table(
                PaperTable(
                    caption: "Clauses of PIC/S PE 009 Annex 16",
                    columns: ["Clause", "Point", "Answered by"],
                    words: content.points.map { [$0.clause, $0.point, $0.answer] })),
            .heading("Certification", level: 2),
            .signatures(signatures("batch \(content.batch) certified", batch.disposed)),
        ]
        blocks += try proof(of: certificate, publicKey: publicKey, by: converter)
        let master = try state.master(batch.master)
        let stamps = [batch.disposed].compactMap { $0 }
        return Paper(
            kind: SitePaper.batchCertificate.title, subject: content.batch, issuer: content.site,
            under: content.product, blocks: blocks, changes: resultChanges(of: batch),
            basis: basis(of: stamps, under: master))
    }

    private func facts(of content: CertificateContent) -> [PaperFact] {
        var facts = [
            PaperFact("Product", "\(content.product), version \(content.productVersion)"),
            PaperFact("Batch", .strong(content.batch)),
            PaperFact("Limits", "those of the phase '\(content.phase)'"),
            PaperFact(
                "Containers",
                "\(content.containers), \(content.firstContainer) to \(content.lastContainer)"),
            PaperFact("Cells in each", content.cellsPerContainer),
            PaperFact("Filled", content.filled),
        ]
        if let expires = content.expires { facts.append(PaperFact("Expires", expires)) }
        if let storage = content.storage { facts.append(PaperFact("Storage", storage)) }
        return facts
    }

    private func proof(
        of certificate: BatchCertificate, publicKey: String, by converter: Converter
    ) throws -> [PaperBlock] {
        var blocks: [PaperBlock] = [
            .pageBreak, .heading("Proof", level: 2),
            .paragraph(
                """
                The codes below carry this certificate with its proof. Scan them all into one text \
                file, one code a line, in any order, and check it without the site, with nothing \
                but the site's public key: seedlot verify-certificate FILE --key KEY. Obtain the \
                public key from the site by another way than this paper; it must be the same as \
                the one printed here.
                """),
            .facts([
                PaperFact("Public key of the site", .code(publicKey)),
                PaperFact(
                    "Digest of the content (SHA-256)",
                    .code((try? certificate.content.digest().hex) ?? "")),
            ]),
        ]
        if let parts = try CertificateCode.parts(of: certificate, by: converter) {
            var codes: [PaperCode] = []
            for (place, part) in parts.enumerated() {
                codes.append(
                    PaperCode(
                        try converter.code(.qr, of: part),
                        caption: "Code \(place + 1) of \(parts.count)", moduleMillimetres: 0.6))
            }
            blocks.append(.codes(codes))
        } else {
            blocks.append(
                .note(.plain, "The certificate is too long for codes: take the certificate file."))
        }
        return blocks + [
            .heading("The proof as text (c2sp.org/tlog-proof)", level: 3),
            .paragraph("That the certification stands in the site's ledger:"),
            .verbatim(certificate.certification.proof),
            .paragraph("That the signer's key stands in the site's ledger:"),
            .verbatim(certificate.signerKey.proof),
        ]
    }
}
