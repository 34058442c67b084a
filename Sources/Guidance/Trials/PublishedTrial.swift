/// A trial of umbilical-cord MSC as a review printed it; a line per dose.
///
/// Source: Mebarki et al. 2021, doi:10.1186/s13287-021-02222-y, Table 1 and running text. What
/// the review does not state is `nil`.
public struct PublishedTrial: Sendable {
    /// "U-T01" for a row of the table, "U-X01" for a study of the running text.
    public let id: String
    /// The number of the dose where one trial gave several, or "text".
    public let component: String
    /// What it is given for.
    public let indication: String
    /// As stated: "I/II", "pilot".
    public let phase: String?
    /// As stated: "randomised, controlled".
    public let design: String
    /// What the control arm received.
    public let comparator: String?
    /// All participants.
    public let participants: Int?
    /// Participants who received cells.
    public let treated: Int?
    /// Participants who did not.
    public let control: Int?
    /// What was given.
    public let dose: PublishedDose?
    /// "IV", "renal artery".
    public let route: String?
    /// What the trial set out to show.
    public let aim: [String]
    /// What was seen of safety.
    public let safety: String?
    /// What was seen of efficacy.
    public let efficacy: String?
    /// The number of the reference in the review.
    public let reference: String?
    /// What else a reader should know.
    public let note: String?

    /// Every line.
    public static let all = FactTable.trusted("published trials", table).rows.map(
        PublishedTrial.init)

    /// The lowest and highest single dose published for a route and a basis, with the number of
    /// dose lines behind it; `nil` when none was published.
    public static func doseRange(
        route: String, basis: PublishedDose.Basis
    ) -> (cells: ClosedRange<Double>, lines: Int)? {
        let doses = all.filter { $0.route?.lowercased() == route.lowercased() }
            .compactMap(\.dose).filter { $0.basis == basis }.map(\.cells)
        guard let low = doses.min(), let high = doses.max() else { return nil }
        return (low...high, doses.count)
    }

    init(_ row: FactTable.Row) {
        id = row["id"]
        component = row["component"]
        indication = row["indication"]
        phase = row.optional("phase")
        design = row["design"]
        comparator = row.optional("comparator")
        participants = row.count("treated and control")
        treated = row.count("treated")
        control = row.count("control")
        dose = row.number("dose").map { cells in
            PublishedDose(
                cells: cells, deviation: row.number("dose sd"), basis: row.member("dose basis"),
                unit: row["dose unit"], least: row.count("doses min"),
                most: row.count("doses max"), interval: row.number("interval"),
                intervalUnit: row.optional("interval unit"))
        }
        route = row.optional("route")
        aim = row.list("aim")
        safety = row.optional("safety")
        efficacy = row.optional("efficacy")
        reference = row.optional("reference")
        note = row.optional("note")
    }
}

/// A dose as it was published.
public struct PublishedDose: Sendable {
    /// Cells per kilogram, or cells, as `basis` says.
    public let cells: Double
    /// The standard deviation, where the review prints one.
    public let deviation: Double?
    /// What the dose is counted against.
    public let basis: Basis
    /// As printed: "cells/kg", "cells", "cells/day", "cells/month".
    public let unit: String
    /// The fewest and the most administrations.
    public let least: Int?
    /// The most administrations.
    public let most: Int?
    /// Between two administrations, in `intervalUnit`.
    public let interval: Double?
    /// "week" or "month".
    public let intervalUnit: String?

    /// What a dose is counted against.
    public enum Basis: String, CaseIterable, Sendable {
        /// Per kilogram of body weight.
        case weight
        /// The same for every patient.
        case flat
    }
}
