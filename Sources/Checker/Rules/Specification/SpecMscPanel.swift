import ProductDefinition

/// An MSC product whose panel leaves out markers of the ISCT.
///
/// ## Why it matters
///
/// The panel of 2006 names CD105, CD73 and CD90 as positive, and CD45, CD34, CD14 or CD11b, CD79a
/// or CD19, and HLA-DR as negative. It makes products comparable; what limits apply is another
/// question.
///
/// ## What counts
///
/// Markers under `positive:` and `negative:` of release tests with a limit; without them, the
/// markers in the name of a test, on the side its limit lies. A marker that is only reported does
/// not count and is named apart.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: positive markers
///         class: identity
///         positive: [CD105, CD73, CD90]
///         limit: ">= 95 %"
///       - name: negative markers
///         class: purity
///         negative: [CD45, CD34, HLA-DR]
///         limit: "<= 2 %"
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: positive markers
///         class: identity
///         positive: [CD105, CD73, CD90]
///         limit: ">= 95 %"
///       - name: negative markers
///         class: purity
///         negative: [CD45, CD34, CD14, CD19, HLA-DR]
///         limit: "<= 2 %"
/// ```
enum SpecMscPanel: Rule {
    static let id = "spec-msc-panel"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isMSC, let specification = subject.releaseSpecifications.first else { return }
        let panel = MarkerPanel(of: subject)
        let missing = panel.missingISCTMarkers
        if !missing.isEmpty {
            findings.report(
                "the panel of '\(specification.name.value)' leaves out \(listed(missing))",
                at: panel.position ?? specification.name.position, about: specification.id.value,
                help: "add them under 'positive:' and 'negative:' of a surface marker test")
        }
        if !panel.reportedOnly.isEmpty {
            findings.report(
                "\(listed(panel.reportedOnly)) \(panel.reportedOnly.count == 1 ? "is" : "are") "
                    + "measured without a limit",
                at: panel.position ?? specification.name.position, about: specification.id.value,
                help: "set limits on own data")
        }
    }
}
