import ProductDefinition

/// A sterility method that does not suit cells, or is not shown to.
///
/// ## Why it matters
///
/// Ph. Eur. 2.6.1 takes fourteen days and large volumes. 2.6.27 exists for cell products where it
/// cannot be done; a rapid method has to be validated. Either way the method is shown to work
/// with the product, and with any antibiotic in it.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - id: ster
///     name: sterility by BacT/ALERT
///     measures: sterility
///     compendial: Ph. Eur. 2.6.27
///     suitability: VAL-0011
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - id: ster
///     name: sterility by BacT/ALERT
///     measures: sterility
///     compendial: Ph. Eur. 2.6.27
///     compendial-reason: the batch has 20 mL, and cells cloud the direct inoculation
///     suitability: VAL-0011
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
/// ```
enum SterilityMethodSuited: Rule {
    static let id = "sterility-method-suited"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let usesAntibiotic = subject.usesAntibiotic
        for test in subject.releaseTests(measuring: .sterility) {
            guard let assay = subject.assay(of: test) else { continue }
            let chapter = assay.compendial?.value ?? ""
            let isGeneral =
                chapter.contains("2.6.1 ") || chapter.hasSuffix("2.6.1") || chapter.contains("<71>")
            let isForCells = chapter.contains("2.6.27")
            let place = assay.compendial?.position ?? assay.name.position
            if !isGeneral, !isForCells, assay.validation?.value != .validated {
                findings.report(
                    "the sterility method '\(assay.name.value)' follows neither Ph. Eur. 2.6.1 "
                        + "nor 2.6.27 and is not validated",
                    at: place, about: assay.id.value,
                    help: "write 'compendial:', or validate the rapid method")
            }
            if isForCells, !assay.compendialReason.isStated {
                findings.report(
                    "'\(assay.name.value)' follows 2.6.27 without saying why 2.6.1 cannot be done",
                    at: place, about: assay.id.value, help: "write 'compendial-reason:'")
            }
            if !assay.suitability.isStated {
                findings.report(
                    "the sterility method '\(assay.name.value)' was not shown to suit the product",
                    at: assay.name.position, about: assay.id.value,
                    help: "write 'suitability:' with the study")
            }
            if usesAntibiotic, !assay.neutralisation.isStated {
                findings.report(
                    "an antibiotic is used and the sterility method '\(assay.name.value)' does "
                        + "not neutralise it",
                    at: assay.name.position, about: assay.id.value, help: "write 'neutralisation:'")
            }
        }
    }
}
