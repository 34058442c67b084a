import ProductDefinition
import Quantities

/// An endotoxin limit above what the dose and the route allow.
///
/// ## Why it matters
///
/// The threshold dose is 5 EU per kilogram and hour, 0.2 EU per kilogram into the spinal fluid.
/// Divided by the largest volume per kilogram and hour it gives the highest limit the product can
/// have (K/M). A limit of 12.5 EU/mL is harmless in 20 mL and 18 times too high into the spinal
/// fluid in the same volume.
///
/// ## The arithmetic
///
/// Limit ≤ K / M. K is 5 EU/kg in an hour, and 0.2 EU/kg into the spinal fluid or the brain. M is
/// the largest volume per kilogram in an hour: the volume that is given, or the cells of the
/// largest dose at the concentration of the product; divided by the lowest body weight for a dose
/// that is the same for everyone (70 kg when none is given); divided by the shortest infusion
/// time when that is longer than an hour. A limit per kilogram, or per dose (`EU`), is converted
/// before it is compared.
///
/// ## Limits
///
/// No value is published for injection into the brain; that of the spinal fluid is used. For the
/// eye the general value is used, which is not strict enough: set the limit by own data.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   route: intrathecal
///   dose: { target: 50e6 cells, volume: 2..5 mL }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: endotoxin, class: safety, limit: "< 12.5 EU/mL" }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   route: intravenous
///   dose: { target: 50e6 cells, volume: 10..28 mL }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: endotoxin, class: safety, limit: "< 12.5 EU/mL" }]
/// ```
enum EndotoxinLimitComputed: Rule {
    static let id = "endotoxin-limit-computed"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for test in subject.releaseTests(measuring: .endotoxin) {
            guard let limit = subject.decidingLimit(of: test) else { continue }
            guard let upper = limit.value.range?.upper else {
                findings.report(
                    "the endotoxin limit '\(limit.value)' is not a number", at: limit.position,
                    about: test.id?.value, help: "give it in EU/mL, EU/kg or EU for a dose")
                continue
            }
            let exposure = EndotoxinExposure(subject)
            guard let perKilogramHour = exposure.perKilogramHour(at: upper) else {
                findings.report(
                    "the endotoxin limit '\(limit.value)' cannot be compared with K/M: "
                        + "\(exposure.missing)",
                    at: limit.position, about: test.id?.value,
                    help: "write 'volume:' under 'dose:', or the concentration under 'formulation:'"
                )
                continue
            }
            let allowed = exposure.threshold
            guard perKilogramHour > allowed * (1 + 1e-9) else { continue }
            let highest = exposure.highestLimit.map {
                ", so the limit is at most \(EndotoxinExposure.figure($0)) EU/mL"
            }
            findings.report(
                "the endotoxin limit '\(limit.value)' allows "
                    + "\(EndotoxinExposure.figure(perKilogramHour)) EU/kg in an hour, "
                    + "\(EndotoxinExposure.figure(allowed)) EU/kg is the "
                    + "threshold\(exposure.routePhrase)",
                at: limit.position, about: test.id?.value,
                help: "\(exposure.explanation)\(highest ?? "")")
        }
    }
}
