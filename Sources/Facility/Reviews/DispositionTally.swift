import Guidance

/// How batches, banks or lots ended in a period, and by what causes some of them were lost.
///
/// The causes are read off the records: the results that failed, and the events whose conclusion was
/// rejection or that were open when the thing was disposed of. One loss may have several causes and
/// counts under each; which of them weighed most, no record says.
package struct DispositionTally: Codable, Hashable, Sendable {
    package var kind: Kind
    /// How many were opened, filled or received in the period.
    package var started: Int
    /// How many were released, or certified.
    package var released: Int
    package var rejected: Int
    /// How many ended before their completion.
    package var aborted: Int
    /// What was lost by, the most frequent first.
    package var causes: [Cause]

    /// How many were decided on in the period: what shares are of.
    package var disposed: Int { released + rejected + aborted }
    /// How many of those were lost.
    package var lost: Int { rejected + aborted }

    /// What is counted.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case batch, bank, lot
    }

    /// One cause, with what was lost by it.
    package struct Cause: Codable, Hashable, Sendable {
        package var kind: LossKind
        /// The attribute that failed, the event, or the reason that was given.
        package var words: String
        /// What was lost by it, in the order of the identifiers.
        package var things: [ThingID]
    }
}

/// A kind of cause.
package enum LossKind: String, Codable, Hashable, Sendable, CaseIterable, Comparable {
    /// Growth: sterility or mycoplasma failed, or something grew in grade A.
    case contamination
    /// Another result outside its criterion.
    case failedTest = "failed-test"
    /// A yield, or another value worked out, outside what was planned.
    case yield
    /// An event with another cause.
    case deviation
    /// Nothing on the record speaks against it but the reason of whoever signed.
    case decision

    package static func < (left: Self, right: Self) -> Bool {
        let order = allCases
        return order.firstIndex(of: left) ?? 0 < order.firstIndex(of: right) ?? 0
    }
}

extension SiteState {
    /// How batches, banks and lots ended from one day to another, both included.
    ///
    /// - Parameter product: only batches and banks of this product, and lots of what it is made of;
    ///   those of the whole site when left out.
    package func dispositionTallies(
        of product: String? = nil, in period: ClosedRange<CalendarDate>
    ) -> [DispositionTally] {
        let ids = Set(
            masters.values.filter { product == nil || $0.product.id == product }.map(\.id))
        let materials = product.map { _ in
            Set(
                ids.compactMap { masters[$0] }.flatMap(\.stages).flatMap(\.steps)
                    .flatMap(\.materials).map(\.material))
        }
        func isWithin(_ stamp: Stamp?) -> Bool {
            stamp.map { period.contains($0.happened.date) } ?? false
        }
        var batchTally = TallyMaker(.batch)
        for batch in batches.inOrder where ids.contains(batch.master) {
            if isWithin(batch.opened) { batchTally.started += 1 }
            guard isWithin(batch.disposed) else { continue }
            switch batch.status {
            case .certified, .released: batchTally.released += 1
            case .rejected: batchTally.rejected += 1
            case .aborted: batchTally.aborted += 1
            case .open, .completed, .reviewed, .pooled: continue
            }
            if batch.status.isLost {
                batchTally.lose(
                    batch.id.naming(Thing.self), by: causes(of: batch), or: batch.lossReason)
            }
        }
        var bankTally = TallyMaker(.bank)
        for bank in banks.inOrder where ids.contains(bank.master) {
            if isWithin(bank.filled) { bankTally.started += 1 }
            guard isWithin(bank.disposed), bankTally.count(bank.status) else { continue }
            bankTally.lose(
                bank.id.naming(Thing.self), by: causes(of: bank), or: bank.lossReason)
        }
        var lotTally = TallyMaker(.lot)
        for lot in lots.inOrder where materials?.contains(lot.material) ?? true {
            if isWithin(lot.arrived) { lotTally.started += 1 }
            guard isWithin(lot.disposed), lotTally.count(lot.status) else { continue }
            lotTally.lose(lot.id.naming(Thing.self), by: causes(of: lot), or: lot.lossReason)
        }
        return [batchTally.tally, bankTally.tally, lotTally.tally]
    }

