import Foundation

/// What a site costs in a year, from its equipment, its people and its floor.
///
/// It stands beside the fixed cost that a definition states, so that a reader sees what is behind
/// it. Fixed capital is the Lang factor times the price of the equipment (H. J. Lang 1948); it is
/// paid back with the capital recovery factor.
public struct FacilityCost: Codable, Sendable, Hashable {
    /// Equipment, paid back over its life.
    public var equipment = 0.0
    /// Its maintenance.
    public var maintenance = 0.0
    /// People paid by the year.
    public var salaries = 0.0
    /// Clean and other rooms, paid back over their life.
    public var rooms = 0.0
    /// Fixed capital: Lang factor times equipment, and the rooms.
    public var capital = 0.0

    /// The sum in a year.
    public var total: Double { equipment + maintenance + salaries + rooms }

    /// Construction of a clean room and of other rooms, EUR/m² (Salvador et al. 2023, BEMSCA,
    /// doi:10.1016/j.crbiot.2023.100163), and the years over which the same source writes them
    /// off.
    static let (cleanRoom, otherRoom, roomYears) = (6329.0, 3692.0, 15.0)

    init() {}

    /// `i(1 + i)^n / ((1 + i)^n − 1)`: the yearly share that pays back a capital in n years with
    /// interest i; 1/n without interest. Nil for a life or an interest that is none.
    public static func capitalRecovery(interest: Double, years: Double) -> Double? {
        guard years > 0, years.isFinite, interest >= 0, interest.isFinite else { return nil }
        if interest == 0 { return 1 / years }
        let grown = pow(1 + interest, years)
        return interest * grown / (grown - 1)
    }

    static func make(_ plan: PlanningCase) -> FacilityCost {
        var cost = FacilityCost()
        for item in plan.resources.equipment {
            let price = Double(item.count) * item.price
            let share = capitalRecovery(interest: plan.interest, years: item.life) ?? 0
            cost.capital += price * plan.langFactor
            cost.equipment += price * plan.langFactor * share
            cost.maintenance += price * item.maintenance
        }
        for role in plan.resources.roles {
            cost.salaries += role.people * (role.costPerYear ?? 0)
        }
        // The prices of building are in EUR and are not converted.
        let building =
            plan.currency == "EUR"
            ? plan.resources.cleanArea * cleanRoom + plan.resources.otherArea * otherRoom : 0
        cost.capital += building
        cost.rooms =
            building * (capitalRecovery(interest: plan.interest, years: roomYears) ?? 0)
        return cost
    }
}
