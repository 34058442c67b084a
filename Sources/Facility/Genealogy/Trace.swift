/// What came from a thing and what it came from, with what each is and how it stands.
package struct Trace: Codable, Hashable, Sendable {
    /// Where the trace began.
    package var start: Node
    /// Towards donors and lots, nearest first.
    package var back: [Node]
    /// Towards patients, nearest first.
    package var forward: [Node]
    /// What the batches and banks on the way were tested with, in the order of the record; for an
    /// instrument or a lot that served as a reagent, the results that rest on it.
    package var tests: [TestedWith]

    /// One thing met on the way.
    package struct Node: Codable, Hashable, Sendable {
        package var id: String
        package var kind: Thing
        /// What it is and how it stands, in words: `vial of MCB-01, released, used in B-02`.
        package var description: String
        /// Steps from where the trace began.
        package var depth: Int
        /// What it was made from.
        package var parents: [String]
    }
}

extension SiteState {
    /// Traces `id` both ways.
    package func trace(_ id: String) throws(Rejection) -> Trace {
        _ = try kind(of: id)
        func nodes(_ direction: Genealogy.Direction) -> [Trace.Node] {
            genealogy.trace(from: id, direction).map { node($0.node, depth: $0.depth) }
        }
        let (back, forward) = (nodes(.back), nodes(.forward))
        return Trace(
            start: node(id, depth: 0), back: back, forward: forward,
            tests: testsMet(from: id, by: [id] + back.map(\.id) + forward.map(\.id)))
    }

    /// One thing as a trace shows it.
    package func node(_ id: String, depth: Int) -> Trace.Node {
        Trace.Node(
            id: id, kind: things[id] ?? .container, description: describe(id), depth: depth,
            parents: genealogy.parents(of: id))
    }

    /// What `id` names and how it stands, in words.
    package func describe(_ id: String) -> String {
        switch things[id] {
        case .donor: donors[.init(unchecked: id)].map(describe) ?? ""
        case .container: containers[.init(unchecked: id)].map(describe) ?? ""
        case .lot:
            lots[.init(unchecked: id)].map {
                let origin =
                    $0.preparation == nil ? "supplier lot \($0.supplierLot)" : "prepared here"
                return "\($0.material), \(origin), \($0.status.rawValue)"
            } ?? ""
        case .bank:
            banks[.init(unchecked: id)].map {
                let tier = definition(of: $0)?.tier.title ?? "bank"
                return "\(tier) of \($0.vials.count) vials, \($0.status.rawValue)"
            } ?? ""
        case .batch:
            batches[.init(unchecked: id)].map { "batch of \($0.stage), \($0.status.rawValue)" }
                ?? ""
        case .patient: "patient"
        case .room: rooms[.init(unchecked: id)]?.name ?? ""
        case .equipment: equipment[.init(unchecked: id)]?.name ?? ""
        case .organisation: organisations[.init(unchecked: id)]?.name ?? ""
        case .simulation: "aseptic process simulation"
        case .cytometryAnalysis: "cytometry analysis"
        case .document: documents[.init(unchecked: id)]?.title ?? ""
        case .obligation: obligations[.init(unchecked: id)]?.task ?? ""
        case .meeting:
            meetings[.init(unchecked: id)].map { "meeting with \($0.with): \($0.subject)" } ?? ""
        case .environmentSample:
            environmentSamples[.init(unchecked: id)].map { $0.method.rawValue } ?? ""
        case .person: people[.init(unchecked: id)]?.name ?? ""
        case .deviation: deviations[.init(unchecked: id)]?.description ?? ""
        case .order: orders[.init(unchecked: id)].map { "order of \($0.hospital)" } ?? ""
        case .shipment:
            shipments[.init(unchecked: id)].map { "shipment in \($0.shipper)" } ?? ""
        case .sample: samples[.init(unchecked: id)].map { "\($0.purpose.rawValue) sample" } ?? ""
        case .excursion:
            excursions[.init(unchecked: id)].map { "excursion of \($0.unit) to \($0.extreme)" }
                ?? ""
        case .capa: correctiveActions[.init(unchecked: id)]?.action ?? ""
        case .change: changes[.init(unchecked: id)]?.title ?? ""
        case .complaint: complaints[.init(unchecked: id)]?.description ?? ""
        case .recall: recalls[.init(unchecked: id)].map { "recall of \($0.thing)" } ?? ""
        case .study:
            studies[.init(unchecked: id)].map { "\($0.kind.rawValue) study of \($0.subject)" } ?? ""
        case .line: lines[.init(unchecked: id)]?.name ?? ""
        case .token: tokens[.init(unchecked: id)].map { "token of \($0.use)" } ?? ""
        case .master: masters[.init(unchecked: id)].map(\.product.name) ?? ""
        case nil: ""
        }
    }

    private func describe(_ donor: Donor) -> String {
        let eligibility =
            switch donor.eligibility {
            case .undetermined: "eligibility not determined"
            case .eligible: "eligible"
            case .ineligible(_, let reason): "not eligible: \(reason)"
            }
        return "donor, \(eligibility)"
    }

    private func describe(_ container: Container) -> String {
        let content =
            switch container.content {
            case .startingMaterial(let donor, let material): "\(material) of \(donor)"
            case .vial(let bank): "vial of \(bank)"
            case .dose(let batch): "dose of \(batch)"
            }
        let location =
            switch container.location {
            case .stored: "stored in \(container.place)"
            case .consumed(let batch): "used in \(batch)"
            case .shipped(let shipment): "on its way in \(shipment)"
            case .received(let shipment): "at the hospital, by \(shipment)"
            case .administered(let patient): "given to \(patient)"
            case .sampled(let sample): "used up as sample \(sample)"
            case .returned: "returned by the hospital"
            case .destroyed: "destroyed"
            }
        let hold = container.holds.isEmpty ? "" : ", on hold"
        return "\(content), \(container.status.rawValue), \(location)\(hold)"
    }
}
