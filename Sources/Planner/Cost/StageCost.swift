/// What one run of a group of stages costs, without what the site costs anyway.
public struct StageCost: Codable, Sendable, Hashable {
    /// Starting materials, raw materials, media.
    public var materials = 0.0
    /// Vessels, packaging, kits.
    public var consumables = 0.0
    /// Hours of people paid by the hour.
    public var labour = 0.0
    /// In-process and release tests.
    public var qualityControl = 0.0

    /// The sum.
    public var total: Double { materials + consumables + labour + qualityControl }

    /// No cost.
    public init() {}

    mutating func add(_ other: StageCost) {
        materials += other.materials
        consumables += other.consumables
        labour += other.labour
        qualityControl += other.qualityControl
    }
}

/// What one operation takes: money, hours, materials.
struct OperationEffort {
    var cost = StageCost()
    var uses: [MaterialUse] = []
    var hoursOfRole: [String: Double] = [:]
    var roomHours = 0.0
}

/// The prices of a case, by id.
struct PriceList {
    private let materials: [String: PlannedMaterial]
    private let roles: [String: PlannedRole]
    private let mediumPerArea: Double

    init(_ plan: PlanningCase) {
        materials = Dictionary(plan.materials.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        roles = Dictionary(plan.resources.roles.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        mediumPerArea = plan.growth?.mediumPerArea ?? 0
    }

    /// What `operation` takes; `culture` is what the cell balance found for it.
    func effort(of operation: PlannedOperation, culture: CultureStep?) -> OperationEffort {
        var effort = OperationEffort()
        for use in operation.uses { buy(use.material, use.amount, into: &effort) }
        if operation.kind == .test {
            for crew in operation.people {
                effort.cost.labour +=
                    crew.people * operation.boundHours * (roles[crew.role]?.costPerHour ?? 0)
            }
        } else {
            work(operation.people, operation.boundHours, into: &effort)
            if operation.usesRoom { effort.roomHours += operation.boundHours }
        }
        for assay in operation.assays { effort.cost.qualityControl += assay.cost }
        guard let planned = operation.culture, let culture else { return effort }
        if planned.buysVessels {
            buy(planned.vessels.material, Double(planned.vessels.count), into: &effort)
        }
        guard let feed = planned.feed else { return effort }
        let changes = Double(culture.feeds)
        let milliliters =
            culture.area * mediumPerArea * ((planned.buysMedium ? 1 : 0) + changes * feed.share)
        for use in feed.mediumPerMilliliter {
            buy(use.material, use.amount * milliliters, into: &effort)
        }
        for use in feed.uses { buy(use.material, use.amount * changes, into: &effort) }
        work(feed.people, feed.hours * changes, into: &effort)
        effort.roomHours += feed.hours * changes
        return effort
    }

    private func buy(_ id: String, _ amount: Double, into effort: inout OperationEffort) {
        guard amount != 0 else { return }
        effort.uses.append(MaterialUse(material: id, amount: amount))
        guard let material = materials[id] else { return }
        let price = amount * material.unitCost
        if material.isConsumable {
            effort.cost.consumables += price
        } else {
            effort.cost.materials += price
        }
    }

    private func work(
        _ people: [PlannedCrew], _ hours: Double, into effort: inout OperationEffort
    ) {
        guard hours > 0 else { return }
        for crew in people {
            guard let rate = roles[crew.role]?.costPerHour else { continue }
            effort.hoursOfRole[crew.role, default: 0] += crew.people * hours
            effort.cost.labour += crew.people * hours * rate
        }
    }
}
