/// Draws of a batch, and the resources that batches share.
extension CampaignEngine {
    // MARK: Draws

    // These change nothing, and are mutating all the same: the compiler copies the whole engine
    // for a call that only borrows it.

    /// The uniform draw at a place in the list of draws of a batch.
    @inline(__always)
    mutating func uniform(_ batch: Int, _ draw: Int32) -> Double {
        let place = draws[Int(draw)].place
        return place >= 0 ? numbers[batch &* numberCount &+ Int(place)] : lateUniform(batch, draw)
    }

    /// A normal draw.
    @inline(__always)
    mutating func normal(_ batch: Int, _ draw: Int32) -> Double {
        let place = draws[Int(draw)].place
        return place >= 0
            ? numbers[batch &* numberCount &+ Int(place)]
            : InverseNormal.quantile(lateUniform(batch, draw))
    }

    /// A lognormal factor with median 1.
    @inline(__always)
    mutating func factor(_ spread: Double, _ batch: Int, _ draw: Int32) -> Double {
        let place = draws[Int(draw)].place
        return place >= 0
            ? numbers[batch &* numberCount &+ Int(place)] : lateFactor(spread, batch, draw)
    }

    /// A draw that was not made when the batch began.
    @inline(never)
    private mutating func lateUniform(_ batch: Int, _ draw: Int32) -> Double {
        if isMedian { return 0.5 }
        let draw = draws[Int(draw)]
        let pair = stream.block(
            draw.block, entity: firstBatchEntity &+ UInt32(truncatingIfNeeded: batch))
        return Uniform.draw(draw.isOdd ? pair.odd : pair.even)
    }

    @inline(never)
    private mutating func lateFactor(_ spread: Double, _ batch: Int, _ draw: Int32) -> Double {
        Elementary.exp(spread * InverseNormal.quantile(lateUniform(batch, draw)))
    }

    @inline(__always)
    mutating func sample(_ sampler: Sampler, _ batch: Int, _ draw: Int32) -> Double {
        if sampler.isFixed { return sampler.value }
        if sampler.isLognormal { return sampler.value * factor(sampler.spread, batch, draw) }
        if sampler.usesNormal { return sampler.value(atNormal: normal(batch, draw)) }
        return sampler.value(atUniform: uniform(batch, draw))
    }

    /// Whether something of this probability happens.
    @inline(__always)
    mutating func happens(_ probability: Double, _ batch: Int, _ draw: Int32) -> Bool {
        guard probability > 0 else { return false }
        let place = draws[Int(draw)].place
        return place >= 0
            ? events[batch &* eventCount &+ Int(place)]
            : happensLate(probability, batch, draw)
    }

    @inline(never)
    private mutating func happensLate(
        _ probability: Double, _ batch: Int, _ draw: Int32
    ) -> Bool {
        isMedian ? probability >= 1 : lateUniform(batch, draw) < probability
    }

    /// Makes the draws of a batch that begins. The loops are apart so that each is a row of
    /// independent operations without a branch that cannot be foreseen; the outer 15 % of normals are gathered
    /// and mended in between.
    mutating func drawAhead(_ batch: Int) {
        let numbers = self.numbers + batch &* numberCount
        let events = self.events + batch &* eventCount
        if isMedian {
            for index in 0..<numberCount {
                numbers[index] = index < factorCount ? 1 : index < normalCount ? 0 : 0.5
            }
            for index in 0..<eventCount { events[index] = parameters[numberCount &+ index] >= 1 }
            return
        }
        stream.fill(
            words, blocks: aheadBlocks, count: blockCount,
            entity: firstBatchEntity &+ UInt32(truncatingIfNeeded: batch))
        for index in 0..<numberCount {
            numbers[index] = Uniform.draw(words[Int(aheadWords[index])])
        }
        for index in 0..<eventCount {
            let uniform = Uniform.draw(words[Int(aheadWords[numberCount &+ index])])
            events[index] = uniform < parameters[numberCount &+ index]
        }
        for index in 0..<normalCount {
            normals[index] = InverseNormal.central(numbers[index] - 0.5)
        }
        var outerCount = 0
        for index in 0..<normalCount {
            outer[outerCount] = Int32(truncatingIfNeeded: index)
            outerCount &+= InverseNormal.isCentral(numbers[index] - 0.5) ? 0 : 1
        }
        for place in 0..<outerCount {
            let index = Int(outer[place])
            normals[index] = InverseNormal.tail(numbers[index], numbers[index] - 0.5)
        }
        for index in 0..<factorCount {
            numbers[index] = Elementary.nearExp(parameters[index] * normals[index])
        }
        for index in factorCount..<normalCount { numbers[index] = normals[index] }
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
