/// The tests and limits of a product that was published, as a yardstick and a test of rules.
public struct PublishedSpecification: Identifiable, Sendable {
    /// "PS-1" to "PS-7".
    public let id: String
    /// What the product is.
    public let product: String
    /// The paper and table.
    public let source: String
    /// The number of batches behind the table, where it is stated.
    public let batches: Int?
    /// Tests and limits in the order of the table.
    public let items: [Item]

    /// A test with its limit.
    public struct Item: Sendable {
        /// "CD73", "sterility", "inhibition of PBMC proliferation".
        public let attribute: String
        /// "identity", "purity", "potency", "safety", "viability", "genomic", "quantity" or
        /// "quality".
        public let category: String
        /// How it is measured, where the paper says so.
        public let method: String?
        /// ">=", "<", "=", "between", or "report" where the paper measures without a limit.
        public let comparison: String
        /// The limit as printed.
        public let limit: String?
        /// The unit as printed.
        public let unit: String?
        /// When in the life of the batch: "release", "frozen", "final product", "reference".
        public let stage: String
        /// What else a reader should know.
        public let note: String?

        /// Whether the item decides about a batch.
        public var hasLimit: Bool { comparison != "report" }
    }

    /// Every published specification.
    public static let all: [PublishedSpecification] = {
        let items = Dictionary(
            grouping: FactTable.trusted("specification items", itemTable).rows,
            by: { $0["specification"] })
        return FactTable.trusted("specification sources", sourceTable).rows.map { row in
            PublishedSpecification(
                id: row["id"], product: row["product"], source: row["source"],
                batches: row.count("batches"), items: (items[row["id"]] ?? []).map(Item.init))
        }
    }()
}

extension PublishedSpecification.Item {
    init(_ row: FactTable.Row) {
        attribute = row["attribute"]
        category = row["category"]
        method = row.optional("method")
        comparison = row["comparison"]
        limit = row.optional("limit")
        unit = row.optional("unit")
        stage = row["stage"]
        note = row.optional("note")
    }
}