    private func causes(of batch: Batch) -> [LossCause] {
        let failed = ((try? standings(of: batch)) ?? []).filter { $0.verdict == .fails }
            .map { LossCause(failing: $0.test.attribute, [$0.test.id, $0.test.assay ?? ""]) }
        return failed
            + events(about: batch.id.text, at: batch.disposed, besides: !failed.isEmpty)
    }

    private func causes(of bank: Bank) -> [LossCause] {
        let failed = testMatrix(of: bank).filter { $0.answer == .fails }
            .map { LossCause(failing: $0.test.title, [$0.test.id]) }
        let own = failed + events(about: bank.id.text, at: bank.disposed, besides: !failed.isEmpty)
        guard own.isEmpty, let batch = batches[bank.batch] else { return own }
        return causes(of: batch)
    }

    private func causes(of lot: Lot) -> [LossCause] {
        let failed = lot.results.filter { !$0.passes && $0.isInForce }
            .map { LossCause(failing: $0.test, [$0.test]) }
        return failed + events(about: lot.id.text, at: lot.disposed, besides: !failed.isEmpty)
    }

    /// The events about `id` that speak against it: those concluded with rejection, and those that
    /// were open when it was disposed of.
    ///
    /// - Parameter isFailed: whether a failed result says already what an event of one would.
    private func events(
        about id: String, at disposed: Stamp?, besides isFailed: Bool
    ) -> [LossCause] {
        deviations(about: ThingID(unchecked: id)).filter { deviation in
            guard deviation.opened.entry <= disposed?.entry ?? .max else { return false }
            if isFailed, deviation.cause == .outOfSpecification { return false }
            if let closure = deviation.closure, closure.disposition == .acceptable {
                return closure.stamp.entry > disposed?.entry ?? 0
            }
            return true
        }.map(LossCause.init)
    }
}

/// Why one thing was lost.
private struct LossCause: Hashable {
    var kind: LossKind
    var words: String

    /// A result outside its criterion, of an attribute that goes by `names` in definitions.
    init(failing attribute: String, _ names: [String]) {
        let words = (names + [attribute]).map { $0.lowercased() }
        let isGrowth = words.contains { name in
            ["sterility", "mycoplasma"].contains { name.hasPrefix($0) }
        }
        kind = isGrowth ? .contamination : .failedTest
        self.words = attribute
    }

    /// An event.
    init(_ deviation: Deviation) {
        switch (deviation.cause, deviation.rule) {
        case (_, "em-grade-a-growth"): kind = .contamination
        case (_, "yield-in-range"), (.calculation, _): kind = .yield
        default: kind = .deviation
        }
        words = deviation.cause.rawValue.replacing("-", with: " ")
    }

    /// The word of whoever signed.
    init(decidedFor reason: String) {
        kind = .decision
        words = reason
    }
}

/// Counts what ended, kind by kind.
private struct TallyMaker {
    let kind: DispositionTally.Kind
    var started = 0
    var released = 0
    var rejected = 0
    var aborted = 0
    private var losses: [LossCause: Set<ThingID>] = [:]

    init(_ kind: DispositionTally.Kind) { self.kind = kind }

    /// Counts a bank or a lot; true when it was lost.
    mutating func count(_ status: DispositionStatus) -> Bool {
        switch status {
        case .quarantine: return false
        case .released:
            released += 1
            return false
        case .rejected:
            rejected += 1
            return true
        }
    }

    /// Counts `thing` under each cause; where the record has none, under the reason given.
    mutating func lose(_ thing: ThingID, by causes: [LossCause], or reason: String?) {
        let decision = LossCause(decidedFor: reason ?? "")
        for cause in causes.isEmpty ? [decision] : causes {
            losses[cause, default: []].insert(thing)
        }
    }

    var tally: DispositionTally {
        DispositionTally(
            kind: kind, started: started, released: released, rejected: rejected, aborted: aborted,
            causes: losses.map { .init(kind: $0.kind, words: $0.words, things: $1.sorted()) }
                .sorted {
                    ($1.things.count, $0.kind, $0.words) < ($0.things.count, $1.kind, $1.words)
                })
    }
}
