import Planner

/// One number of a plan or of a simulated year, with what it means.
struct PlanFigure {
    let section: String
    let name: String
    let value: Double?
    /// The number as a reader sees it, with its unit.
    let words: String
    let note: String

    /// Figures as the rows of a file: the number in full, not as the page rounds it.
    static func columns() -> [Column<PlanFigure>] {
        [
            Column("section", "Section", { $0.section }),
            Column("name", "What", { $0.name }),
            .figure("value", "Value", { $0.value }, { $0.value.map { "\($0)" } ?? "" }),
            Column("words", "In words", { $0.words }),
            Column("note", "Note", { $0.note }),
        ]
    }

    /// `figures` as a CSV file.
    static func csv(_ figures: [PlanFigure]) -> String {
        Listing(
            at: .planning, of: "figures", figures, columns: columns(), query: ListQuery()
        ).csv().joined()
    }
}

/// Figures gathered section by section.
struct PlanFigures {
    private(set) var all: [PlanFigure] = []
    private var section = ""

    mutating func begin(_ section: String) { self.section = section }

    mutating func add(_ name: String, _ value: Double, _ unit: String = "", _ note: String = "") {
        let number = PlanNumber.text(value)
        all.append(
            PlanFigure(
                section: section, name: name, value: value.isFinite ? value : nil,
                // A number and its unit stay on one line.
                words: unit.isEmpty ? number : "\(number)\u{A0}\(unit)", note: note))
    }

    mutating func add(_ name: String, _ value: Int, _ unit: String = "", _ note: String = "") {
        add(name, Double(value), unit, note)
    }

    /// Writes each section in `sections` as a panel with a table.
    static func write(
        _ figures: [PlanFigure], _ section: String, into html: inout HTML
    ) {
        html.add(
            RowsTable(
                of: "figures", figures.filter { $0.section == section },
                columns: [
                    Column("name", "What", { $0.name }),
                    .figure("value", "Value", { $0.value }, { $0.words }),
                    Column("note", "", { $0.note }).roomy,
                ], nothing: "Nothing."))
    }
}

extension Plan {
    /// The sections of `figures` in their order.
    static let figureSections = [
        "What is needed", "One batch", "Banks and donors", "Cultures", "Capacity", "Cost",
        "To order", "Questions",
    ]

    /// All numbers of the plan with the answers to what people ask.
    func figures(_ answers: PlanAnswers) -> [PlanFigure] {
        var figures = PlanFigures()
        addNeed(&figures)
        addBatch(&figures)
        addBanks(answers, &figures)
        addCultures(&figures)
        figures.begin("Capacity")
        for limit in limits {
            figures.add(
                limit.resource, limit.utilisation * 100, "%",
                "of \(PlanNumber.text(limit.perYear)) \(limit.unit) a year; allows "
                    + "\(PlanNumber.text(limit.batchesPerYear)) batches"
                    + (limit.resource == bottleneck ? "; allows the fewest" : ""))
        }
        addCost(&figures)
        figures.begin("To order")
        for need in materials {
            figures.add(
                need.name, need.amount, need.unit,
                "\(PlanNumber.whole(need.cost)) \(currency)"
                    + (need.leadTimeDays.map { ", order \(PlanNumber.text($0)) d before use" } ?? "")
                    + (need.isSingleSource ? ", single source" : ""))
        }
        addAnswers(answers, &figures)
        return figures.all
    }

    private func addNeed(_ figures: inout PlanFigures) {
        figures.begin("What is needed")
        figures.add("patients", doses.patients)
        figures.add("administrations", doses.administrations)
        figures.add("containers for one", doses.containersPerAdministration)
        figures.add("containers", doses.containers)
        figures.add(
            "batches to start", batches.toStart, "",
            "\(batches.successesNeeded) released ones serve \(doses.patientsAtServiceLevel) "
                + "patients, not exceeded in \(PlanNumber.text(batches.serviceLevel * 100)) % of "
                + "periods")
        figures.add("batches needed on average", batches.meanNeeded)
        figures.add("days between two starts", batches.intervalDays, "d")
        figures.add(
            "stock to hold", stock.baseStock, "",
            "administrations, so that patients in the \(PlanNumber.text(stock.leadDays)) d to the "
                + "next release are served")
        figures.add("safety stock in it", stock.safetyStock, "", "administrations")
    }

