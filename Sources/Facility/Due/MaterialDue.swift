import Quantities

/// Retests of lots in stock, and samples that are kept until a day.
enum MaterialDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        retests(site) + retained(site)
    }

    private static func retests(_ site: SiteState) -> [DueItem] {
        site.lots.values.filter { lot in
            lot.status == .released && lot.retest != nil && !lot.remaining.value.isZero
        }.map { lot in
            DueItem(
                .materialRetest, lot.id.text, "test lot \(lot.id) of \(lot.material) again",
                due: lot.retest, rule: "material-released-at-use")
        }
    }

    /// A sample is kept to the day; what is done with it then is decided, not left to happen.
    private static func retained(_ site: SiteState) -> [DueItem] {
        site.samples.values.filter { sample in
            sample.disposed == nil && (sample.purpose == .retained || sample.purpose == .reference)
        }.compactMap { sample in
            site.retentionEnd(of: sample).map {
                DueItem(
                    .retainedSample, sample.id.text,
                    "decide on the \(sample.purpose.rawValue) sample, kept until \($0)", due: $0,
                    rule: "reference-retention")
            }
        }
    }
}
