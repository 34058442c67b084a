import ProductDefinition
import Quantities

/// An amplification test for mycoplasma that cannot replace culture.
///
/// ## Why it matters
///
/// Since April 2026 an amplification test stands on equal footing with culture in Ph. Eur. 2.6.7,
/// when it detects 10 CFU/mL or less than 100 genome copies/mL, is validated in the matrix of the
/// product, and looks at cells and supernatant together.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - id: myco
///     name: mycoplasma by PCR
///     measures: mycoplasma
///     principle: PCR
///     detection-limit: 50 CFU/mL
///     matrix-validated: yes
///     sample: cells and supernatant
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: mycoplasma, class: safety, assay: myco, limit: not detected }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - id: myco
///     name: mycoplasma by PCR
///     measures: mycoplasma
///     principle: PCR
///     detection-limit: 10 CFU/mL
///     matrix-validated: yes
///     sample: cells and supernatant
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: mycoplasma, class: safety, assay: myco, limit: not detected }]
/// ```
enum MycoplasmaMethod: Rule {
    static let id = "mycoplasma-method"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for test in subject.releaseTests(measuring: .mycoplasma) {
            guard let assay = subject.assay(of: test), amplifies(assay) else { continue }
            var missing: [String] = []
            let copies =
                assay.detectionLimit?.value.amount("copies/mL")
                ?? assay.detectionLimit?.value.amount("GC/mL")
            let colonies = assay.detectionLimit?.value.amount("CFU/mL")
            let reaches = (colonies.map { $0 <= 10 } ?? false) || (copies.map { $0 < 100 } ?? false)
            if !reaches {
                missing.append("detection limit of 10 CFU/mL or less than 100 copies/mL")
            }
            if !assay.isMatrixValidated.isYes {
                missing.append("validation in the matrix of the product")
            }
            let sample = assay.sample?.value.lowercased() ?? ""
            if !sample.contains("both"),
                !(sample.contains("cells") && sample.contains("supernatant"))
            {
                missing.append("sample of cells and supernatant")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the mycoplasma test '\(assay.name.value)' has no \(listed(missing))",
                at: assay.name.position, about: assay.id.value,
                help:
                    "write detection-limit, matrix-validated and sample, or test by culture as well"
            )
        }
    }

    private static func amplifies(_ assay: Definition.Assay) -> Bool {
        let words = [assay.principle?.value, assay.name.value, assay.compendial?.value]
            .compactMap { $0?.lowercased() }
        return words.contains { text in
            ["pcr", "nat", "amplif", "nucleic"].contains { keyword in
                text.split(whereSeparator: { !$0.isLetter }).contains {
                    $0.hasPrefix(keyword) || $0.hasSuffix("pcr")
                }
            }
        }
    }
}
