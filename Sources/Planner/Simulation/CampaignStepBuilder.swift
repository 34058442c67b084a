import ProductDefinition
import Quantities

/// Turns the operations of a batch into the steps of a campaign.
struct CampaignStepBuilder {
    private let campaign: DefinedCampaign
    private let growth: CampaignGrowth
    private var planning: PlanningCase { campaign.planning }
    private let prices: [String: Double]

    private(set) var steps: [CampaignStep] = []
    /// Resources that some step needs.
    private(set) var used: Set<String> = []
    /// Containers at hand for filling.
    private(set) var vialsAtMost: Int?

    private var isOccupied = false
    private var passage = 0
    private var isAfterThaw = false
    private var seeding: Double?
    /// Day and end of the last dated operation, where nothing has grown since.
    private var dated: (day: Double, hours: Double)?
    private var pass = 1.0
    private var hasTestRate = false

    init(_ campaign: DefinedCampaign, growth: CampaignGrowth) {
        self.campaign = campaign
        self.growth = growth
        prices = Dictionary(
            campaign.planning.materials.map { ($0.id, $0.unitCost) },
            uniquingKeysWith: { first, _ in first })
    }

    mutating func build() throws(CampaignRefusal) {
        let list = planning.stages[campaign.firstStage...].flatMap(\.operations)
        let lastYield = list.lastIndex {
            $0.arealYield != nil && ($0.kind == .harvest || $0.kind == .passage)
        }
        for (place, operation) in list.enumerated() {
            waitForDay(of: operation)
            let following = list[(place + 1)...]
            switch operation.kind {
            case .culture: try culture(operation)
            case .harvest, .passage:
                let fails = place == lastYield ? planning.failures.differentiation : 0
                harvest(operation, failure: fails)
                if operation.kind == .passage { try vessels(operation, following) }
            case .seed:
                try vessels(operation, following)
                add(work(operation), operation)
            case .test: test(operation)
            case .release: wait(operation.waitingDays * 24, operation.id, "release")
            case .fill: fill(operation)
            case .thaw:
                isAfterThaw = true
                add(work(operation), operation)
            case .recover:
                var recovery = work(operation)
                if let share = operation.recovery, share < 1 {
                    recovery.effect = .keep(.fixed(share))
                }
                add(recovery, operation)
            case .other: add(work(operation), operation)
            }
        }
        let failures = hasTestRate ? 1 - pass : planning.failures.release ?? 0
        steps.append(CampaignStep("certification", .release(outOfSpecification: failures)))
    }

    // MARK: Time

    /// Lets time pass until the day of a dated operation.
    private mutating func waitForDay(of operation: PlannedOperation) {
        guard let day = operation.day else { return }
        if let dated, operation.kind != .culture {
            let hours = 24 * (day - dated.day) - dated.hours
            if hours > 0 { wait(hours, "\(operation.id)/day", "until day \(Int(day))") }
        }
        dated = operation.kind == .culture ? nil : (day, operation.hours)
    }

    private mutating func wait(_ hours: Double, _ id: String, _ label: String) {
        guard hours > 0 else { return }
        steps.append(CampaignStep(id, .wait(.fixed(hours), label: label)))
    }

    // MARK: Work

    private func spread(_ id: String) -> Double {
        campaign.operations[id]?.duration?.logSpread?.value.doubleValue ?? 0
    }

    private mutating func crew(
        _ people: [PlannedCrew], equipment: [Located<String>]
    ) -> [CampaignOperation.Use] {
        var uses: [CampaignOperation.Use] = []
        // One order for all steps: as equipment and roles stand in the definition.
        let wanted = Set(equipment.map(\.value))
        for item in campaign.definition.premises?.equipment ?? []
        where wanted.contains(item.id.value) && campaign.isShared(item.kind.value) {
            uses.append(CampaignOperation.Use(item.id.value, 1))
        }
        for role in campaign.definition.premises?.roles ?? [] where role.people != nil {
            let count = people.filter { $0.role == role.id.value }.reduce(0) { $0 + $1.people }
            // Half a person for a while is a person.
            if count > 0 {
                uses.append(CampaignOperation.Use(role.id.value, Int(min(count.rounded(.up), 1e6))))
            }
        }
        used.formUnion(uses.map(\.resource))
        return uses
    }

    private func cost(_ uses: [MaterialUse]) -> Double {
        uses.reduce(0) { $0 + $1.amount * (prices[$1.material] ?? 0) }
    }

    private mutating func work(_ operation: PlannedOperation) -> CampaignOperation {
        let equipment = campaign.operations[operation.id]?.equipment ?? []
        // A run of days binds nobody from beginning to end.
        let isLong = operation.hours > 24
        var work = CampaignOperation(
            operation.id, crew: isLong ? [] : crew(operation.people, equipment: equipment),
            duration: .lognormal(median: operation.hours, sdLog: spread(operation.id)))
        work.contamination =
            operation.isOpen ? planning.failures.contaminationPerOpenOperation : 0
        work.cost = cost(operation.uses) + operation.assays.reduce(0) { $0 + $1.cost }
        work.cellsTaken = operation.sampledCells
        if let success = operation.success, success < 1 {
            work.failure = .init(
                max(1 - success, 0), steps.isEmpty ? .startingMaterial : .process)
        }
        return work
    }

    private mutating func add(_ work: CampaignOperation, _ operation: PlannedOperation) {
        steps.append(CampaignStep(operation.id, .operate(work)))
    }

    // MARK: Cultures

