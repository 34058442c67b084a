import ProductDefinition
import Quantities

/// A critical quality attribute that rests on one measuring principle.
///
/// ## Why it matters
///
/// One principle has one blind spot. Two methods of different principle find what either misses;
/// for identity and activity together this is what Zhang & Stacey advise.
///
/// ## What counts
///
/// Critical attributes of identity, purity, potency and quality. Safety and quantity are left
/// out: compendial tests stand by themselves, and a count is a count.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   quality-attributes: [{ id: phenotype, name: phenotype, class: identity, critical: yes }]
/// assays:
///   - id: flow
///     name: panel
///     measures: surface markers
///     principle: flow cytometry
///     attribute: [phenotype]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   quality-attributes: [{ id: phenotype, name: phenotype, class: identity, critical: yes }]
/// assays:
///   - id: flow
///     name: panel
///     measures: surface markers
///     principle: flow cytometry
///     attribute: [phenotype]
///   - id: qpcr
///     name: lineage transcripts
///     measures: gene expression
///     principle: quantitative PCR
///     attribute: [phenotype]
/// ```
enum OrthogonalMethods: Rule {
    static let id = "orthogonal-methods"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        var principles: [String: Set<String>] = [:]
        var assays: [String: Int] = [:]
        func note(_ attribute: String, _ assay: Definition.Assay) {
            assays[attribute, default: 0] += 1
            if let principle = assay.principle?.value.lowercased() {
                principles[attribute, default: []].insert(principle)
            }
        }
        for assay in subject.definition.assays {
            for attribute in assay.attributes { note(attribute.value, assay) }
        }
        for test in subject.releaseTests {
            if let attribute = test.attribute, let assay = subject.assay(of: test) {
                note(attribute.value, assay)
            }
        }
        for attribute in subject.product.qualityAttributes where attribute.isCritical.isYes {
            switch attribute.testClass?.value {
            case .safety, .quantity: continue
            case .identity, .purity, .potency, .quality, nil: break
            }
            guard assays[attribute.id.value] != nil else { continue }
            let count = principles[attribute.id.value]?.count ?? 0
            guard count < 2 else { continue }
            findings.report(
                "the critical attribute '\(attribute.name.value)' rests on "
                    + "\(count == 0 ? "no stated measuring principle" : "one measuring principle")",
                at: attribute.id.position, about: attribute.id.value,
                help: "add an assay of another 'principle:' that names it under 'attribute:'")
        }
    }
}
