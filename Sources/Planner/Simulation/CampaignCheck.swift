/// Judges whether a plan can be simulated.
struct CampaignCheck {
    private let plan: CampaignPlan
    private var units: [String: Int] = [:]
    /// For each resource, those that are taken while it is held.
    private var takenAfter: [String: Set<String>] = [:]

    init(_ plan: CampaignPlan) { self.plan = plan }

    /// The steps in the order in which a batch goes through them.
    mutating func run() throws(CampaignRefusal) -> [CampaignStep] {
        try checkSchedule()
        try checkMaterial()
        try checkGrowth()
        try checkResources()
        try checkCalendar()
        try checkFilling()
        try checkDemand()
        let order = try orderedSteps()
        try checkSteps(order)
        try checkOrderOfTaking()
        return order
    }

    /// Refuses a campaign whose median batch gives nothing.
    func judge(_ nominal: NominalBatch) throws(CampaignRefusal) {
        guard plan.steps.contains(where: \.isFill) else { return }
        let product = plan.demand?.countsVials == true ? nominal.vials : nominal.doses
        guard product > 0 else {
            throw CampaignRefusal(
                .zeroYield,
                "zero yield: a batch with median growth gives \(Int(nominal.cells)) cells, "
                    + "\(nominal.vials) vials and \(nominal.doses) doses",
                wayOut: "check yields, recoveries, areas and the cells in a vial and a dose")
        }
    }

    // MARK: Numbers

    private func number(
        _ value: Double, _ name: String, from least: Double = 0, to most: Double
    ) throws(CampaignRefusal) {
        guard value.isFinite, value >= least, value <= most else {
            throw CampaignRefusal(
                .badNumber, "\(name) is \(value), outside \(least) to \(most)",
                wayOut: "give a number between them")
        }
    }

    private func share(_ value: Double, _ name: String) throws(CampaignRefusal) {
        try number(value, name, to: 1)
    }

    private func positive(
        _ value: Double, _ name: String, to most: Double
    ) throws(CampaignRefusal) {
        try number(value, name, to: most)
        guard value > 0 else {
            throw CampaignRefusal(
                .badNumber, "\(name) is 0", wayOut: "give a number above 0 and up to \(most)")
        }
    }

    private func distribution(
        _ value: Distribution, _ name: String, isShare: Bool = false
    ) throws(CampaignRefusal) {
        if let flaw = value.flaw {
            throw CampaignRefusal(
                .badNumber, "\(name): \(flaw)", wayOut: "correct its parameters")
        }
        try number(value.mean, "mean of \(name)", to: isShare ? 1 : Distribution.greatest)
    }

    private func hours(_ value: Distribution, _ name: String) throws(CampaignRefusal) {
        try distribution(value, name)
        try number(value.mean, "mean of \(name)", to: Campaign.hoursAtMost)
    }

    private let money = 1e12

    // MARK: Parts

    private func checkSchedule() throws(CampaignRefusal) {
        let schedule = plan.schedule
        guard schedule.batches > 0 else {
            throw CampaignRefusal(
                .noDemand, "\(schedule.batches) batches are planned",
                wayOut: "plan at least one batch")
        }
        guard schedule.batches <= Campaign.batchesAtMost else {
            throw CampaignRefusal(
                .tooLarge,
                "\(schedule.batches) batches are planned, above \(Campaign.batchesAtMost)",
                wayOut: "simulate a part of the campaign")
        }
        try number(schedule.stagger, "stagger of batches", to: 1)
        try number(
            schedule.stagger * Double(schedule.batches), "stagger of the last batch",
            to: max(plan.calendar.closes - plan.calendar.opens, 0))
        switch schedule.starts {
        case .every(let hours): try number(hours, "interval of starts", to: Campaign.hoursAtMost)
        case .atRandom(let hours):
            try positive(hours, "mean interval of starts", to: Campaign.hoursAtMost)
        case .at(let times):
            guard times.count == schedule.batches else {
                throw CampaignRefusal(
                    .badNumber,
                    "\(times.count) start times are given for \(schedule.batches) batches",
                    wayOut: "give one for each batch")
            }
            for (index, time) in times.enumerated() {
                try number(
                    time, "start of batch \(index + 1)", from: index > 0 ? times[index - 1] : 0,
                    to: Campaign.hoursAtMost)
            }
        }
        try number(plan.fixedCost, "fixed cost", to: money)
        try positive(plan.horizon, "horizon", to: Campaign.hoursAtMost)
        if let target = plan.stockTarget {
            try number(target, "stock target", to: 1e9)
            guard plan.demand != nil else {
                throw CampaignRefusal(
                    .noDemand, "a stock target of \(target) without a demand",
                    wayOut: "say how many patients there are, or leave the target out")
            }
        }
    }

