import ProductDefinition
import Quantities

/// Ruminant material without a certificate or assessment for TSE.
///
/// ## Why it matters
///
/// Spongiform encephalopathies cannot be tested for in a product and cannot be inactivated in
/// living cells. Only the origin of the material protects: a certificate of suitability (CEP) or
/// an approved assessment against EMA/410/01. Material that was grown with ruminant components
/// counts as exposed.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: fbs
///     name: fetal bovine serum
///     role: raw material
///     origin: { kind: animal, species: bovine, country: New Zealand }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: fbs
///     name: fetal bovine serum
///     role: raw material
///     origin: { kind: animal, species: bovine, country: New Zealand }
///     tse: { certificate: R1-CEP 2019-112 }
/// ```
enum MaterialTse: Rule {
    static let id = "material-tse"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials {
            guard let origin = material.origin else { continue }
            let isRuminant = origin.kind.value == .animal && isRuminant(origin.species?.value)
            guard isRuminant || origin.isRuminantExposed.isYes else { continue }
            if material.tse?.certificate.isStated ?? false { continue }
            if let tse = material.tse, tse.assessment.isStated {
                if tse.isApproved.isYes { continue }
                findings.report(
                    "the TSE assessment of '\(material.name.value)' is not approved",
                    at: tse.isApproved?.position ?? tse.position, about: material.id.value,
                    help: "have it approved, and write 'approved: yes'")
                continue
            }
            let why = isRuminant ? "comes from ruminants" : "was made with ruminant material"
            findings.report(
                "'\(material.name.value)' \(why) and has neither a CEP nor a TSE assessment",
                at: material.name.position, about: material.id.value,
                help: "write 'tse:' with 'certificate:', or 'assessment:' and 'approved: yes'")
        }
    }

    private static let ruminants: Set<Substring> = [
        "bovine", "cow", "cattle", "calf", "ox", "ovine", "sheep", "lamb", "caprine", "goat",
        "deer",
        "cervine", "elk", "buffalo", "bison", "ruminant", "fetal-bovine", "bos",
    ]

    private static func isRuminant(_ species: String?) -> Bool {
        guard let species else { return false }
        return species.lowercased().split(whereSeparator: { !$0.isLetter && $0 != "-" })
            .contains { ruminants.contains($0) }
    }
}
