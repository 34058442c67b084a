/// A point that the Qualified Person confirms before a batch is certified.
///
/// Source: PIC/S PE 009-17 Annex 16, 1.7.1 to 1.7.21, in our own words.
public struct QPCertificationPoint: Identifiable, Sendable {
    /// The clause; 1.7.7 and 1.7.8 are one point about the active substance.
    public let clause: String
    /// What is confirmed.
    public let point: String
    /// The records that show it.
    public let records: [String]
    /// What those records have to show.
    public let condition: String

    /// What identifies it.
    public var id: String { clause }

    /// The points in the order of the annex.
    public static let all = FactTable.trusted("certification points", table).rows.map {
        QPCertificationPoint(
            clause: $0["clause"], point: $0["point"],
            records: $0.list("record", separator: ", "), condition: $0["passes when"])
    }
}