    private func checkMaterial() throws(CampaignRefusal) {
        try number(plan.material.cost, "cost of starting material", to: money)
        switch plan.material.donors {
        case .donors(let count), .batchesPerDonor(let count):
            try number(
                Double(count), "donors or batches of a donor", from: 1,
                to: Double(Campaign.donorsAtMost))
        }
        switch plan.material.origin {
        case .tissue(let cells, let donor, let batch):
            try number(cells, "cells from tissue", to: Distribution.greatest)
            try number(donor, "spread of the yield between donors", to: 5)
            try number(batch, "spread of the yield between batches", to: 5)
        case .vials(let count, let cells, let recovery):
            try number(Double(count), "vials thawed", from: 1, to: 100_000)
            try number(cells, "cells in a vial of the bank", to: 1e12)
            try distribution(recovery, "recovery after thawing", isShare: true)
        }
        if let bank = plan.bank {
            try number(Double(bank.vialsPerBatch), "vials for a batch", from: 1, to: 100_000)
            try number(
                Double(bank.vials), "vials of the bank", from: Double(bank.vialsPerBatch), to: 1e7)
            try number(Double(bank.banks), "banks", from: 1, to: 100_000)
            try number(bank.costPerBank, "cost of a bank", to: money)
        }
    }

    private func checkGrowth() throws(CampaignRefusal) {
        let growth = plan.growth
        try positive(growth.doublingTime, "doubling time", to: 10_000)
        try number(growth.slope, "lengthening of the doubling time", to: 10)
        try number(growth.sdLogDonor, "spread of the doubling time between donors", to: 5)
        try number(growth.sdLogBatch, "spread of the doubling time between batches", to: 5)
        try number(growth.sdLogPassage, "spread of the doubling time between passages", to: 5)
        try number(growth.lag, "lag", to: 10_000)
        try positive(growth.attachment, "attachment", to: 1)
        try positive(growth.seedingDensity, "seeding density", to: 1e9)
        try positive(growth.harvestDensity, "harvest density", to: 1e9)
        try number(
            growth.maximumDensity, "greatest density", from: growth.harvestDensity, to: 1e9)
        guard growth.harvestDensity > growth.seedingDensity * growth.attachment else {
            throw CampaignRefusal(
                .zeroYield,
                "harvest density \(growth.harvestDensity) is not above the attached density "
                    + "\(growth.seedingDensity * growth.attachment)",
                wayOut: "seed fewer cells or harvest later")
        }
    }

