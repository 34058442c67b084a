extension SiteState {
    /// The products that `thing` bears on, by their ids in the definitions: a version's own, a
    /// batch's, and those of every batch that came from it or that it came from. `nil` for what
    /// serves the whole site: a room, a piece of equipment, a person, an organisation.
    func products(touchedBy thing: ThingID) -> Set<String>? {
        let id = thing.text
        switch things[id] {
        case .master:
            return Set([masters[.init(unchecked: id)]?.product.id].compactMap(\.self))
        case .batch, .container, .bank, .lot, .donor, .line:
            let batches = [.back, .forward].flatMap { way in
                genealogy.trace(from: id, way).map(\.node)
            }
            return Set(
                ([id] + batches).filter { things[$0] == .batch }
                    .compactMap { self.batches[.init(unchecked: $0)]?.master }
                    .compactMap { masters[$0]?.product.id })
        case .sample:
            return samples[.init(unchecked: id)].flatMap { products(touchedBy: $0.origin) }
        case .deviation:
            guard let batch = deviations[.init(unchecked: id)]?.batch else { return nil }
            return products(touchedBy: batch.naming(Thing.self))
        case .complaint:
            return complaints[.init(unchecked: id)].flatMap { products(touchedBy: $0.subject) }
        case .recall:
            return recalls[.init(unchecked: id)].flatMap { products(touchedBy: $0.thing) }
        case .change:
            let touched = changes[.init(unchecked: id)]?.touches ?? []
            return touched.reduce(into: Set<String>?.some([])) { all, thing in
                all = products(touchedBy: thing).flatMap { all?.union($0) }
            }
        default: return nil
        }
    }

    /// Whether `thing` bears on `product`, or on every product of the site.
    func isAbout(_ thing: ThingID, product: String) -> Bool {
        products(touchedBy: thing)?.contains(product) ?? true
    }

    /// The pulls of stability samples of `product` that are late on `day`.
    func latePulls(of product: String, on day: CalendarDate) -> [DuePull] {
        pullsDue(through: day).filter { pull in
            pull.latest < day
                && studies[pull.study].map { isAbout($0.subject, product: product) } ?? true
        }
    }
}
