import ProductDefinition
import Quantities

/// When the blood of a donor may be drawn.
enum DonorWindow {
    /// Reports a sample outside `earliest...latest` days from the donation.
    static func check(
        _ donors: Definition.DonorScheme, earliest: Double, latest: Double,
        into findings: inout Findings
    ) {
        guard let timing = donors.sample?.timing else {
            findings.report(
                "the donor scheme does not say when the blood sample is drawn",
                at: donors.sample?.position ?? donors.position,
                help: "write 'timing:' under 'sample:', such as 0..7 d")
            return
        }
        let first = timing.value.lower?.amount("d")
        let last = timing.value.upper?.amount("d")
        guard first.map({ $0 < earliest }) ?? true || last.map({ $0 > latest }) ?? true else {
            return
        }
        findings.report(
            "the blood sample is drawn '\(timing.value)' from the donation, "
                + "\(Int(earliest))..\(Int(latest)) d are allowed",
            at: timing.position, help: "draw the sample inside the window")
    }
}
