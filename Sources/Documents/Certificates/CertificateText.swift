import Facility

/// A batch certificate as plain text, for a terminal or a mail.
package enum CertificateText {
    /// The certificate's content in readable form.
    package static func text(of certificate: BatchCertificate) -> String {
        let content = certificate.content
        var lines = [
            "BATCH CERTIFICATE",
            "",
            "site         \(content.site)",
            "product      \(content.product), version \(content.productVersion)",
            "batch        \(content.batch)",
            "definition   \(content.definition), limits of phase \(content.phase)",
            "containers   \(content.containers), \(content.firstContainer) to "
                + content.lastContainer,
            "content      \(content.cellsPerContainer) each",
            "filled       \(content.filled)",
        ]
        if let expires = content.expires { lines.append("expires      \(expires)") }
        if let storage = content.storage { lines.append("storage      \(storage)") }
        lines += ["", "specification: \(content.specification)"]
        let width = content.results.map(\.attribute.count).max() ?? 0
        for line in content.results {
            let name = line.attribute.padded(to: width)
            lines.append(
                "  \(line.verdict.rawValue.padded(to: 8))  \(name)  \(line.result), "
                    + "criterion \(line.criterion)")
        }
        lines += ["", "deviations: \(content.deviations.count)"]
        for deviation in content.deviations {
            lines.append("  \(deviation.id): \(deviation.description)")
            lines.append("    impact: \(deviation.impact); \(deviation.disposition)")
        }
        if !content.openTests.isEmpty {
            lines += ["", "results to come: \(content.openTests.joined(separator: ", "))"]
        }
        lines += ["", "points of the Qualified Person:"]
        for point in content.points {
            lines.append("  \(point.clause)  \(point.point): \(point.answer)")
        }
        return lines.joined(separator: "\n")
    }
}
