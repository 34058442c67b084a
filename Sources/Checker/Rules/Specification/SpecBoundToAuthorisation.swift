import ProductDefinition

/// A specification version other than the authorised one.
///
/// ## Why it matters
///
/// A batch is released against the specification in the trial or marketing authorisation, and
/// against no other.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     version: "4"
///     authorised-version: "3"
/// ```
///
/// ## Accepted
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     version: "4"
///     authorised-version: "4"
/// ```
enum SpecBoundToAuthorisation: Rule {
    static let id = "spec-bound-to-authorisation"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for specification in subject.definition.specifications {
            guard let version = specification.version,
                let authorised = specification.authorisedVersion,
                version.value != authorised.value
            else { continue }
            findings.report(
                "the specification '\(specification.id.value)' is version '\(version.value)', "
                    + "'\(authorised.value)' is authorised",
                at: version.position, about: specification.id.value,
                help: "have the change authorised before batches are released against it")
        }
    }
}
