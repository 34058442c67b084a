extension Plan {
    /// The plan as the head of a manufacturing unit reads it.
    public var text: String {
        var page = PlanText()
        header(&page)
        batchSection(&page)
        bankSection(&page)
        cultureSection(&page)
        capacitySection(&page)
        costSection(&page)
        materialSection(&page)
        if !remarks.isEmpty {
            page.section("Remarks")
            for remark in remarks { page.line("- \(remark)") }
        }
        return page.text
    }

    private func header(_ page: inout PlanText) {
        page.line("Plan: \(name)")
        let period = options.years == 1 ? "one year" : "\(PlanNumber.text(options.years)) years"
        let prices = priceYear.map { ", prices of \($0)" } ?? ""
        page.line(
            "\(PlanNumber.text(doses.patients)) patients in \(period), amounts in \(currency)"
                + prices)
        page.section("What is needed")
        page.row("administrations", PlanNumber.text(doses.administrations))
        let shares = doses.containerShares.sorted { $0.key < $1.key }
            .map { "\($0.key): \(PlanNumber.text($0.value * 100)) %" }.joined(separator: ", ")
        page.row(
            "containers for one", PlanNumber.text(doses.containersPerAdministration),
            "share of administrations by containers: \(shares)")
        page.row("containers", PlanNumber.text(doses.containers))
        page.row(
            "batches to start", "\(batches.toStart)",
            "\(batches.successesNeeded) released ones serve \(doses.patientsAtServiceLevel) "
                + "patients, not exceeded in \(PlanNumber.text(batches.serviceLevel * 100)) % of "
                + "periods; \(PlanNumber.text(batches.meanNeeded)) on average")
        page.row("one start every", "\(PlanNumber.text(batches.intervalDays)) d")
    }

    private func batchSection(_ page: inout PlanText) {
        page.section("One batch")
        page.row("cells before filling", PlanNumber.text(batch.cells))
        page.row(
            "containers filled", "\(batch.filled)",
            "\(batch.releasable) left after tests and retention")
        page.row("administrations", PlanNumber.text(batch.administrations))
        page.row("is released", "\(PlanNumber.text(batch.success * 100)) %")
        page.row("cumulative doublings", "\(PlanNumber.text(batch.cumulativeDoublings)) PD")
        page.row("from start to release", "\(PlanNumber.text(batch.days)) d")
        page.row(
            "stock to hold", "\(stock.baseStock)",
            "administrations, so that patients in the \(PlanNumber.text(stock.leadDays)) d to the "
                + "next release are served; \(PlanNumber.text(stock.stockByDays)) by the days of "
                + "safety stock in the definition")
    }

    private func bankSection(_ page: inout PlanText) {
        guard !banks.isEmpty || donors != nil else { return }
        page.section("Banks and donors")
        for bank in banks {
            let years = bank.years.map { "\(PlanNumber.text($0)) years" } ?? "not used"
            page.row(
                bank.bank, "\(bank.uses) uses",
                "\(bank.usable) of \(bank.vials) vials usable, "
                    + "\(PlanNumber.text(bank.doublings)) PD, lasts \(years) at "
                    + "\(PlanNumber.text(bank.usesPerYear)) uses a year")
        }
        if let donors {
            page.row(
                "donations", "\(donors.donations)",
                "for \(donors.masterStocks) released master stocks with 95 % confidence; one "
                    + "donation in \(PlanNumber.text(1 / donors.success)) becomes one, "
                    + "\(donors.donationsForOne) are needed for the first")
            page.row(
                "batches of one donation", "\(donors.batchesPerDonation)",
                "\(PlanNumber.text(donors.shareOfPatients * 100)) % of the patients from one donor")
        }
    }

    private func cultureSection(_ page: inout PlanText) {
        page.section("Cultures")
        page.table(
            [
                "step", "vessels", "area cm2", "seeded /cm2", "h", "medium L", "harvested", "PD",
                "cPD",
            ],
            stages.flatMap(\.cultures).map { culture in
                [
                    culture.operation, "\(culture.vessels) x \(culture.vessel)",
                    PlanNumber.whole(culture.area),
                    culture.seedingDensity.map(PlanNumber.text) ?? "-",
                    culture.hours.map(PlanNumber.text) ?? "dated",
                    culture.mediumLiters > 0 ? PlanNumber.text(culture.mediumLiters) : "-",
                    PlanNumber.text(culture.harvested),
                    culture.doublings.map(PlanNumber.text) ?? "-",
                    PlanNumber.text(culture.cumulativeDoublings),
                ]
            })
    }

    private func capacitySection(_ page: inout PlanText) {
        guard !limits.isEmpty else { return }
        page.section("Capacity")
        page.table(
            ["resource", "a batch", "a year", "allows batches", "used"],
            limits.map { limit in
                [
                    limit.resource, "\(PlanNumber.text(limit.perBatch)) \(limit.unit)",
                    "\(PlanNumber.text(limit.perYear)) \(limit.unit)",
                    PlanNumber.text(limit.batchesPerYear),
                    "\(PlanNumber.text(limit.utilisation * 100)) %",
                ]
            })
        if let bottleneck {
            page.line(
                "The bottleneck is \(bottleneck): it allows the fewest batches. What batches wait "
                    + "for longest can be another, which seedlot simulate names.")
        }
        if let first = limits.first, first.utilisation > 0.5 {
            page.line(
                "More than half of it is used: waiting matters, which only a simulation shows "
                    + "(seedlot simulate).")
        }
    }

    private func costSection(_ page: inout PlanText) {
        page.section("Cost")
        for (category, amount) in cost.categories {
            page.row(
                category, PlanNumber.whole(amount),
                "\(PlanNumber.text(100 * amount / max(cost.total, 1))) %")
        }
        page.row("total", PlanNumber.whole(cost.total))
        page.row(
            "per patient", PlanNumber.whole(cost.perPatientUsed), publishedComparison ?? "")
        page.row("per administration given", PlanNumber.whole(cost.perAdministrationUsed))
        page.row(
            "per administration possible", PlanNumber.whole(cost.perAdministrationCapacity),
            "if all that is released were given")
        page.row("per container released", PlanNumber.whole(cost.perContainerReleased))
        page.row(
            "per batch started", PlanNumber.whole(cost.perBatch),
            "of which \(PlanNumber.whole(cost.variablePerBatch)) for the batch itself")
        page.row(
            "failures", PlanNumber.whole(cost.failurePerReleasedBatch),
            "that batches which fail add to one that is released")
        page.row(
            "banks", PlanNumber.whole(cost.banksPerAdministration), "in each administration given")
        let facility = cost.facility
        if facility.total > 0 {
            page.line(
                "Behind the fixed cost, from the facility described: equipment "
                    + "\(PlanNumber.whole(facility.equipment)), its maintenance "
                    + "\(PlanNumber.whole(facility.maintenance)), salaries "
                    + "\(PlanNumber.whole(facility.salaries)), rooms "
                    + "\(PlanNumber.whole(facility.rooms)) a year; capital "
                    + "\(PlanNumber.whole(facility.capital)).")
        }
    }

    private func materialSection(_ page: inout PlanText) {
        guard !materials.isEmpty else { return }
        page.section("To order (the dearest first)")
        page.table(
            ["material", "amount", "cost", "order before use", "supply"],
            materials.prefix(12).map { need in
                [
                    need.material, "\(PlanNumber.text(need.amount)) \(need.unit)",
                    PlanNumber.whole(need.cost),
                    need.leadTimeDays.map { "\(PlanNumber.text($0)) d" } ?? "-",
                    need.isSingleSource ? "single source" : "",
                ]
            })
    }
}

/// Lines in columns.
struct PlanText {
    private(set) var text = ""

    mutating func line(_ line: String) { text += line + "\n" }

    mutating func section(_ title: String) { text += "\n\(title)\n" }

    mutating func row(_ name: String, _ value: String, _ note: String = "") {
        let line = "  " + Self.padded(name, 30) + Self.padded(value, 12, right: true)
        text += (note.isEmpty ? line : line + "  " + note) + "\n"
    }

    /// The first column to the left, the others to the right.
    mutating func table(_ head: [String], _ rows: [[String]]) {
        let all = [head] + rows
        let widths = head.indices.map { column in
            all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        for row in all {
            var line = "  "
            for (column, cell) in row.enumerated() {
                line += Self.padded(cell, widths[column], right: column > 0) + "  "
            }
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
    }

    private static func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(width - text.count, 0))
        return right ? space + text : text + space
    }
}
