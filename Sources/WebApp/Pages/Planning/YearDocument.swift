import Facility
import Ledger
import Planner

/// A simulated year as a file and the API give it.
struct YearDocument: Encodable {
    let result: CampaignResult
    /// Use of resources by week.
    let courses: [ResourceCourse]

    init(_ year: PlanningDesk.Year) {
        result = year.result
        courses = year.courses
    }

    /// The document as a value of the API.
    var json: JSONValue { get throws { try JSONValue(encoding: self) } }
}

extension CampaignResult {
    /// The sections of `figures` in their order.
    static let figureSections = [
        "Supply", "Time", "Cost", "Lost batches", "What batches share", "The bank",
    ]

    /// All numbers of the year: the median, with the range of nine runs in ten beside it.
    var figures: [PlanFigure] {
        var figures = PlanFigures()
        func add(
            _ name: String, _ outcome: Planner.Outcome, _ unit: String = "",
            times factor: Double = 1,
            _ note: String = ""
        ) {
            let range =
                "\(PlanNumber.text(outcome.p5 * factor)) to "
                + "\(PlanNumber.text(outcome.p95 * factor)) in 9 of 10 years, mean "
                + "\(PlanNumber.text(outcome.mean * factor)) ± "
                + PlanNumber.text(outcome.standardError * factor)
            figures.add(
                name, outcome.p50 * factor, unit, note.isEmpty ? range : "\(range); \(note)")
        }
        figures.begin("Supply")
        add("batches started", batchesStarted)
        add("batches released", batchesReleased)
        add("vials released", vials)
        if let supply {
            add("patients who came", supply.patients)
            add("served in time", supply.serviceLevel, "%", times: 100)
            add(
                "served at once", supply.servedAtOnce, "%", times: 100,
                "with the months before the first release, unless there was stock")
            add("wait of a patient", supply.waitingPerPatient, "d", times: 1 / 24.0)
            add("\(supply.unit) used", supply.used)
            add("\(supply.unit) expired", supply.expired)
            add("\(supply.unit) left", supply.inStock)
            if supply.batchesLeftOut.mean > 0 { add("batches not needed", supply.batchesLeftOut) }
        } else {
            add("doses released", doses)
        }
        figures.begin("Time")
        add("start to release", timePerBatch, "d", times: 1 / 24.0)
        add("of it waiting", waitingPerBatch, "d", times: 1 / 24.0)
        add("last release, day", makespan, times: 1 / 24.0)
        figures.begin("Cost")
        add("cost of the year", cost, currency)
        if costPerDose.count > 0 { add("per dose released", costPerDose, currency) }
        if let supply {
            add("per \(supply.unit.dropLast()) used", supply.costPerUnitUsed, currency)
            add("per patient served", supply.costPerPatient, currency)
        }
        figures.begin("Lost batches")
        for loss in losses {
            figures.add(
                loss.cause, loss.batches.mean, "a year",
                "\(PlanNumber.text(loss.share * 100)) % of those started")
        }
        figures.begin("What batches share")
        for resource in resources {
            figures.add(
                "\(resource.units) \(resource.name)", resource.use.mean * 100, "%",
                "\(PlanNumber.text(resource.useInShift.mean * 100)) % of working hours; a batch "
                    + "waits \(PlanNumber.text(resource.waitingPerBatch.mean)) h for it"
                    + (resource.id == bottleneck ? "; the bottleneck" : ""))
        }
        if let bank {
            figures.begin("The bank")
            add("vials used", bank.vials)
            add("banks begun", bank.banks)
            figures.add("years in which it runs out", bank.runsOut * 100, "%")
            if bank.runsOut > 0 { add("runs out on day", bank.runsOutAt, times: 1 / 24.0) }
        }
        return figures.all
    }
}
