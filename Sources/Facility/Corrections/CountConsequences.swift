package import Quantities

/// What follows from a corrected count, and from the corrected share of a split: values that were worked
/// out, contents of filled containers, and the doublings of all that was made of them.
extension SiteState {
    func afterCount(
        _ id: BatchID, _ step: String, _ index: Int, in next: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        try next.batches[id]?.steps[step]?.counts[index].requireCells()
        return try regrown(from: id, in: next, at: moment)
    }

    func afterSplit(
        _ id: BatchID, _ index: Int, in next: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        guard let batch = next.batches[id] else { return [] }
        // A later split measured in the same vessels shared what this one had left.
        for parting in batch.partings[index...] {
            guard let share = parting.share else { continue }
            _ = try batch.requireShare(share, at: parting.stamp.entry)
        }
        return try regrown(from: id, in: next, at: moment)
    }

    /// What is worked out again for `first` and for every batch that goes on with its cells: pools of
    /// it, and batches made of the containers it filled.
    private func regrown(
        from first: BatchID, in next: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        let stamp = Stamp(of: moment, on: self)
        var next = next
        var facts: [any Fact] = []
        // A pool is looked at once, after all that went into it.
        var regrown: Set<BatchID> = [first]
        for id in lineage(of: first) where regrown.contains(id) {
            guard let after = next.batches[id] else { continue }
            let before = try batch(id)
            let opened = facts.count { $0 is DeviationOpened }
            var own = try recalculated(after, in: next, after: opened)
            let was = growth(of: before).cumulative
            let doublings = next.growth(of: after).cumulative
            if doublings != was, let step = try lastCounted(after) {
                own += try overLimit(doublings, in: after, step, after: facts + own)
            }
            if next.isolationYield(of: after) != isolationYield(of: before),
                let step = try lastCounted(after)
            {
                own += yieldEvent(of: after, step, in: next, after: facts + own)
            }
            own += try recontents(
                of: after, in: next, after: opened + own.count { $0 is DeviationOpened })
            if doublings != was {
                own += after.outputs.chunks(of: HoldPlaced.containersMax).map {
                    ContentsCorrected(batch: id, containers: $0, cells: nil, doublings: doublings)
                }
                if id != first {
                    own += regrownAfterRelease(
                        before, doublings, was, because: first, after: facts + own)
                }
                regrown.formUnion(batches(goingOnWith: after))
            }
            for fact in own { fact.apply(to: &next, at: stamp) }
            facts += own
        }
        return facts
    }

    /// Every value of `batch` that some count gives, worked out again: a later one may rest on the
    /// count that was corrected.
    private func recalculated(
        _ batch: Batch, in next: SiteState, after opened: Int
    ) throws(Rejection) -> [any Fact] {
        var facts: [any Fact] = []
        for step in try stage(of: batch).steps {
            guard let record = batch.steps[step.id] else { continue }
            var values: [String: (parameter: MasterParameter, value: Quantity)] = [:]
            for count in record.counts {
                for value in next.values(after: count, in: batch, step) {
                    values[value.parameter.id] = value
                }
            }
            let inOrder = values.sorted { $0.key < $1.key }.map(\.value)
            facts += try judged(
                inOrder, in: batch, step, record,
                after: opened + facts.count { $0 is DeviationOpened })
        }
        return facts
    }

    /// The step in which cells of `batch` were counted last.
    private func lastCounted(_ batch: Batch) throws(Rejection) -> MasterStep? {
        let steps = try stage(of: batch).steps
        return steps.last { batch.steps[$0.id]?.counts.isEmpty == false }
            ?? steps.last { batch.steps[$0.id] != nil }
    }

    /// `first` and every batch that its cells went on into, each after all of these that it was made
    /// of: the reverse of the order in which a search in depth leaves them (R. Tarjan,
    /// doi:10.1137/0201010).
    package func lineage(of first: BatchID) -> [BatchID] {
        var left: [BatchID] = []
        var seen: Set<BatchID> = [first]
        var path = [(id: first, ahead: batches[first].map(batches(goingOnWith:)) ?? [])]
        while let last = path.last {
            guard let next = last.ahead.last else {
                left.append(last.id)
                path.removeLast()
                continue
            }
            path[path.count - 1].ahead.removeLast()
            guard seen.insert(next).inserted, let batch = batches[next] else { continue }
            path.append((next, batches(goingOnWith: batch)))
        }
        return left.reversed()
    }