    private mutating func checkResources() throws(CampaignRefusal) {
        guard plan.resources.count <= Campaign.resourcesAtMost else {
            throw CampaignRefusal(
                .tooLarge,
                "\(plan.resources.count) resources, above \(Campaign.resourcesAtMost)",
                wayOut: "leave out those that are never short")
        }
        for resource in plan.resources {
            guard units.updateValue(resource.units, forKey: resource.id) == nil else {
                throw CampaignRefusal(
                    .unknownName, "resource '\(resource.id)' is there twice",
                    wayOut: "give each its own id")
            }
            guard resource.units >= 0 else {
                throw CampaignRefusal(
                    .badNumber, "resource '\(resource.id)' has \(resource.units) units",
                    wayOut: "give a number from 1 to \(Campaign.unitsAtMost)")
            }
            guard resource.units > 0 else {
                throw CampaignRefusal(
                    .noCapacity, "no capacity: there are 0 of resource '\(resource.id)'",
                    wayOut: "give it at least one unit")
            }
            guard resource.units <= Campaign.unitsAtMost else {
                throw CampaignRefusal(
                    .tooLarge,
                    "resource '\(resource.id)' has \(resource.units) units, above "
                        + "\(Campaign.unitsAtMost)",
                    wayOut: "leave out a resource that is never short")
            }
            try number(resource.costPerHour, "cost of resource '\(resource.id)'", to: 1e6)
        }
    }

    private func checkCalendar() throws(CampaignRefusal) {
        let calendar = plan.calendar
        try number(calendar.opens, "hour at which work begins", to: 24)
        try number(calendar.closes, "hour at which work ends", from: calendar.opens, to: 24)
        let isOpen = (0..<WorkCalendar.daysInYear).contains(where: calendar.works(onDay:))
        guard isOpen else {
            throw CampaignRefusal(
                .noCapacity, "no capacity: the calendar has no working day",
                wayOut: "name days of the week, and fewer than 52 weeks of shutdown")
        }
    }

    private func checkFilling() throws(CampaignRefusal) {
        let filling = plan.filling
        try positive(filling.cellsPerVial, "cells in a vial", to: 1e15)
        try positive(filling.overfill, "overfill", to: 100)
        try share(filling.recovery, "recovery after thawing of the product")
        try positive(filling.cellsPerDose, "cells in a dose", to: 1e15)
        try number(Double(filling.vialsKept), "vials kept", to: 1e6)
        try number(Double(filling.leastVials), "fewest vials", to: 1e6)
    }

    private func checkDemand() throws(CampaignRefusal) {
        guard let demand = plan.demand else { return }
        guard demand.patientsPerYear != 0 else {
            throw CampaignRefusal(
                .noDemand, "no demand: 0 patients in a year",
                wayOut: "give a number of patients, or leave the demand out")
        }
        try positive(demand.patientsPerYear, "patients in a year", to: Campaign.patientsAtMost)
        guard demand.patientsPerYear * plan.horizon / 8760 <= Campaign.patientsAtMost else {
            throw CampaignRefusal(
                .tooLarge,
                "\(demand.patientsPerYear) patients in a year over \(plan.horizon) h are above "
                    + "\(Int(Campaign.patientsAtMost))",
                wayOut: "simulate a shorter time")
        }
        try number(demand.patience, "longest wait of a patient", to: Campaign.hoursAtMost)
        try number(demand.from, "first hour of the demand", to: plan.horizon)
        if let shelfLife = demand.shelfLife {
            try positive(shelfLife, "shelf life", to: Campaign.hoursAtMost)
        }
        switch demand.need {
        case .doses(let doses):
            try distribution(doses, "doses for a patient")
            try positive(doses.mean, "mean doses for a patient", to: 1000)
        case .vials(let weight, let dose, let vial, let administrations):
            try distribution(weight, "body weight")
            try positive(weight.mean, "mean body weight", to: 1000)
            try positive(dose, "cells for a kilogram", to: 1e12)
            try positive(vial, "viable cells in a vial", to: 1e15)
            try number(Double(administrations), "administrations", from: 1, to: 1000)
        }
    }

    // MARK: The process

