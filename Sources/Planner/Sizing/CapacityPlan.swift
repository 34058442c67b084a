/// How many batches one resource allows.
public struct ResourceLimit: Codable, Sendable {
    /// The resource.
    public var resource: String
    /// What one batch takes of it, in `unit`.
    public var perBatch: Double
    /// What there is of it in a year, in `unit`.
    public var perYear: Double
    /// The unit of both.
    public var unit: String
    /// Batches a year that it allows.
    public var batchesPerYear: Double
    /// The share of it that the plan uses.
    public var utilisation: Double
}

extension PlannedResources {
    /// The limits that one batch of `stage` meets, with the banks' share of work, at `batches` a
    /// year; the tightest first.
    func limits(for stage: StagePlan, batches: Double) -> [ResourceLimit] {
        var limits: [ResourceLimit] = []
        func add(_ name: String, _ perBatch: Double, _ perYear: Double, _ unit: String) {
            guard perBatch > 0 else { return }
            limits.append(
                ResourceLimit(
                    resource: name, perBatch: perBatch, perYear: perYear, unit: unit,
                    batchesPerYear: perYear / perBatch, utilisation: batches * perBatch / perYear))
        }
        add(
            "clean-room workstations", stage.roomHours,
            Double(workstations) * shiftHours * operatingDays, "h")
        add("incubator places", stage.placeDays, incubatorPlaces * 365, "place-days")
        for role in roles where role.costPerHour != nil {
            add(role.id, stage.hoursOfRole[role.id] ?? 0, role.people * productiveHours, "h")
        }
        return limits.sorted { $0.batchesPerYear < $1.batchesPerYear }
    }
}
