import Diagnostics
import ProductDefinition

/// A process version other than the authorised one.
///
/// ## Why it matters
///
/// What is made for patients follows the process that the authority approved. A definition that
/// moved on describes a batch that may not be made.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   version: "2.1"
///   authorised-version: "2.0"
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   version: "2.1"
///   authorised-version: "2.1"
/// ```
enum BatchVersionAuthorised: Rule {
    static let id = "batch-version-authorised"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process, let version = process.version,
            let authorised = process.authorisedVersion, version.value != authorised.value
        else { return }
        findings.report(
            "the process is version '\(version.value)', '\(authorised.value)' is authorised",
            at: version.position, help: "have the change authorised before it is used in humans",
            notes: [.init("the authorised version", at: authorised.position)])
    }
}
