import ProductDefinition

/// A product whose effect comes from recombinant nucleic acid, and that is not classed as gene
/// therapy.
///
/// ## Why it matters
///
/// A product that meets the definition of gene therapy is a gene therapy, whatever else it is.
/// Integration, insertional mutagenesis and long-term follow-up then come into scope.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     class: somatic cell therapy
///     recombinant-nucleic-acid: yes
///     effect-from-nucleic-acid: yes
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     class: gene therapy
///     recombinant-nucleic-acid: yes
///     effect-from-nucleic-acid: yes
/// ```
enum ClassGenePrecedence: Rule {
    static let id = "class-gene-precedence"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let classification = subject.product.classification,
            classification.hasRecombinantNucleicAcid.isYes,
            classification.effectComesFromNucleicAcid.isYes,
            !classification.isInfectiousDiseaseVaccine.isYes,
            let decided = classification.atmpClass, decided.value != .geneTherapy
        else { return }
        findings.report(
            "the effect comes from recombinant nucleic acid, but the class is "
                + "'\(decided.value.rawValue)'",
            at: decided.position, help: "write 'class: gene therapy'")
    }
}
