import Foundation

/// Scale out or scale up: which technology gives the cheapest dose.
///
/// Vessels, lots and reactors come in whole numbers, so that the answer is found by trying all:
/// the closed form of two straight lines misses the steps.
public struct ScaleQuestion: Codable, Sendable {
    /// Cells in a dose.
    public var dose: Double
    /// Doses in a year.
    public var demand: Double
    /// What 1 L of medium costs.
    public var mediumPerLiter = 167.0
    /// Release tests of a lot.
    public var testsPerLot = 22_000.0
    /// An hour of one person; two work together.
    public var wage = 60.0
    /// The share of lots that fail.
    public var failure = 0.08
    /// The share of cells that comes through downstream processing.
    public var downstream = 0.85
    /// Filling one container.
    public var containerFill = 15.0
    /// Cells in the largest container.
    public var cellsPerContainer = 50e6
    /// What the site costs in a year.
    public var overhead = 1.6e6
    /// The yearly share of the capital.
    public var capitalShare = 0.18
    /// Lots in a year that one production line can make.
    public var lotsPerLine = 40
    /// Lots in a year that are tried: 10 to 200 is the window of a facility (Pereira Chilima et
    /// al. 2016).
    public var lots = 10...200

    /// A question for doses of `dose` cells, `demand` of them in a year.
    public init(dose: Double, demand: Double) {
        self.dose = dose
        self.demand = demand
    }

    /// What a technology costs at its best number of lots.
    public struct Answer: Codable, Sendable, Hashable {
        /// The technology.
        public var technology: String
        /// For one dose.
        public var costPerDose: Double
        /// Lots in a year.
        public var lots: Int
        /// Vessels or tanks in a lot.
        public var unitsPerLot: Int
        /// Cells harvested in a lot.
        public var cellsPerLot: Double
    }

    /// The cost of a dose with `technology` in `lots` lots a year; nil when a lot would need more
    /// units than can be handled.
    public func cost(of technology: Technology, lots: Int) -> Answer? {
        guard isSound, lots > 0 else { return nil }
        let cells = dose * demand / (downstream * (1 - failure))
        let perLot = cells / Double(lots)
        let units = (perLot / technology.cellsPerUnit).rounded(.up)
        guard units <= Double(technology.unitsMax) else { return nil }
        let train = 1 + 1 / (technology.amplification - 1)
        let perUnit: Double
        switch technology.kind {
        case .planar(_, let liters):
            perUnit =
                technology.unitCost + liters * mediumPerLiter + technology.hoursPerUnit * wage * 2
        case .stirred(let liters, _, _, let carrier, let factor):
            // A tank cannot be run with less than three tenths of its volume.
            let filled = max(0.3, perLot / (units * technology.cellsPerUnit))
            perUnit =
                technology.unitCost + liters * filled * (carrier + factor * mediumPerLiter)
                + technology.hoursPerUnit * wage * 2
        }
        let lines = max(1, (Double(lots) / Double(lotsPerLine)).rounded(.up))
        let capital = technology.capital * (technology.isCapitalPerUnit ? units : 1) * lines
        let containers = (dose * demand / Double(lots) / max(dose, cellsPerContainer)).rounded(.up)
        let lot =
            units * train * perUnit + testsPerLot + technology.hoursPerLot * wage * 2
            + containers * containerFill
        let year = Double(lots) * lot + capital * capitalShare + overhead
        return Answer(
            technology: technology.name, costPerDose: year / demand, lots: lots,
            unitsPerLot: Int(units), cellsPerLot: perLot)
    }

    /// Each technology at its best, the cheapest first; even numbers of lots are tried.
    public func answers(_ technologies: [Technology] = Technology.usual) -> [Answer] {
        technologies.compactMap { technology -> Answer? in
            var best: Answer?
            for count in stride(from: lots.lowerBound, through: lots.upperBound, by: 2) {
                guard let answer = cost(of: technology, lots: count) else { continue }
                if best.map({ answer.costPerDose < $0.costPerDose }) ?? true { best = answer }
            }
            return best
        }.sorted { $0.costPerDose < $1.costPerDose }
    }

    /// The cells in a year from which the stirred tank is cheaper than planar vessels, looked for
    /// on a grid of twentieths of a decade from 10⁹ to 10¹³; nil when it never is.
    public func breakEven(_ technologies: [Technology] = Technology.usual) -> Double? {
        for step in 0...80 {
            let cells = pow(10, 9 + Double(step) * 0.05)
            var question = self
            question.demand = cells / dose
            let answers = question.answers(technologies)
            func least(_ holds: (Technology) -> Bool) -> Double {
                let names = Set(technologies.filter(holds).map(\.name))
                return answers.first { names.contains($0.technology) }?.costPerDose ?? .infinity
            }
            let (planar, stirred) = (least(\.isPlanar), least(\.isStirred))
            if stirred < planar { return cells }
        }
        return nil
    }

    private var isSound: Bool {
        dose > 0 && demand > 0 && dose.isFinite && demand.isFinite && failure >= 0 && failure < 1
            && downstream > 0 && downstream <= 1
    }
}
