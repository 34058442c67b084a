/// How far the development of a medicine has come, as the expectations of the field step up.
///
/// Exploratory trials (phase 1 and 2) share one step and so do confirmatory ones (phase 3 and any
/// trial meant to carry the application): guidance on investigational ATMPs distinguishes these
/// two, not the numerals (EMA/CAT/22473/2025).
public enum DevelopmentPhase: String, CaseIterable, Codable, Sendable, Comparable {
    /// Before the first use in humans.
    case preclinical
    /// First and exploratory trials.
    case phase1
    /// Confirmatory trials.
    case pivotal
    /// Authorised and on the market.
    case commercial

    /// The phase that a person means by `name`: "phase 1", "phase I/II", "exploratory",
    /// "confirmatory", "marketed", in any case, with spaces, hyphens or neither.
    public init?(named name: String) {
        guard name.utf8.count <= 40 else { return nil }
        let key = name.lowercased().filter { !" -_".contains($0) }
        guard let phase = Self.names[key] else { return nil }
        self = phase
    }

    /// As one reads it in a sentence.
    public var title: String {
        switch self {
        case .preclinical: "preclinical"
        case .phase1: "phase 1 and exploratory trials"
        case .pivotal: "confirmatory trials"
        case .commercial: "commercial supply"
        }
    }

    /// An earlier phase is less than a later one.
    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .preclinical: 0
        case .phase1: 1
        case .pivotal: 2
        case .commercial: 3
        }
    }

    private static let names: [String: DevelopmentPhase] = [
        "preclinical": .preclinical, "nonclinical": .preclinical, "research": .preclinical,
        "phase1": .phase1, "phasei": .phase1, "phase1/2": .phase1, "phasei/ii": .phase1,
        "phase2": .phase1, "phaseii": .phase1, "exploratory": .phase1, "firstinhuman": .phase1,
        "pivotal": .pivotal, "confirmatory": .pivotal, "phase3": .pivotal, "phaseiii": .pivotal,
        "phase2/3": .pivotal, "phaseii/iii": .pivotal,
        "commercial": .commercial, "marketed": .commercial, "authorised": .commercial,
    ]
}
