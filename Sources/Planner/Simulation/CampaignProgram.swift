/// The process of a batch as a flat list of instructions, with every name resolved to a number.
struct CampaignProgram: Sendable {
    /// What an instruction does.
    enum Code: UInt8 {
        /// The batch arrives; its material is there.
        case begin
        /// Plans vessels and takes places.
        case occupy
        /// The places are there.
        case occupied
        /// Waits for working hours.
        case shift
        /// Takes a crew and starts an operation.
        case start
        /// An operation ends.
        case finish
        /// Places become free.
        case vacate
        /// Looks for what has gone wrong.
        case check
        /// A passage begins to grow.
        case culture
        /// Waits for the next feed, or until the culture is ready.
        case tend
        /// The culture is ready.
        case ripe
        /// Time begins to pass.
        case wait
        /// Time has passed.
        case waited
        /// Judges the batch.
        case judge
        /// The batch ends.
        case end
    }

    /// One instruction. Which fields count depends on the code.
    struct Instruction {
        var code: Code
        var effect = Effect.none
        var growth = Growth.expansion
        var inShift = false
        var isFeed = false
        var yields = false
        var isWholeArea = false
        var cause: UInt8 = 0
        var resource: Int32 = 0
        var crewStart: Int32 = 0
        var crewCount: Int32 = 0
        /// The instruction that follows; for `tend` the feed.
        var next: Int32 = 0
        /// For `tend` the end of the culture; for `finish` where a repetition starts.
        var other: Int32 = 0
        var turns: Int32 = 0
        var passage: Int32 = 0
        var label: Int32 = 0
        /// Places in the list of draws.
        var draw: Int32 = 0
        var secondDraw: Int32 = 0
        var thirdDraw: Int32 = 0
        var fourthDraw: Int32 = 0
        var sampler = Sampler(.fixed(0))
        var secondSampler = Sampler(.fixed(0))
        var a = 0.0
        var b = 0.0
        var c = 0.0
        var d = 0.0
        var e = 0.0
        /// Hours after which a culture counts as failed.
        var limit = 0.0
    }

    enum Effect: UInt8 { case none, harvest, collect, keep, fill }
    enum Growth: UInt8 { case outgrowth, expansion, course }

    /// A resource and units of it.
    struct Use {
        var resource: Int32
        var units: Int32
    }

    /// A draw of a batch: its block in the generator, and which half of it.
    struct Draw {
        var block: UInt32
        var isOdd: Bool
        /// Its place among the numbers, or among the events, that are drawn when the batch begins;
        /// -1 for none.
        var place: Int32 = -1
    }

    /// The draws that are made when a batch begins: first those that are needed as lognormal
    /// factors, then those needed as normals, then uniform ones, then those of which it only
    /// matters whether something happens.
    struct Ahead {
        /// The generator's blocks, a multiple of four.
        var blocks: [UInt32] = []
        /// For each draw its word among those of the blocks.
        var words: [Int32] = []
        /// For each draw the spread of its factor, or the probability of what may happen.
        var parameters: [Double] = []
        var factorCount = 0
        /// Factors and normals together.
        var normalCount = 0
        /// Factors, normals and uniforms together: all that are kept as numbers.
        var numberCount = 0

        /// What may happen.
        var eventCount: Int { words.count - numberCount }
    }

    /// Draws made ahead at most; the others are made one by one when they are needed.
    static let aheadAtMost = 512

    /// Draws that a replication holds at most, 8 bytes each.
    static let drawsAtMost = 4_000_000

    let plan: CampaignPlan
    private(set) var instructions: [Instruction] = []
    private(set) var crew: [Use] = []
    private(set) var draws: [Draw] = []
    private(set) var ahead = Ahead()
    private(set) var labels: [String] = []
    /// For each batch its donor.
    private(set) var donorOfBatch: [Int32] = []
    private(set) var donors = 0
    /// Slots of the donor's two parameters.
    let donorYieldSlot: DrawSlot
    let donorGrowthSlot: DrawSlot

    private var placeOfLabel: [String: Int32] = [:]
    private var pathOfSlot: [DrawSlot: String] = [:]
    private let numberOfResource: [String: Int32]

