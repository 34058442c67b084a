import Guidance

extension Donor {
    /// Refuses a donor of whom a marker was tested in no sample that counts for `donation`.
    ///
    /// A sample counts when it was taken within the days the text allows; in the EU one of up to 30 days
    /// before as well, once the donor was tested again at least 180 days after the donation (Directive
    /// 2006/17/EC Annex II 2.5-2.6; 21 CFR 1271.80(b)). Every donation needs a sample of its own: an
    /// earlier one says nothing of an infection since. A sample too diluted does not count.
    func requireInTime(
        _ markers: [DonorMarker], for donation: Donation, in jurisdiction: Jurisdiction
    ) throws(Rejection) {
        guard let timing = DonorTiming.rule(in: jurisdiction) else { return }
        let allowed = sampleDays(of: donation, under: timing)
        for marker in markers {
            let taken = tests.filter { $0.marker == marker && !isDiluted($0.sampled) }
                .map { $0.days(after: donation) }
            guard !taken.contains(where: allowed.contains) else { continue }
            let found =
                taken.isEmpty
                ? "was not tested"
                : "was sampled \(taken.map { "\($0)" }.joined(separator: ", ")) d after"
            throw Rejection(
                "donor.sample-timing",
                "\(marker.rawValue) of donor '\(id)' \(found), for the donation of "
                    + "\(donation.container), allowed \(allowed.lowerBound) to \(allowed.upperBound) d",
                help: "test a sample taken in time: \(timing.clause)",
                rule: jurisdiction == .unitedStates ? "donor-us-timing" : "donor-eu-sample-timing")
        }
    }

    /// The days from `donation` to a sample that counts for it.
    func sampleDays(of donation: Donation, under timing: DonorTiming) -> ClosedRange<Int> {
        guard timing.retestDays != nil, let before = timing.exceptionalDaysBefore,
            isTestedAgain(after: donation)
        else { return timing.sampleDays }
        return -before...timing.sampleDays.upperBound
    }
}

extension DonorTest {
    /// Days from a donation to the sample; negative for a sample taken before.
    func days(after donation: Donation) -> Int {
        sampled.daysSinceEpoch - donation.collected.date.daysSinceEpoch
    }
}
