package import Ledger

package typealias ChangeID = Identifier<ChangeControl>

/// A planned change, from its proposal to the check of its effect.
package struct ChangeControl: Sendable, Codable {
    package var id: ChangeID
    package var title: String
    package var impact: ChangeImpact
    package var assessment: String
    /// Definition versions, lots, banks or batches the change touches.
    package var touches: [ThingID]
    /// True when vessel or scale of the process changes.
    package var changesScale: Bool?
    /// The day by which it is to be made and closed; `nil` where none was set.
    package var due: CalendarDate?
    /// Every time its day was moved, oldest first.
    package var dueMoves: [DueMove] = []
    package var proposed: Stamp
    package var approved: Stamp?
    package var implemented: Stamp?
    package var closed: Closure?

    package var isOpen: Bool { closed == nil }

    /// What is to be done next, in words.
    package var nextStep: String {
        if approved == nil { return "decide on the change: \(title)" }
        return implemented == nil
            ? "make the change: \(title)" : "check the effect of the change and close it: \(title)"
    }

    /// How a change ended.
    package struct Closure: Sendable, Hashable, Codable {
        package var effect: String
        package var stamp: Stamp
    }
}

/// How much a change may matter for the product.
package enum ChangeImpact: String, Choice, Sendable, Hashable {
    case minor, medium, major

    /// True when the change waits for a comparability exercise (ICH Q5E).
    package var needsComparability: Bool { self != .minor }
}

/// Proposes a change with an assessment of what it may do.
package struct ProposeChange: Command {
    package static let name = "change.propose"
    package static let summary = "Propose a change, with an assessment of its impact."
    package static let permission = Permission.openDeviation
    package static let help = [
        "change": "the number of the change", "title": "what changes",
        "impact": "how much it may matter for the product",
        "assessment": "what it may do to quality, safety and efficacy",
        "touches": "definition versions, donors, lots, banks or batches it touches",
        "changesScale": "true when vessel or scale of the process changes",
        "due": "the day by which it is to be made and closed",
    ]

    package var change: ChangeID
    package var title: String
    package var impact: ChangeImpact
    package var assessment: String
    package var touches: [ThingID]
    package var changesScale: Bool?
    package var due: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(change)
        try requireText(title, "title")
        try requireText(assessment, "assessment")
        guard touches.count <= HoldPlaced.containersMax else {
            throw Rejection("change.touches", "\(touches.count) things, at most 700")
        }
        for thing in touches { _ = try site.kind(of: thing.text) }
        if let due, due < moment.now.date {
            throw Rejection(
                "change.due-in-past", "due on \(due), today is \(moment.now.date)",
                help: "enter the day by which it is to be made and closed")
        }
        return [
            ChangeProposed(
                change: change, title: title, impact: impact, assessment: assessment,
                touches: touches, changesScale: changesScale, due: due)
        ]
    }
}

/// A change was proposed.
package struct ChangeProposed: Fact {
    package static let kind = "change.proposed/1"
    package var change: ChangeID
    package var title: String
    package var impact: ChangeImpact
    package var assessment: String
    package var touches: [ThingID]
    package var changesScale: Bool?
    package var due: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[change.text] = .change
        site.changes[change] = ChangeControl(
            id: change, title: title, impact: impact, assessment: assessment, touches: touches,
            changesScale: changesScale, due: due, proposed: stamp)
    }
}

/// Approves a change before it is made: quality, and not the person who proposed it.
package struct ApproveChange: Command {
    package static let name = "change.approve"
    package static let summary = "Approve a proposed change before it is made."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["change": "which change"]

    package var change: ChangeID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let change = try site.change(change)
        guard change.approved == nil else {
            throw Rejection("change.approved", "'\(change.id)' is approved already")
        }
        guard change.proposed.person != moment.person else {
            throw Rejection(
                "change.own-proposal", "'\(moment.person)' proposed '\(change.id)'",
                help: "another person approves it", rule: "change-controlled")
        }
        return [ChangeApproved(change: change.id)]
    }
}

/// A change was approved.
package struct ChangeApproved: Fact {
    package static let kind = "change.approved/1"
    package var change: ChangeID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.changes[change]?.approved = stamp
    }
}

/// Records that an approved change was made.
package struct ImplementChange: Command {
    package static let name = "change.implement"
    package static let summary = "Record that an approved change was made."
    package static let permission = Permission.openDeviation
    package static let help = ["change": "which change"]

    package var change: ChangeID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let change = try site.change(change)
        guard change.approved != nil else {
            throw Rejection(
                "change.not-approved", "'\(change.id)' is not approved",
                help: "quality approves it first: change.approve", rule: "change-controlled")
        }
        guard change.implemented == nil else {
            throw Rejection("change.implemented", "'\(change.id)' was made before")
        }
        return [ChangeImplemented(change: change.id)]
    }
}

/// A change was made.
package struct ChangeImplemented: Fact {
    package static let kind = "change.implemented/1"
    package var change: ChangeID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.changes[change]?.implemented = stamp
    }
}

/// Closes a change after its effect was checked.
package struct CloseChange: Command {
    package static let name = "change.close"
    package static let summary = "Close a change after its effect was checked."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["change": "which change", "effect": "what the check found"]

    package var change: ChangeID
    package var effect: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let change = try site.change(change)
        try requireText(effect, "effect")
        guard change.isOpen else { throw Rejection("change.closed", "'\(change.id)' is closed") }
        guard change.implemented != nil else {
            throw Rejection(
                "change.not-implemented", "'\(change.id)' was not made yet",
                rule: "change-controlled")
        }
        let isScale = change.changesScale == true
        if isScale || change.impact.needsComparability, !site.isShownComparable(change) {
            let why =
                isScale ? "changes vessel or scale" : "has \(change.impact.rawValue) impact"
            throw Rejection(
                "change.comparability-missing",
                "'\(change.id)' \(why) and no passed comparability exercise",
                help: "conclude one first: study.conclude",
                rule: isScale ? "scale-parity" : "comparability-before-use")
        }
        return [ChangeClosed(change: change.id, effect: effect)]
    }
}

/// A change was closed.
package struct ChangeClosed: Fact {
    package static let kind = "change.closed/1"
    package var change: ChangeID
    package var effect: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.changes[change]?.closed = .init(effect: effect, stamp: stamp)
    }
}

extension SiteState {
    /// The open changes that touch a batch, its definition, its inputs or its lots.
    package func openChanges(touching batch: Batch) -> [ChangeControl] {
        var things: Set<String> = [batch.id.text, batch.master.text]
        things.formUnion(genealogy.parents(of: batch.id.text))
        return changes.inOrder.filter { change in
            change.isOpen && change.touches.contains { things.contains($0.text) }
        }
    }
}
