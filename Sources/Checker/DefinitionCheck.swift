internal import Diagnostics
public import Guidance
public import ProductDefinition

/// The check of a definition against the rules of the field.
public enum DefinitionCheck {
    /// Judges `definition` by every rule, or by those in `rules`.
    ///
    /// The same input gives the same report. The cost grows linearly with the definition: each
    /// rule passes over the parts it asks about a bounded number of times.
    /// - Parameters:
    ///   - phase: the phase to judge for; that of the definition when `nil`.
    ///   - jurisdictions: where the product is to be used; those of the definition when `nil`.
    ///   - asOf: the day on which due dates are judged.
    ///   - rules: codes of the only rules to judge by; all when `nil`.
    public static func run(
        _ definition: Definition, phase: DevelopmentPhase? = nil,
        jurisdictions: Set<Jurisdiction>? = nil, asOf: CalendarDate, only rules: Set<String>? = nil
    ) -> CheckReport {
        let subject = CheckSubject(
            definition, phase: phase ?? definition.product.phase.value,
            jurisdictions: jurisdictions ?? Set(definition.product.jurisdictions.map(\.value)),
            asOf: asOf)
        var report = CheckReport(
            phase: subject.phase, jurisdictions: subject.jurisdictions, asOf: asOf)
        var waivers = Waivers(of: subject)
        var departures: [Findings.Departure] = []
        for rule in RuleRegistry.all where rules?.contains(rule.id) ?? true {
            let entry = rule.entry
            guard let severity = Severity(entry.severity(in: subject.phase)),
                entry.applies(in: subject.jurisdictions)
            else { continue }
            var findings = Findings(of: entry, severity: severity)
            rule.check(subject, into: &findings)
            waivers.noteJudged(rule.id)
            departures += findings.departures
            if findings.omitted > 0 { report.omitted[rule.id] = findings.omitted }
        }
        for departure in departures {
            if let waived = waivers.waive(departure) {
                report.waived.append(waived)
            } else {
                report.findings.append(departure.finding)
            }
        }
        if rules?.contains(WaiverNeedsRiskAssessment.id) ?? true {
            report.findings += waivers.unused()
        }
        report.findings = report.findings.inReadingOrder()
        return report
    }
}

extension Severity {
    /// The severity of a finding of a rule that weighs so much; `nil` when it does not apply.
    init?(_ severity: RuleSeverity) {
        switch severity {
        case .none: return nil
        case .info: self = .info
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
