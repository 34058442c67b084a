/// Limits for particles and for microorganisms in clean rooms.
///
/// Limits belong to an edition. Annex 1 of 2022 dropped the classification limit for particles
/// of 5 µm in grade A and changed the others slightly; data taken under the older text are read
/// with the older limits. Source: EU GMP Annex 1 as printed in PIC/S PE 009-17.
public enum CleanroomLimits {
    /// The text a limit comes from.
    public enum Edition: String, CaseIterable, Sendable {
        /// EU GMP Annex 1 of 22 August 2022, in force since 25 August 2023.
        case annex1of2022 = "EU GMP Annex 1 (2022)"
        /// EU GMP Annex 1 of 2008, superseded.
        case annex1of2008 = "EU GMP Annex 1 (2008)"

        /// Whether new data may be judged by it.
        public var isCurrent: Bool { self == .annex1of2022 }
    }

    /// What the measurement is for: the two have different limits at 5 µm.
    public enum Purpose: String, CaseIterable, Sendable {
        case classification
        case monitoring
    }

    /// The particle size from which on particles are counted.
    public enum ParticleSize: String, CaseIterable, Sendable {
        case halfMicrometre = "0.5"
        case fiveMicrometres = "5"
    }

    /// The limit for particles per cubic metre of air, and the clause it stands in.
    ///
    /// The superseded edition had one table; it answers for classification and monitoring alike.
    public static func particles(
        grade: CleanroomGrade, size: ParticleSize, state: OccupancyState,
        for purpose: Purpose = .classification, edition: Edition = .annex1of2022
    ) -> ParticleLimit {
        let row = particleRows.first {
            $0["edition"] == edition.rawValue && $0["grade"] == grade.rawValue
                && ($0["purpose"] == purpose.rawValue || $0["purpose"] == "any")
        }
        guard let row else { preconditionFailure("no particle limits for grade \(grade)") }
        let column = "\(size.rawValue) \(state.rawValue)"
        switch row[column] {
        case "not specified":
            return ParticleLimit(bound: .notSpecified, edition: edition, clause: row["clause"])
        case "not predetermined":
            return ParticleLimit(bound: .notPredetermined, edition: edition, clause: row["clause"])
        default:
            guard let count = row.count(column) else { row.refuse("-", in: column) }
            return ParticleLimit(bound: .atMost(count), edition: edition, clause: row["clause"])
        }
    }

    private static let particleRows = FactTable.trusted("particles", particleTable).rows

    private static let particleTable = """
        edition | clause | purpose | grade | 0.5 at rest | 0.5 in operation | 5 at rest
            | 5 in operation
        EU GMP Annex 1 (2022) | 4.27 Table 1 | classification | A | 3520 | 3520 | not specified
            | not specified
        EU GMP Annex 1 (2022) | 4.27 Table 1 | classification | B | 3520 | 352000
            | not specified | 2930
        EU GMP Annex 1 (2022) | 4.27 Table 1 | classification | C | 352000 | 3520000 | 2930
            | 29300
        EU GMP Annex 1 (2022) | 4.27 Table 1 | classification | D | 3520000
            | not predetermined | 29300 | not predetermined
        EU GMP Annex 1 (2022) | 9.15 Table 5 | monitoring | A | 3520 | 3520 | 29 | 29
        EU GMP Annex 1 (2022) | 9.15 Table 5 | monitoring | B | 3520 | 352000 | 29 | 2930
        EU GMP Annex 1 (2022) | 9.15 Table 5 | monitoring | C | 352000 | 3520000 | 2930 | 29300
        EU GMP Annex 1 (2022) | 9.15 Table 5 | monitoring | D | 3520000 | not predetermined
            | 29300 | not predetermined
        EU GMP Annex 1 (2008) | table | any | A | 3520 | 3520 | 20 | 20
        EU GMP Annex 1 (2008) | table | any | B | 3520 | 352000 | 29 | 2900
        EU GMP Annex 1 (2008) | table | any | C | 352000 | 3520000 | 2900 | 29000
        EU GMP Annex 1 (2008) | table | any | D | 3520000 | not predetermined | 29000
            | not predetermined
        """
}

/// A clean-room grade of EU GMP Annex 1.
public enum CleanroomGrade: String, CaseIterable, Codable, Sendable, Comparable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"

    /// A cleaner grade is the greater one: `.d < .c < .b < .a`.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue > right.rawValue }
}

/// Whether a room is empty and running, or people work in it.
public enum OccupancyState: String, CaseIterable, Codable, Sendable {
    case atRest = "at rest"
    case inOperation = "in operation"
}

/// A limit for particles, with where it stands.
public struct ParticleLimit: Equatable, Sendable {
    /// The limit itself.
    public enum Bound: Equatable, Sendable {
        /// At most so many particles per cubic metre.
        case atMost(Int)
        /// The text sets none; it may be counted where the contamination control strategy or
        /// trends ask for it (Annex 1 4.27 note).
        case notSpecified
        /// The site sets it from risk assessment and routine data (grade D in operation).
        case notPredetermined
    }

    /// The limit itself.
    public let bound: Bound
    /// The text it comes from.
    public let edition: CleanroomLimits.Edition
    /// The clause it stands in.
    public let clause: String

    /// Whether a count per cubic metre stays inside; `nil` where the text sets no limit.
    public func allows(_ particlesPerCubicMetre: Int) -> Bool? {
        guard case .atMost(let limit) = bound else { return nil }
        return particlesPerCubicMetre <= limit
    }
}
