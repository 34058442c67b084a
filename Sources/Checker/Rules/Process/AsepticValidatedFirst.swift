import ProductDefinition

/// Aseptic steps, sterilisation or virus removal that are not validated before use in humans.
///
/// ## Why it matters
///
/// Process validation can wait for later phases; what protects the patient from infection cannot.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   validation: { aseptic: planned, sterilisation: validated, virus-removal: not needed }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   validation: { aseptic: validated, sterilisation: validated, virus-removal: not needed }
/// ```
enum AsepticValidatedFirst: Rule {
    static let id = "aseptic-validated-first"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.definition.process != nil else { return }
        let validation = subject.definition.process?.validation
        let place = validation?.position ?? subject.definition.process?.position
        let steps: [(String, Located<Definition.ValidationState>?, Bool)] = [
            ("aseptic processing", validation?.aseptic, false),
            ("sterilisation", validation?.sterilisation, true),
            ("virus removal", validation?.virusRemoval, true),
        ]
        for (name, state, canBeUnneeded) in steps {
            switch state?.value {
            case .validated: continue
            case .notNeeded where canBeUnneeded: continue
            default: break
            }
            let standing = state.map { "is '\($0.value.rawValue)'" } ?? "is not stated"
            findings.report(
                "\(name) \(standing), it is validated before any use in humans",
                at: state?.position ?? place,
                help: canBeUnneeded
                    ? "validate it, or write 'not needed' where there is no such step"
                    : "validate it by aseptic process simulation")
        }
    }
}