    private func orderedSteps() throws(CampaignRefusal) -> [CampaignStep] {
        guard !plan.steps.isEmpty else {
            throw CampaignRefusal(
                .noDemand, "the process has no step", wayOut: "give at least one")
        }
        guard plan.steps.count <= Campaign.stepsAtMost else {
            throw CampaignRefusal(
                .tooLarge,
                "the process has \(plan.steps.count) steps, above "
                    + "\(Campaign.stepsAtMost)",
                wayOut: "join steps that need the same people")
        }
        var places: [String: Int] = [:]
        for (place, step) in plan.steps.enumerated() {
            guard places.updateValue(place, forKey: step.id) == nil else {
                throw CampaignRefusal(
                    .unknownName, "step '\(step.id)' is there twice",
                    wayOut: "give each its own id")
            }
        }
        var order: [CampaignStep] = []
        var seen: Set<Int> = []
        var place: Int? = 0
        while let current = place, current < plan.steps.count {
            let step = plan.steps[current]
            guard seen.insert(current).inserted else {
                throw CampaignRefusal(
                    .cyclicProcess,
                    "cyclic process: step '\(step.id)' comes again after "
                        + "'\(order.last?.id ?? "")'",
                    wayOut: "let the last step end the batch; use a repetition for retests")
            }
            order.append(step)
            if case .release = step.action { break }
            guard let next = step.next else {
                place = current + 1
                continue
            }
            guard let named = places[next] else {
                throw CampaignRefusal(
                    .unknownName, "step '\(step.id)' is followed by '\(next)', which is not there",
                    wayOut: "name one of the steps")
            }
            place = named
        }
        if let left = plan.steps.indices.first(where: { !seen.contains($0) }) {
            throw CampaignRefusal(
                .unknownName, "step '\(plan.steps[left].id)' is never reached",
                wayOut: "name it as the next of another step, or remove it")
        }
        return order
    }

    private mutating func checkSteps(_ order: [CampaignStep]) throws(CampaignRefusal) {
        var held: String?
        for step in order {
            switch step.action {
            case .occupy(let occupancy):
                guard held == nil else {
                    throw CampaignRefusal(
                        .endlessLoop,
                        "step '\(step.id)' takes places while the batch keeps others",
                        wayOut: "vacate the first ones before")
                }
                try check(occupancy, of: step.id)
                held = occupancy.resource
            case .operate(let operation):
                try check(operation, of: step.id, holding: held)
                if operation.vacates { held = nil }
            case .culture(let culture): try check(culture, of: step.id, holding: held)
            case .wait(let duration, _): try hours(duration, "duration of '\(step.id)'")
            case .release(let failure):
                try share(failure, "failure rate of '\(step.id)'")
            }
        }
    }

    private func check(_ occupancy: Occupancy, of step: String) throws(CampaignRefusal) {
        try positive(occupancy.area, "area of '\(step)'", to: 1e12)
        try positive(occupancy.areaPerUnit, "area of a place in '\(step)'", to: 1e12)
        let places = (occupancy.area / occupancy.areaPerUnit).rounded(.up)
        guard let there = units[occupancy.resource] else { throw unknown(occupancy.resource, step) }
        guard places <= Double(there) else {
            throw CampaignRefusal(
                .noCapacity,
                "no capacity: step '\(step)' may need \(Int(min(places, 1e15))) of "
                    + "'\(occupancy.resource)', of which there are \(there)",
                wayOut: "give it more units, or plan less area")
        }
    }

    private func unknown(_ resource: String, _ step: String) -> CampaignRefusal {
        CampaignRefusal(
            .unknownName, "step '\(step)' needs resource '\(resource)', which is not there",
            wayOut: "add the resource")
    }

