package import Quantities

/// One execution of a stage of an approved definition version.
package struct Batch: Sendable, Codable {
    package var id: BatchID
    package var master: MasterRecordID
    /// The stage of the definition that is executed.
    package var stage: String
    package var opened: Stamp
    package var status: BatchStatus
    /// What was done, by step id, as it is in force; steps not begun are absent.
    package var steps = Table<String, StepRecord>()
    /// Containers used up, in order.
    package var inputs: [ContainerID] = []
    /// Containers filled, in order.
    package var outputs: [ContainerID] = []
    /// The bank that was filled, when the stage gives one.
    package var bank: BankID?
    /// Results of release testing, in the order they were recorded.
    package var results: [TestResult] = []
    package var deviations: [DeviationID] = []
    /// Line clearances, by the step they were made for.
    package var clearances: [String: LineClearance] = [:]
    package var completed: Stamp?
    package var reviewed: Stamp?
    package var disposed: Stamp?
    /// Why it was rejected or ended before its completion, in the words of whoever signed.
    package var lossReason: String?
    /// Decisions of quality on exceptions, oldest first.
    package var dispositions: [ExceptionDisposition] = []
    /// Times in which the batch rested, oldest first.
    package var pauses: [Pause] = []
    package var labels: LabelAccount?
    /// Returns to an earlier step, oldest first.
    package var reprocessings: [Reprocessing] = []
    /// The batch this one was split from.
    package var splitFrom: BatchID?
    /// The splits its cells went through, also those before it was split off itself, oldest first.
    package var partings: [Parting] = []
    /// The batches whose cells were pooled into this one.
    package var pooledFrom: [BatchID] = []
    /// Certification points the Qualified Person answered in person, by clause.
    package var points: [PointAnswer] = []
    /// When the first stage was certified, while results of the second are to come.
    package var firstStage: Stamp?
    /// Tests of the second stage, by id, until they are judged.
    package var openTests: [String] = []
    /// The clinical alert for a second-stage result outside the specification.
    package var alert: ClinicalAlert?
    /// Leave to supply the batch although it is out of specification.
    package var exceptionalSupply: ExceptionalSupply?

    /// The pause it is in now.
    package var pause: Pause? { pauses.last.flatMap { $0.ended == nil ? $0 : nil } }
}

/// How far a batch has come.
package enum BatchStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case open, completed, reviewed, certified, released, rejected, aborted, pooled

    /// True once nobody can add to the executed record any more.
    package var isFinal: Bool {
        switch self {
        case .open, .completed, .reviewed: false
        case .certified, .released, .rejected, .aborted, .pooled: true
        }
    }

    /// Whether somebody answered for the batch with its record before their eyes.
    package var isAnsweredFor: Bool { self == .certified || self == .released }

    /// Whether it was rejected, or ended before its completion.
    package var isLost: Bool { self == .rejected || self == .aborted }
}

/// What was done in one step.
package struct StepRecord: Sendable, Hashable, Codable {
    package var started: Stamp
    package var completed: Stamp?
    package var verified: Stamp?
    /// Every value ever entered, by parameter id, oldest first: the last is in force.
    package var values: [String: [ParameterEntry]] = [:]
    /// Results of in-process controls, by control id, oldest first.
    package var checks: [String: [CheckEntry]] = [:]
    package var materials: [MaterialEntry] = []
    /// Containers used up, oldest first.
    package var containers: [ContainerEntry] = []
    /// Cell counts, oldest first.
    package var counts: [CountEntry] = []
    /// Traces of sensors, in the order they were imported.
    package var traces: [ParameterTrace] = []
    /// Interventions in the aseptic zone, oldest first.
    package var interventions: [Intervention] = []
    /// Where it was done; `nil` when the definition names no room.
    package var room: RoomID?
    /// What it was done with.
    package var equipment: [EquipmentID] = []
}

/// A value that was entered for a parameter.
package struct ParameterEntry: Sendable, Hashable, Codable {
    package var value: Quantity
    /// Why it replaces the one before; `nil` for the first.
    package var reason: String?
    package var stamp: Stamp
}

/// A result that was entered for an in-process control.
package struct CheckEntry: Sendable, Hashable, Codable {
    package var observation: Observation
    package var stamp: Stamp
}

/// A lot that was used in a step.
package struct MaterialEntry: Sendable, Hashable, Codable {
    package var lot: LotID
    package var quantity: Quantity
    package var stamp: Stamp
}

/// A container that was used up in a step.
package struct ContainerEntry: Sendable, Hashable, Codable {
    package var container: ContainerID
    package var stamp: Stamp
}

/// How a value stands to the ranges of its parameter.
package enum Judgement: String, Sendable, Hashable, Codable {
    case withinNormal = "within-normal-operating-range"
    case outsideNormal = "outside-normal-operating-range"
    case outsideProven = "outside-proven-acceptable-range"

    package var title: String {
        switch self {
        case .withinNormal: "within the normal operating range"
        case .outsideNormal: "outside the normal operating range"
        case .outsideProven: "outside the proven acceptable range"
        }
    }
}

extension MasterParameter {
    /// Judges `value` against the ranges of this parameter.
    package func judge(_ value: Quantity) throws(Rejection) -> Judgement {
        do {
            if let proven, try !proven.contains(value) { return .outsideProven }
            if let normal, try !normal.contains(value) { return .outsideNormal }
            return .withinNormal
        } catch {
            throw Rejection(
                "batch.wrong-unit",
                "\(value) cannot be held against the range of '\(id)': \(error)",
                help: "enter the value in \(unit)")
        }
    }
}

extension SiteState {
    /// The stage a batch executes.
    package func stage(of batch: Batch) throws(Rejection) -> MasterStage {
        guard let stage = try master(batch.master).stage(batch.stage) else {
            throw Rejection("batch.stage-unknown", "there is no stage '\(batch.stage)'")
        }
        return stage
    }

    /// The definition of a step of a batch.
    package func step(_ id: String, of batch: Batch) throws(Rejection) -> MasterStep {
        let stage = try stage(of: batch)
        guard let step = stage.step(id) else {
            throw Rejection(
                "batch.unknown-step", "stage '\(stage.id)' has no step '\(id)'",
                help: didYouMean(id, among: stage.steps.map(\.id)))
        }
        return step
    }

    /// A batch that is being executed, with a step of it that was started and not completed.
    func openStep(
        _ id: String, of batchID: BatchID
    ) throws(Rejection) -> (batch: Batch, step: MasterStep, record: StepRecord) {
        let batch = try executing(batchID)
        let step = try step(id, of: batch)
        guard let record = batch.steps[id] else {
            throw Rejection(
                "batch.step-not-started", "step '\(id)' of '\(batchID)' is not started",
                help: "start it first")
        }
        guard record.completed == nil else {
            throw Rejection(
                "batch.step-completed", "step '\(id)' of '\(batchID)' is completed",
                help: "correct an entry with a reason instead")
        }
        return (batch, step, record)
    }

    /// A batch whose execution is not completed.
    func executing(_ id: BatchID) throws(Rejection) -> Batch {
        let batch = try batch(id)
        guard batch.status == .open else {
            throw Rejection("batch.not-open", "batch '\(id)' is \(batch.status.rawValue)")
        }
        if let pause = batch.pause {
            throw Rejection(
                "batch.paused", "batch '\(id)' is paused: \(pause.reason)",
                help: "resume it first: batch.resume")
        }
        return batch
    }

    /// The deviations of a batch that are not closed.
    package func openDeviations(of batch: Batch) -> [Deviation] {
        batch.deviations.compactMap { deviations[$0] }.filter(\.isOpen)
    }
}
