/// What a person was trained in.
package struct Training: Sendable, Hashable, Codable {
    /// The version of the instructions: the definition the person may execute.
    package var definition: MasterRecordID
    /// The stages it covers; all when empty.
    package var stages: [String]
    package var document: String
    /// The last day it holds; `nil` when it holds as long as the version does.
    package var expires: CalendarDate?
    package var stamp: Stamp

    /// Whether it covers `stage` on `date`.
    func covers(_ stage: String, on date: CalendarDate) -> Bool {
        (stages.isEmpty || stages.contains(stage)) && (expires.map { $0 >= date } ?? true)
            && stamp.happened.date <= date
    }
}

/// The training of a person in one version of a document.
package struct DocumentTraining: Sendable, Hashable, Codable {
    package var document: DocumentID
    package var version: String
    /// The training record.
    package var record: String
    /// The last day it holds; `nil` when it holds as long as the version does.
    package var expires: CalendarDate?
    package var stamp: Stamp
}

/// Records that a person was trained in a version of the instructions and assessed.
///
/// A new version asks for new training: the record names the version (EU GMP Part I 2; 21 CFR
/// 211.25).
package struct RecordTraining: Command {
    package static let name = "people.record-training"
    package static let summary =
        "Record that a person was trained in a definition version or a document."
    package static let permission = Permission.train
    package static let help = [
        "person": "who was trained; the trainer is the one who records it",
        "definition": "the version of the definition",
        "instruction": "or the document: its version approved last",
        "stages": "the stages it covers; leave empty for all",
        "document": "the training record", "expires": "the last day it holds, if it ends",
    ]

    package var person: PersonID
    package var definition: MasterRecordID?
    package var instruction: DocumentID?
    package var stages: [String]?
    package var document: String
    package var expires: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        try requireText(document, "document")
        guard person.id != moment.person else {
            throw Rejection(
                "people.own-training", "nobody records their own training",
                help: "the trainer records it", rule: "training-current")
        }
        guard person.isActive else {
            throw Rejection("people.inactive", "'\(person.id)' has no access any more")
        }
        if let expires, expires < moment.happened.date {
            throw Rejection(
                "people.training-over", "training that held until \(expires) is over",
                help: "enter the last day it holds")
        }
        var recorded = TrainingRecorded(
            person: person.id, stages: stages ?? [], document: document, expires: expires)
        switch (definition, instruction) {
        case (let definition?, nil):
            recorded.definition = try stagesKnown(to: site.master(definition))
        case (nil, let instruction?):
            recorded.instruction = instruction
            recorded.version = try version(of: site.document(instruction))
        default:
            throw Rejection(
                "people.training-subject",
                definition == nil
                    ? "nothing says what '\(person.id)' was trained in"
                    : "a definition and a document are named",
                help: "name one in 'definition' or 'instruction'")
        }
        return [recorded]
    }

    private func stagesKnown(to master: MasterRecord) throws(Rejection) -> MasterRecordID {
        for stage in stages ?? [] where master.stage(stage) == nil {
            throw Rejection(
                "batch.stage-unknown", "'\(master.id)' has no stage '\(stage)'",
                help: didYouMean(stage, among: master.stages.map(\.id)))
        }
        return master.id
    }

    private func version(of document: ControlledDocument) throws(Rejection) -> String {
        try document.requireInUse()
        guard stages?.isEmpty ?? true else {
            throw Rejection(
                "people.training-subject", "'\(document.id)' has no stages",
                help: "leave 'stages' out")
        }
        guard let version = document.lastApproved else {
            throw Rejection(
                "document.not-approved", "no version of '\(document.id)' is approved",
                help: "approve it first: document.approve")
        }
        return version.number
    }
}

/// A person was trained.
package struct TrainingRecorded: Fact {
    package static let kind = "people.training-recorded/1"
    package var person: PersonID
    /// The version of the definition; `nil` for training in a document.
    package var definition: MasterRecordID?
    package var stages: [String]
    package var document: String
    package var expires: CalendarDate?
    /// The document and its version; `nil` for training in a definition.
    package var instruction: DocumentID?
    package var version: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        if let definition {
            site.people[person]?.training.append(
                Training(
                    definition: definition, stages: stages, document: document,
                    expires: expires, stamp: stamp))
        } else if let instruction, let version {
            site.people[person]?.readings.append(
                DocumentTraining(
                    document: instruction, version: version, record: document,
                    expires: expires, stamp: stamp))
        }
    }
}

extension SiteState {
    /// Refuses a person who is not trained for the version and stage a batch executes.
    func requireTrained(
        _ person: PersonID, for batch: Batch, at moment: Moment
    ) throws(Rejection) {
        guard binds("training-current", on: batch), let person = people[person] else { return }
        let date = moment.happened.date
        let trained = person.training.contains {
            $0.definition == batch.master && $0.covers(batch.stage, on: date)
        }
        guard trained else {
            throw Rejection(
                "people.not-trained",
                "'\(person.id)' is not trained for stage '\(batch.stage)' of '\(batch.master)'",
                help: "a trainer records the training first: people.record-training",
                rule: "training-current")
        }
    }
}