    init(_ plan: CampaignPlan, order: [CampaignStep]) throws(CampaignRefusal) {
        self.plan = plan
        numberOfResource = Dictionary(
            uniqueKeysWithValues: plan.resources.enumerated().map { ($1.id, Int32($0)) })
        donorYieldSlot = plan.draws.slot("donor/yield")
        donorGrowthSlot = plan.draws.slot("donor/doubling-time")
        assignDonors()
        var begin = Instruction(code: .begin)
        begin.draw = try draw("batch/doubling-time")
        begin.secondDraw = try draw("batch/yield")
        switch plan.material.origin {
        case .tissue(let cells, _, let sdLog):
            begin.a = cells
            begin.b = sdLog
        case .vials(let count, let cells, let recovery):
            begin.effect = .keep
            begin.a = Double(count) * cells
            begin.sampler = Sampler(recovery)
        }
        begin.c = plan.growth.sdLogBatch
        begin.d = plan.material.cost
        append(begin)
        for step in order { try append(step) }
        if instructions.last?.code != .end { append(Instruction(code: .end)) }
        planAhead()
        let held = plan.schedule.batches * ahead.words.count
        guard held <= Self.drawsAtMost else {
            throw CampaignRefusal(
                .tooLarge,
                "\(plan.schedule.batches) batches with \(ahead.words.count) draws each at a time are "
                    + "above \(Self.drawsAtMost)",
                wayOut: "simulate a part of the campaign")
        }
    }

    private mutating func assignDonors() {
        let batches = plan.schedule.batches
        switch plan.material.donors {
        case .donors(let count):
            donorOfBatch = (0..<batches).map { Int32($0 * count / batches) }
        case .batchesPerDonor(let count):
            donorOfBatch = (0..<batches).map { Int32($0 / count) }
        }
        donors = Int(donorOfBatch.last ?? 0) + 1
    }

    /// Adds an instruction that is followed by the next one.
    private mutating func append(_ instruction: Instruction) {
        var instruction = instruction
        instruction.next = Int32(instructions.count + 1)
        instructions.append(instruction)
    }

    /// What a draw is needed as.
    private enum Need {
        case factor(spread: Double)
        case normal
        case uniform
        case event(probability: Double)

        init?(_ sampler: Sampler) {
            if sampler.isFixed { return nil }
            if sampler.isLognormal {
                self = .factor(spread: sampler.spread)
            } else {
                self = sampler.usesNormal ? .normal : .uniform
            }
        }
    }

    /// Gathers the draws that a batch will need.
    ///
    /// Made together they do not wait for each other, and when an operation starts, its duration
    /// is at hand. Feeds and repetitions beyond those that are usual are drawn when they come.
    private mutating func planAhead() {
        var needs: [(draw: Int32, need: Need)] = []
        var (usualFeeds, feedTurns) = (0, 0)
        func add(_ draw: Int32, _ need: Need?, turns: Int = 1) {
            guard let need else { return }
            for turn in 0..<turns where needs.count < Self.aheadAtMost {
                needs.append((draw + Int32(turn), need))
            }
        }
        for index in instructions.indices {
            let step = instructions[index]
            let turns = step.isFeed ? min(usualFeeds, feedTurns) : 1
            switch step.code {
            case .begin:
                add(step.draw, step.c > 0 ? .normal : nil)
                if step.effect == .keep {
                    add(step.secondDraw, Need(step.sampler))
                } else {
                    add(step.secondDraw, step.b > 0 ? .normal : nil)
                }
            case .culture:
                add(step.draw, step.b > 0 ? .factor(spread: step.b) : nil)
                let hours = step.growth == .expansion ? step.c + step.a * step.d : step.c
                let tend = instructions[index + 1]
                usualFeeds = tend.a > 0 ? Int(min(hours / tend.a, 100)) : 0
                feedTurns = Int(tend.turns)
            case .start:
                add(step.draw, Need(step.sampler), turns: turns)
                if step.effect != .none { add(step.secondDraw, Need(step.secondSampler)) }
            case .finish:
                add(step.secondDraw, step.e > 0 ? .event(probability: step.e) : nil, turns: turns)
                if step.turns > 0 { add(step.fourthDraw, .event(probability: step.sampler.value)) }
                if step.cause != 0 {
                    add(step.thirdDraw, .event(probability: step.secondSampler.value))
                }
            case .wait: add(step.draw, Need(step.sampler))
            case .judge: add(step.draw, step.a > 0 ? .event(probability: step.a) : nil)
            default: break
            }
        }
        layOut(needs)
    }

