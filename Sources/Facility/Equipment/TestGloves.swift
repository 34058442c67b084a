/// One integrity test of gloves.
package struct GloveTest: Sendable, Hashable, Codable {
    package var point: GloveTestPoint
    package var isIntact: Bool
    package var stamp: Stamp
}

/// When gloves are tested (EU GMP Annex 1 4.21).
package enum GloveTestPoint: String, Choice, Sendable, Hashable {
    case start, end
}

/// Records an integrity test of gloves. A leak opens a deviation for every batch made with them
/// since the test before that passed.
package struct TestGloves: Command {
    package static let name = "equipment.test-gloves"
    package static let summary = "Record an integrity test of gloves; a leak opens a deviation."
    package static let permission = Permission.maintain
    package static let help = [
        "equipment": "the isolator or barrier", "point": "before or after the work",
        "method": "how integrity was tested", "isIntact": "whether every glove is intact",
    ]

    package var equipment: EquipmentID
    package var point: GloveTestPoint
    package var method: String
    package var isIntact: Bool

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let equipment = try site.equipment(equipment)
        try requireText(method, "method")
        guard equipment.hasGloves else {
            throw Rejection("equipment.no-gloves", "'\(equipment.id)' has no gloves")
        }
        let tested = GlovesTested(
            equipment: equipment.id, point: point, method: method, isIntact: isIntact)
        guard !isIntact else { return [tested] }
        let passed = equipment.gloveTests.last { $0.isIntact }
        let since = passed?.stamp.happened ?? equipment.registered.happened
        let batches = site.batches(
            among: equipment.occupations, during: since...max(since, moment.happened))
        return [tested]
            + site.event(
                .equipment, "a glove of '\(equipment.id)' leaks",
                about: [equipment.id.naming(Thing.self)],
                affecting: batches,
                rule: "glove-integrity")
    }
}

/// Gloves were tested.
package struct GlovesTested: Fact {
    package static let kind = "equipment.gloves-tested/1"
    package var equipment: EquipmentID
    package var point: GloveTestPoint
    package var method: String
    package var isIntact: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.equipment[equipment]?.gloveTests.append(
            GloveTest(point: point, isIntact: isIntact, stamp: stamp))
    }
}

extension SiteState {
    /// Refuses gloves whose latest test failed, or that were not tested at the start of the day.
    func requireIntactGloves(
        of equipment: Equipment, at moment: Moment
    ) throws(Rejection) {
        guard equipment.hasGloves else { return }
        let date = moment.happened.date
        guard let latest = equipment.gloveTests.last, latest.stamp.happened.date == date else {
            throw Rejection(
                "equipment.gloves-not-tested",
                "the gloves of '\(equipment.id)' were not tested on \(date)",
                help: "test them first: equipment.test-gloves", rule: "glove-integrity")
        }
        guard latest.isIntact else {
            throw Rejection(
                "equipment.gloves-leak", "a glove of '\(equipment.id)' leaks",
                help: "change it and test again", rule: "glove-integrity")
        }
    }

    /// Refuses to end a batch whose gloves were not found intact after their last use.
    func requireGlovesTestedAfterUse(by batch: Batch) throws(Rejection) {
        for (_, step) in batch.executions {
            for id in step.equipment {
                guard let equipment = equipment[id], equipment.hasGloves,
                    let completed = step.completed
                else { continue }
                let tested = equipment.gloveTests.contains {
                    $0.point == .end && $0.stamp.happened >= completed.happened
                }
                guard tested else {
                    throw Rejection(
                        "equipment.gloves-not-tested-after",
                        "the gloves of '\(id)' were not tested after their last use",
                        help: "test them: equipment.test-gloves", rule: "glove-integrity")
                }
            }
        }
    }
}
