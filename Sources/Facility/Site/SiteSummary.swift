/// The state of a site at one entry, short enough to be read: what is in work, what is held, what is
/// in stock, who works there, and what is open.
package struct SiteSummary: Codable, Hashable, Sendable {
    package var site: String?
    /// The facts it rests on: the index of the next entry.
    package var entries: UInt64
    package var people: [Row]
    package var batches: [Row]
    package var banks: [Row]
    /// Doses of each batch, by where they are.
    package var doses: [Row]
    package var lots: [Row]
    /// Containers and lots that must not be used, with the reasons.
    package var holds: [Row]
    /// Deviations, changes, complaints, recalls and actions that are open.
    package var events: [Row]
    package var orders: [Row]
    package var patients: Int
    package var donors: [Row]

    /// One thing and how it stands.
    package struct Row: Codable, Hashable, Sendable {
        package var id: String
        package var standing: String
    }
}

extension SiteState {
    /// The state in short.
    package var summary: SiteSummary {
        SiteSummary(
            site: name, entries: entryCount,
            people: people.inOrder.map { person in
                let roles = person.roles.sorted().map(\.title).joined(separator: ", ")
                return row(person.id, person.isActive ? roles : "no access")
            },
            batches: batches.inOrder.map(row),
            banks: banks.inOrder.map { bank in
                row(
                    bank.id,
                    "\(bank.kind), \(bank.status.rawValue), \(stock(of: bank).count) of "
                        + "\(bank.vials.count) vials in stock")
            },
            doses: batches.inOrder.compactMap(doses),
            lots: lots.inOrder.map {
                row($0.id, "\($0.material), \($0.status.rawValue), \($0.remaining) left")
            },
            holds: held, events: openEvents,
            orders: orders.inOrder.map {
                row($0.id, "\($0.containers) for \($0.patient), \($0.shipments.count) shipments")
            },
            patients: patients.count,
            donors: donors.inOrder.map { donor in row(donor.id, describe(donor.id.text)) })
    }

    private func row<T>(_ id: Identifier<T>, _ standing: String) -> SiteSummary.Row {
        SiteSummary.Row(id: id.text, standing: standing)
    }

    private func row(_ batch: Batch) -> SiteSummary.Row {
        let steps = (try? stage(of: batch))?.steps ?? []
        let done = steps.count { batch.steps[$0.id]?.completed != nil }
        let at = steps.last { batch.steps[$0.id] != nil }?.id
        let place = batch.status == .open ? ", \(done) of \(steps.count) steps" : ""
        return row(
            batch.id,
            "\(batch.stage), \(batch.status.rawValue)\(place)"
                + (batch.status == .open ? at.map { ", at \($0)" } ?? "" : "")
                + (batch.reprocessings.isEmpty
                    ? "" : ", reprocessed \(batch.reprocessings.count) times")
                + (batch.pause.map { ", paused: \($0.reason)" } ?? ""))
    }

    private func doses(of batch: Batch) -> SiteSummary.Row? {
        let filled = batch.outputs.compactMap { containers[$0] }.filter {
            if case .dose = $0.content { true } else { false }
        }
        guard !filled.isEmpty else { return nil }
        var places: [String: Int] = [:]
        for container in filled { places[container.location.title, default: 0] += 1 }
        let text = places.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return row(batch.id, text.joined(separator: ", "))
    }

    private var held: [SiteSummary.Row] {
        var reasons: [String: (ids: [String], count: Int)] = [:]
        func add(_ id: String, _ holds: [String]) {
            for hold in holds {
                reasons[hold, default: ([], 0)].count += 1
                if reasons[hold, default: ([], 0)].ids.count < 3 {
                    reasons[hold, default: ([], 0)].ids.append(id)
                }
            }
        }
        for container in containers.inOrder where container.isInStock {
            add(container.id.text, container.holds)
        }
        for lot in lots.inOrder { add(lot.id.text, lot.holds) }
        return reasons.sorted { $0.key < $1.key }.map { reason, held in
            let more = held.count > held.ids.count ? " and \(held.count - held.ids.count) more" : ""
            return SiteSummary.Row(
                id: held.ids.joined(separator: ", ") + more, standing: reason)
        }
    }

    private var openEvents: [SiteSummary.Row] {
        deviations.inOrder.filter(\.isOpen).map {
            row($0.id, "\($0.grade.rawValue), \($0.cause.rawValue): \($0.description)")
        }
            + changes.inOrder.filter(\.isOpen).map { row($0.id, "change: \($0.title)") }
            + complaints.inOrder.filter(\.isOpen).map { row($0.id, "complaint: \($0.description)") }
            + recalls.inOrder.filter { $0.closed == nil }.map {
                row($0.id, "recall of \($0.thing): \($0.reason)")
            }
            + correctiveActions.inOrder.filter(\.isOpen).map {
                row($0.id, "action due \($0.due): \($0.action)")
            }
    }
}

extension ContainerLocation {
    /// Where it is, in a word or two.
    package var title: String {
        switch self {
        case .stored: "stored"
        case .consumed: "used"
        case .sampled: "sampled"
        case .shipped: "on the way"
        case .received: "at the hospital"
        case .returned: "returned"
        case .administered: "given"
        case .destroyed: "destroyed"
        }
    }
}