    /// Lays the draws out: factors, normals, uniforms, events.
    private mutating func layOut(_ needs: [(draw: Int32, need: Need)]) {
        var places: [UInt32: Int32] = [:]
        func lay(_ draw: Int32, _ parameter: Double, at place: Int) {
            let block = draws[Int(draw)].block
            let blockPlace = places[block] ?? Int32(places.count)
            if places.updateValue(blockPlace, forKey: block) == nil { ahead.blocks.append(block) }
            draws[Int(draw)].place = Int32(place)
            ahead.words.append(2 * blockPlace + (draws[Int(draw)].isOdd ? 1 : 0))
            ahead.parameters.append(parameter)
        }
        for case (let draw, .factor(let spread)) in needs {
            lay(draw, spread, at: ahead.words.count)
        }
        ahead.factorCount = ahead.words.count
        for case (let draw, .normal) in needs { lay(draw, 0, at: ahead.words.count) }
        ahead.normalCount = ahead.words.count
        for case (let draw, .uniform) in needs { lay(draw, 0, at: ahead.words.count) }
        ahead.numberCount = ahead.words.count
        for case (let draw, .event(let probability)) in needs {
            lay(draw, probability, at: ahead.eventCount)
        }
        while ahead.blocks.count % 4 != 0 { ahead.blocks.append(0) }
    }

    // MARK: Steps

    private mutating func append(_ step: CampaignStep) throws(CampaignRefusal) {
        switch step.action {
        case .occupy(let occupancy):
            var occupy = Instruction(code: .occupy)
            occupy.resource = number(of: occupancy.resource)
            occupy.isWholeArea = occupancy.seeded == .whole
            occupy.a = occupancy.area
            occupy.b = occupancy.areaPerUnit
            occupy.c = occupancy.seedingDensity ?? plan.growth.seedingDensity
            append(occupy)
            var occupied = Instruction(code: .occupied)
            occupied.a = occupancy.costPerArea
            append(occupied)
        case .operate(let operation):
            try append(operation, path: step.id, culture: nil)
        case .culture(let culture): try append(culture, path: step.id)
        case .wait(let duration, let label):
            var wait = Instruction(code: .wait)
            wait.sampler = Sampler(duration)
            wait.draw = try draw("\(step.id)/duration")
            append(wait)
            var waited = Instruction(code: .waited)
            waited.label = self.label(label)
            waited.passage = Int32(passage)
            append(waited)
        case .release(let failure):
            var judge = Instruction(code: .judge)
            judge.a = failure
            judge.draw = try draw("\(step.id)/out-of-specification")
            append(judge)
            append(Instruction(code: .end))
        }
    }

    /// The passage that steps belong to, for a trace: it is counted on when places become free.
    private var passage = 0

    private mutating func append(
        _ operation: CampaignOperation, path: String, culture: CampaignCulture?
    ) throws(CampaignRefusal) {
        let isFeed = culture != nil
        let turns = isFeed ? culture?.feedsAtMost ?? 0 : (operation.repetition?.atMost ?? 0) + 1
        let first = Int32(instructions.count)
        if operation.startsInShift { append(Instruction(code: .shift)) }
        var start = Instruction(code: .start)
        start.isFeed = isFeed
        start.crewStart = Int32(crew.count)
        start.crewCount = Int32(operation.crew.count)
        var hourly = 0.0
        for use in operation.crew {
            let resource = number(of: use.resource)
            crew.append(Use(resource: resource, units: Int32(use.units)))
            hourly += Double(use.units) * plan.resources[Int(resource)].costPerHour
        }
        start.sampler = Sampler(operation.duration)
        start.draw = try draw("\(path)/duration", turns: turns)
        switch operation.effect {
        case .none: break
        case .harvest(let recovery):
            start.effect = .harvest
            start.secondSampler = Sampler(recovery)
            start.secondDraw = try draw("\(path)/recovery")
            start.b = plan.growth.maximumDensity
        case .collect(let cells):
            start.effect = .collect
            start.secondSampler = Sampler(cells)
            start.secondDraw = try draw("\(path)/yield")
        case .keep(let share):
            start.effect = .keep
            start.secondSampler = Sampler(share)
            start.secondDraw = try draw("\(path)/yield")
        case .fill: break
        }
        start.c = operation.cellsTaken
        append(start)
        var finish = Instruction(code: .finish)
        finish.isFeed = isFeed
        finish.crewStart = start.crewStart
        finish.crewCount = start.crewCount
        finish.label = label(operation.label)
        finish.passage = Int32(passage)
        finish.a = hourly
        finish.b = operation.costPerArea
        finish.c = operation.cost
        finish.d = operation.costPerVial
        finish.e = operation.contamination
        finish.secondDraw = try draw("\(path)/contamination", turns: turns)
        if case .fill = operation.effect {
            finish.effect = .fill
        }
        if let failure = operation.failure {
            finish.cause = UInt8(failure.cause.rawValue)
            finish.thirdDraw = try draw("\(path)/failure")
            finish.secondSampler = Sampler(.fixed(failure.probability))
        }
        if let repetition = operation.repetition {
            finish.other = first
            finish.turns = Int32(repetition.atMost)
            finish.fourthDraw = try draw("\(path)/validity", turns: turns)
            finish.sampler = Sampler(.fixed(repetition.probability))
        }
        finish.yields = operation.vacates
        append(finish)
        if operation.vacates { append(Instruction(code: .vacate)) }
        if operation.isCheckpoint { append(Instruction(code: .check)) }
        if operation.vacates { passage += 1 }
    }

