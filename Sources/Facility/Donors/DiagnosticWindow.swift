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
        for name in donors(behind: batch.id.text).sorted() {
            guard let donor = donors[DonorID(unchecked: name)] else { continue }
            for donation in donor.donations where !donor.closesWindow(of: donation) {
                throw Rejection(
                    "donor.window-open",
                    "donor '\(donor.id)' has neither HIV, HBV and HCV NAT nor a repeat test after "
                        + "\(Donor.retestDays) d of \(donation.container)",
                    help: "record the amplification tests, or test the donor again",
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

    /// Whether the time in which an infection does not show is covered for `donation`.
    func closesWindow(of donation: Donation) -> Bool {
        let amplified: [DonorMarker] = [.natHIV, .natHBV, .natHCV]
        if amplified.allSatisfy({ latest($0)?.result == .nonReactive }) { return true }
        let repeated: [DonorMarker] = [.antiHIV, .hbsAg, .antiHBc, .antiHCV]
        return repeated.allSatisfy { marker in
            tests.contains {
                $0.marker == marker && $0.result == .nonReactive
                    && $0.sampled.daysSinceEpoch - donation.collected.date.daysSinceEpoch
                        >= Self.retestDays
            }
        }
    }
}
