/// Runs replications of a campaign, one after another, in memory that is allocated once.
///
/// A batch is a row of plain numbers and a place in the program. It runs on without a detour while
/// nothing holds it up; only time that passes touches the heap, and only a resource that is short
/// touches a queue. The loop has no object, no closure and no reference count.
///
/// The order of things that happen at one moment is that of a process-based simulator with
/// first-in-first-out queues and no overtaking: a batch that frees something and goes on does so
/// after those who were waiting for what became free.
struct CampaignEngine: ~Copyable {
    /// The state of one batch, in two lines of the processor's cache.
    struct Batch {
        var place: Int32 = 0
        /// Units asked for in a queue.
        var need: Int32 = 0
        /// The batch behind in a queue.
        var behind: Int32 = -1
        /// Places it keeps.
        var kept: Int32 = 0
        var donor: Int32 = 0
        /// How many of the crew are there.
        var present: Int16 = 0
        /// Feeds or repetitions so far.
        var turn: Int16 = 0
        /// The resource whose places it keeps.
        var keptResource: UInt8 = 0
        var cause: UInt8 = 0
        var isContaminated = false
        var isTooSlow = false
        var cells = 0.0
        var area = 0.0
        var cost = 0.0
        var waitsSince = 0.0
        var keptSince = 0.0
        var ripeAt = 0.0
        /// Cells on each cm² when the culture is ready, unless growth ends before.
        var ripeDensity = 0.0
        var doublingTime = 0.0
        var duration = 0.0
        var factor = 1.0
        var vials = 0.0
        var startedAt = 0.0
    }

    /// The state of a resource.
    struct Resource {
        var units: Int32 = 0
        var free: Int32 = 0
        var head: Int32 = -1
        var tail: Int32 = -1
        var waitingCount: Int32 = 0
        var busy = 0.0
        var waiting = 0.0
        var queue = 0.0
        var changedAt = 0.0
        var costPerHour = 0.0
    }

    /// One operation of a trace.
    struct Trace {
        var batch: Int32
        var passage: Int32
        var label: Int32
        var isHold: Bool
        var start: Double
        var end: Double
    }

    /// A stretch of time in which a batch had units of a resource.
    struct TracedUse {
        var batch: Int32
        var resource: Int32
        var units: Int32
        var start: Double
        var end: Double
    }

    let program: CampaignProgram
    let columns: CampaignColumns
    /// Whether every draw is one half, which gives medians.
    let isMedian: Bool
    let batchCount: Int

    let code: UnsafeMutablePointer<CampaignProgram.Instruction>
    let crew: UnsafeMutablePointer<CampaignProgram.Use>
    let draws: UnsafeMutablePointer<CampaignProgram.Draw>
    let batches: UnsafeMutablePointer<Batch>
    let resources: UnsafeMutablePointer<Resource>
    let resourceCount: Int
    let donorFactors: UnsafeMutablePointer<(cells: Double, doublingTime: Double)>
    let daysToWork: UnsafeMutablePointer<Int32>
    /// Numbers that were drawn when each batch began, `numberCount` places for each.
    let numbers: UnsafeMutablePointer<Double>
    let numberCount: Int
    /// Whether what may happen to each batch does, `eventCount` places for each.
    let events: UnsafeMutablePointer<Bool>
    let eventCount: Int
    let factorCount: Int
    let normalCount: Int
    let aheadBlocks: UnsafeMutablePointer<UInt32>
    let blockCount: Int
    let aheadWords: UnsafeMutablePointer<Int32>
    let parameters: UnsafeMutablePointer<Double>
    /// Words and normals of the batch that begins.
    let words: UnsafeMutablePointer<UInt64>
    let normals: UnsafeMutablePointer<Double>
    /// Places of its normals in the outer 15 %.
    let outer: UnsafeMutablePointer<Int32>

    var heap: EventHeap
    var now = 0.0
    /// Batches that go on at this moment, in order.
    var readyHead: Int32 = -1
    var readyTail: Int32 = -1
    private(set) var stream = DrawStream(seed: 0, replication: 0)
    var inProcessCount = 0.0
    var inProcessChangedAt = 0.0
    var nextStart = 0.0
    let end: Int32
    let opens: Double
    let closes: Double
    let stagger: Double
    let worksEveryDay: Bool
    let firstBatchEntity: UInt32
    var supply: SupplyState
    /// Where operations are noted, if anyone asked.
    var trace: [Trace] = []
    var tracedUses: [TracedUse] = []
    var isTracing = false

