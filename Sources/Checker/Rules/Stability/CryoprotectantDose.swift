import ProductDefinition
import Quantities

/// A dose that brings more DMSO than is usual.
///
/// ## Why it matters
///
/// One gram of DMSO per kilogram of body weight and day is the usual ceiling from transplantation
/// of blood stem cells. Large volumes of a ten percent solution in small patients come near it.
///
/// ## The arithmetic
///
/// Grams of DMSO per kilogram: its share of the volume, times the largest volume per kilogram,
/// times 1.1 g/mL when the share is by volume. A product that is washed before use
/// (`wash-recovery:`) is not judged.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   dose: { target: 1e6 cells/kg, volume: 8..12 mL/kg }
///   formulation:
///     excipients: [{ material: dmso, amount: 10 % }]
/// materials:
///   - { id: dmso, name: DMSO, role: excipient, class: cryoprotectant }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   dose: { target: 1e6 cells/kg, volume: 1..2 mL/kg }
///   formulation:
///     excipients: [{ material: dmso, amount: 10 % }]
/// materials:
///   - { id: dmso, name: DMSO, role: excipient, class: cryoprotectant }
/// ```
enum CryoprotectantDose: Rule {
    static let id = "cryoprotectant-dose"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let formulation = subject.product.formulation, formulation.washRecovery == nil else {
            return
        }
        for excipient in formulation.excipients {
            guard let material = subject.definition.material(excipient.material), isDMSO(material),
                let share = excipient.amount.value.amount("")
            else { continue }
            guard let volume = EndotoxinExposure(subject).millilitresPerKilogram else {
                findings.report(
                    "the dose of DMSO cannot be computed without the largest volume per kilogram",
                    at: excipient.amount.position, about: material.id.value,
                    help: "write 'volume:' under 'dose:', or the concentration under 'formulation:'"
                )
                continue
            }
            let grams = share * volume * gramsPerMillilitre
            guard grams > gramsPerKilogramMax * (1 + 1e-9) else { continue }
            findings.report(
                "the largest dose brings \(EndotoxinExposure.figure(grams)) g of DMSO per "
                    + "kilogram, 1 g is the usual ceiling",
                at: excipient.amount.position, about: material.id.value,
                help: "concentrate the product, divide the dose, or wash it before use")
        }
    }

    /// The density of DMSO at room temperature.
    private static let gramsPerMillilitre = 1.1
    private static let gramsPerKilogramMax = 1.0

    private static func isDMSO(_ material: Definition.Material) -> Bool {
        let words = "\(material.id.value) \(material.name.value)".lowercased()
        return words.contains("dmso") || words.contains("dimethyl sulf")
    }
}
