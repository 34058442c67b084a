public import Diagnostics
public import Guidance
public import ProductDefinition

/// What a check found, and what it was told to overlook.
public struct CheckReport: Sendable {
    /// The phase that was judged for.
    public let phase: DevelopmentPhase
    /// Where the product is to be used.
    public let jurisdictions: Set<Jurisdiction>
    /// The day on which due dates were judged.
    public let asOf: CalendarDate
    /// Departures that stand, in reading order.
    public internal(set) var findings: [Finding] = []
    /// Departures that a risk assessment justifies.
    public internal(set) var waived: [WaivedFinding] = []
    /// Findings beyond `Findings.perRuleLimit`, counted by rule.
    public internal(set) var omitted: [String: Int] = [:]

    /// Whether nothing that stands is an error.
    public var hasNoError: Bool { !findings.contains { $0.severity == .error } }

    init(phase: DevelopmentPhase, jurisdictions: Set<Jurisdiction>, asOf: CalendarDate) {
        self.phase = phase
        self.jurisdictions = jurisdictions
        self.asOf = asOf
    }
}

/// A departure from a rule with the risk assessment that justifies it.
public struct WaivedFinding: Hashable, Sendable {
    /// What was found.
    public let finding: Finding
    /// The id of the risk assessment.
    public let assessment: String
    /// The reason, as the author wrote it.
    public let justification: String
    /// The day until which the assessment counts.
    public let reviewDue: String

    /// The departure as an information, so that no waiver passes in silence.
    public var asFinding: Finding {
        var finding = finding
        finding.severity = .info
        finding.notes.insert(
            .init(
                "waived by '\(assessment)', to be reviewed by \(reviewDue): \(justification)"),
            at: 0)
        return finding
    }
}
