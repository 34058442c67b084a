import Guidance
import ProductDefinition

/// Settle plates that stay open longer than four hours.
///
/// ## Why it matters
///
/// Agar dries, and a dry plate grows nothing. Plates are changed every four hours at most and
/// cover the whole operation.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   monitoring: [{ what: settle plates, exposure: 8 h }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   monitoring: [{ what: settle plates, exposure: 4 h }]
/// ```
enum SettlePlateTime: Rule {
    static let id = "settle-plate-time"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for point in subject.definition.premises?.monitoring ?? []
        where point.what.value == .settlePlates {
            guard let exposure = point.exposure else {
                findings.report(
                    "the settle plates in '\(point.equipment?.value ?? point.room?.value ?? "")' "
                        + "have no time of exposure",
                    at: point.what.position, help: "write 'exposure: 4 h' or less")
                continue
            }
            guard let hours = exposure.value.amount("h"),
                hours > CleanroomLimits.settlePlateHoursMax
            else { continue }
            findings.report(
                "settle plates are open for \(exposure.value), 4 h at most are allowed",
                at: exposure.position, help: "change the plates every four hours")
        }
    }
}
