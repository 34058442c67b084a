extension SiteState {
    /// The products the site has definitions of, by id, in order.
    package var products: [String] { Set(masters.values.map(\.product.id)).sorted() }

    /// The version of each product that was approved last and is in use, in the order of their names.
    package var currentVersions: [MasterRecord] {
        var newest: [String: MasterRecord] = [:]
        for master in masters.inOrder {
            guard let approved = master.approved, master.retired == nil else { continue }
            let known = newest[master.product.id]?.approved
            if known.map({ $0.entry < approved.entry }) ?? true {
                newest[master.product.id] = master
            }
        }
        return newest.values.sorted { $0.id < $1.id }
    }
}
