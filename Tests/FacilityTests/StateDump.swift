import Facility

/// A site as text, every collection in the order of its keys: two states are the same exactly when
/// their dumps are.
enum StateDump {
    static func text(of state: SiteState) -> String {
        var lines = ["\(state.name ?? "-") \(state.entryCount)"]
        lines += state.people.inOrder.map { "\($0)" }.map(Self.sortingSets)
        lines += state.masters.inOrder.map { "\($0)" }
        lines += state.donors.inOrder.map { "\($0)" }
        lines += state.lots.inOrder.map { "\($0)" }
        lines += state.containers.inOrder.map { "\($0)" }
        lines += state.banks.inOrder.map { "\($0)" }
        lines += state.deviations.inOrder.map { "\($0)" }
        lines += state.patients.inOrder.map { "\($0)" }
        lines += state.orders.inOrder.map { "\($0)" }
        lines += state.shipments.inOrder.map { "\($0)" }
        lines += state.samples.inOrder.map { "\($0)" }
        lines += state.excursions.inOrder.map { "\($0)" }
        lines += state.correctiveActions.inOrder.map { "\($0)" }
        lines += state.changes.inOrder.map { "\($0)" }
        lines += state.complaints.inOrder.map { "\($0)" }
        lines += state.recalls.inOrder.map { "\($0)" }
        lines += state.studies.inOrder.map { "\($0)" }
        lines += state.cytometryAnalyses.inOrder.map { "\($0)" }
        lines += state.positions.keys.sorted().map {
            "\($0) \(String(describing: state.positions[$0]))"
        }
        lines += state.rooms.inOrder.map { "\($0)" }
        lines += state.equipment.inOrder.map { "\($0)" }
        lines += state.organisations.inOrder.map { "\($0)" }
        lines += state.environmentSamples.inOrder.map { "\($0)" }
        lines += state.environmentLimits.inOrder.map { "\($0)" }
        lines += state.particleSeries.inOrder.map { "\($0)" }
        lines += state.simulations.inOrder.map { "\($0)" }
        lines += state.tokens.inOrder.map { "\($0)" }
        lines += Office.allCases.map { "\($0) \(String(describing: state.heads[$0]))" }
        lines += state.selfInspections.map { "\($0)" }
        lines += state.systemChecks.map { "\($0)" }
        lines += state.obligations.inOrder.map { "\($0)" }
        lines += state.meetings.inOrder.map { "\($0)" }
        lines += state.documents.inOrder.map { "\($0)" }
        for batch in state.batches.inOrder {
            lines.append("\(batch.id) \(batch.status) \(batch.inputs) \(batch.outputs)")
            lines.append("\(batch.results) \(batch.deviations)")
            lines.append(
                "\(batch.dispositions) \(batch.pauses) \(String(describing: batch.labels))")
            lines.append("\(batch.points) \(batch.openTests) \(batch.pooledFrom)")
            lines += batch.reprocessings.map { "\($0.provision) \($0.deviation) \($0.approved)" }
            for (step, record) in batch.executions {
                lines.append("\(step) \(record.started) \(String(describing: record.completed))")
                for (name, entries) in record.values.sorted(by: { $0.key < $1.key }) {
                    lines.append("\(name) \(entries)")
                }
                for (name, entries) in record.checks.sorted(by: { $0.key < $1.key }) {
                    lines.append("\(name) \(entries)")
                }
                lines.append("\(record.materials) \(record.counts)")
                lines.append("\(record.materials) \(String(describing: record.room))")
                lines.append("\(record.equipment) \(batch.clearances[step] as Any)")
            }
        }
        for node in state.things.keys.sorted() {
            lines.append("\(node) <- \(state.genealogy.parents(of: node))")
        }
        return lines.joined(separator: "\n")
    }

    /// A set prints in an order of its own in every process, but in the same one within it only
    /// for sets built alike; its letters in order are a fair picture of it.
    private static func sortingSets(_ text: String) -> String { String(text.sorted()) }
}
