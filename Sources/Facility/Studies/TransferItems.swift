package import Guidance
import Ledger

/// What was said about one item of a stage of a technology transfer.
package struct ItemAnswer: Sendable, Hashable, Codable {
    /// The item, such as TT-05.
    package var item: String
    /// What the site holds that shows it.
    package var records: [ThingID]
    /// A document of the sending unit or of the site that shows it, by its number.
    package var document: String?
    /// Why it does not apply; `nil` where it was shown.
    package var notApplicable: String?
    package var stamp: Stamp
}

/// An item of a stage and how it stands.
package struct ItemStanding: Sendable {
    package var item: TransferItem
    /// The last answer at the site; an answer before it was taken back by it.
    package var answer: ItemAnswer?
    /// What the version of the definition that is transferred gives as accepted evidence.
    package var accepted: [String]
    /// The day by which the definition has it, and who answers for it here.
    package var due: CalendarDate?
    package var owner: String?

    package var isOpen: Bool { answer == nil && accepted.isEmpty }

    /// How it was answered, in words; empty while it is open.
    package var words: String {
        guard let answer else { return accepted.joined(separator: ", ") }
        if let reason = answer.notApplicable { return "not applicable: \(reason)" }
        return (answer.records.map(\.text) + [answer.document].compactMap(\.self))
            .joined(separator: ", ")
    }
}

extension TransferStage {
    /// The stage in the table of items.
    private var number: Int {
        switch self {
        case .dueDiligence: 1
        case .pilot: 2
        case .validation: 3
        }
    }

    /// What has to be answered before the stage is concluded.
    package var items: [TransferItem] { TransferItem.items(ofStage: number) }
}

/// Answers items of a stage of a technology transfer: what shows them, or why they do not apply.
///
/// A stage is left with every item shown (Zhang & Stacey 2022, doi:10.1111/cpr.13203, Table 1). The
/// answer stands until another is given; both are kept.
package struct AnswerItems: Command {
    package static let name = "study.answer-items"
    package static let summary =
        "Answer items of a stage of a technology transfer: what shows them, or why they do not apply."
    package static let permission = Permission.review
    package static let help = [
        "study": "the stage of the transfer", "items": "the items, of TT-01 to TT-36",
        "records": "what the site holds that shows them: a bank, a study, a document, a version",
        "document": "a document that shows them and is kept elsewhere, by its number",
        "notApplicable": "why they do not apply, where nothing shows them",
    ]

    package var study: StudyID
    package var items: [String]
    package var records: [ThingID]?
    package var document: String?
    package var notApplicable: String?

    /// Records one answer names at most: an answer is one entry of the ledger.
    private static let recordsMax = 50

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let study = try site.openStudy(study)
        guard let stage = study.stage else {
            throw Rejection(
                "study.no-stages", "'\(study.id)' is a \(study.kind.rawValue) study",
                help: "name a stage of a technology transfer")
        }
        let known = stage.items.map(\.id)
        if let stranger = items.first(where: { !known.contains($0) }) {
            throw Rejection(
                "study.no-such-item", "\(stage.title) has no item '\(stranger)'",
                help: didYouMean(stranger, among: known)
                    ?? "items: \(known.joined(separator: ", "))", rule: "tt-stage-gate")
        }
        guard !items.isEmpty, Set(items).count == items.count else {
            throw Rejection(
                "study.items", "\(items.count) items, of which \(Set(items).count) differ",
                help: "name each item that is answered once")
        }
        let records = records ?? []
        guard records.count <= Self.recordsMax, Set(records).count == records.count else {
            throw Rejection(
                "study.item-records",
                "\(records.count) records, of which \(Set(records).count) differ; at most "
                    + "\(Self.recordsMax)", help: "name each record once, those the answer rests on"
            )
        }
        if let document { try requireText(document, "document") }
        if let notApplicable { try requireText(notApplicable, "notApplicable") }
        let isShown = !records.isEmpty || document != nil
        guard isShown != (notApplicable != nil) else {
            throw Rejection(
                "study.item-answer",
                items.joined(separator: ", ")
                    + (isShown ? ": shown and not applicable" : ": nothing shows it"),
                help: "name 'records' or a 'document', or give the reason in 'notApplicable'",
                rule: "tt-stage-gate")
        }
        for record in records { try site.requireShowing(record, in: study, at: moment) }
        return [
            ItemsAnswered(
                study: study.id, items: items, records: records, document: document,
                notApplicable: notApplicable)
        ]
    }
}

/// Items of a stage of a transfer were answered.
package struct ItemsAnswered: Fact {
    package static let kind = "study.items-answered/1"
    package var study: StudyID
    package var items: [String]
    package var records: [ThingID]
    package var document: String?
    package var notApplicable: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.studies[study]?.answers += items.map {
            ItemAnswer(
                item: $0, records: records, document: document, notApplicable: notApplicable,
                stamp: stamp)
        }
    }
}

extension SiteState {
    /// How the items of a stage of a transfer stand, in the order of the table; none for another
    /// study.
    package func items(of study: Study) -> [ItemStanding] {
        guard let stage = study.stage else { return [] }
        let tasks = masters[study.subject.naming(MasterRecord.self)]?.product.transferTasks ?? []
        return stage.items.map { item in
            let task = tasks.first { $0.item == item.id }
            return ItemStanding(
                item: item, answer: study.answers.last { $0.item == item.id },
                accepted: task?.accepted ?? [], due: task?.due, owner: task?.owner)
        }
    }

    /// Refuses to leave a stage with an item that nothing shows.
    func requireItemsAnswered(of study: Study) throws(Rejection) {
        let open = items(of: study).filter(\.isOpen)
        guard let first = open.first else { return }
        throw Rejection(
            "study.items-open",
            "'\(study.id)' has \(open.count) open items: "
                + open.prefix(5).map(\.item.id).joined(separator: ", ")
                + (open.count > 5 ? ", …" : ""),
            help: "answer each first: study.answer-items; \(first.item.id) is closed by "
                + "\(first.item.evidence)", rule: "tt-stage-gate")
    }

    /// Refuses what is not there, and what is there and shows nothing yet.
    fileprivate func requireShowing(
        _ record: ThingID, in study: Study, at moment: Moment
    ) throws(Rejection) {
        guard let thing = things[record.text] else {
            throw Rejection(
                "site.unknown-identifier", "there is no '\(record)'",
                help: "name what the site holds, or a 'document' that is kept elsewhere")
        }
        let lacking: String? =
            switch thing {
            case .master where masters[record.naming(MasterRecord.self)]?.approved == nil:
                "not approved"
            case .bank where banks[record.naming(Bank.self)]?.status != .released: "not released"
            case .study where record.text == study.id.text: "the stage itself"
            case .study
            where studies[record.naming(Study.self)]?.conclusion?.isMet != true:
                "not concluded with its criteria met"
            case .document
            where documents[record.naming(ControlledDocument.self)]?
                .inForce(on: moment.happened.date) == nil:
                "not in force"
            case .batch where batches[record.naming(Batch.self)]?.completed == nil:
                "not completed"
            default: nil
            }
        guard let lacking else { return }
        throw Rejection(
            "study.record-shows-nothing", "\(thing.rawValue) '\(record)' is \(lacking)",
            help: "answer the item when it is", rule: "tt-stage-gate")
    }
}
