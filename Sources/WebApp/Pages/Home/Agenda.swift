import Charts
import Facility

/// What waits for one person: everything they may do that is ready to be done.
struct Agenda {
    /// One thing to do.
    struct Task {
        /// A verb and a thing.
        let title: String
        let detail: String
        let tone: Tone
        let address: Address
        /// Since when it waits.
        let since: Stamp?
    }

    let tasks: [Task]

    /// The agenda of `viewer`, oldest first.
    init(for viewer: Viewer) {
        let state = viewer.state
        var tasks: [Task] = []
        tasks += Self.steps(viewer)
        if viewer.may(RecordResult.self) { tasks += Self.tests(state) }
        if viewer.may(VerifyResults.self) { tasks += Self.verifications(viewer) }
        if viewer.may(CloseDeviation.self) { tasks += Self.deviations(viewer) }
        if viewer.may(ReviewBatch.self) { tasks += Self.reviews(state) }
        if viewer.may(CertifyBatch.self) { tasks += Self.certifications(state) }
        if viewer.may(ReleaseMaterial.self) { tasks += Self.quarantine(viewer) }
        if viewer.may(DispatchShipment.self) { tasks += Self.orders(state) }
        self.tasks = tasks.sorted {
            ($0.since?.recorded ?? .init(milliseconds: 0), $0.title)
                < ($1.since?.recorded ?? .init(milliseconds: 0), $1.title)
        }
    }

    private static func steps(_ viewer: Viewer) -> [Task] {
        guard viewer.may(CompleteStep.self) else { return [] }
        let state = viewer.state
        return state.unfinishedBatches.filter { $0.status == .open }.compactMap { batch in
            let view = BatchView(batch, in: state)
            guard let current = view.current else {
                return viewer.may(CompleteBatch.self)
                    ? Task(
                        title: "Complete \(batch.id)", detail: "every step is done",
                        tone: .attention, address: Address(.batch(batch.id.text)),
                        since: view.latest)
                    : nil
            }
            let address = Address(.batchStep(batch: batch.id.text, step: current.definition.id))
            switch current.phase {
            case .ready, .waiting:
                return Task(
                    title: "Start \(current.definition.name)", detail: "batch \(batch.id)",
                    tone: .underway, address: address, since: view.latest)
            case .open:
                return Task(
                    title: "Work on \(current.definition.name)", detail: "batch \(batch.id)",
                    tone: .underway, address: address, since: current.record?.started)
            case .unverified:
                guard current.record?.completed?.person != viewer.person.id else { return nil }
                return Task(
                    title: "Verify \(current.definition.name)",
                    detail: "batch \(batch.id), performed by "
                        + state.name(of: current.record?.completed?.person ?? viewer.person.id),
                    tone: .attention, address: address, since: current.record?.completed)
            case .done: return nil
            }
        }
    }

    private static func tests(_ state: SiteState) -> [Task] {
        state.unfinishedBatches.filter { !$0.outputs.isEmpty }
            .compactMap { batch in
                let pending = (try? state.standings(of: batch))?.filter { $0.verdict == .pending }
                guard let pending, !pending.isEmpty else { return nil }
                return Task(
                    title: "Test \(batch.id)",
                    detail: "\(pending.count) results are missing", tone: .underway,
                    address: Address(.batch(batch.id.text), fragment: "testing"),
                    since: batch.completed ?? batch.opened)
            }
    }

    /// Results that somebody else recorded and nobody has held against their raw data.
    private static func verifications(_ viewer: Viewer) -> [Task] {
        func task(
            _ results: [some InvestigatedResult], of id: String, at address: Address
        ) -> Task? {
            let waiting = results.filter { $0.waits(for: viewer.person.id) }
            guard let first = waiting.first else { return nil }
            return Task(
                title: "Verify results of \(id)",
                detail: waiting.map(\.test).joined(separator: ", "), tone: .underway,
                address: address, since: first.stamp)
        }
        let state = viewer.state
        let batches = state.unfinishedBatches.compactMap { batch in
            let id = batch.id.text
            return task(batch.results, of: id, at: Address(.batch(id), fragment: "testing"))
        }
        let banks = state.quarantinedBanks.compactMap {
            task($0.tests, of: $0.id.text, at: Address(.bank($0.id.text)))
        }
        let lots = state.quarantinedLots.compactMap {
            task($0.results, of: $0.id.text, at: Address(.lot($0.id.text)))
        }
        let studies = state.studies.values.filter { $0.conclusion == nil }.compactMap {
            task($0.results, of: $0.id.text, at: Address(.study($0.id.text)))
        }
        return batches + banks + lots + studies
    }

    private static func deviations(_ viewer: Viewer) -> [Task] {
        viewer.state.openDeviations
            .filter { $0.opened.person != viewer.person.id }
            .map { deviation in
                Task(
                    title: "Close \(deviation.id)", detail: deviation.description,
                    tone: .attention, address: Address(.event(deviation.id.text)),
                    since: deviation.opened)
            }
    }

    private static func reviews(_ state: SiteState) -> [Task] {
        let batches = state.unfinishedBatches.filter { $0.status == .completed && $0.bank == nil }
            .map { batch in
                Task(
                    title: "Review \(batch.id)", detail: "executed, waits for the quality unit",
                    tone: .attention,
                    address: Address(.batch(batch.id.text), fragment: "disposition"),
                    since: batch.completed)
            }
        let banks = state.quarantinedBanks.filter { bank in
            state.batches[bank.batch]?.completed != nil
        }.map { bank in
            Task(
                title: "Release \(bank.id)", detail: "bank of \(bank.vials.count) vials",
                tone: .attention, address: Address(.bank(bank.id.text)), since: bank.filled)
        }
        return batches + banks
    }

    private static func certifications(_ state: SiteState) -> [Task] {
        state.unfinishedBatches.filter { $0.status == .reviewed }.map { batch in
            Task(
                title: "Certify \(batch.id)", detail: "reviewed by the quality unit",
                tone: .attention,
                address: Address(.batch(batch.id.text), fragment: "disposition"),
                since: batch.reviewed)
        }
    }

    private static func quarantine(_ viewer: Viewer) -> [Task] {
        viewer.state.quarantinedLots
            .filter { $0.arrived.person != viewer.person.id }
            .map { lot in
                Task(
                    title: "Release \(lot.id)", detail: "\(lot.material) of \(lot.supplier)",
                    tone: .attention, address: Address(.lot(lot.id.text)), since: lot.arrived)
            }
    }

    private static func orders(_ state: SiteState) -> [Task] {
        state.unsentOrders.map { order, missing in
            Task(
                title: "Send \(order.id)", detail: "\(missing) doses for \(order.hospital)",
                tone: .underway, address: Address(.order(order.id.text)), since: order.placed)
        }
    }
}
