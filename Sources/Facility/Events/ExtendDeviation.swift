/// Says that a deviation concerns more than was known when it was opened.
package struct ExtendDeviation: Command {
    package static let name = "deviation.extend"
    package static let summary =
        "Add things a deviation concerns, with the reason: they wait for its closure."
    package static let permission = Permission.openDeviation
    package static let help = [
        "deviation": "which deviation",
        "subjects": "what else it concerns: donations, lots, banks, vials, batches, rooms …",
        "reason": "how they came to be concerned",
    ]

    package var deviation: DeviationID
    package var subjects: [ThingID]
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.openDeviation(deviation)
        try requireText(reason, "reason")
        guard !subjects.isEmpty else {
            throw Rejection("deviation.subjects", "no subject is named")
        }
        try site.requireSubjects(subjects)
        let known = Set(deviation.things)
        if let again = subjects.first(where: known.contains) {
            throw Rejection(
                "deviation.subject-known", "'\(deviation.id)' is about '\(again)' already")
        }
        return [
            DeviationExtended(deviation: deviation.id, subjects: subjects, reason: reason)
        ]
    }
}

/// A deviation was found to concern more.
package struct DeviationExtended: Fact {
    package static let kind = "deviation.extended/1"
    package var deviation: DeviationID
    package var subjects: [ThingID]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.deviations[deviation]?.extensions.append(
            DeviationExtension(subjects: subjects, reason: reason, stamp: stamp))
        for subject in subjects { site.note(deviation, about: subject) }
    }
}