    /// The batches that the cells of `batch` went on into.
    private func batches(goingOnWith batch: Batch) -> [BatchID] {
        let used = batch.outputs.compactMap { id -> BatchID? in
            guard case .consumed(let user)? = containers[id]?.location else { return nil }
            return user
        }
        let pools = genealogy.children(of: batch.id.text).compactMap {
            batches[BatchID(unchecked: $0)]
        }.filter { $0.pooledFrom.contains(batch.id) }.map(\.id)
        // A batch that was split after it used a container has the container in each of its parts.
        return Set(pools + used.flatMap { [$0] + parts(of: $0) }).sorted()
    }

    /// The event of a batch that somebody answered for with other doublings before their eyes.
    private func regrownAfterRelease(
        _ batch: Batch, _ doublings: Quantity, _ was: Quantity, because first: BatchID,
        after facts: [any Fact]
    ) -> [any Fact] {
        guard batch.status.isAnsweredFor else { return [] }
        return [
            event(
                .entryCorrected, batch.id,
                "cumulative population doublings \(doublings) and not \(was), by a correction in "
                    + "'\(first)' after the batch was \(batch.status.rawValue)",
                rule: "pdl-limit-kept", after: facts.count { $0 is DeviationOpened })
        ]
    }

    /// The contents of filled containers that rest on a corrected count.
    private func recontents(
        of batch: Batch, in next: SiteState, after opened: Int
    ) throws(Rejection) -> [any Fact] {
        guard let first = batch.outputs.first.flatMap({ containers[$0] }),
            let recorded = try? first.cells?.doubleValue(in: .cells),
            let step = try stage(of: batch).steps.first(where: \.fillsContainers),
            let old = self.batches[batch.id]?.steps[step.id], let new = batch.steps[step.id],
            let current = self.batches[batch.id]
        else { return [] }
        let count = batch.outputs.count
        var was = try content(of: count, volume: nil, in: current, step, old)
        let volume = Self.typedVolume(recorded, was, old)
        if volume != nil { was = try content(of: count, volume: volume, in: current, step, old) }
        let content: FilledContent
        do throws(Rejection) {
            content = try next.content(of: count, volume: volume, in: batch, step, new)
        } catch {
            return [
                event(
                    .entryCorrected, batch.id, step: step.id,
                    "the correction does not bear out the fill: \(error.message)",
                    rule: "yield-in-range", after: opened)
            ]
        }
        guard abs(content.cells - was.cells) > 1e-9 * was.cells else { return [] }
        let cells = FilledContent.quantity(of: recorded * content.cells / was.cells)
        return batch.outputs.chunks(of: HoldPlaced.containersMax).map {
            ContentsCorrected(batch: batch.id, containers: $0, cells: cells, doublings: nil)
        } + [
            event(
                .entryCorrected, batch.id, step: step.id,
                "\(cells) in a container by the correction, "
                    + "\(first.cells?.description ?? "none") was recorded",
                rule: "spec-dose-viable", after: opened)
        ]
    }

    /// The volume of a container that was entered with its fill, told from what was recorded for each:
    /// `nil` where the record says the volume, or the number of containers shared the cells out.
    private static func typedVolume(
        _ recorded: Double, _ byNumber: FilledContent, _ record: StepRecord
    ) -> Quantity? {
        // A content is recorded in three figures.
        guard byNumber.sharedOut != nil, abs(recorded - byNumber.cells) > 0.006 * byNumber.cells,
            let count = record.counts.last(where: { $0.point == .formulated }),
            let cells = count.viableCells, cells > 0, let millilitre = try? Unit("mL"),
            let suspension = try? count.volume.doubleValue(in: millilitre),
            let volume = ExactDecimal(recorded / cells * suspension, decimals: 6)
        else { return nil }
        return Quantity(volume, millilitre)
    }
}

/// The contents of filled containers followed a corrected count.
package struct ContentsCorrected: Fact {
    package static let kind = "batch.contents-corrected/1"
    package var batch: BatchID
    package var containers: [ContainerID]
    /// Viable cells in each; `nil` when they stay.
    package var cells: Quantity?
    /// Cumulative population doublings of the cells; `nil` when they stay.
    package var doublings: Quantity?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers {
            if let cells { site.containers[container]?.cells = cells }
            if let doublings { site.containers[container]?.doublings = doublings }
        }
    }
}
