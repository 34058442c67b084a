import ProductDefinition

/// A material that enters an aseptic step without being sterile.
///
/// ## Why it matters
///
/// Cells cannot be sterilised afterwards. Everything that is added in an aseptic step is sterile
/// at the point of addition.
///
/// ## What counts
///
/// Raw materials, excipients and media that an operation under GMP adds to cells, unless a later
/// step inactivates microbes. The starting tissue itself is not sterile and is not meant.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - { id: buffer, name: phosphate-buffered saline, role: raw material, sterile: no }
/// process:
///   stages:
///     - id: expansion
///       name: expansion
///       phase: expansion
///       operations:
///         - id: harvest
///           kind: harvest
///           materials: [{ material: buffer, amount: 500 mL }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - { id: buffer, name: phosphate-buffered saline, role: raw material, sterile: yes }
/// process:
///   stages:
///     - id: expansion
///       name: expansion
///       phase: expansion
///       operations:
///         - id: harvest
///           kind: harvest
///           materials: [{ material: buffer, amount: 500 mL }]
/// ```
enum MaterialSterileForAseptic: Rule {
    static let id = "material-sterile-for-aseptic"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        var seen: Set<String> = []
        for stage in subject.stages where stage.regime?.value != .tissueLaw {
            for operation in stage.operations
            where operation.handlesProduct && !operation.isInactivatedLater.isYes {
                for use in operation.materials where use.touchesProduct?.value ?? true {
                    let added: (name: String, isSterile: Located<Bool>?)
                    if let material = subject.definition.material(use.material) {
                        guard material.isRawOrExcipient else { continue }
                        added = (material.name.value, material.isSterile)
                    } else if let medium = subject.definition.medium(use.material) {
                        added = (medium.name.value, medium.isSterile)
                    } else {
                        continue
                    }
                    guard !added.isSterile.isYes, seen.insert(use.material.value).inserted else {
                        continue
                    }
                    findings.report(
                        "'\(added.name)' is added in the aseptic operation "
                            + "'\(operation.id.value)' and "
                            + "\(added.isSterile == nil ? "is not said to be" : "is not") sterile",
                        at: added.isSterile?.position ?? use.material.position,
                        about: use.material.value,
                        help: "write 'sterile: yes' where it is sterile at the point of addition")
                }
            }
        }
    }
}
