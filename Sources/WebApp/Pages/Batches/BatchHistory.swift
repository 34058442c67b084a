import Charts
import Facility

/// Everything that was recorded on a batch, latest first.
struct BatchHistory {
    let view: BatchView
    let state: SiteState

    /// The happenings, each with the link to what it concerns.
    var history: History {
        let batch = view.batch
        var stamped: [(Stamp, History.Happening)] = []
        func add(_ stamp: Stamp?, _ title: String, _ detail: String? = nil, _ tone: Tone = .good) {
            guard let stamp else { return }
            stamped.append(
                (
                    stamp,
                    .init(
                        instant: stamp.happened.description, title: title, detail: detail,
                        person: state.name(of: stamp.person), tone: tone,
                        link: .entry(Int(stamp.entry)))
                ))
        }
        add(batch.opened, "Batch opened")
        let executions = view.steps.flatMap { step in
            batch.executions(of: step.definition.id).map { (step: step, record: $0) }
        }
        for (step, record) in executions {
            let name = step.definition.name
            add(record.started, "\(name): started", nil, .underway)
            for (id, entries) in record.values.sorted(by: { $0.key < $1.key }) {
                let parameter = step.definition.parameter(id)
                for entry in entries {
                    let judgement = (try? parameter?.judge(entry.value)) ?? nil
                    add(
                        entry.stamp, "\(name): \(parameter?.name ?? id) \(entry.value)",
                        [judgement?.title, entry.reason.map { "corrected: \($0)" }]
                            .compactMap { $0 }.joined(separator: "; "),
                        judgement?.tone ?? .good)
                }
            }
            for (id, entries) in record.checks.sorted(by: { $0.key < $1.key }) {
                let check = step.definition.check(id)
                for entry in entries {
                    let met = (try? check?.criterion.isMet(by: entry.observation)) ?? nil
                    add(
                        entry.stamp, "\(name): \(check?.name ?? id) \(entry.observation)",
                        check.map { "criterion \($0.criterion)" }, met == false ? .bad : .good)
                }
            }
            for trace in record.traces {
                let parameter = step.definition.parameter(trace.parameter)
                add(
                    trace.stamp,
                    "\(name): \(parameter?.name ?? trace.parameter) \(trace.lowest) to "
                        + "\(trace.highest)",
                    "trace of \(trace.readings) readings, \(trace.origin)")
            }
            for intervention in record.interventions {
                add(intervention.stamp, "\(name): intervention, \(intervention.what)")
            }
            for use in record.materials {
                add(use.stamp, "\(name): \(use.quantity) of lot \(use.lot)")
            }
            add(record.completed, "\(name): completed and signed")
            add(record.verified, "\(name): verified and signed")
        }
        for reprocessing in batch.reprocessings {
            add(
                reprocessing.approved, "Sent back: \(reprocessing.provision)",
                "\(reprocessing.deviation): \(reprocessing.reason)", .attention)
        }
        for result in batch.results {
            let test = ((try? state.specification(for: batch)) ?? nil)?.test(result.test)
            let met = (try? test?.criterion.isMet(by: result.observation)) ?? nil
            add(
                result.stamp, "\(test?.attribute ?? result.test) \(result.observation)",
                "reference \(result.reference)", met == false ? .bad : .good)
        }
        for deviation in batch.deviations.compactMap({ state.deviations[$0] }) {
            add(deviation.opened, "\(deviation.id) opened", deviation.description, .attention)
            add(
                deviation.closure?.stamp, "\(deviation.id) closed",
                deviation.closure?.disposition.rawValue, deviation.tone)
        }
        add(batch.completed, "Execution completed and signed")
        add(batch.reviewed, "Reviewed and signed")
        add(batch.disposed, "Batch \(batch.status.rawValue)", nil, batch.status.tone)
        return History(happenings: stamped.sorted { $0.0.entry > $1.0.entry }.map(\.1))
    }
}
