package import Ledger

/// Closes a complaint with what its investigation found.
///
/// A complaint that is not confirmed says why the product is sound. A confirmed defect goes on as a
/// deviation about the product, decides on the other containers and on a recall, and asks for the
/// notices that are due (EU GMP Part I chapter 8, investigation and decision-making; EU GMP Annex 2A
/// 8.1-8.3).
package struct CloseComplaint: Command {
    package static let name = "complaint.close"
    package static let summary = "Close a complaint with what its investigation found."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "complaint": "which complaint", "finding": "what the investigation found",
        "isQualityDefect": "true when the product was not as it should be",
        "conclusion": "why the product is sound, when no defect is confirmed",
        "deviation": "the deviation that takes the defect on; one is opened when none is named",
        "holdsSisters": "for a defect: whether the other containers of the batch or bank are held",
        "recall": "for a defect: the recall that was begun",
        "noRecall": "for a defect: why nothing is recalled",
    ]

    package var complaint: ComplaintID
    package var finding: String
    package var isQualityDefect: Bool
    package var conclusion: String?
    package var deviation: DeviationID?
    package var holdsSisters: Bool?
    package var recall: RecallID?
    package var noRecall: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let complaint = try site.complaint(complaint)
        try requireText(finding, "finding")
        guard complaint.isOpen else {
            throw Rejection("complaint.closed", "'\(complaint.id)' is closed")
        }
        guard complaint.received.person != moment.person else {
            throw Rejection(
                "complaint.own", "'\(moment.person)' received '\(complaint.id)'",
                help: "another person closes it")
        }
        return isQualityDefect
            ? try defect(complaint, on: site, at: moment) : try unconfirmed(complaint)
    }

    private func unconfirmed(_ complaint: Complaint) throws(Rejection) -> [any Fact] {
        guard deviation == nil, holdsSisters == nil, recall == nil, noRecall == nil else {
            throw Rejection(
                "complaint.no-defect", "no defect is confirmed and measures against one are named",
                help: "leave 'deviation', 'holdsSisters', 'recall' and 'noRecall' out")
        }
        guard let conclusion, conclusion.contains(where: { !$0.isWhitespace }) else {
            throw Rejection(
                "complaint.conclusion-missing",
                "no defect is confirmed and nothing says why '\(complaint.subject)' is sound",
                help: "say in 'conclusion' what the investigation concludes")
        }
        return [
            ComplaintClosed(
                complaint: complaint.id, finding: finding, isQualityDefect: false,
                conclusion: conclusion)
        ]
    }

    private func defect(
        _ complaint: Complaint, on site: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        guard let holdsSisters else {
            throw Rejection(
                "complaint.sisters-undecided",
                "'\(complaint.id)' is a defect and nothing says whether other containers are held",
                help: "decide in 'holdsSisters'")
        }
        let isWhole = site.things[complaint.subject.text] == .batch
        guard holdsSisters || !isWhole else {
            throw Rejection(
                "complaint.sisters-of-batch",
                "the defect is one of batch '\(complaint.subject)', which is all of its containers",
                help: "hold them: 'holdsSisters' true")
        }
        try requireRecallDecision(of: complaint, on: site)
        let origin = site.origin(of: complaint.subject)
        var facts: [any Fact] = []
        if let deviation { try require(deviation, about: complaint, origin, on: site) }
        let taken = deviation ?? site.nextDeviation()
        facts.append(
            ComplaintClosed(
                complaint: complaint.id, finding: finding, isQualityDefect: true,
                deviation: taken, holdsSisters: holdsSisters, recall: recall, noRecall: noRecall))
        if deviation == nil {
            let others = isWhole ? [] : [complaint.subject]
            let bank = holdsSisters && site.things[origin?.text ?? ""] == .bank ? origin : nil
            let batch = site.batches[(origin ?? complaint.subject).naming(Batch.self)]?.id
            facts.append(
                DeviationOpened(
                    deviation: taken, batch: holdsSisters ? batch : nil, step: nil,
                    cause: .confirmedDefect,
                    description: "complaint \(complaint.id) about \(complaint.subject): \(finding)",
                    subjects: others.isEmpty && bank == nil
                        ? nil : others + [bank].compactMap(\.self)))
        }
        if holdsSisters, let origin {
            facts += HoldPlaced.facts(
                holding: try site.containersHeld(with: origin),
                reason: "defect confirmed by complaint \(complaint.id): \(finding)",
                source: taken.naming(Thing.self))
        }
        return facts + site.notices(of: complaint, isRecalled: recall != nil, at: moment)
    }

    private func requireRecallDecision(
        of complaint: Complaint, on site: SiteState
    ) throws(Rejection) {
        let why = noRecall.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
        guard (recall == nil) != (why == nil) else {
            throw Rejection(
                "complaint.recall-undecided",
                recall == nil
                    ? "'\(complaint.id)' is a defect and nothing says whether anything is recalled"
                    : "a recall and a reason against one are named",
                help: "name the recall in 'recall', or say in 'noRecall' why there is none")
        }
        guard let recall else { return }
        let begun = try site.recall(recall)
        let behind = site.genealogy.trace(from: complaint.subject.text, .back).map(\.node)
        guard !begun.isMock, ([complaint.subject.text] + behind).contains(begun.thing.text) else {
            throw Rejection(
                "complaint.recall-of-other",
                begun.isMock
                    ? "'\(recall)' is an exercise"
                    : "'\(recall)' recalls '\(begun.thing)', of which '\(complaint.subject)' is not",
                help: "begin the recall of the product first: recall.begin")
        }
    }

    private func require(
        _ id: DeviationID, about complaint: Complaint, _ origin: ThingID?, on site: SiteState
    ) throws(Rejection) {
        let deviation = try site.openDeviation(id)
        let wanted = Set([complaint.subject, origin].compactMap(\.self))
        guard !wanted.isDisjoint(with: deviation.things) else {
            throw Rejection(
                "complaint.deviation-of-other", "'\(id)' is not about '\(complaint.subject)'",
                help: "name the deviation about it, or leave 'deviation' out and one is opened")
        }
    }
}

