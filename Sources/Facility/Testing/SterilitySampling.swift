import ProductDefinition
import Quantities

extension SamplePoint {
    /// The point that a definition names so.
    init?(_ point: Definition.SamplePoint) {
        self.init(rawValue: point.rawValue.replacing(" ", with: "-"))
    }
}

extension SiteState {
    /// The event of a batch whose sterility samples are not those of its specification: taken at the
    /// beginning, at the end and after interventions, and enough of them (EU GMP Annex 1 10.6; Ph.
    /// Eur. 2.6.27). Empty when they are.
    ///
    /// A sample after an intervention is asked for when there was one; what interventions there were
    /// stands in the record of the batch, and the reviewer sees it there.
    func samplingEvent(of batch: Batch) throws(Rejection) -> [any Fact] {
        guard binds("sterility-sample-plan", on: batch),
            try stage(of: batch).output == .product
        else { return [] }
        let master = try master(batch.master)
        guard let specification = master.product.specification.flatMap(master.specification),
            let points = specification.sterilityPoints
        else { return [] }
        let origin = batch.id.naming(Thing.self)
        let taken = samples.values.filter { $0.origin == origin && $0.point != nil }
        var problems = points.filter { point in
            point != .afterIntervention && !taken.contains { $0.point == point }
        }.map { "none at the \($0.rawValue) of the filling" }
        if let volume = specification.sterilityVolume,
            let asked = try? volume.doubleValue(in: volume.unit)
        {
            let sum = taken.compactMap { sample in
                sample.quantity.flatMap { try? $0.doubleValue(in: volume.unit) }
            }.reduce(0, +)
            // A hair less is the rounding of the volumes that were added up.
            if sum < asked * (1 - 1e-9) {
                problems.append("\(sum) \(volume.unit) in all, \(volume) are planned")
            }
        }
        guard !problems.isEmpty else { return [] }
        return [
            DeviationOpened(
                deviation: nextDeviation(), batch: batch.id, step: nil, cause: .observed,
                description: "sterility samples of \(batch.id): "
                    + problems.joined(separator: "; "), rule: "sterility-sample-plan")
        ]
    }
}
