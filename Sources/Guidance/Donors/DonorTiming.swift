/// When the blood of a donor may be drawn and what has to happen until the tissue may be used.
public struct DonorTiming: Sendable {
    /// Where it applies.
    public let jurisdiction: Jurisdiction
    /// Days from donation to sampling that are allowed; negative is before the donation.
    public let sampleDays: ClosedRange<Int>
    /// Days allowed before donation under the exception that `exception` names.
    public let exceptionalDaysBefore: Int?
    /// What the exception is for.
    public let exception: String?
    /// Days after which the donor of stored tissue is tested again, where that is asked.
    public let retestDays: Int?
    /// The oldest donor, in days, whose mother is tested in place of the donor.
    public let birthMotherUntilDays: Int?
    /// The clause it stands in.
    public let clause: String
    /// Whether its source was read.
    public let confirmation: Confirmation

    /// What the EU asks. That the interval of a repeat test is 180 days, and that sampling up to
    /// 30 days before belongs to that regime, was not read in the text.
    public static let eu = DonorTiming(
        jurisdiction: .eu, sampleDays: 0...7, exceptionalDaysBefore: 30,
        exception: "donation with repeat testing", retestDays: 180, birthMotherUntilDays: nil,
        clause: "Dir 2006/17/EC Annex II 2.5, 2.6",
        confirmation: .partly("the 180 days and the 30 days are unconfirmed"))

    /// What the United States ask.
    public static let unitedStates = DonorTiming(
        jurisdiction: .unitedStates, sampleDays: -7...7, exceptionalDaysBefore: 30,
        exception: "peripheral blood progenitors, marrow, oocytes", retestDays: nil,
        birthMotherUntilDays: 31, clause: "21 CFR 1271.80(a), (b)", confirmation: .confirmed)

    /// The rule of `jurisdiction`, where Guidance holds one.
    public static func rule(in jurisdiction: Jurisdiction) -> DonorTiming? {
        switch jurisdiction {
        case .eu: eu
        case .unitedStates: unitedStates
        default: nil
        }
    }
}
