/// Repeat tests of donors: tissue tested once, and by antibodies alone, waits for a second sample.
enum DonorDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.donors.inOrder.flatMap { donor -> [DueItem] in
            guard case .eligible = donor.eligibility else { return [] }
            return donor.donations.filter { donation in
                !donor.closesWindow(of: donation) && isAsked(of: donation, at: site)
            }.map { donation in
                DueItem(
                    .donorRetest, donor.id.text,
                    "test the donor of \(donation.container) again, or its sample by "
                        + "amplification",
                    due: donation.collected.date.advanced(byDays: Donor.retestDays),
                    rule: "donor-repeat-or-nat")
            }
        }
    }

    /// Whether a product made of this tissue is released only when the window is closed.
    private static func isAsked(of donation: Donation, at site: SiteState) -> Bool {
        guard
            case .startingMaterial(_, let material)? = site.containers[donation.container]?
                .content
        else { return false }
        return site.masters.values.contains { master in
            master.product.origin != "autologous"
                && master.stages.contains { $0.input == .startingMaterial(material) }
                && site.binds("donor-repeat-or-nat", on: master)
        }
    }
}
