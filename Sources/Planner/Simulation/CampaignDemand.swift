/// Patients who ask for doses, as a Poisson process.
public struct CampaignDemand: Hashable, Sendable {
    /// What one patient needs from stock.
    public enum Need: Hashable, Sendable {
        /// So many doses, rounded up.
        case doses(Distribution)
        /// Vials by body weight, kg: each administration is made of whole vials. Weights beyond
        /// the limits are treated as the limits. A dose that does not go by weight is one for a
        /// weight of 1.
        case vials(
            weight: Distribution, limits: ClosedRange<Double>, cellsPerKilogram: Double,
            viableCellsPerVial: Double, administrations: Int)
    }

    /// Patients in a year, on average.
    public var patientsPerYear: Double
    /// What one needs.
    public var need: Need
    /// Hours a patient can wait; longer and the patient is lost to the product.
    public var patience: Double
    /// Hours after release for which stock may be used; nil when it does not matter.
    public var shelfLife: Double?
    /// Hour at which patients begin to come.
    public var from: Double
    /// Units in stock at the start, in the unit that stock is counted in.
    public var initialStock = 0.0

    /// Patients from the first hour, who wait for `patience`.
    public init(patientsPerYear: Double, need: Need, patience: Double, from: Double = 0) {
        self.patientsPerYear = patientsPerYear
        self.need = need
        self.patience = patience
        self.from = from
    }

    /// Whether stock is counted in vials rather than doses.
    public var countsVials: Bool {
        if case .vials = need { true } else { false }
    }
}
