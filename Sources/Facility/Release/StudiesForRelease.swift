import Quantities

/// What has to be shown by a study before a batch of a confirmatory trial or of the market goes out.
extension SiteState {
    /// Refuses a product kept at or below -60 °C whose label and closure were not shown to last there
    /// (EU GMP Annex 2A 5.11; Annex 1 8.22-8.25).
    func requireLabelProven(for batch: Batch) throws(Rejection) {
        guard binds("label-cold-legible", on: batch) else { return }
        let master = try master(batch.master)
        guard let range = master.product.storageTemperature, let celsius = try? Unit("°C"),
            let warmest = range.upper ?? range.lower,
            let degrees = try? warmest.doubleValue(in: celsius), degrees <= Self.coldestUnproven
        else { return }
        let isProven = studies.values.contains {
            $0.kind == .labelValidation && $0.subject.text == master.id.text
                && $0.conclusion?.isMet == true
        }
        guard !isProven else { return }
        throw Rejection(
            "release.label-not-proven",
            "no concluded study shows that label and closure of '\(master.id)' last at \(range)",
            help: "open one: study.open of kind \(StudyKind.labelValidation.rawValue)",
            rule: "label-cold-legible")
    }

    /// Degrees Celsius at and below which label and closure are shown to last.
    private static let coldestUnproven = -60.0

    /// Refuses cells of a donor from whom no batch of the product was ever certified, unless a change
    /// that names the donor, the bank or the batch passed its comparability exercise (EU GMP Annex
    /// 2A 5.35).
    func requireKnownStock(of batch: Batch) throws(Rejection) {
        guard binds("msc-stock-change", on: batch) else { return }
        let product = try master(batch.master).product.id
        let donors = donors(behind: batch.id.text)
        let known = batches.values.filter { earlier in
            earlier.id != batch.id && [.certified, .released].contains(earlier.status)
                && masters[earlier.master]?.product.id == product
                && (try? stage(of: earlier))?.output == .product
        }.map { self.donors(behind: $0.id.text) }
        // The first stock of a product is the one the others are compared with.
        guard !known.isEmpty else { return }
        let new = donors.subtracting(known.reduce(into: []) { $0.formUnion($1) })
        guard !new.isEmpty else { return }
        let ancestors = Set(genealogy.trace(from: batch.id.text, .back).map(\.node))
            .union([batch.id.text])
        let isCompared = changes.values.contains { change in
            change.touches.contains { ancestors.contains($0.text) } && isShownComparable(change)
        }
        guard !isCompared else { return }
        throw Rejection(
            "release.stock-not-compared",
            "no batch of \(new.sorted().joined(separator: ", ")) was certified before, and no "
                + "change compares this stock with those in use",
            help: "propose a change that names the donor or the bank, and conclude its "
                + "comparability study", rule: "msc-stock-change")
    }

    /// Whether a comparability exercise of the change was passed.
    func isShownComparable(_ change: ChangeControl) -> Bool {
        studies.values.contains {
            $0.kind == .comparability && $0.subject == change.id.naming(Thing.self)
                && $0.conclusion?.isMet == true
        }
    }
}
