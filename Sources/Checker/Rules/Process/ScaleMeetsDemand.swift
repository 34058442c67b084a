import ProductDefinition
import Quantities

/// A planned scale that does not meet demand.
///
/// ## Why it matters
///
/// Batches per year, doses per batch and the success rate have to reach the demand. A process
/// that cannot supply its trial, or its market, is found too late when the calculation is made
/// after the comparability exercise.
///
/// ## What counts
///
/// Batches per year times doses per batch times the share of batches that are released, against
/// patients per year times administrations. Each is the expected value; `seedlot plan` looks at
/// their spread.
///
/// ## Flagged
///
/// ```yaml
/// planning:
///   batches-per-year: 12
///   doses-per-batch: 20
///   success-rate: 90 %
///   demand: { patients: 150 patients/year, administrations: 2 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// planning:
///   batches-per-year: 20
///   doses-per-batch: 20
///   success-rate: 90 %
///   demand: { patients: 150 patients/year, administrations: 2 }
/// ```
enum ScaleMeetsDemand: Rule {
    static let id = "scale-meets-demand"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let planning = subject.definition.planning, let demand = planning.demand else {
            findings.report(
                "the definition does not say how many doses are needed in a year",
                at: subject.definition.planning?.position ?? subject.place,
                help: "write 'planning:' with 'demand:', 'batches-per-year:' and 'doses-per-batch:'"
            )
            return
        }
        guard let batches = planning.batchesPerYear?.value,
            let doses = planning.dosesPerBatch?.value
        else {
            findings.report(
                "the plan does not say how many batches and doses there are", at: planning.position,
                help: "write 'batches-per-year:' and 'doses-per-batch:'")
            return
        }
        let success = planning.successRate?.value.value.amount("") ?? 1
        let patients = demand.patients.value.value.value.doubleValue
        let administrations = demand.administrations?.value.value.value.doubleValue ?? 1
        let supply = Double(batches) * doses.doubleValue * success
        let need = patients * administrations
        guard supply < need else { return }
        findings.report(
            "the plan gives \(rounded(supply)) doses in a year, \(rounded(need)) are needed",
            at: planning.dosesPerBatch?.position,
            help: "plan more batches, a larger scale, or a smaller demand")
    }

    private static func rounded(_ doses: Double) -> String {
        guard doses.isFinite, abs(doses) < 1e15 else { return "\(doses)" }
        return String(Int(doses.rounded()))
    }
}
