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
        var cause: UInt8 = 0
        var isContaminated = false
        var cells = 0.0
        var area = 0.0
        var cost = 0.0
        var waitsSince = 0.0
        var keptSince = 0.0
        var ripeAt = 0.0
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
        var start: Double
        var end: Double
    }

    let program: CampaignProgram
    let columns: CampaignColumns
    /// Whether every draw is one half, which gives medians.
    let isMedian: Bool
    private let batchCount: Int

    private let code: UnsafeMutablePointer<CampaignProgram.Instruction>
    private let crew: UnsafeMutablePointer<CampaignProgram.Use>
    private let draws: UnsafeMutablePointer<CampaignProgram.Draw>
    private let blocks: UnsafeMutablePointer<UInt32>
    private let blockCount: Int
    let batches: UnsafeMutablePointer<Batch>
    let resources: UnsafeMutablePointer<Resource>
    let resourceCount: Int
    private let donorFactors: UnsafeMutablePointer<(cells: Double, doublingTime: Double)>
    private let daysToWork: UnsafeMutablePointer<Int32>
    /// The words of each block of each batch, and the run in which they were drawn.
    private let words: UnsafeMutablePointer<(even: UInt64, odd: UInt64)>
    private let drawnIn: UnsafeMutablePointer<UInt32>
    private var run: UInt32 = 0

    var heap: EventHeap
    var now = 0.0
    /// Batches that go on at this moment, in order.
    private var readyHead: Int32 = -1
    private var readyTail: Int32 = -1
    private(set) var stream = DrawStream(seed: 0, replication: 0)
    private var inProcessCount = 0.0
    private var inProcessChangedAt = 0.0
    private var nextStart = 0.0
    private let end: Int32
    private let opens: Double
    private let closes: Double
    private let stagger: Double
    private let worksEveryDay: Bool
    private let firstBatchEntity: UInt32
    var supply: SupplyState
    /// Where operations are noted, if anyone asked.
    private(set) var trace: [Trace] = []
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

    private mutating func scheduleStart(of batch: Int) {
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

    private mutating func countInProcess(_ change: Double, _ row: UnsafeMutablePointer<Double>) {
        row[.inProcess] += inProcessCount * (now - inProcessChangedAt)
        inProcessChangedAt = now
        inProcessCount += change
    }

    // MARK: Draws

    /// The uniform draw at a place in the list of draws of a batch.
    @inline(__always)
    private mutating func uniform(_ batch: Int, _ draw: Int32) -> Double {
        if isMedian { return 0.5 }
        let draw = draws[Int(draw)]
        let place = batch &* blockCount &+ Int(draw.block)
        if drawnIn[place] != run {
            words[place] = stream.block(
                blocks[Int(draw.block)], entity: firstBatchEntity &+ UInt32(batch))
            drawnIn[place] = run
        }
        return Uniform.draw(draw.isOdd ? words[place].odd : words[place].even)
    }

    @inline(__always)
    private mutating func sample(_ sampler: Sampler, _ batch: Int, _ draw: Int32) -> Double {
        if sampler.isFixed { return sampler.value }
        return sampler.sample(uniform(batch, draw))
    }

    /// Whether something of this probability happens.
    @inline(__always)
    private mutating func happens(_ probability: Double, _ batch: Int, _ draw: Int32) -> Bool {
        guard !isMedian else { return probability >= 1 }
        return probability > 0 && uniform(batch, draw) < probability
    }

    // MARK: Resources

    /// Takes units at once, or puts the batch at the end of the queue.
    @inline(__always)
    private mutating func take(_ units: Int32, of resource: Int32, for batch: Int32) -> Bool {
        let resource = resources + Int(resource)
        if resource.pointee.head < 0, resource.pointee.free >= units {
            resource.pointee.free &-= units
            return true
        }
        batches[Int(batch)].need = units
        batches[Int(batch)].waitsSince = now
        batches[Int(batch)].behind = -1
        if resource.pointee.head < 0 {
            resource.pointee.head = batch
        } else {
            batches[Int(resource.pointee.tail)].behind = batch
        }
        resource.pointee.tail = batch
        count(resource, 1)
        return false
    }

    @inline(__always)
    private mutating func count(_ resource: UnsafeMutablePointer<Resource>, _ change: Int32) {
        resource.pointee.queue +=
            Double(resource.pointee.waitingCount) * (now - resource.pointee.changedAt)
        resource.pointee.changedAt = now
        resource.pointee.waitingCount &+= change
    }

    /// Gives units back and lets those at the head of the queue go on, while there is enough.
    @inline(__always)
    private mutating func free(_ units: Int32, of resource: Int32) {
        let resource = resources + Int(resource)
        resource.pointee.free &+= units
        while resource.pointee.head >= 0 {
            let first = resource.pointee.head
            let need = batches[Int(first)].need
            guard need <= resource.pointee.free else { break }
            resource.pointee.free &-= need
            resource.pointee.head = batches[Int(first)].behind
            resource.pointee.waiting += now - batches[Int(first)].waitsSince
            count(resource, -1)
            makeReady(first)
        }
    }

    @inline(__always)
    private mutating func makeReady(_ batch: Int32) {
        batches[Int(batch)].behind = -1
        if readyHead < 0 {
            readyHead = batch
        } else {
            batches[Int(readyTail)].behind = batch
        }
        readyTail = batch
    }

    /// When work may begin at the earliest: now, or when the next shift opens.
    @inline(__always)
    private mutating func nextShift(_ batch: Int32) -> Double {
        let days = Int(now * (1.0 / 24))
        let day = Double(days)
        let hour = now - 24 * day
        if worksEveryDay {
            if hour >= opens, hour <= closes { return now }
            return (hour < opens ? 24 * day : 24 * day + 24) + opens
                + stagger * Double(batch + 1)
        }
        if daysToWork[days % WorkCalendar.daysInYear] == 0, hour <= closes {
            return hour >= opens ? now : 24 * day + opens + stagger * Double(batch + 1)
        }
        let later = daysToWork[(days + 1) % WorkCalendar.daysInYear]
        return 24 * (day + 1 + Double(later)) + opens + stagger * Double(batch + 1)
    }

    // MARK: A batch goes on

    /// Lets a batch go on until time has to pass or it has to wait.
    private mutating func resume(_ batch: Int32, _ row: UnsafeMutablePointer<Double>) {
        let index = Int(batch)
        let state = batches + index
        var place = state.pointee.place
        while true {
            let step = code + Int(place)
            switch step.pointee.code {
            case .begin:
                guard begin(batch, step, row) else { return }
            case .occupy:
                let area =
                    step.pointee.isWholeArea
                    ? step.pointee.a : min(state.pointee.cells / step.pointee.c, step.pointee.a)
                state.pointee.area = area
                let places = area / step.pointee.b
                let whole = Int32(places)
                let units = Double(whole) < places ? whole &+ 1 : whole
                state.pointee.kept = units
                state.pointee.keptResource = step.pointee.resource
                if !take(units, of: step.pointee.resource, for: batch) {
                    state.pointee.place = step.pointee.next
                    return
                }
                if readyHead >= 0 {
                    state.pointee.place = step.pointee.next
                    makeReady(batch)
                    return
                }
            case .occupied:
                state.pointee.keptSince = now
            case .shift:
                let time = nextShift(batch)
                if time > now {
                    state.pointee.place = step.pointee.next
                    heap.schedule(batch, at: time)
                    return
                }
            case .start:
                guard takeCrew(batch, step) else {
                    state.pointee.place = place
                    return
                }
                start(index, step)
                state.pointee.place = step.pointee.next
                heap.schedule(batch, at: now + state.pointee.duration)
                return
            case .finish:
                place = finish(batch, step, row)
                if step.pointee.yields, readyHead >= 0 {
                    state.pointee.place = place
                    makeReady(batch)
                    return
                }
                continue
            case .vacate: vacate(index)
            case .check:
                if state.pointee.isContaminated {
                    state.pointee.cause = UInt8(BatchLoss.contamination.rawValue)
                }
                if state.pointee.cause != 0 {
                    place = end
                    continue
                }
            case .culture: grow(index, step)
            case .tend:
                if state.pointee.turn < step.pointee.turns,
                    now + step.pointee.a < state.pointee.ripeAt
                {
                    state.pointee.place = step.pointee.next
                    heap.schedule(batch, at: now + step.pointee.a)
                    return
                }
                place = step.pointee.other
                if state.pointee.ripeAt > now {
                    state.pointee.place = place
                    heap.schedule(batch, at: state.pointee.ripeAt)
                    return
                }
                continue
            case .ripe:
                state.pointee.turn = 0
                if state.pointee.growth > step.pointee.a {
                    state.pointee.cause = UInt8(BatchLoss.growth.rawValue)
                }
            case .wait:
                state.pointee.duration = sample(step.pointee.sampler, index, step.pointee.draw)
                state.pointee.place = step.pointee.next
                heap.schedule(batch, at: now + state.pointee.duration)
                return
            case .waited:
                if isTracing { note(batch, step, state.pointee.duration) }
            case .judge: judge(index, step)
            case .end:
                finishBatch(index, row)
                return
            }
            place = step.pointee.next
        }
    }

    /// Starts a batch; false when it is not started.
    private mutating func begin(
        _ batch: Int32, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>,
        _ row: UnsafeMutablePointer<Double>
    ) -> Bool {
        let index = Int(batch)
        scheduleStart(of: index + 1)
        guard supplyWants(row), drawsFromBank(row) else { return false }
        let donor = program.donorOfBatch[index]
        var fresh = Batch()
        fresh.donor = donor
        fresh.startedAt = now
        let factors = donorFactors[Int(donor)]
        if step.pointee.c > 0 {
            fresh.factor = Elementary.exp(
                step.pointee.c * InverseNormal.quantile(uniform(index, step.pointee.draw)))
        }
        if case .keep = step.pointee.effect {
            fresh.cells =
                step.pointee.a * sample(step.pointee.sampler, index, step.pointee.secondDraw)
        } else {
            fresh.cells = step.pointee.a * factors.cells
            if step.pointee.b > 0 {
                let normal = InverseNormal.quantile(uniform(index, step.pointee.secondDraw))
                fresh.cells *= Elementary.exp(step.pointee.b * normal)
            }
        }
        fresh.cost = step.pointee.d
        batches[index] = fresh
        row[.started] += 1
        countInProcess(1, row)
        return true
    }

    /// Takes what is still missing of a crew; false when the batch has to wait.
    @inline(__always)
    private mutating func takeCrew(
        _ batch: Int32, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>
    ) -> Bool {
        let state = batches + Int(batch)
        let first = crew + Int(step.pointee.crewStart)
        var present = state.pointee.present
        while present < step.pointee.crewCount {
            let use = first[Int(present)]
            present &+= 1
            guard take(use.units, of: use.resource, for: batch) else {
                state.pointee.present = present
                return false
            }
            if readyHead >= 0 {
                state.pointee.present = present
                makeReady(batch)
                return false
            }
        }
        state.pointee.present = 0
        return true
    }

    @inline(__always)
    private mutating func start(
        _ index: Int, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>
    ) {
        let state = batches + index
        switch step.pointee.effect {
        case .harvest:
            let growth = Elementary.exp2(
                (now - state.pointee.ripeAt) / state.pointee.doublingTime)
            let density = min(step.pointee.b, step.pointee.a * growth)
            let recovery = sample(step.pointee.secondSampler, index, step.pointee.secondDraw)
            state.pointee.cells = state.pointee.area * density * recovery
        case .keep:
            state.pointee.cells *= sample(
                step.pointee.secondSampler, index, step.pointee.secondDraw)
        case .none, .fill: break
        }
        state.pointee.duration = sample(
            step.pointee.sampler, index, step.pointee.draw &+ state.pointee.turn)
    }

    /// Ends an operation; gives the place where the batch goes on.
    @inline(__always)
    private mutating func finish(
        _ batch: Int32, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>,
        _ row: UnsafeMutablePointer<Double>
    ) -> Int32 {
        let index = Int(batch)
        let state = batches + index
        let duration = state.pointee.duration
        if isTracing { note(batch, step, duration) }
        let first = crew + Int(step.pointee.crewStart)
        for member in 0..<Int(step.pointee.crewCount) {
            let use = first[member]
            resources[Int(use.resource)].busy += Double(use.units) * duration
            free(use.units, of: use.resource)
        }
        if step.pointee.effect == .fill {
            let filling = program.plan.filling
            state.pointee.vials =
                (state.pointee.cells
                / (filling.cellsPerVial * filling.overfill)).rounded(.down)
        }
        state.pointee.cost += duration * step.pointee.a + state.pointee.area * step.pointee.b
        state.pointee.cost += step.pointee.c + state.pointee.vials * step.pointee.d
        let turn = state.pointee.turn
        if happens(step.pointee.e, index, step.pointee.secondDraw &+ turn) {
            state.pointee.isContaminated = true
        }
        if step.pointee.isFeed {
            state.pointee.turn = turn &+ 1
            return step.pointee.next
        }
        if step.pointee.turns > 0 {
            if happens(step.pointee.sampler.value, index, step.pointee.fourthDraw &+ turn) {
                if turn < step.pointee.turns {
                    state.pointee.turn = turn &+ 1
                    return step.pointee.other
                }
                state.pointee.cause = UInt8(BatchLoss.noValidResult.rawValue)
                return end
            }
            state.pointee.turn = 0
        }
        if step.pointee.cause != 0,
            happens(step.pointee.secondSampler.value, index, step.pointee.thirdDraw)
        {
            state.pointee.cause = step.pointee.cause
            return end
        }
        return step.pointee.next
    }

    private mutating func note(
        _ batch: Int32, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>,
        _ duration: Double
    ) {
        trace.append(
            Trace(
                batch: batch, passage: step.pointee.passage, label: step.pointee.label,
                start: now - duration, end: now))
    }

    @inline(__always)
    private mutating func vacate(_ index: Int) {
        let state = batches + index
        let units = state.pointee.kept
        guard units > 0 else { return }
        let unitHours = Double(units) * (now - state.pointee.keptSince)
        let resource = state.pointee.keptResource
        resources[Int(resource)].busy += unitHours
        state.pointee.cost += unitHours * resources[Int(resource)].costPerHour
        state.pointee.kept = 0
        free(units, of: resource)
    }

    @inline(__always)
    private mutating func grow(
        _ index: Int, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>
    ) {
        let state = batches + index
        let donor = donorFactors[Int(state.pointee.donor)].doublingTime
        var spread = 1.0
        if step.pointee.b > 0 {
            spread = Elementary.exp(
                step.pointee.b * InverseNormal.quantile(uniform(index, step.pointee.draw)))
        }
        switch step.pointee.growth {
        case .outgrowth:
            state.pointee.doublingTime = step.pointee.a * donor
            state.pointee.growth = step.pointee.c * donor * spread
        case .expansion:
            state.pointee.doublingTime =
                step.pointee.a * donor * state.pointee.factor * spread
            state.pointee.growth =
                step.pointee.c + state.pointee.doublingTime * step.pointee.d
        case .course:
            state.pointee.doublingTime = step.pointee.a * donor * state.pointee.factor
            state.pointee.growth = step.pointee.c
        }
        state.pointee.ripeAt = now + state.pointee.growth
        state.pointee.turn = 0
    }

    private mutating func judge(
        _ index: Int, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>
    ) {
        let state = batches + index
        if state.pointee.isContaminated {
            state.pointee.cause = UInt8(BatchLoss.contamination.rawValue)
        }
        guard state.pointee.cause == 0 else { return }
        if happens(step.pointee.a, index, step.pointee.draw) {
            state.pointee.cause = UInt8(BatchLoss.outOfSpecification.rawValue)
        } else if state.pointee.vials < Double(program.plan.filling.leastVials) {
            state.pointee.cause = UInt8(BatchLoss.lowYield.rawValue)
        }
    }

    private mutating func finishBatch(_ index: Int, _ row: UnsafeMutablePointer<Double>) {
        // A batch that is lost on the way still keeps its places.
        vacate(index)
        let state = batches[index]
        if let loss = BatchLoss(rawValue: Int(state.cause)) {
            row[CampaignColumns.place(of: loss)] += 1
            batchIsLost()
        } else {
            let filling = program.plan.filling
            let vials = max(state.vials - Double(filling.vialsKept), 0)
            let doses =
                (vials * filling.cellsPerVial * filling.recovery
                / filling.cellsPerDose).rounded(.down)
            row[.released] += 1
            row[.vials] += vials
            row[.doses] += doses
            row[.cells] += state.cells
            batchIsReleased(vials: vials, doses: doses, row)
        }
        row[.cost] += state.cost
        row[.cycle] += now - state.startedAt
        row[.makespan] = max(row[.makespan], now)
        countInProcess(-1, row)
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
