/// The process of a batch: it comes to an end, everything it needs is there, and no two batches can
/// wait for each other.
extension CampaignCheck {
    func orderedSteps() throws(CampaignRefusal) -> [CampaignStep] {
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

    mutating func checkSteps(_ order: [CampaignStep]) throws(CampaignRefusal) {
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
        try number(occupancy.costPerArea, "cost for an area of '\(step)'", to: 1e6)
        if let density = occupancy.seedingDensity {
            try positive(density, "seeding density of '\(step)'", to: 1e9)
        }
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
        try number(operation.cellsTaken, "cells taken in '\(step)'", to: Distribution.greatest)
        try number(operation.costPerVial, "cost for a vial of '\(step)'", to: 1e6)
        switch operation.effect {
        case .none, .fill: break
        case .harvest(let recovery):
            try distribution(recovery, "recovery of '\(step)'", isShare: true)
        case .keep(let share): try distribution(share, "yield of '\(step)'", isShare: true)
        case .collect(let cells): try distribution(cells, "cells on an area in '\(step)'")
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
        try number(culture.lag ?? 0, "lag of '\(step)'", to: 10_000)
        if let density = culture.seedingDensity {
            try positive(density, "seeding density of '\(step)'", to: 1e9)
            guard density * plan.growth.attachment < plan.growth.harvestDensity else {
                throw CampaignRefusal(
                    .zeroYield,
                    "harvest density \(plan.growth.harvestDensity) is not above the density "
                        + "\(density * plan.growth.attachment) attached in '\(step)'",
                    wayOut: "seed fewer cells or harvest later")
            }
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
    func checkOrderOfTaking() throws(CampaignRefusal) {
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
