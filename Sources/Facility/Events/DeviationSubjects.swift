/// Things a deviation was found to concern after it was opened.
package struct DeviationExtension: Sendable, Hashable, Codable {
    package var subjects: [ThingID]
    package var reason: String
    package var stamp: Stamp
}

/// A deviation that stands in the way of something, and the thing it is about.
package struct Obstacle: Sendable {
    package var deviation: Deviation
    /// What the deviation is about: the thing itself, or one it came from.
    package var subject: String
}

extension Deviation {
    /// Everything it is about, the batch it was opened for first.
    package var things: [ThingID] {
        [batch?.naming(Thing.self)].compactMap(\.self) + subjects
            + extensions.flatMap(\.subjects)
    }

    /// True while what it is about must not be used: it is open, and major or critical. What a
    /// person saw counts so until quality has said how grave it is.
    package var blocksUse: Bool {
        let isUnjudged = cause == .observed && classified == nil
        return isOpen && (grade != .minor || isUnjudged)
    }

    /// True while what it is about must not be released: while it must not be used, and for good
    /// when the deviation was closed with rejection.
    package var blocksRelease: Bool { blocksUse || closure?.disposition == .reject }
}

extension Deviation {
    /// Things one fact names at most: 400 identifiers of 64 characters leave room for the longest
    /// description in the 65,535 bytes of an entry.
    package static let subjectsMax = 400
}

extension SiteState {
    /// Notes that `deviation` is about `thing`.
    mutating func note(_ deviation: DeviationID, about thing: ThingID) {
        if deviationsAbout[thing.text]?.contains(deviation) ?? false { return }
        deviationsAbout[thing.text, default: []].append(deviation)
        guard case .batch = things[thing.text] else { return }
        batches[thing.naming(Batch.self)]?.deviations.append(deviation)
    }

    /// The deviations about `thing` itself, oldest first.
    package func deviations(about thing: ThingID) -> [Deviation] {
        ownDeviations(of: thing.text).compactMap { deviations[$0] }
    }

    /// The deviations about what `id` came from that keep it from being released, nearest first.
    ///
    /// A batch that was split hands its deviations on to its part when that is made: what happens to
    /// the rest afterwards is not about the part, unless it is named as a subject. Linear in what
    /// `id` came from.
    package func obstacles(behind id: String) -> [Obstacle] {
        let steps = genealogy.trace(from: id, .back)
        guard !steps.isEmpty else { return [] }
        let reached = Set(steps.map(\.node)).union([id])
        var seen: Set<DeviationID> = []
        var found: [Obstacle] = []
        for step in steps where !isOnlySplitParent(step.node, of: reached) {
            for deviation in ownDeviations(of: step.node).compactMap({ deviations[$0] })
            where deviation.blocksRelease && seen.insert(deviation.id).inserted {
                found.append(Obstacle(deviation: deviation, subject: step.node))
            }
        }
        return found
    }

    /// Refuses to use or release something while a deviation about it, or about something it came
    /// from, is open and grave.
    ///
    /// EU GMP Annex 16 1.7.16, carried along the genealogy: what is in doubt stays where it is until
    /// the doubt is settled.
    ///
    /// - Parameter isRelease: true for a release, which a deviation closed with rejection forbids
    ///   for good; a use is then kept off by the holds of that closure.
    func requireUndisputed<T>(
        _ id: Identifier<T>, isRelease: Bool = false
    ) throws(Rejection) {
        let own = deviations(about: id.naming(Thing.self)).map {
            Obstacle(deviation: $0, subject: id.text)
        }
        let obstacle = (own + obstacles(behind: id.text)).first {
            isRelease ? $0.deviation.blocksRelease : $0.deviation.blocksUse
        }
        guard let obstacle else { return }
        let (deviation, subject) = (obstacle.deviation, obstacle.subject)
        let origin = subject == id.text ? "" : ", from which '\(id)' came"
        guard deviation.isOpen else {
            throw Rejection(
                "deviation.rejected",
                "'\(deviation.id)' about '\(subject)'\(origin) was closed with rejection",
                help: "reject or destroy it", rule: "deviation-closed-for-release")
        }
        let isUnjudged = deviation.grade == .minor
        throw Rejection(
            "deviation.open-about",
            "'\(deviation.id)' about '\(subject)'\(origin) is open, "
                + "\(isUnjudged ? "not classified" : deviation.grade.rawValue): "
                + deviation.description,
            help: isUnjudged
                ? "quality classifies or closes it first: deviation.classify, deviation.close"
                : "close it first: deviation.close",
            rule: "deviation-closed-for-release")
    }

