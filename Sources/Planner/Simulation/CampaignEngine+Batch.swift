/// What a batch does at each instruction.
extension CampaignEngine {
    /// Lets a batch go on until time has to pass or it has to wait.
    mutating func resume(_ batch: Int32, _ row: UnsafeMutablePointer<Double>) {
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
                state.pointee.keptResource = UInt8(truncatingIfNeeded: step.pointee.resource)
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
                state.pointee.cost += state.pointee.area * step.pointee.a
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
                if Int32(state.pointee.turn) < step.pointee.turns,
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
                if state.pointee.isTooSlow {
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
        drawAhead(index)
        let donor = program.donorOfBatch[index]
        var fresh = Batch()
        fresh.donor = donor
        fresh.startedAt = now
        let factors = donorFactors[Int(donor)]
        if step.pointee.c > 0 {
            fresh.factor = Elementary.exp(
                step.pointee.c * normal(index, step.pointee.draw))
        }
        if case .keep = step.pointee.effect {
            fresh.cells =
                step.pointee.a * sample(step.pointee.sampler, index, step.pointee.secondDraw)
        } else {
            fresh.cells = step.pointee.a * factors.cells
            if step.pointee.b > 0 {
                fresh.cells *= Elementary.exp(
                    step.pointee.b * normal(index, step.pointee.secondDraw))
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
        var present = Int32(state.pointee.present)
        while present < step.pointee.crewCount {
            let use = first[Int(present)]
            present &+= 1
            guard take(use.units, of: use.resource, for: batch) else {
                state.pointee.present = Int16(truncatingIfNeeded: present)
                return false
            }
            if readyHead >= 0 {
                state.pointee.present = Int16(truncatingIfNeeded: present)
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
            let density = min(step.pointee.b, state.pointee.ripeDensity * growth)
            let recovery = sample(step.pointee.secondSampler, index, step.pointee.secondDraw)
            state.pointee.cells = state.pointee.area * density * recovery
        case .keep:
            state.pointee.cells *= sample(
                step.pointee.secondSampler, index, step.pointee.secondDraw)
        case .collect:
            let perArea = sample(step.pointee.secondSampler, index, step.pointee.secondDraw)
            state.pointee.cells = state.pointee.area * perArea
        case .none, .fill: break
        }
        state.pointee.cells = max(state.pointee.cells - step.pointee.c, 0)
        state.pointee.duration = sample(
            step.pointee.sampler, index, step.pointee.draw &+ Int32(state.pointee.turn))
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
            let filled = state.pointee.cells / (filling.cellsPerVial * filling.overfill)
            state.pointee.vials = min(filled.rounded(.down), Double(filling.vialsAtMost))
        }
        state.pointee.cost += duration * step.pointee.a + state.pointee.area * step.pointee.b
        state.pointee.cost += step.pointee.c + state.pointee.vials * step.pointee.d
        let turn = Int32(state.pointee.turn)
        if happens(step.pointee.e, index, step.pointee.secondDraw &+ turn) {
            state.pointee.isContaminated = true
        }
        if step.pointee.isFeed {
            state.pointee.turn = Int16(truncatingIfNeeded: turn &+ 1)
            return step.pointee.next
        }
        if step.pointee.turns > 0 {
            if happens(step.pointee.sampler.value, index, step.pointee.fourthDraw &+ turn) {
                if turn < step.pointee.turns {
                    state.pointee.turn = Int16(truncatingIfNeeded: turn &+ 1)
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
                isHold: step.pointee.code == .waited, start: now - duration, end: now))
        let first = crew + Int(step.pointee.crewStart)
        for member in 0..<Int(step.pointee.crewCount) {
            tracedUses.append(
                TracedUse(
                    batch: batch, resource: first[member].resource, units: first[member].units,
                    start: now - duration, end: now))
        }
    }

    @inline(__always)
    private mutating func vacate(_ index: Int) {
        let state = batches + index
        let units = state.pointee.kept
        guard units > 0 else { return }
        let unitHours = Double(units) * (now - state.pointee.keptSince)
        let resource = Int32(state.pointee.keptResource)
        if isTracing {
            tracedUses.append(
                TracedUse(
                    batch: Int32(index), resource: resource, units: units,
                    start: state.pointee.keptSince, end: now))
        }
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
            spread = factor(step.pointee.b, index, step.pointee.draw)
        }
        let growth: Double
        switch step.pointee.growth {
        case .outgrowth:
            state.pointee.doublingTime = step.pointee.a * donor
            growth = step.pointee.c * donor * spread
        case .expansion:
            state.pointee.doublingTime =
                step.pointee.a * donor * state.pointee.factor * spread
            growth = step.pointee.c + state.pointee.doublingTime * step.pointee.d
            state.pointee.ripeDensity = step.pointee.e
        case .course:
            state.pointee.doublingTime =
                step.pointee.a * donor * state.pointee.factor * spread
            growth = step.pointee.c
            state.pointee.ripeDensity =
                state.pointee.cells / state.pointee.area * step.pointee.e
                * Elementary.exp2(step.pointee.d / state.pointee.doublingTime)
        }
        state.pointee.isTooSlow = growth > step.pointee.limit
        state.pointee.ripeAt = now + growth
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
