import ProductDefinition
import Quantities

/// A dose without value, basis or bounds.
///
/// ## Why it matters
///
/// The dose decides the scale of the process, the amount of every impurity a patient receives and
/// the limit for endotoxin. It has to be given per patient, per kilogram or per area, with the
/// least and the most that may be given.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   dose:
///     target: 1e6 cells/kg
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   dose:
///     target: 1e6 cells/kg
///     range: 0.5e6..4e6 cells/kg
/// ```
enum DoseDefined: Rule {
    static let id = "dose-defined"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let dose = subject.product.dose else {
            findings.report(
                "the product has no dose", at: subject.place,
                help:
                    "write 'dose:' with 'target:' and 'range:', such as 1e6 cells/kg and "
                    + "0.5e6..4e6 cells/kg"
            )
            return
        }
        let target = dose.target
        let units = ["cells/kg", "cells", "cells/cm2"]
        if !units.contains(where: { target.value.amount($0).map { $0 > 0 } ?? false }) {
            findings.report(
                "the dose '\(target.value)' is not a positive number of cells, cells/kg or "
                    + "cells/cm2",
                at: target.position, help: "give viable cells per patient, per kilogram or per area"
            )
        }
        guard let range = dose.range, range.value.lower != nil, range.value.upper != nil else {
            findings.report(
                "the dose '\(target.value)' has no lowest and highest value",
                at: dose.range?.position ?? target.position,
                help: "write 'range:' with both ends, such as 0.5e6..4e6 cells/kg")
            return
        }
        if (try? range.value.contains(target.value)) == false {
            findings.report(
                "the dose '\(target.value)' lies outside its range '\(range.value)'",
                at: target.position, help: "correct the dose or the range")
        }
    }
}
