/// What a recall of something has to reach: what to hold and whom to call, in order.
package struct RecallPlan: Codable, Hashable, Sendable {
    package var thing: String
    /// Containers at the site, to be held before anything else.
    package var quarantine: [String]
    /// Lots to be held.
    package var lots: [String]
    /// Batches that are not disposed of: no decision before the recall is settled.
    package var batchesInWork: [String]
    /// Certified batches and released banks' batches concerned.
    package var batchesCertified: [String]
    /// Whom to call, the most urgent first.
    package var calls: [Call]
    /// Samples that could be tested again.
    package var samples: [String]
    /// Results that rest on a recalled lot as a reagent: they are judged again.
    package var tests: [TestedWith]

    /// One call.
    package struct Call: Codable, Hashable, Sendable {
        package var urgency: Urgency
        package var whom: String
        package var why: String
        package var shipment: String?
        package var order: String?
        package var patient: String?
        package var containers: [String]
    }

    /// Why a call comes before another: who can still keep a dose from being given comes first.
    package enum Urgency: Int, Codable, Hashable, Sendable, Comparable {
        case stopTransport = 1, stopUse, informPhysician, informSource, informAuthority

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
}

extension SiteState {
    /// What a recall of the thing called `id` has to reach.
    ///
    /// Linear in what came from it. The order of the calls: carriers and hospitals that can still
    /// stop a dose, physicians of treated patients with the latest treatment first, then where
    /// the thing came from, then the authority (EU GMP Part IV §13; Part I 8.9–8.16).
    package func recallPlan(of id: String) throws(Rejection) -> RecallPlan {
        let kind = try kind(of: id)
        switch kind {
        case .donor, .line, .lot, .container, .bank, .batch: break
        default:
            throw Rejection(
                "recall.wrong-thing", "'\(id)' is a \(kind.rawValue)",
                help: "name a lot, donor, cell line, bank, batch or container")
        }
        var plan = RecallPlan(
            thing: id, quarantine: [], lots: kind == .lot ? [id] : [], batchesInWork: [],
            batchesCertified: [], calls: [], samples: [], tests: [])
        var away: [ShipmentID: [ContainerID]] = [:]
        for node in [id] + genealogy.trace(from: id, .forward).map(\.node) {
            switch things[node] {
            case .container:
                guard let container = containers[.init(unchecked: node)] else { continue }
                if container.isInStock { plan.quarantine.append(node) }
                if let shipment = lastShipment(of: container) {
                    away[shipment, default: []].append(container.id)
                }
            case .batch:
                guard let batch = batches[.init(unchecked: node)] else { continue }
                switch batch.status {
                case .certified, .released: plan.batchesCertified.append(node)
                case .open, .completed, .reviewed: plan.batchesInWork.append(node)
                case .rejected, .aborted, .pooled: break
                }
            case .lot where node != id: plan.lots.append(node)
            case .sample: plan.samples.append(node)
            default: break
            }
        }
        for list in [\RecallPlan.quarantine, \.batchesInWork, \.batchesCertified, \.samples] {
            plan[keyPath: list].sort()
        }
        for (shipment, containers) in away { plan.calls += calls(for: shipment, containers) }
        plan.calls.sort { left, right in
            if left.urgency != right.urgency { return left.urgency < right.urgency }
            let times = [left, right].map { given($0) }
            if times[0] != times[1] { return times[0] > times[1] }
            return (left.shipment ?? "") < (right.shipment ?? "")
        }
        plan.tests = plan.lots.flatMap { testsMet(from: $0, by: []) }
        plan.calls += sources(of: id, kind)
        return plan
    }

    /// When the latest dose of a call was given; 0 when none was.
    private func given(_ call: RecallPlan.Call) -> Int64 {
        guard let patient = call.patient.flatMap({ patients[.init(unchecked: $0)] }) else {
            return 0
        }
        let concerned = Set(call.containers)
        return patient.given.filter { concerned.contains($0.container.text) }
            .map(\.stamp.happened.milliseconds).max() ?? 0
    }

    /// The shipment that took a container away and has not brought it back.
    private func lastShipment(of container: Container) -> ShipmentID? {
        switch container.location {
        case .shipped(let shipment), .received(let shipment): shipment
        case .administered: container.shipment
        case .stored, .consumed, .sampled, .returned, .destroyed: nil
        }
    }

    private func calls(
        for id: ShipmentID, _ ids: [ContainerID]
    ) -> [RecallPlan.Call] {
        guard let shipment = shipments[id], let order = orders[shipment.order] else { return [] }
        var groups: [RecallPlan.Urgency: [String]] = [:]
        for id in ids.sorted() {
            switch containers[id]?.location {
            case .shipped: groups[.stopTransport, default: []].append(id.text)
            case .received: groups[.stopUse, default: []].append(id.text)
            default: groups[.informPhysician, default: []].append(id.text)
            }
        }
        return groups.map { urgency, containers in
            let why =
                switch urgency {
                case .stopTransport: "doses on their way: stop the delivery"
                case .stopUse: "doses not given yet: keep them from use"
                default: "doses given: tell the physician"
                }
            return RecallPlan.Call(
                urgency: urgency, whom: order.hospital, why: why, shipment: id.text,
                order: order.id.text, patient: order.patient.text, containers: containers)
        }
    }

    private func sources(of id: String, _ kind: Thing) -> [RecallPlan.Call] {
        var calls: [RecallPlan.Call] = []
        if kind == .lot, let lot = lots[.init(unchecked: id)] {
            calls.append(
                .init(
                    urgency: .informSource, whom: lot.supplier,
                    why: "supplier of lot \(lot.supplierLot): ask for other customers' findings",
                    containers: []))
        }
        if kind == .donor {
            calls.append(
                .init(
                    urgency: .informSource, whom: "tissue establishment of donor \(id)",
                    why: "other tissue of the donor may be in use", containers: []))
        }
        if kind == .line, let line = lines[.init(unchecked: id)] {
            calls.append(
                .init(
                    urgency: .informSource, whom: line.provider,
                    why: "provider of line \(line.name): others may hold banks of it",
                    containers: []))
        }
        calls.append(
            .init(
                urgency: .informAuthority, whom: "competent authority, and the sponsor or holder",
                why: "a recall of a medicine is reported", containers: []))
        return calls
    }
}
