import ProductDefinition

/// A critical quality attribute that nothing controls.
///
/// ## Why it matters
///
/// An attribute is controlled by a parameter, an in-process control, a material or a release
/// test. One that is controlled by none is a wish.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   quality-attributes:
///     - { id: viability, name: viability, critical: yes }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   quality-attributes:
///     - { id: viability, name: viability, critical: yes }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: viability, class: quality, attribute: viability, limit: ">= 80 %" }
/// ```
enum CqaCovered: Rule {
    static let id = "cqa-covered"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        var covered: Set<String> = []
        for stage in subject.stages {
            for operation in stage.operations {
                for parameter in operation.parameters {
                    covered.formUnion(parameter.affects.map(\.value))
                }
                covered.formUnion(operation.controls.compactMap { $0.attribute?.value })
            }
        }
        for material in subject.definition.materials {
            covered.formUnion(material.affects.map(\.value))
        }
        for test in subject.releaseTests {
            if let attribute = test.attribute { covered.insert(attribute.value) }
            covered.formUnion((subject.assay(of: test)?.attributes ?? []).map(\.value))
        }
        for attribute in subject.product.qualityAttributes
        where attribute.isCritical.isYes && !covered.contains(attribute.id.value) {
            findings.report(
                "nothing controls the critical attribute '\(attribute.name.value)'",
                at: attribute.id.position, about: attribute.id.value,
                help:
                    "name it under 'affects:' of a parameter or material, or 'attribute:' of a "
                    + "control or release test"
            )
        }
    }
}
