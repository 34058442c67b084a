import Quantities

/// Retests of lots in stock, and samples that are kept until a day.
enum MaterialDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        retests(site) + retained(site) + preparations(site)
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

    /// What was prepared here waits for a second person, then for its tests.
    private static func preparations(_ site: SiteState) -> [DueItem] {
        site.lots.values.filter { $0.status == .quarantine && !$0.remaining.value.isZero }
            .flatMap { lot -> [DueItem] in
                guard let preparation = lot.preparation else { return [] }
                func item(_ task: String, _ rule: String) -> DueItem {
                    DueItem(.preparation, lot.id.text, task, due: nil, rule: rule)
                }
                guard preparation.checked != nil else {
                    return [
                        item("check the preparation of \(lot.material)", "critical-entry-checked")
                    ]
                }
                let tests = site.preparation(of: lot.material)?.tests ?? []
                return tests.filter { lot.results.inForce(of: $0) == nil }.map {
                    item("test lot \(lot.id) of \(lot.material): \($0)", "release-all-pass")
                }
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