    /// Plans the vessels that a step seeds: those it names, or those of the culture that follows.
    private mutating func vessels(
        _ operation: PlannedOperation, _ following: ArraySlice<PlannedOperation>
    ) throws(CampaignRefusal) {
        seeding = operation.seeding?.target
        if let plates = operation.plates {
            occupy(plates, operation.id, cost: 0)
            return
        }
        let next = following.first { $0.kind != .other }
        guard let next, next.kind == .culture, let culture = next.culture else { return }
        occupy(culture.vessels, operation.id, cost: firstCost(culture))
    }

    /// What the vessels and the first medium cost, for a cm².
    private func firstCost(_ culture: PlannedCulture) -> Double {
        let vessels = culture.vessels
        var sum = 0.0
        if culture.buysVessels { sum += (prices[vessels.material] ?? 0) / vessels.area }
        if culture.buysMedium { sum += mediumCost(culture.feed) }
        return sum
    }

    private func mediumCost(_ feed: PlannedFeed?) -> Double {
        cost(feed?.mediumPerMilliliter ?? []) * (planning.growth?.mediumPerArea ?? 0)
    }

    private mutating func occupy(_ vessels: PlannedVessels, _ id: String, cost: Double) {
        guard !isOccupied, vessels.area > 0, vessels.count > 0 else { return }
        var occupancy = Occupancy(
            resource: DefinedCampaign.incubator, seeded: seeding == nil ? .whole : .byCells,
            area: vessels.totalArea, areaPerUnit: vessels.area / max(vessels.places, 1e-6))
        occupancy.seedingDensity = seeding
        occupancy.costPerArea = cost
        used.insert(DefinedCampaign.incubator)
        isOccupied = true
        steps.append(CampaignStep("\(id)/vessels", .occupy(occupancy)))
    }

    private mutating func culture(_ operation: PlannedOperation) throws(CampaignRefusal) {
        guard let culture = operation.culture else { return }
        if !isOccupied { occupy(culture.vessels, operation.id, cost: firstCost(culture)) }
        passage = max(culture.passage, 1)
        var kind = CampaignCulture.Kind.expansion
        if let hours = culture.fixedHours {
            kind =
                culture.cellsPerGram == nil
                ? .course(hours: hours) : .outgrowth(median: hours, sdLog: spread(operation.id))
        }
        // Passages of a line are counted from its derivation; its doubling time is that of now.
        var step = CampaignCulture(passage: passage, kind: kind, limit: limit(culture))
        step.seedingDensity = seeding
        if isAfterThaw { step.lag = planning.growth?.lagAfterThaw }
        isAfterThaw = false
        if let feed = culture.feed, feed.everyHours > 0 {
            let equipment = campaign.operations[operation.id]?.equipment ?? []
            var work = CampaignOperation(
                "\(operation.id) feed", crew: crew(feed.people, equipment: equipment),
                duration: .lognormal(median: feed.hours, sdLog: spread(operation.id)))
            work.contamination =
                operation.isOpen ? planning.failures.contaminationPerOpenOperation : 0
            work.costPerArea = mediumCost(feed) * feed.share
            work.cost = cost(feed.uses)
            step.feedEvery = feed.everyHours
            step.feedsAtMost = 20
            step.feed = work
        }
        steps.append(CampaignStep(operation.id, .culture(step)))
        dated = nil
    }

    /// The time after which a culture counts as failed, from the words of the definition: "first
    /// culture over 408 h, or a passage over 240 h". The last time in them is that of a passage.
    private func limit(_ culture: PlannedCulture) -> Double? {
        guard let text = campaign.definition.planning?.failures?.growthFailure?.value else {
            return nil
        }
        let times = text.split(separator: "over ").dropFirst().compactMap { rest -> Double? in
            let words = rest.split { " ,;.".contains($0) }.prefix(2)
            return (try? Quantity(words.joined(separator: " ")))?.amount("h")
        }
        return culture.cellsPerGram == nil ? times.last : times.first
    }

    private mutating func harvest(_ operation: PlannedOperation, failure: Double) {
        var harvest = work(operation)
        if let perArea = operation.arealYield, isOccupied {
            let spread =
                campaign.operations[operation.id]?.yield?.logSpread?.value.doubleValue ?? 0
            harvest.effect = .collect(perArea: .lognormal(median: perArea, sdLog: spread))
        } else if isOccupied {
            let law = planning.growth
            harvest.effect = .harvest(
                recovery: DefinedCampaign.share(
                    law?.harvestRecovery ?? 1, sd: law?.recoverySpread ?? 0))
        }
        if failure > 0 { harvest.failure = .init(failure, .process) }
        harvest.vacates = isOccupied
        harvest.isCheckpoint = true
        isOccupied = false
        seeding = nil
        add(harvest, operation)
    }

    // MARK: The end of a batch

    private mutating func fill(_ operation: PlannedOperation) {
        var fill = work(operation)
        guard operation.fillsBank?.isEmpty == true else {
            add(fill, operation)
            return
        }
        fill.effect = .fill
        vialsAtMost = operation.containersMax
        add(fill, operation)
    }

    private mutating func test(_ operation: PlannedOperation) {
        var hands = operation
        hands.hours = operation.handsOnHours
        hands.success = nil
        var work = work(hands)
        work.startsInShift = operation.handsOnHours > 0
        add(work, operation)
        wait(
            operation.waitingDays * 24 - operation.handsOnHours, "\(operation.id)/result",
            "results")
        if let success = operation.success {
            pass *= success
            hasTestRate = true
        }
    }
}