    init(_ program: CampaignProgram, isMedian: Bool = false, batches limit: Int = .max) {
        self.program = program
        self.isMedian = isMedian
        let plan = program.plan
        batchCount = min(plan.schedule.batches, limit)
        columns = CampaignColumns(
            resources: plan.resources.count, hasDemand: plan.demand != nil)
        code = Self.copied(program.instructions)
        crew = Self.copied(program.crew)
        draws = Self.copied(program.draws)
        self.batches = UnsafeMutableRawPointer.allocate(
            byteCount: max(batchCount, 1) * MemoryLayout<Batch>.stride, alignment: 64
        ).bindMemory(to: Batch.self, capacity: max(batchCount, 1))
        self.batches.initialize(repeating: Batch(), count: batchCount)
        resourceCount = plan.resources.count
        resources = .allocate(capacity: max(resourceCount, 1))
        resources.initialize(repeating: Resource(), count: max(resourceCount, 1))
        for (index, resource) in plan.resources.enumerated() {
            resources[index].units = Int32(resource.units)
            resources[index].costPerHour = resource.costPerHour
        }
        donorFactors = .allocate(capacity: program.donors)
        donorFactors.initialize(repeating: (1, 1), count: program.donors)
        let calendarDays = plan.calendar.daysToWork()
        worksEveryDay = !calendarDays.contains { $0 > 0 }
        daysToWork = Self.copied(calendarDays)
        let ahead = program.ahead
        numberCount = ahead.numberCount
        eventCount = ahead.eventCount
        factorCount = ahead.factorCount
        normalCount = ahead.normalCount
        numbers = .allocate(capacity: batchCount * numberCount + 1)
        events = .allocate(capacity: batchCount * eventCount + 1)
        aheadBlocks = Self.copied(ahead.blocks)
        blockCount = ahead.blocks.count
        aheadWords = Self.copied(ahead.words)
        parameters = Self.copied(ahead.parameters)
        words = .allocate(capacity: 2 * blockCount + 1)
        normals = .allocate(capacity: numberCount + 1)
        outer = .allocate(capacity: numberCount + 1)
        // Besides the batches, the patients have an event of their own.
        heap = EventHeap(capacity: batchCount + 2)
        end = Int32(program.instructions.count - 1)
        opens = plan.calendar.opens
        closes = plan.calendar.closes
        stagger = plan.schedule.stagger
        firstBatchEntity = plan.draws.firstBatch
        supply = SupplyState(plan)
    }

    deinit {
        code.deallocate()
        crew.deallocate()
        draws.deallocate()
        batches.deallocate()
        resources.deallocate()
        donorFactors.deallocate()
        daysToWork.deallocate()
        numbers.deallocate()
        events.deallocate()
        aheadBlocks.deallocate()
        aheadWords.deallocate()
        parameters.deallocate()
        words.deallocate()
        normals.deallocate()
        outer.deallocate()
    }

    private static func copied<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(array.count, 1))
        array.withUnsafeBufferPointer { source in
            if let base = source.baseAddress {
                pointer.initialize(from: base, count: array.count)
            }
        }
        return pointer
    }

    // MARK: A replication

    /// Runs one replication and writes its numbers into `row`, which has `columns.count` places.
    mutating func run(_ stream: DrawStream, into row: UnsafeMutablePointer<Double>) {
        self.stream = stream
        reset()
        row.initialize(repeating: 0, count: columns.count)
        stockUp(row)
        let patients = Int32(batchCount)
        scheduleStart(of: 0)
        if supply.hasDemand { schedulePatient(patients) }
        while true {
            let batch: Int32
            if readyHead >= 0 {
                batch = readyHead
                readyHead = batches[Int(batch)].behind
            } else if let event = heap.next() {
                now = event.time
                batch = event.entity
                if batch == patients {
                    patientComes(row)
                    schedulePatient(patients)
                    continue
                }
            } else {
                break
            }
            resume(batch, row)
        }
        close(row)
    }

    private mutating func reset() {
        now = 0
        heap.reset()
        readyHead = -1
        inProcessCount = 0
        inProcessChangedAt = 0
        nextStart = 0
        for index in 0..<resourceCount {
            let units = resources[index].units
            let cost = resources[index].costPerHour
            resources[index] = Resource(units: units, free: units, costPerHour: cost)
        }
        drawDonors()
        supply.reset()
    }

    private mutating func drawDonors() {
        let plan = program.plan
        var sdYield = 0.0
        if case .tissue(_, let sd, _) = plan.material.origin { sdYield = sd }
        for donor in 0..<program.donors {
            let entity = plan.draws.firstDonor &+ UInt32(donor)
            let yield = isMedian ? 0 : stream.normal(entity: entity, slot: program.donorYieldSlot)
            let growth = isMedian ? 0 : stream.normal(entity: entity, slot: program.donorGrowthSlot)
            donorFactors[donor] = (
                Elementary.exp(sdYield * yield),
                Elementary.exp(plan.growth.sdLogDonor * growth)
            )
        }
    }

    private mutating func close(_ row: UnsafeMutablePointer<Double>) {
        row[.cost] += program.plan.fixedCost
        var waiting = 0.0
        for index in 0..<resourceCount {
            let resource = resources[index]
            waiting += resource.waiting
            row[columns.place(of: .busy, resource: index)] = resource.busy
            row[columns.place(of: .waiting, resource: index)] = resource.waiting
            row[columns.place(of: .queue, resource: index)] = resource.queue
        }
        row[.waiting] = waiting
        closeSupply(row)
    }

    // MARK: Starts

    mutating func scheduleStart(of batch: Int) {
        guard batch < batchCount else { return }
        let time: Double
        switch program.plan.schedule.starts {
        case .every(let hours): time = Double(batch) * hours
        case .at(let times): time = times[batch]
        case .atRandom(let mean):
            let uniform =
                isMedian
                ? 0.5
                : stream.uniform(
                    entity: DrawLayout.startEntity,
                    slot: DrawSlot(number: UInt64(batch)) ?? DrawSlot(path: ""))
            nextStart -= mean * Elementary.log(1 - uniform)
            time = nextStart
        }
        batches[batch].place = 0
        heap.schedule(Int32(batch), at: time + stagger * Double(batch + 1))
    }

    mutating func countInProcess(_ change: Double, _ row: UnsafeMutablePointer<Double>) {
        row[.inProcess] += inProcessCount * (now - inProcessChangedAt)
        inProcessChangedAt = now
        inProcessCount += change
    }
}

extension UnsafeMutablePointer<Double> {
    /// A number of a row.
    @inline(__always)
    subscript(column: CampaignColumns.Column) -> Double {
        get { self[column.rawValue] }
        nonmutating set { self[column.rawValue] = newValue }
    }
}
