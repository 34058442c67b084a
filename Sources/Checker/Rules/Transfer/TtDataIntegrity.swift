import ProductDefinition
import Quantities

/// Inherited data without a score for integrity and a place of the raw data.
///
/// ## Why it matters
///
/// Decisions on inherited data are as good as the records behind them. Each data set has a score
/// and its raw data can be found.
///
/// ## Limits
///
/// A score of 0.7 for data that decisions rest on is a setting.
///
/// ## Flagged
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   data-sets: [{ name: differentiation efficiency, integrity-score: 0.9 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   data-sets: [{ name: differentiation efficiency, integrity-score: 0.9, raw-data: archive 12 }]
/// ```
enum TtDataIntegrity: Rule {
    static let id = "tt-data-integrity"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for data in subject.definition.transfer?.dataSets ?? [] {
            var missing: [String] = []
            if data.integrityScore == nil { missing.append("score for integrity") }
            if !data.rawData.isStated { missing.append("place of the raw data") }
            if !missing.isEmpty {
                findings.report(
                    "the data '\(data.name.value)' have no \(listed(missing))",
                    at: data.name.position,
                    help: "write 'integrity-score:' and 'raw-data:'")
            }
            if data.isUsedForDecisions.isYes, let score = data.integrityScore,
                score.value.doubleValue < scoreMin
            {
                findings.report(
                    "decisions rest on '\(data.name.value)', whose integrity is scored "
                        + "\(score.value)",
                    at: score.position, help: "repeat what the decisions need")
            }
        }
    }

    private static let scoreMin = 0.7
}
