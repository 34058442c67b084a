import ProductDefinition

/// A sterility sample that is too small or taken at one point.
///
/// ## Why it matters
///
/// The volume and the containers follow from the size of the batch, and samples are taken at the
/// beginning, at the end and after interventions.
///
/// ## Limits
///
/// The volumes are those given for Ph. Eur. 2.6.27: one percent of a batch of 10 mL or more, 0.1
/// mL of one between 1 and 10 mL. The table itself was not read. Below 1 mL a surrogate is
/// tested, which the rule does not judge.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     sampling: { sterility-volume: 1 mL, batch-volume: 200 mL, sterility-points: [begin, end] }
///     tests: [{ name: sterility, class: safety, limit: no growth }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     sampling: { sterility-volume: 2 mL, batch-volume: 200 mL, sterility-points: [begin, end] }
///     tests: [{ name: sterility, class: safety, limit: no growth }]
/// ```
enum SterilitySamplePlan: Rule {
    static let id = "sterility-sample-plan"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for specification in subject.releaseSpecifications
        where specification.tests.contains(where: { subject.measurand(of: $0) == .sterility }) {
            guard let plan = specification.sampling else {
                findings.report(
                    "the specification '\(specification.id.value)' has no sampling plan for "
                        + "sterility",
                    at: specification.name.position, about: specification.id.value,
                    help:
                        "write 'sampling:' with sterility-volume, batch-volume and sterility-points"
                )
                continue
            }
            let points = Set(plan.sterilityPoints.map(\.value))
            if !points.isSuperset(of: [.begin, .end]) {
                findings.report(
                    "sterility is not sampled at begin and end",
                    at: plan.sterilityPoints.first?.position ?? plan.position,
                    about: specification.id.value,
                    help: "write 'sterility-points: [begin, end]', and after interventions")
            }
            guard let batch = plan.batchVolume?.value.amount("mL"),
                let volume = plan.sterilityVolume,
                let given = volume.value.amount("mL")
            else {
                findings.report(
                    "the volume of the batch or of its sterility sample is not given",
                    at: plan.position, about: specification.id.value,
                    help: "write 'batch-volume:' and 'sterility-volume:'")
                continue
            }
            let needed = batch >= 10 ? batch / 100 : 0.1
            guard batch >= 1, given < needed * (1 - 1e-9) else { continue }
            findings.report(
                "\(volume.value) are tested for sterility, \(EndotoxinExposure.figure(needed)) "
                    + "mL of this batch are expected",
                at: volume.position, about: specification.id.value, help: "test a larger sample")
        }
    }
}
