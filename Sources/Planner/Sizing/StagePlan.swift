/// One group of stages of the plan: from tissue or vials to a bank, or to the released product.
public struct StagePlan: Codable, Sendable {
    /// The ids of its stages.
    public var stages: [String]
    /// What it is.
    public var name: String
    /// The bank it makes; nil for the product.
    public var makesBank: String?
    /// Its cultures, in order.
    public var cultures: [CultureStep]
    /// Vials or containers filled.
    public var filled: Int
    /// Cumulative population doublings at its end.
    public var cumulativeDoublings: Double
    /// Cells before filling.
    public var cellsBeforeFilling: Double
    /// From its start to the release, in days.
    public var days: Double
    /// The days of culture and dated steps alone.
    public var cultureDays: Double
    /// Places in the incubators over days.
    public var placeDays: Double
    /// Hours of each role.
    public var hoursOfRole: [String: Double]
    /// Hours in clean rooms.
    public var roomHours: Double
    /// Operations in which the product is open, in order.
    public var openOperationIDs: [String]
    /// The probability that it succeeds.
    public var success: Double
    /// What it costs.
    public var cost: StageCost
    /// What it uses up.
    public var uses: [MaterialUse]
    /// When each operation is done, in days from the start.
    public var schedule: [ScheduledOperation]
    /// What happened by the way that a reader should know.
    public var remarks: [String]
}

/// An operation in the time of a stage.
public struct ScheduledOperation: Codable, Sendable, Hashable {
    /// The operation.
    public var operation: String
    /// What it is to the plan.
    public var kind: PlannedOperation.Kind
    /// Its start, in days.
    public var start: Double
    /// Its end, in days.
    public var end: Double
    /// What was spent in the stage up to its end.
    public var spent: Double
}

extension StagePlan {
    /// Plans `stages` as one group, with the doublings the cells begin with.
    static func make(
        _ stages: [PlannedStage], of plan: PlanningCase, startingAt doublings: Double,
        place: @escaping (String) -> String?
    ) -> (stage: StagePlan, refusals: [PlanRefusal]) {
        let operations = stages.flatMap(\.operations)
        var balance = CellBalance(plan, startingAt: doublings, place: place)
        var before: [Double] = []
        for operation in operations {
            if operation.kind == .fill { before.append(balance.cells) }
            balance.follow(operation)
        }
        let prices = PriceList(plan)
        let cultures = Dictionary(
            balance.cultures.map { ($0.operation, $0) }, uniquingKeysWith: { $1 })
        var cost = StageCost()
        var uses: [String: Double] = [:]
        var hours: [String: Double] = [:]
        var (room, open) = (0.0, [String]())
        var clock = StageClock(operations)
        var schedule: [ScheduledOperation] = []
        for operation in operations {
            let effort = prices.effort(of: operation, culture: cultures[operation.id])
            cost.add(effort.cost)
            for use in effort.uses { uses[use.material, default: 0] += use.amount }
            for (role, spent) in effort.hoursOfRole { hours[role, default: 0] += spent }
            room += effort.roomHours
            if operation.isOpen { open.append(operation.id) }
            let (start, end) = clock.advance(operation, culture: cultures[operation.id]?.hours)
            schedule.append(
                ScheduledOperation(
                    operation: operation.id, kind: operation.kind, start: start, end: end,
                    spent: cost.total))
        }
        let makesBank = stages.compactMap(\.makesBank).last
        let stage = StagePlan(
            stages: stages.map(\.id), name: stages.map(\.name).joined(separator: "; "),
            makesBank: makesBank, cultures: balance.cultures, filled: balance.filled ?? 0,
            cumulativeDoublings: balance.doublings,
            cellsBeforeFilling: before.last ?? balance.cells,
            days: clock.cultureDays + clock.waitingDays, cultureDays: clock.cultureDays,
            placeDays: balance.cultures.reduce(0) { $0 + $1.placeDays }, hoursOfRole: hours,
            roomHours: room, openOperationIDs: open,
            success: success(of: operations, open: open.count, isProduct: makesBank == nil, plan),
            cost: cost,
            uses: uses.map { MaterialUse(material: $0, amount: $1) }
                .sorted { $0.material < $1.material },
            schedule: schedule, remarks: balance.remarks)
        return (stage, balance.refusals)
    }

    /// `(1 − p_c)^n` with the successes of its steps; for the product the rates of the definition
    /// stand in for those of its tests.
    private static func success(
        of operations: [PlannedOperation], open: Int, isProduct: Bool, _ plan: PlanningCase
    ) -> Double {
        var share = 1.0
        for _ in 0..<open { share *= 1 - plan.failures.contaminationPerOpenOperation }
        for operation in operations {
            if isProduct, operation.kind == .test, plan.failures.release != nil { continue }
            share *= operation.success ?? 1
        }
        guard isProduct else { return share }
        let differentiates = operations.contains { $0.arealYield != nil }
        return share * (differentiates ? 1 - plan.failures.differentiation : 1)
            * (1 - (plan.failures.release ?? 0))
    }
}

/// The clock of a stage: operations follow each other; what is dated is done on its day.
struct StageClock {
    private(set) var cultureDays = 0.0
    private(set) var waitingDays = 0.0
    private var now = 0.0
    private let firstDay: Double?

    init(_ operations: [PlannedOperation]) {
        let days = operations.compactMap(\.day)
        firstDay = days.min()
        if let first = days.min(), let last = days.max() { cultureDays = last - first }
    }

    mutating func advance(
        _ operation: PlannedOperation, culture hours: Double?
    ) -> (start: Double, end: Double) {
        if let day = operation.day, let firstDay { now = max(now, day - firstDay) }
        let start = now
        if operation.kind == .culture, let hours {
            if firstDay == nil { cultureDays += hours / 24 }
            now += hours / 24
        } else {
            waitingDays += operation.waitingDays
            now += operation.hours / 24 + operation.waitingDays
        }
        return (start, now)
    }
}
