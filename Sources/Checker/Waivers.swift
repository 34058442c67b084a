internal import Diagnostics
internal import Guidance
internal import ProductDefinition

/// The waivers of a definition, and which of them were of use.
struct Waivers {
    /// The rules from which an authority may grant an exception that a risk assessment alone
    /// cannot (Annex 2A 3.12). The rules themselves judge such a waiver.
    static let exceptionRules: Set<String> = [OpenStepGradeA.id, LowerBackgroundWaiver.id]

    private let subject: CheckSubject
    private let byRule: [String: [Int]]
    private var used: Set<Int> = []
    private var judged: Set<String> = []

    init(of subject: CheckSubject) {
        self.subject = subject
        let waivers = subject.definition.risks?.waivers ?? []
        byRule = Dictionary(grouping: waivers.indices) { waivers[$0].rule.value }
    }

    private var waivers: [Definition.Waiver] { subject.definition.risks?.waivers ?? [] }

    /// Remembers that a rule was judged, so that its waivers can be called unused.
    mutating func noteJudged(_ rule: String) { judged.insert(rule) }

    /// The departure as waived, when a valid waiver names it.
    mutating func waive(_ departure: Findings.Departure) -> WaivedFinding? {
        guard let rule = RuleCatalogue.rule(departure.finding.code), rule.isWaivable else {
            return nil
        }
        for index in byRule[rule.id] ?? [] {
            let waiver = waivers[index]
            if let place = waiver.at?.value, place != departure.subject { continue }
            // A waiver that fits is of use even when it does not hold: what is wrong with it is
            // said elsewhere, and only once.
            used.insert(index)
            guard waiver.justification.isReason,
                let assessment = subject.validAssessment(waiver.assessment),
                let due = assessment.reviewDue?.value
            else { continue }
            return WaivedFinding(
                finding: departure.finding, assessment: assessment.id.value,
                justification: waiver.justification.value, reviewDue: due.description)
        }
        return nil
    }

    /// A finding for each waiver of a judged, waivable rule that fits nothing that was found.
    func unused() -> [Finding] {
        waivers.indices.compactMap { index in
            let waiver = waivers[index]
            guard !used.contains(index), judged.contains(waiver.rule.value),
                !Self.exceptionRules.contains(waiver.rule.value),
                RuleCatalogue.rule(waiver.rule.value)?.isWaivable ?? false
            else { return nil }
            let place = waiver.at.map { " at '\($0.value)'" } ?? ""
            return Finding(
                code: WaiverNeedsRiskAssessment.id, severity: .warning,
                message: "the waiver of '\(waiver.rule.value)'\(place) fits nothing that was found",
                position: waiver.rule.position,
                help: "remove it, or correct the rule and the id it is waived at",
                citation: WaiverNeedsRiskAssessment.entry.basis.joined(separator: "; "))
        }
    }
}

extension Located<String> {
    /// Whether the words give a reason: more than a word or a placeholder.
    var isReason: Bool { value.split(separator: " ").count >= 3 }
}
