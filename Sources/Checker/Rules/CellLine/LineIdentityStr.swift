import Guidance
import ProductDefinition

/// A line or bank whose STR profile is not compared with its parent.
///
/// ## Why it matters
///
/// Mix-ups and cross-contamination are the oldest failure of cell culture. A short-tandem-repeat
/// profile at each step of the bank finds them for little money.
///
/// ## What counts
///
/// A profile that differs is an error at any time. One that is not there yet is asked for from the
/// first trial on.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     tests: [{ test: str, result: fail }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     tests: [{ test: str, result: pass }]
/// ```
enum LineIdentityStr: Rule {
    static let id = "line-identity-str"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        if subject.phase > .preclinical, let line = subject.definition.cellLine,
            !line.strProfile.isStated
        {
            findings.report(
                "the line '\(line.name.value)' has no STR profile", at: line.name.position,
                help: "write 'str-profile:' with the document")
        }
        for bank in subject.definition.banks {
            guard let test = bank.tests.first(where: { $0.test.value == "str" }) else {
                guard subject.phase > .preclinical, subject.definition.cellLine != nil else {
                    continue
                }
                findings.report(
                    "the bank '\(bank.id.value)' is not compared with its line by STR",
                    at: bank.id.position, about: bank.id.value,
                    help: "add the test 'str' to the bank")
                continue
            }
            guard test.result.value == .fail else { continue }
            findings.report(
                "the STR profile of the bank '\(bank.id.value)' differs from its parent",
                at: test.result.position, about: bank.id.value,
                help: "quarantine the bank and find the mix-up")
        }
    }
}
