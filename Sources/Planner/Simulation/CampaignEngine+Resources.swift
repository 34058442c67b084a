/// Draws of a batch, and the resources that batches share.
extension CampaignEngine {
    // MARK: Draws

    /// The uniform draw at a place in the list of draws of a batch.
    @inline(__always)
    mutating func uniform(_ batch: Int, _ draw: Int32) -> Double {
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
    mutating func sample(_ sampler: Sampler, _ batch: Int, _ draw: Int32) -> Double {
        if sampler.isFixed { return sampler.value }
        if sampler.isLognormal { return sampler.value * factor(sampler.spread, batch, draw) }
        return sampler.sample(uniform(batch, draw))
    }

    /// A lognormal factor with median 1: at hand, or worked out now.
    @inline(__always)
    mutating func factor(_ spread: Double, _ batch: Int, _ draw: Int32) -> Double {
        let place = draws[Int(draw)]
        if place.group >= 0, batches[batch].group == place.group {
            return factors[batch &* factorCount &+ Int(place.ahead)]
        }
        return Elementary.exp(spread * InverseNormal.quantile(uniform(batch, draw)))
    }

    /// Works out the factors of an occupancy. The loops are apart so that each is a row of
    /// independent operations without a branch; the outer 15 % of normals are mended at the end.
    mutating func lookAhead(
        _ batch: Int, _ step: UnsafeMutablePointer<CampaignProgram.Instruction>, group: Int32
    ) {
        let count = Int(step.pointee.crewCount)
        guard count > 0, !isMedian else { return }
        let list = factorList + Int(step.pointee.crewStart)
        let result = factors + batch &* factorCount
        let uniforms = factors + batchCount &* factorCount
        for index in 0..<count { uniforms[index] = uniform(batch, list[index].draw) }
        for index in 0..<count {
            let normal = InverseNormal.central(uniforms[index] - 0.5)
            result[index] = Elementary.nearExp(list[index].spread * normal)
        }
        for index in 0..<count where !InverseNormal.isCentral(uniforms[index] - 0.5) {
            let normal = InverseNormal.tail(uniforms[index], uniforms[index] - 0.5)
            result[index] = Elementary.exp(list[index].spread * normal)
        }
        batches[batch].group = group
    }

    /// Whether something of this probability happens.
    @inline(__always)
    mutating func happens(_ probability: Double, _ batch: Int, _ draw: Int32) -> Bool {
        guard !isMedian else { return probability >= 1 }
        return probability > 0 && uniform(batch, draw) < probability
    }

    // MARK: Resources

    /// Takes units at once, or puts the batch at the end of the queue.
    @inline(__always)
    mutating func take(_ units: Int32, of resource: Int32, for batch: Int32) -> Bool {
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
    mutating func count(_ resource: UnsafeMutablePointer<Resource>, _ change: Int32) {
        resource.pointee.queue +=
            Double(resource.pointee.waitingCount) * (now - resource.pointee.changedAt)
        resource.pointee.changedAt = now
        resource.pointee.waitingCount &+= change
    }

    /// Gives units back and lets those at the head of the queue go on, while there is enough.
    @inline(__always)
    mutating func free(_ units: Int32, of resource: Int32) {
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
    mutating func makeReady(_ batch: Int32) {
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
    mutating func nextShift(_ batch: Int32) -> Double {
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
}