    private mutating func append(
        _ culture: CampaignCulture, path: String
    ) throws(CampaignRefusal) {
        passage = culture.passage
        let growth = plan.growth
        var begin = Instruction(code: .culture)
        begin.draw = try draw("\(path)/growth")
        switch culture.kind {
        case .outgrowth(let median, let sdLog):
            begin.growth = .outgrowth
            begin.a = growth.doublingTime
            begin.b = sdLog
            begin.c = median
        case .expansion:
            begin.growth = .expansion
            begin.a =
                growth.doublingTime * (1 + growth.slope * Double(max(culture.passage - 1, 0)))
            begin.b = growth.sdLogPassage
            begin.c = culture.lag ?? growth.lag
            let seeded = culture.seedingDensity ?? growth.seedingDensity
            begin.d = Elementary.log2(growth.harvestDensity / (seeded * growth.attachment))
            begin.e = growth.harvestDensity
        case .course(let hours):
            begin.growth = .course
            begin.a =
                growth.doublingTime * (1 + growth.slope * Double(max(culture.passage - 1, 0)))
            begin.b = growth.sdLogPassage
            begin.c = hours
            begin.d = max(hours - (culture.lag ?? growth.lag), 0)
            begin.e = growth.attachment
        }
        begin.limit = culture.limit ?? .infinity
        append(begin)
        let tendPlace = instructions.count
        var tend = Instruction(code: .tend)
        let feed = culture.feed
        tend.turns = feed == nil ? 0 : Int32(culture.feedsAtMost)
        tend.a = culture.feedEvery
        append(tend)
        if let feed, culture.feedsAtMost > 0 {
            try append(feed, path: "\(path)/feed", culture: culture)
            instructions[instructions.count - 1].next = Int32(tendPlace)
        }
        instructions[tendPlace].other = Int32(instructions.count)
        append(Instruction(code: .ripe))
    }

    // MARK: Names to numbers

    private func number(of resource: String) -> Int32 { numberOfResource[resource] ?? 0 }

    private mutating func label(_ name: String) -> Int32 {
        if let known = placeOfLabel[name] { return known }
        labels.append(name)
        placeOfLabel[name] = Int32(labels.count - 1)
        return Int32(labels.count - 1)
    }

    /// The place of the draws of `path`: one, or one for each turn, side by side.
    private mutating func draw(_ path: String, turns: Int = 1) throws(CampaignRefusal) -> Int32 {
        let first = Int32(draws.count)
        for turn in 0..<max(turns, 1) {
            let path = turn == 0 ? path : "\(path)/\(turn + 1)"
            let slot = plan.draws.slot(path)
            if let other = pathOfSlot.updateValue(path, forKey: slot) {
                throw CampaignRefusal(
                    .unknownName,
                    "draws '\(path)' and '\(other)' have the same slot "
                        + "\(slot.number)",
                    wayOut: "rename one of the steps, or pin its slot")
            }
            draws.append(Draw(block: slot.block, isOdd: slot.isOdd))
        }
        return first
    }
}