/// A complaint was closed.
package struct ComplaintClosed: Fact {
    package static let kind = "complaint.closed/1"
    package var complaint: ComplaintID
    package var finding: String
    package var isQualityDefect: Bool
    package var conclusion: String?
    package var deviation: DeviationID?
    package var holdsSisters: Bool?
    package var recall: RecallID?
    package var noRecall: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.complaints[complaint]?.closure = .init(
            finding: finding, isQualityDefect: isQualityDefect, conclusion: conclusion,
            deviation: deviation, holdsSisters: holdsSisters, recall: recall, noRecall: noRecall,
            stamp: stamp)
    }
}

extension SiteState {
    /// The batch of a dose, the bank of a vial; a batch is its own origin.
    fileprivate func origin(of subject: ThingID) -> ThingID? {
        switch containers[subject.naming(Container.self)]?.content {
        case .dose(let batch)?: batch.naming(Thing.self)
        case .vial(let bank)?: bank.naming(Thing.self)
        case .startingMaterial?: nil
        case nil: things[subject.text] == .batch ? subject : nil
        }
    }

    /// The obligations that a confirmed defect brings.
    ///
    /// A recall is told to the authority and the sponsor or holder without delay (EU GMP Part I 8.15).
    /// A licensed biological product on the United States market that left the site is reported
    /// within 45 days of when the defect became known (21 CFR 600.14(c)).
    fileprivate func notices(
        of complaint: Complaint, isRecalled: Bool, at moment: Moment
    ) -> [any Fact] {
        var notices: [(task: String, source: String, due: CalendarDate)] = []
        if isRecalled {
            notices.append(
                (
                    "tell the competent authority and the sponsor or holder of the recall",
                    "EU GMP Part I 8.15", moment.happened.date
                ))
        }
        let batch = origin(of: complaint.subject).flatMap { batches[$0.naming(Batch.self)] }
        if let batch, let product = masters[batch.master]?.product,
            product.isCommercial,
            product.jurisdictions?.contains("US") == true,
            batch.outputs.contains(where: { containers[$0]?.shipment != nil })
        {
            notices.append(
                (
                    "report the biological product deviation to the FDA", "21 CFR 600.14(c)",
                    complaint.received.happened.date.advanced(byDays: 45)
                ))
        }
        return notices.enumerated().map { offset, notice in
            ObligationRecorded(
                obligation: nextObligation(after: offset), kind: .report,
                authorisation: notice.source,
                task: "\(notice.task): complaint \(complaint.id)", due: notice.due)
        }
    }
}
