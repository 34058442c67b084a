package import Ledger

package typealias CorrectiveActionID = Identifier<CorrectiveAction>

/// A corrective or preventive action, from its opening to the check of its effect.
package struct CorrectiveAction: Sendable, Codable {
    package var id: CorrectiveActionID
    /// The deviation, complaint or recall it answers.
    package var source: ThingID
    package var action: String
    package var owner: PersonID
    package var due: CalendarDate
    /// Every time its day was moved, oldest first.
    package var dueMoves: [DueMove] = []
    /// How it will be seen whether it helped.
    package var effectMeasure: String
    package var opened: Stamp
    package var completed: Stamp?
    /// Every check of the effect, oldest first; one that found none opens the action again.
    package var checks: [EffectCheck] = []

    package var isOpen: Bool { checks.last?.isEffective != true }

    /// One look at whether the action helped.
    package struct EffectCheck: Sendable, Hashable, Codable {
        package var isEffective: Bool
        package var evidence: String
        package var stamp: Stamp
    }
}

/// Opens a corrective or preventive action.
package struct OpenCorrectiveAction: Command {
    package static let name = "capa.open"
    package static let summary = "Open a corrective or preventive action for an event."
    package static let permission = Permission.closeDeviation
    package static let help = [
        "capa": "the number of the action", "source": "the deviation, complaint or recall",
        "action": "what will be done", "owner": "who sees to it", "due": "by when",
        "effectMeasure": "how it will be seen whether it helped",
    ]

    package var capa: CorrectiveActionID
    package var source: ThingID
    package var action: String
    package var owner: PersonID
    package var due: CalendarDate
    package var effectMeasure: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(capa)
        try requireText(action, "action")
        try requireText(effectMeasure, "effectMeasure")
        switch site.things[source.text] {
        case .deviation, .complaint, .recall, .excursion: break
        case let other:
            throw Rejection(
                "capa.source", "'\(source)' is \(other.map { "a \($0.rawValue)" } ?? "unknown")",
                help: "name a deviation, complaint, recall or excursion")
        }
        guard try site.person(owner).isActive else {
            throw Rejection("people.inactive", "'\(owner)' has no access any more")
        }
        guard due >= moment.now.date else {
            throw Rejection("capa.due-in-past", "due on \(due), today is \(moment.now.date)")
        }
        return [
            CorrectiveActionOpened(
                capa: capa, source: source, action: action, owner: owner, due: due,
                effectMeasure: effectMeasure)
        ]
    }
}

/// An action was opened.
package struct CorrectiveActionOpened: Fact {
    package static let kind = "capa.opened/1"
    package var capa: CorrectiveActionID
    package var source: ThingID
    package var action: String
    package var owner: PersonID
    package var due: CalendarDate
    package var effectMeasure: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[capa.text] = .capa
        site.correctiveActions[capa] = CorrectiveAction(
            id: capa, source: source, action: action, owner: owner, due: due,
            effectMeasure: effectMeasure, opened: stamp)
    }
}

/// Records that an action was carried out: its owner alone.
package struct CompleteCorrectiveAction: Command {
    package static let name = "capa.complete"
    package static let summary = "Record that an action was carried out."
    package static let permission = Permission.openDeviation
    package static let signature: SignatureMeaning? = .performed
    package static let help = ["capa": "which action", "evidence": "what shows it"]

    package var capa: CorrectiveActionID
    package var evidence: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let capa = try site.correctiveAction(capa)
        try requireText(evidence, "evidence")
        guard capa.completed == nil else {
            throw Rejection("capa.completed", "'\(capa.id)' is carried out")
        }
        guard capa.owner == moment.person else {
            throw Rejection(
                "capa.not-owner", "'\(capa.id)' is with '\(capa.owner)'",
                help: "its owner records it")
        }
        return [CorrectiveActionCompleted(capa: capa.id, evidence: evidence)]
    }
}

/// An action was carried out.
package struct CorrectiveActionCompleted: Fact {
    package static let kind = "capa.completed/1"
    package var capa: CorrectiveActionID
    package var evidence: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.correctiveActions[capa]?.completed = stamp
    }
}

/// Checks whether an action helped: somebody other than its owner.
package struct CheckCorrectiveAction: Command {
    package static let name = "capa.check-effect"
    package static let summary = "Check whether an action helped; one that did not is open again."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .reviewed
    package static let help = [
        "capa": "which action", "isEffective": "true when it helped", "evidence": "what shows it",
    ]

    package var capa: CorrectiveActionID
    package var isEffective: Bool
    package var evidence: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let capa = try site.correctiveAction(capa)
        try requireText(evidence, "evidence")
        guard capa.completed != nil else {
            throw Rejection(
                "capa.not-completed", "'\(capa.id)' is not carried out", help: "complete it first")
        }
        guard capa.isOpen else { throw Rejection("capa.closed", "'\(capa.id)' is closed") }
        guard capa.owner != moment.person else {
            throw Rejection(
                "capa.own-action", "'\(moment.person)' carried out '\(capa.id)'",
                help: "another person checks its effect")
        }
        return [
            CorrectiveActionChecked(capa: capa.id, isEffective: isEffective, evidence: evidence)
        ]
    }
}

/// The effect of an action was checked.
package struct CorrectiveActionChecked: Fact {
    package static let kind = "capa.effect-checked/1"
    package var capa: CorrectiveActionID
    package var isEffective: Bool
    package var evidence: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.correctiveActions[capa]?.checks.append(
            .init(isEffective: isEffective, evidence: evidence, stamp: stamp))
        if !isEffective { site.correctiveActions[capa]?.completed = nil }
    }
}