    /// Refuses subjects of a deviation that nothing is called, that a deviation cannot be about, or
    /// that are named twice.
    func requireSubjects(_ subjects: [ThingID]) throws(Rejection) {
        guard subjects.count <= Deviation.subjectsMax else {
            throw Rejection(
                "deviation.subjects",
                "\(subjects.count) things are named, at most \(Deviation.subjectsMax)",
                help: "name what they came from: the bank, the lot, the donor")
        }
        guard Set(subjects).count == subjects.count else {
            throw Rejection("deviation.subjects", "the list of subjects names a thing twice")
        }
        for subject in subjects {
            let kind = try kind(of: subject.text)
            switch kind {
            case .deviation, .capa, .change, .complaint, .recall, .token, .obligation,
                .meeting, .document:
                throw Rejection(
                    "deviation.wrong-subject",
                    "'\(subject)' is a \(kind.rawValue), which no deviation is about",
                    help: "name material, place, equipment, batch, shipment or partner")
            default: continue
            }
        }
    }

    /// The holds that follow from closing `deviation` with rejection: on everything at hand of what
    /// it is about and of what came from that.
    ///
    /// A batch that is not disposed of yet needs none: it cannot be released any more.
    func holds(rejectedBy deviation: Deviation, because impact: String) -> [any Fact] {
        let source = deviation.id.naming(Thing.self)
        let reason = "'\(deviation.id)' was closed with rejection: \(impact)"
        let subjects = deviation.things.filter { thing in
            batches[thing.naming(Batch.self)]?.status.isFinal ?? true
        }
        let held = Set(subjects.flatMap(atHand)).sorted()
        let lots = subjects.map { $0.naming(Lot.self) }.filter { self.lots[$0] != nil }
        return HoldPlaced.facts(holding: held, reason: reason, source: source)
            + lots.map { LotHoldPlaced(lot: $0, reason: reason, source: source) }
    }

    /// The containers a rejected `thing` stands for, wherever somebody could still use them.
    private func atHand(_ thing: ThingID) -> [ContainerID] {
        switch things[thing.text] {
        case .container:
            return inStock([ContainerID(unchecked: thing.text)])
                + stock(descendingFrom: thing)
        case .shipment:
            let sent = shipments[thing.naming(Shipment.self)]?.containers ?? []
            return sent.filter { id in
                switch containers[id]?.location {
                case .stored, .shipped, .received: true
                default: false
                }
            }
        case .excursion:
            return containers.values.filter { container in
                container.isInStock && container.holdRecords.contains { $0.source == thing }
            }.map(\.id)
        case .donor, .line, .lot, .bank, .batch: return stock(descendingFrom: thing)
        default: return []
        }
    }

    /// The deviations about `id`; for material that stood in a storage unit that left its limits,
    /// those about the excursion as well.
    private func ownDeviations(of id: String) -> [DeviationID] {
        if case .batch = things[id] { return batches[.init(unchecked: id)]?.deviations ?? [] }
        let holds =
            containers[.init(unchecked: id)]?.holdRecords
            ?? lots[.init(unchecked: id)]?.holdRecords ?? []
        let excursions = holds.compactMap(\.source).filter { things[$0.text] == .excursion }
        return (deviationsAbout[id] ?? []) + excursions.flatMap { deviationsAbout[$0.text] ?? [] }
    }

    /// True for a batch of which only parts split off are among `reached`.
    private func isOnlySplitParent(_ id: String, of reached: Set<String>) -> Bool {
        guard case .batch = things[id] else { return false }
        let children = genealogy.children(of: id).filter(reached.contains)
        return children.allSatisfy { batches[.init(unchecked: $0)]?.splitFrom?.text == id }
    }
}
