/// Judges whether a plan can be simulated.
struct CampaignCheck {
    let plan: CampaignPlan
    var units: [String: Int] = [:]
    /// For each resource, those that are taken while it is held.
    var takenAfter: [String: Set<String>] = [:]

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

    func number(
        _ value: Double, _ name: String, from least: Double = 0, to most: Double
    ) throws(CampaignRefusal) {
        guard value.isFinite, value >= least, value <= most else {
            throw CampaignRefusal(
                .badNumber, "\(name) is \(value), outside \(least) to \(most)",
                wayOut: "give a number between them")
        }
    }

    func share(_ value: Double, _ name: String) throws(CampaignRefusal) {
        try number(value, name, to: 1)
    }

    func positive(
        _ value: Double, _ name: String, to most: Double
    ) throws(CampaignRefusal) {
        try number(value, name, to: most)
        guard value > 0 else {
            throw CampaignRefusal(
                .badNumber, "\(name) is 0", wayOut: "give a number above 0 and up to \(most)")
        }
    }

    func distribution(
        _ value: Distribution, _ name: String, isShare: Bool = false
    ) throws(CampaignRefusal) {
        if let flaw = value.flaw {
            throw CampaignRefusal(
                .badNumber, "\(name): \(flaw)", wayOut: "correct its parameters")
        }
        try number(value.mean, "mean of \(name)", to: isShare ? 1 : Distribution.greatest)
    }

    func hours(_ value: Distribution, _ name: String) throws(CampaignRefusal) {
        try distribution(value, name)
        try number(value.mean, "mean of \(name)", to: Campaign.hoursAtMost)
    }

    let money = 1e12

    // MARK: Parts

    func checkSchedule() throws(CampaignRefusal) {
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

    func checkMaterial() throws(CampaignRefusal) {
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

    func checkGrowth() throws(CampaignRefusal) {
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

    mutating func checkResources() throws(CampaignRefusal) {
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

    func checkCalendar() throws(CampaignRefusal) {
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

    func checkFilling() throws(CampaignRefusal) {
        let filling = plan.filling
        try positive(filling.cellsPerVial, "cells in a vial", to: 1e15)
        try positive(filling.overfill, "overfill", to: 100)
        try share(filling.recovery, "recovery after thawing of the product")
        try positive(filling.cellsPerDose, "cells in a dose", to: 1e15)
        try number(Double(filling.vialsKept), "vials kept", to: 1e6)
        try number(Double(filling.leastVials), "fewest vials", to: 1e6)
        try number(Double(filling.vialsAtMost), "vials at most", from: 1, to: 1e6)
    }

    func checkDemand() throws(CampaignRefusal) {
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
        try number(demand.initialStock, "stock at the start", to: 1e9)
        if let shelfLife = demand.shelfLife {
            try positive(shelfLife, "shelf life", to: Campaign.hoursAtMost)
        }
        switch demand.need {
        case .doses(let doses):
            try distribution(doses, "doses for a patient")
            try positive(doses.mean, "mean doses for a patient", to: 1000)
        case .vials(let weight, let limits, let dose, let vial, let administrations):
            try number(limits.lowerBound, "least body weight", to: 1000)
            try number(limits.upperBound, "greatest body weight", to: 1000)
            try distribution(weight, "body weight")
            try positive(weight.mean, "mean body weight", to: 1000)
            try positive(dose, "cells for a kilogram", to: 1e12)
            try positive(vial, "viable cells in a vial", to: 1e15)
            try number(Double(administrations), "administrations", from: 1, to: 1000)
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
