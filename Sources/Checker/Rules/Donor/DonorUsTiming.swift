import Guidance
import ProductDefinition
import Quantities

/// Donor blood that is drawn outside the window of the United States.
///
/// ## Why it matters
///
/// The specimen is taken within seven days before or after recovery of the tissue.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   sample: { from: birth mother, timing: 0..14 d }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   sample: { from: birth mother, timing: -7..7 d }
/// ```
enum DonorUsTiming: Rule {
    static let id = "donor-us-timing"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else { return }
        let days = DonorTiming.unitedStates.sampleDays
        DonorWindow.check(
            donors, earliest: Double(days.lowerBound), latest: Double(days.upperBound),
            into: &findings)
    }
}
