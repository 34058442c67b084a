/// A cell or gene therapy that was approved, designated or priced, as a precedent.
public struct ApprovedProduct: Sendable {
    /// The name of the product.
    public let name: String
    /// The active substance, or another name.
    public let active: String?
    /// Who holds or develops it.
    public let company: String?
    /// Which cells it is made of.
    public let cells: String
    /// Allogeneic or autologous.
    public let donor: String?
    /// What it is given for.
    public let indication: String?
    /// What happened: an approval, a designation, a price.
    public let event: String
    /// The country or authority.
    public let place: String
    /// The year of the event.
    public let year: Int?
    /// The number that an authority gave.
    public let identifier: String?
    /// The price, where one was published.
    public let price: Price?
    /// The review that names it, or "later than both reviews".
    public let source: String
    /// What became of it.
    public let since: String?
    /// Whether its source was read.
    public let confirmation: Confirmation

    /// A published price.
    public struct Price: Sendable {
        /// The amount in whole units of the currency.
        public let amount: Double
        /// ISO 4217.
        public let currency: String
        /// What is priced: "per patient, approximate".
        public let basis: String
    }

    /// Every event, the oldest source first.
    public static let all = FactTable.trusted("approved products", table).rows.map { row in
        ApprovedProduct(
            name: row["product"], active: row.optional("active"),
            company: row.optional("company"), cells: row["cells"], donor: row.optional("donor"),
            indication: row.optional("indication"), event: row["event"], place: row["where"],
            year: row.count("year"), identifier: row.optional("identifier"),
            price: row.number("price").map {
                Price(amount: $0, currency: row["currency"], basis: row["price basis"])
            },
            source: row["source"], since: row.optional("since"),
            confirmation: Confirmation(
                reading: row["confirmed"] == "confirmed"
                    ? "confirmed" : "unconfirmed: present status"))
    }
}
