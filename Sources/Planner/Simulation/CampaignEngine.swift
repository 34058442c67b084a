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
    /// The state of one batch.
    struct Batch {
        var place: Int32 = 0
        /// Units asked for in a queue.
        var need: Int32 = 0
        /// The batch behind in a queue.
        var behind: Int32 = -1
        /// How many of the crew are there.
        var present: Int32 = 0
        /// Places it keeps, and of which resource.
        var kept: Int32 = 0
        var keptResource: Int32 = 0
        /// Feeds or repetitions so far.
        var turn: Int32 = 0
        var donor: Int32 = 0
        /// The occupancy whose factors are at hand.
        var group: Int32 = -1
        var cause: UInt8 = 0
        var isContaminated = false
        var cells = 0.0
        var area = 0.0
        var cost = 0.0
        var waitsSince = 0.0
        var keptSince = 0.0
        var ripeAt = 0.0
        /// Cells on each cm² when the culture is ready, unless growth ends before.
        var ripeDensity = 0.0
        var doublingTime = 0.0
        var growth = 0.0
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
    let blocks: UnsafeMutablePointer<UInt32>
    let blockCount: Int
    let batches: UnsafeMutablePointer<Batch>
    let resources: UnsafeMutablePointer<Resource>
    let resourceCount: Int
    let donorFactors: UnsafeMutablePointer<(cells: Double, doublingTime: Double)>
    let daysToWork: UnsafeMutablePointer<Int32>
    /// The words of each block of each batch, and the run in which they were drawn.
    let words: UnsafeMutablePointer<(even: UInt64, odd: UInt64)>
    let drawnIn: UnsafeMutablePointer<UInt32>
    var run: UInt32 = 0
    /// Factors worked out ahead, `factorCount` places for each batch and one set for work.
    let factors: UnsafeMutablePointer<Double>
    let factorCount: Int
    let factorList: UnsafeMutablePointer<CampaignProgram.Factor>

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
        blocks = Self.copied(program.blocks)
        blockCount = program.blocks.count
        self.batches = .allocate(capacity: batchCount)
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
        words = .allocate(capacity: batchCount * blockCount + 1)
        drawnIn = .allocate(capacity: batchCount * blockCount + 1)
        drawnIn.initialize(repeating: 0, count: batchCount * blockCount + 1)
        factorCount = program.factorsAtOnce
        factors = .allocate(capacity: (batchCount + 1) * factorCount + 1)
        factorList = Self.copied(program.factors)
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
        blocks.deallocate()
        batches.deallocate()
        resources.deallocate()
        donorFactors.deallocate()
        daysToWork.deallocate()
        words.deallocate()
        drawnIn.deallocate()
        factors.deallocate()
        factorList.deallocate()
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
        run &+= 1
        if run == 0 {
            // The stamp has gone round: none of the old ones may count.
            drawnIn.update(repeating: 0, count: batchCount * blockCount + 1)
            run = 1
        }
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

    private func drawDonors() {
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
