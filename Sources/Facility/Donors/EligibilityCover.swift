import Guidance

// A donor is found eligible for the texts of some jurisdictions. Tissue is used in a product only
// where these cover everything the product needs.

extension SiteState {
    /// The products of approved definitions that start from tissue of `donor`: from what was donated,
    /// or before a donation from any tissue.
    func products(madeOf donor: Donor) -> [MasterProduct] {
        let donated = Set(
            donor.donations.compactMap { donation -> String? in
                guard
                    case .startingMaterial(_, let material) = containers[donation.container]?
                        .content
                else { return nil }
                return material
            })
        return masters.inOrder.filter { master in
            master.approved != nil && master.retired == nil
                && master.stages.contains { stage in
                    guard case .startingMaterial(let material) = stage.input else { return false }
                    return donated.isEmpty || donated.contains(material)
                }
        }.map(\.product)
    }

    /// Where `products` are meant for, as far as the test set of a jurisdiction is known; the EU when
    /// none of them says.
    static func jurisdictions(of products: [MasterProduct]) -> [Jurisdiction] {
        let named = Set(products.flatMap { $0.testedJurisdictions })
        return named.isEmpty ? [.eu] : named.sorted()
    }

    /// Refuses cells in a batch of a product for which their donors were not found eligible: a
    /// jurisdiction of the product that the determination does not cover, or tissue rich in
    /// leukocytes whose donor was not tested as that of such tissue (21 CFR 1271.85(b)).
    func requireCovered(_ container: Container, in batch: Batch) throws(Rejection) {
        let product = try master(batch.master).product
        let origins =
            [container.id.text]
            + genealogy.trace(from: container.id.text, .back)
            .map(\.node)
        for origin in origins {
            guard
                case .startingMaterial(let id, _) = containers[.init(unchecked: origin)]?.content,
                let scope = donors[id]?.scope
            else { continue }
            for jurisdiction in product.testedJurisdictions {
                try requireCovered(jurisdiction, of: product, by: scope, donor: id)
            }
        }
    }

    private func requireCovered(
        _ jurisdiction: Jurisdiction, of product: MasterProduct, by scope: EligibilityScope,
        donor: DonorID
    ) throws(Rejection) {
        let rule = jurisdiction == .unitedStates ? "donor-us-panel" : "donor-eu-panel-complete"
        guard scope.jurisdictions.contains(jurisdiction) else {
            throw Rejection(
                "donor.jurisdiction-not-covered",
                "donor '\(donor)' was found eligible for "
                    + "\(scope.jurisdictions.map(\.rawValue).joined(separator: ", ")), the product "
                    + "'\(product.id)' is meant for \(jurisdiction.rawValue) as well",
                help: "determine the donor eligible for it: donor.declare-eligible", rule: rule)
        }
        var needed = scope
        needed.isLeukocyteRich = scope.isLeukocyteRich || product.isLeukocyteRich == true
        let missing = Set(needed.required(in: jurisdiction))
            .subtracting(scope.required(in: jurisdiction))
        guard missing.isEmpty else {
            throw Rejection(
                "donor.tissue-not-covered",
                "donor '\(donor)' was found eligible without "
                    + "\(missing.map(\.rawValue).sorted().joined(separator: ", ")), which tissue "
                    + "rich in leukocytes needs",
                help: "test the donor and determine eligibility again with 'isLeukocyteRich'",
                rule: rule)
        }
    }
}

extension MasterProduct {
    /// The jurisdictions it is meant for whose donor test set is known.
    var testedJurisdictions: [Jurisdiction] {
        (jurisdictions ?? []).compactMap { Jurisdiction(code: $0) }.filter { jurisdiction in
            !DonorMarker.required(
                in: jurisdiction, leukocyteRich: false, highPrevalence: false
            ).isEmpty
        }
    }
}
