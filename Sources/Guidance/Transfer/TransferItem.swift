/// An item of a technology transfer from a laboratory to a manufacturer of medicines.
///
/// Source: Zhang & Stacey 2022, doi:10.1111/cpr.13203, Table 1. The printed table reached us with
/// shifted cells; the stage and the pairing of items are our reading of it.
public struct TransferItem: Identifiable, Sendable {
    /// "TT-01".
    public let id: String
    /// 1 due diligence and gaps, 2 pilot studies and methods, 3 validation of site and process.
    public let stage: Int
    /// The heading it stands under.
    public let contents: String
    /// The column of the table it comes from.
    public let kind: Kind
    /// What is transferred or shown.
    public let item: String
    /// The entries it belongs with.
    public let pairsWith: [String]
    /// The records that show it.
    public let record: String
    /// What closes it.
    public let evidence: String

    /// The column of the table.
    public enum Kind: String, CaseIterable, Sendable {
        case contents
        case technology
        case purpose
    }

    /// Every item in order.
    public static let all = FactTable.trusted("transfer items", table).rows.map { row in
        TransferItem(
            id: row["id"], stage: row.count("stage") ?? 0, contents: row["contents"],
            kind: row.member("kind"), item: row["item"], pairsWith: row.list("pairs with"),
            record: row["record"], evidence: row["evidence"])
    }

    /// The items that have to be closed before `stage` is left.
    public static func items(ofStage stage: Int) -> [TransferItem] {
        all.filter { $0.stage == stage }
    }
}
