import Guidance

/// A cost or price that was published, with its date and basis: what a plan is held against.
///
/// Costs of manufacture and prices paid are never mixed, and currencies are not converted.
public struct PublishedCost: Codable, Sendable, Hashable {
    /// Whether it is what making the product costs, or what is paid for it.
    public enum Kind: String, Codable, Sendable {
        case cost, price
    }

    /// The product or study.
    public var name: String
    /// Cost of manufacture or price paid.
    public var kind: Kind
    /// The low end.
    public var low: Double
    /// The high end; the same where one number was published.
    public var high: Double
    /// ISO 4217.
    public var currency: String
    /// For what: a patient, a dose of so many cells, a bag.
    public var basis: String
    /// The year of the publication, or of the event that the price belongs to.
    public var year: Int?
    /// Where it stands.
    public var source: String

    /// Published costs of manufacture of mesenchymal products.
    public static let studies: [PublishedCost] = [
        PublishedCost(
            name: "allogeneic MSC (Mastrolia et al. 2019)", kind: .cost, low: 15_000, high: 30_000,
            currency: "EUR", basis: "per patient", year: 2019,
            source: "cited by Mebarki et al. 2021, doi:10.1186/s13287-021-02222-y"),
        PublishedCost(
            name: "umbilical-cord MSC, T-flasks (de Almeida Fuzeta et al. 2020)", kind: .cost,
            low: 17_000, high: 17_000, currency: "USD", basis: "per dose of 70 million cells",
            year: 2020, source: "Biotechnol J 2020, abstract"),
        PublishedCost(
            name: "umbilical-cord MSC, 0.1 L vertical wheel (de Almeida Fuzeta et al. 2020)",
            kind: .cost, low: 11_100, high: 11_100, currency: "USD",
            basis: "per dose of 70 million cells", year: 2020,
            source: "Biotechnol J 2020, abstract"),
        PublishedCost(
            name: "bone-marrow or adipose MSC, clinical grade", kind: .cost, low: 2633, high: 2633,
            currency: "EUR", basis: "per bag of 80 to 190 million cells", year: 2021,
            source: "Cells 2021 10:1320, Table 6"),
        PublishedCost(
            name: "bone-marrow or adipose MSC, GMP", kind: .cost, low: 6647, high: 6647,
            currency: "EUR", basis: "per bag of 80 to 190 million cells", year: 2021,
            source: "Cells 2021 10:1320, Table 6"),
    ]

    /// Prices of approved products, from the register of the guidance.
    public static let prices: [PublishedCost] = ApprovedProduct.all.compactMap { product in
        guard let price = product.price, !product.event.contains("cost estimate") else {
            return nil
        }
        return PublishedCost(
            name: product.name, kind: .price, low: price.amount, high: price.amount,
            currency: price.currency, basis: "\(price.basis), \(product.place)",
            year: product.year, source: product.source)
    }
}

extension Plan {
    /// How the cost of a patient stands to the published cost of manufacture per patient; nil
    /// where the currencies differ.
    public var publishedComparison: String? {
        guard let study = PublishedCost.studies.first, study.currency == currency else {
            return nil
        }
        let patient = cost.perPatientUsed
        let range =
            "\(PlanNumber.whole(study.low)) to \(PlanNumber.whole(study.high)) \(study.currency)"
        if patient < study.low { return "below the \(range) a patient published for MSC" }
        if patient > study.high { return "above the \(range) a patient published for MSC" }
        return "inside the \(range) a patient published for MSC"
    }
}
