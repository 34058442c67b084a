import Guidance

extension SiteState {
    /// Refuses an allogeneic product of a donor whose blood was tested once and by antibodies alone:
    /// amplification tests of the donation sample, or a repeat test later, close the window in which
    /// an infection does not show (Directive 2006/17/EC Annex II 2.5-2.6).
    func requireWindowClosed(for batch: Batch) throws(Rejection) {
        let master = try master(batch.master)
        guard binds("donor-repeat-or-nat", on: batch), master.product.origin != "autologous" else {
            return
        }
        let origins = Set(genealogy.trace(from: batch.id.text, .back).map(\.node))
        for name in donors(behind: batch.id.text).sorted() {
            guard let donor = donors[DonorID(unchecked: name)] else { continue }
            for donation in donor.donations
            where origins.contains(donation.container.text) && !donor.closesWindow(of: donation) {
                throw Rejection(
                    "donor.window-open",
                    "donor '\(donor.id)' has neither HIV, HBV and HCV NAT of the sample of "
                        + "\(donation.container) nor a repeat test \(Donor.retestDays) d after it",
                    help: "record the amplification tests of that sample, or test the donor again",
                    rule: "donor-repeat-or-nat")
            }
        }
    }

    /// The share of certified and not returned doses of `product` that come from each donor.
    package func donorShares(of product: String) -> [DonorID: Double] {
        var doses: [DonorID: Int] = [:]
        var all = 0
        for batch in batches.values where batch.status == .certified {
            guard masters[batch.master]?.product.id == product else { continue }
            all += batch.outputs.count
            for donor in donors(behind: batch.id.text) {
                doses[DonorID(unchecked: donor), default: 0] += batch.outputs.count
            }
        }
        return doses.mapValues { Double($0) / Double(max(all, 1)) }
    }
}

extension Donor {
    /// Days between a donation and a repeat test.
    static let retestDays = DonorTiming.eu.retestDays ?? 180

    /// Whether the time in which an infection does not show is covered for `donation`: by
    /// amplification tests of its own sample, or by a repeat test.
    func closesWindow(of donation: Donation) -> Bool {
        isAmplified(in: donation) || isTestedAgain(after: donation)
    }

    /// Whether HIV, HBV and HCV were sought by amplification in the sample of `donation`, and not
    /// found. A test of another sample says nothing of this one.
    private func isAmplified(in donation: Donation) -> Bool {
        let jurisdictions = scope?.jurisdictions ?? [.eu]
        let windows = jurisdictions.compactMap(DonorTiming.rule).map {
            sampleDays(of: donation, under: $0)
        }
        return [DonorMarker.natHIV, .natHBV, .natHCV].allSatisfy { marker in
            let own = tests.filter { test in
                test.marker == marker && !isDiluted(test.sampled)
                    && windows.contains { $0.contains(test.days(after: donation)) }
            }
            return !own.isEmpty && own.allSatisfy { $0.result == .nonReactive }
        }
    }

    /// Whether the donor was tested again long enough after `donation`.
    func isTestedAgain(after donation: Donation) -> Bool {
        let repeated: [DonorMarker] = [.antiHIV, .hbsAg, .antiHBc, .antiHCV]
        return repeated.allSatisfy { marker in
            tests.contains {
                $0.marker == marker && $0.result == .nonReactive && !isDiluted($0.sampled)
                    && $0.days(after: donation) >= Self.retestDays
            }
        }
    }
}
