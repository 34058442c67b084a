/// Records a laboratory result on a donor's blood.
package struct RecordDonorTest: Command {
    package static let name = "donor.record-test"
    package static let summary = "Record a laboratory result on the donor's blood."
    package static let permission = Permission.test
    package static let help = [
        "donor": "whose blood", "marker": "what was tested",
        "result": "what the laboratory found", "sampled": "when the blood was taken",
        "laboratory":
            "who tested it: number or name of the laboratory, once the site has registered one",
    ]

    package var donor: DonorID
    package var marker: DonorMarker
    package var result: DonorTestResult
    package var sampled: CalendarDate
    package var laboratory: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        try requireText(laboratory, "laboratory")
        guard sampled <= moment.now.date else {
            throw Rejection(
                "donor.sample-in-future", "the sample is dated \(sampled), after today")
        }
        try site.requireLaboratory(laboratory, on: sampled)
        let recorded = DonorTestRecorded(
            donor: donor.id, marker: marker, result: result, sampled: sampled,
            laboratory: laboratory)
        guard case .eligible = donor.eligibility, result != .nonReactive, !marker.isRecordedOnly
        else { return [recorded] }
        return [recorded]
            + site.lookBack(
                from: donor, "\(marker.rawValue) \(result.rawValue) in donor \(donor.id)")
    }
}

extension SiteState {
    /// What follows when an eligible donor turns out not to be: whatever came from the donor is
    /// looked for and held, and batches in work get a deviation.
    func lookBack(from donor: Donor, _ reason: String) -> [any Fact] {
        let batches = genealogy.trace(from: donor.id.text, .forward).compactMap {
            self.batches[BatchID(unchecked: $0.node)]
        }.filter { !$0.status.isFinal }
        return [DonorDeclaredIneligible(donor: donor.id, reason: reason)]
            + HoldPlaced.facts(
                holding: stock(descendingFrom: donor.id), reason: reason,
                source: donor.id.naming(Thing.self))
            + deviations(for: batches, cause: .recalled, description: reason)
    }
}

/// A laboratory reported on a donor's blood.
package struct DonorTestRecorded: Fact {
    package static let kind = "donor.test-recorded/1"
    package var donor: DonorID
    package var marker: DonorMarker
    package var result: DonorTestResult
    package var sampled: CalendarDate
    package var laboratory: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.tests.append(
            DonorTest(
                marker: marker, result: result, sampled: sampled, laboratory: laboratory,
                recorded: stamp))
    }
}
