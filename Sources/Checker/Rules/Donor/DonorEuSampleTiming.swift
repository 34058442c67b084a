import Guidance
import ProductDefinition
import Quantities

/// Donor blood that is drawn outside the window of the EU.
///
/// ## Why it matters
///
/// The sample of a living donor is drawn at donation or within seven days after it. Earlier
/// samples are possible only in a regime with repeat testing.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   sample: { from: birth mother, timing: -3..7 d }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   sample: { from: birth mother, timing: 0..7 d }
/// ```
enum DonorEuSampleTiming: Rule {
    static let id = "donor-eu-sample-timing"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors else { return }
        DonorWindow.check(
            donors,
            earliest: donors.repeatTest == nil
                ? 0 : -Double(DonorTiming.eu.exceptionalDaysBefore ?? 0),
            latest: Double(DonorTiming.eu.sampleDays.upperBound), into: &findings)
    }
}
