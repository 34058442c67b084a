import ProductDefinition

/// An integral medical device without the class and the evidence of a combined ATMP.
///
/// ## Why it matters
///
/// A matrix or device that is an integral part of the product makes it a combined ATMP. The
/// device then has to meet the essential requirements, and the dossier has to show that it does.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     class: tissue engineered
///     viable-cells: yes
///     device: { name: collagen membrane, integral: yes }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     class: combined
///     viable-cells: yes
///     device: { name: collagen membrane, integral: yes, conformity: notified body opinion NB-12 }
/// ```
enum ClassCombinedDevice: Rule {
    static let id = "class-combined-device"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let classification = subject.product.classification,
            let device = classification.device,
            device.isIntegral.isYes
        else { return }
        if let decided = classification.atmpClass, decided.value != .combined,
            classification.hasViableCells.isYes
        {
            findings.report(
                "'\(device.name.value)' is an integral device with living cells, but the class "
                    + "is '\(decided.value.rawValue)'",
                at: decided.position, help: "write 'class: combined'")
        }
        if !device.conformity.isStated {
            findings.report(
                "the device '\(device.name.value)' has no evidence of conformity",
                at: device.name.position,
                help: "name under 'conformity:' the certificate or assessment of the device")
        }
    }
}
