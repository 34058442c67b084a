import Charts
import Facility
import Quantities

/// A batch as pages see it: its steps in order, how each stands, and where the work is.
struct BatchView {
    /// How far a step has come.
    enum Phase {
        /// An earlier step is not done.
        case waiting
        /// It may be started.
        case ready
        /// It was started.
        case open
        /// It was completed and waits for the second person.
        case unverified
        /// It is done.
        case done

        var tone: Tone {
            switch self {
            case .waiting: .inactive
            case .ready, .open: .underway
            case .unverified: .attention
            case .done: .good
            }
        }

        var words: String {
            switch self {
            case .waiting: "not started"
            case .ready: "ready to start"
            case .open: "in progress"
            case .unverified: "waits for the second person"
            case .done: "done"
            }
        }
    }

    /// A step of the definition with what was done.
    struct Step {
        let definition: MasterStep
        let record: StepRecord?
        let phase: Phase
        /// Deviations of this step that are open.
        let openDeviations: [Deviation]

        var tone: Tone { openDeviations.isEmpty ? phase.tone : .attention }

        /// The step in time: the work, then the wait for the second person.
        func timelineRow(
            of batch: BatchID, at address: (Link) -> Address
        ) -> BatchTimeline.Row? {
            guard let record else { return nil }
            var stretches: [BatchTimeline.Stretch] = [
                .init(
                    from: record.started.seconds, to: record.completed?.seconds,
                    label: "", tone: record.completed == nil ? .underway : .good)
            ]
            if definition.needsVerification, let completed = record.completed {
                stretches.append(
                    .init(
                        from: completed.seconds, to: record.verified?.seconds, label: "",
                        tone: record.verified == nil ? .attention : .inactive))
            }
            return BatchTimeline.Row(
                name: definition.name,
                path: PicturePath(
                    address(.batchStep(batch: batch.text, step: definition.id)).text),
                stretches: stretches)
        }
    }

    let batch: Batch
    let master: MasterRecord?
    let stage: MasterStage?
    let steps: [Step]

    init(_ batch: Batch, in state: SiteState) {
        self.batch = batch
        master = state.masters[batch.master]
        stage = master?.stage(batch.stage)
        let open = state.openDeviations(of: batch)
        var steps: [Step] = []
        var done: Set<String> = []
        for definition in stage?.steps ?? [] {
            let record = batch.steps[definition.id]
            let phase: Phase
            if let record {
                if record.completed == nil {
                    phase = .open
                } else if definition.needsVerification, record.verified == nil {
                    phase = .unverified
                } else {
                    phase = .done
                }
            } else {
                let before = stage?.predecessors(of: definition) ?? []
                let isReached = batch.status == .open && before.allSatisfy { done.contains($0.id) }
                phase = isReached ? .ready : .waiting
            }
            if phase == .done { done.insert(definition.id) }
            steps.append(
                Step(
                    definition: definition, record: record, phase: phase,
                    openDeviations: open.filter { $0.step == definition.id }))
        }
        self.steps = steps
    }

    /// The step where the work is; nil when every step is done.
    var current: Step? { steps.first { $0.phase != .done } }

    /// The step called `id`.
    func step(_ id: String) -> Step? { steps.first { $0.definition.id == id } }

    /// The last thing that was signed.
    var latest: Stamp? {
        steps.compactMap { $0.record?.verified ?? $0.record?.completed ?? $0.record?.started }
            .max { $0.entry < $1.entry } ?? batch.opened
    }

    /// The steps as a picture with links, each to where `address` says that a page is.
    func flow(at address: (Link) -> Address) -> Picture {
        ProcessFlow(
            title: "Steps of \(batch.id)",
            steps: steps.map { step in
                let critical = step.definition.parameters.contains { $0.isCritical }
                let count = step.definition.parameters.count + step.definition.checks.count
                return ProcessFlow.Step(
                    name: step.definition.name,
                    detail: counted(count, "entries"),
                    status: step.openDeviations.isEmpty
                        ? step.phase.words
                        : counted(step.openDeviations.count, "open events"),
                    tone: step.tone, isCritical: critical,
                    path: PicturePath(
                        address(.batchStep(batch: batch.id.text, step: step.definition.id)).text))
            }
        ).picture()
    }

    /// The batch as a row of the calendar: making, then testing and review.
    var timelineRow: BatchTimeline.Row {
        var stretches: [BatchTimeline.Stretch] = [
            .init(
                from: batch.opened.seconds,
                to: batch.completed?.seconds ?? batch.disposed?.seconds,
                label: stage?.name ?? batch.stage,
                tone: batch.completed == nil ? batch.status.tone : .good)
        ]
        if let completed = batch.completed {
            stretches.append(
                .init(
                    from: completed.seconds, to: batch.disposed?.seconds,
                    label: batch.status.rawValue, tone: batch.status.tone))
        }
        return BatchTimeline.Row(
            name: batch.id.text, path: PicturePath(Link.batch(batch.id.text).path),
            stretches: stretches)
    }
}

extension RangeGauge.Interval {
    /// `range` in `unit`; nil when it cannot be said in it.
    init?(_ range: QuantityRange?, in unit: String) {
        guard let range, let unit = try? Quantities.Unit(unit) else { return nil }
        func value(_ bound: Quantity?) -> Double? {
            bound.flatMap { try? $0.converted(to: unit) }.map {
                Double($0.value.description) ?? .nan
            }
        }
        self.init(low: value(range.lower), high: value(range.upper))
        if low == nil, high == nil { return nil }
    }
}

extension MasterParameter {
    /// The ranges of the parameter for a gauge beside its field.
    var ranges: Field.Ranges? {
        let normal = RangeGauge.Interval(normal, in: unit)
        let proven = RangeGauge.Interval(proven, in: unit)
        return normal == nil && proven == nil ? nil : .init(normal: normal, proven: proven)
    }

    /// `text` with the unit of the parameter when the operator typed a bare number. A comma is
    /// left as it is, to be refused: nobody can tell whether it parts decimals or thousands.
    func withUnit(_ text: String) -> String {
        Double(text) != nil ? "\(text) \(unit)" : text
    }
}