    private mutating func check(
        _ operation: CampaignOperation, of step: String, holding held: String?
    ) throws(CampaignRefusal) {
        try hours(operation.duration, "duration of '\(step)'")
        var before: [String] = held.map { [$0] } ?? []
        for use in operation.crew {
            guard let there = units[use.resource] else { throw unknown(use.resource, step) }
            guard use.units > 0, use.units <= there else {
                throw CampaignRefusal(
                    .noCapacity,
                    "no capacity: step '\(step)' needs \(use.units) of '\(use.resource)', of which "
                        + "there are \(there)",
                    wayOut: "need at least 1 and at most as many as there are")
            }
            guard !before.contains(use.resource) else {
                throw CampaignRefusal(
                    .endlessLoop,
                    "step '\(step)' takes '\(use.resource)' while the batch keeps some of it",
                    wayOut: "take all that is needed at once, or make places a resource of "
                        + "their own")
            }
            for earlier in before { takenAfter[earlier, default: []].insert(use.resource) }
            before.append(use.resource)
        }
        try share(operation.contamination, "contamination of '\(step)'")
        try number(operation.costPerArea, "cost for an area of '\(step)'", to: 1e6)
        try number(operation.cost, "cost of '\(step)'", to: money)
        try number(operation.costPerVial, "cost for a vial of '\(step)'", to: 1e6)
        switch operation.effect {
        case .none, .fill: break
        case .harvest(let recovery):
            try distribution(recovery, "recovery of '\(step)'", isShare: true)
        case .keep(let share): try distribution(share, "yield of '\(step)'")
        }
        if let failure = operation.failure {
            try share(failure.probability, "failure rate of '\(step)'")
        }
        if let repetition = operation.repetition {
            try share(repetition.probability, "rate of invalid results of '\(step)'")
            guard repetition.atMost >= 1, repetition.atMost <= Campaign.turnsAtMost else {
                throw CampaignRefusal(
                    .endlessLoop,
                    "endless loop: step '\(step)' may be repeated \(repetition.atMost) times",
                    wayOut: "allow from 1 to \(Campaign.turnsAtMost) repetitions")
            }
        }
    }

    private mutating func check(
        _ culture: CampaignCulture, of step: String, holding held: String?
    ) throws(CampaignRefusal) {
        try number(Double(culture.passage), "passage of '\(step)'", to: 1000)
        switch culture.kind {
        case .outgrowth(let median, let sd):
            try number(median, "outgrowth of '\(step)'", to: Campaign.hoursAtMost)
            try number(sd, "spread of the outgrowth of '\(step)'", to: 5)
        case .expansion: break
        case .course(let hours):
            try number(hours, "course of '\(step)'", to: Campaign.hoursAtMost)
        }
        if let limit = culture.limit {
            try positive(limit, "time limit of '\(step)'", to: Campaign.hoursAtMost)
        }
        guard culture.feedsAtMost >= 0, culture.feedsAtMost <= Campaign.turnsAtMost else {
            throw CampaignRefusal(
                .endlessLoop,
                "endless loop: culture '\(step)' may be fed \(culture.feedsAtMost) times",
                wayOut: "feed it from 0 to \(Campaign.turnsAtMost) times")
        }
        guard culture.feedsAtMost > 0 else { return }
        try positive(culture.feedEvery, "interval of feeds of '\(step)'", to: Campaign.hoursAtMost)
        guard let feed = culture.feed else { return }
        try check(feed, of: step, holding: held)
        guard feed.effect == .none, feed.repetition == nil, !feed.vacates else {
            throw CampaignRefusal(
                .endlessLoop,
                "the feed of '\(step)' harvests, fills, frees places or is repeated",
                wayOut: "make it a step of its own")
        }
    }

    /// Resources must have one order in which all steps take them: otherwise one batch can hold
    /// what another needs, while it waits for what that one holds.
    private func checkOrderOfTaking() throws(CampaignRefusal) {
        var left = takenAfter
        var free = Set(plan.resources.map(\.id))
        while !free.isEmpty {
            let blocked = left.values.reduce(into: Set<String>()) { $0.formUnion($1) }
            let next = free.subtracting(blocked)
            guard !next.isEmpty else {
                throw CampaignRefusal(
                    .endlessLoop,
                    "endless wait: resources \(free.sorted().joined(separator: ", ")) are taken in "
                        + "different orders by different steps",
                    wayOut: "take them in one order in every step")
            }
            for resource in next { left[resource] = nil }
            free.subtract(next)
        }
    }
}

extension CampaignStep {
    /// Whether it fills vials.
    var isFill: Bool {
        if case .operate(let operation) = action, case .fill = operation.effect {
            true
        } else {
            false
        }
    }
}