    private func addBatch(_ figures: inout PlanFigures) {
        figures.begin("One batch")
        figures.add("cells before filling", batch.cells)
        figures.add("containers filled", batch.filled)
        figures.add("containers to release", batch.releasable, "", "after tests and retention")
        figures.add("administrations", batch.administrations)
        figures.add("probability of release", batch.success * 100, "%")
        figures.add("cumulative doublings", batch.cumulativeDoublings, "PD")
        figures.add("from start to release", batch.days, "d")
    }

    private func addBanks(_ answers: PlanAnswers, _ figures: inout PlanFigures) {
        figures.begin("Banks and donors")
        for bank in banks {
            let ends = answers.banks.first { $0.bank == bank.bank }
            figures.add(
                bank.bank, bank.uses, "uses",
                "\(bank.usable) of \(bank.vials) vials usable, "
                    + "\(PlanNumber.text(bank.doublings)) PD; "
                    + (ends?.years.map {
                        "runs out in \(PlanNumber.text($0)) years by its \(ends?.limit ?? "vials")"
                    } ?? "nothing uses it"))
        }
        if let donors {
            figures.add(
                "donations", donors.donations, "",
                "for \(donors.masterStocks) released master stocks with 95 % confidence")
            figures.add("batches of one donation", donors.batchesPerDonation)
            figures.add(
                "patients from one donor", donors.shareOfPatients * 100, "%", "of all patients")
        }
    }

    private func addCultures(_ figures: inout PlanFigures) {
        figures.begin("Cultures")
        for culture in stages.flatMap(\.cultures) {
            let seeded = culture.seedingDensity.map { "\(PlanNumber.text($0))/cm² seeded, " } ?? ""
            let hours = culture.hours.map { "\(PlanNumber.text($0)) h, " } ?? ""
            figures.add(
                culture.operation, culture.harvested, "cells",
                "\(culture.vessels) × \(culture.vessel), \(PlanNumber.whole(culture.area)) cm², "
                    + "\(seeded)\(hours)\(PlanNumber.text(culture.mediumLiters)) L medium, "
                    + "\(PlanNumber.text(culture.cumulativeDoublings)) PD in all")
        }
    }

    private func addCost(_ figures: inout PlanFigures) {
        figures.begin("Cost")
        for (category, amount) in cost.categories {
            figures.add(
                category, amount, currency,
                "\(PlanNumber.text(100 * amount / max(cost.total, 1))) %")
        }
        figures.add("total", cost.total, currency)
        figures.add("per patient", cost.perPatientUsed, currency, publishedComparison ?? "")
        figures.add("per administration given", cost.perAdministrationUsed, currency)
        figures.add(
            "per administration possible", cost.perAdministrationCapacity, currency,
            "if all that is released were given")
        figures.add("per container released", cost.perContainerReleased, currency)
        figures.add("per batch started", cost.perBatch, currency)
        figures.add(
            "failures", cost.failurePerReleasedBatch, currency,
            "that batches which fail add to one that is released")
    }

    private func addAnswers(_ answers: PlanAnswers, _ figures: inout PlanFigures) {
        figures.begin("Questions")
        let failures = answers.failures
        figures.add(
            "batches that will fail", failures.expected, "",
            "expected; at most \(failures.most95) in 95 % of periods; at least one with "
                + "\(PlanNumber.text(failures.atLeastOne * 100)) %")
        for outage in answers.suppliers {
            figures.add(
                "no \(outage.material) for \(PlanNumber.text(outage.days)) d",
                outage.batchesLost, "batches",
                "not started, \(PlanNumber.text(outage.administrationsLost)) administrations not "
                    + "made; stock lasts \(PlanNumber.text(outage.coveredDays)) d")
        }
        for answer in answers.scale {
            figures.add(
                "expansion in \(answer.technology)", answer.costPerDose, currency,
                "an administration, \(answer.lots) lots of \(answer.unitsPerLot); generic prices "
                    + "of 2024")
        }
        if let even = answers.breakEven {
            figures.add(
                "scale up instead of out from", even, "cells a year",
                "a stirred tank is cheaper than planar vessels from there on")
        }
    }
}
