import ProductDefinition
import Quantities

/// Steps that are tied to a day of the process: a differentiation does not wait.
///
/// A dated step must not be dated before what comes before it, must be reached by the culture in
/// front of it, and must fall on a day on which the clean rooms are open.
enum DatedSteps {
    static func refusals(of definition: Definition) -> [PlanRefusal] {
        let operations = (definition.process?.stages ?? []).flatMap(\.operations)
        var found: [PlanRefusal] = []
        // The hour at which the step before is over, counted from day 0.
        var reached: (operation: String, hours: Double)?
        for operation in operations {
            guard let day = operation.day?.value.doubleValue else { continue }
            let start = day * 24
            // Without a window a step may be done at any hour of its day.
            let window = operation.window?.value.amount("h") ?? 24
            if let before = reached, before.hours > start + window {
                found.append(
                    PlanRefusal(
                        .dated,
                        "'\(operation.id.value)' is dated day \(PlanNumber.text(day)) and may be "
                            + "\(PlanNumber.text(window)) h late, but '\(before.operation)' before "
                            + "it ends on day \(PlanNumber.text(before.hours / 24))",
                        help: "shorten the step before it, or date this one later",
                        place: operation.day?.position.place))
            }
            let length = operation.duration?.amount("h") ?? 0
            let isCulture = operation.kind.value == .culture
            // People's work on one day follows hour by hour; only cultures run over days.
            reached = (operation.id.value, start + (isCulture ? length : 0))
        }
        return found + closedDays(definition, operations)
    }

    /// Some day of the week must be a start from which every dated step with a window falls on an
    /// open day.
    private static func closedDays(
        _ definition: Definition, _ operations: [Definition.Operation]
    ) -> [PlanRefusal] {
        guard let calendar = definition.planning?.calendar, !calendar.days.isEmpty else {
            return []
        }
        let open = Set(calendar.days.map { Definition.Weekday.allCases.firstIndex(of: $0.value) })
        let dated = operations.filter { $0.day != nil && $0.kind.value != .culture }
        guard open.count < 7, !dated.isEmpty else { return [] }
        func closed(from start: Int) -> Definition.Operation? {
            dated.first { operation in
                guard let day = operation.day?.value.doubleValue, abs(day) < 10_000 else {
                    return true
                }
                let weekday = ((start + Int(day.rounded(.down))) % 7 + 7) % 7
                let window = operation.window?.value.amount("h") ?? 0
                let slack = Int(min(max(window / 24, 0), 7))
                return !(-slack...slack).contains { open.contains((weekday + $0 + 70) % 7) }
            }
        }
        let problems = (0..<7).map(closed)
        guard !problems.contains(where: { $0 == nil }), let worst = problems.compactMap({ $0 }).last
        else { return [] }
        return [
            PlanRefusal(
                .dated,
                "whatever weekday the process begins on, a dated step falls on a day without work, "
                    + "for instance '\(worst.id.value)'",
                help: "open the clean rooms on more days, or give the step a wider window",
                place: worst.day?.position.place)
        ]
    }
}
