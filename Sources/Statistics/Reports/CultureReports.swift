import Foundation

extension AnalysisReport {
    /// The models `growth` fits.
    public enum GrowthKind: String, Hashable, Sendable, CaseIterable {
        /// Population doublings of passages.
        case passages
        /// A straight line through ln of the counts.
        case exponential
        /// The logistic curve.
        case logistic
        /// Gompertz' curve on log10 of the counts.
        case gompertz
        /// Baranyi's curve on log10 of the counts.
        case baranyi
        /// All models on log10 of the counts, compared by AICc.
        case compare
    }

    /// Growth from a table with the columns time and count, or seeded, harvested and hours for
    /// passages.
    /// - Parameters:
    ///   - window: times that an exponential fit uses; nil for all.
    ///   - seedLevel: cumulative population doubling level of the seed.
    public static func growth(
        _ table: MeasurementTable, _ kind: GrowthKind, window: ClosedRange<Double>?,
        seedLevel: Double, confidence: Double
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("growth (\(kind.rawValue))")
        if kind == .passages {
            try report.passages(table, seedLevel)
            return report
        }
        let times = try table.numbers("time", "hours", "days")
        let counts = try table.numbers("count", "cells", "value")
        report.convention("confidence", "\(confidence)")
        switch kind {
        case .compare:
            try report.comparison(times, counts, confidence)
        case .exponential:
            report.convention(
                "window", window.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "all times")
            let fit = try ExponentialGrowth(
                times: times, counts: counts, window: window, confidence: confidence)
            report.result("growth rate", fit.rate.value, fit.rate.interval)
            report.doubling(fit.doublingTime)
            report.curves(
                times, counts, [(kind.rawValue, { exp(fit.intercept + fit.rate.value * $0) })])
        case .logistic, .gompertz, .baranyi, .passages:
            let model: GrowthModel =
                kind == .logistic ? .logistic : kind == .gompertz ? .gompertz : .baranyi
            var values = counts
            if model.isLogarithmic {
                for (index, count) in counts.enumerated() where !(count > 0) {
                    throw .outOfRange(
                        what: "count \(index + 1)", value: count,
                        limits: "more than 0 to take its logarithm")
                }
                values = counts.map { log10($0) }
            }
            report.convention("scale", model.isLogarithmic ? "log10 of the counts" : "counts")
            let fit = try GrowthFit(model, times: times, values: values, confidence: confidence)
            for (index, name) in model.parameterNames.enumerated() {
                report.result(name, fit.parameters[index])
                report.result("standard error of \(name)", fit.standardErrors[index])
            }
            report.result("AICc", fit.aicc)
            report.doubling(fit.doublingTime)
            if let plateau = fit.plateauBeyond(values) {
                report.conclude(plateau, about: "plateau")
            }
            report.remark("rates of different models must not be compared")
            report.curves(
                times, counts,
                [
                    (
                        kind.rawValue,
                        { time in
                            let value = model.value(fit.parameters, at: time)
                            return model.isLogarithmic ? pow(10, value) : value
                        }
                    )
                ])
        }
        return report
    }

    private mutating func curves(
        _ times: [Double], _ counts: [Double], _ curves: [(String, (Double) -> Double)]
    ) {
        guard let first = times.min(), let last = times.max() else { return }
        let steps = AnalysisFigure.steps(from: first, to: last)
        figure(
            .growth(
                title: "Counts and fitted growth",
                counts: zip(times, counts).map { .init($0, $1) },
                curves: curves.map { name, value in
                    .init(name: name, points: steps.map { .init($0, value($0)) })
                }))
    }

    private mutating func comparison(
        _ times: [Double], _ counts: [Double], _ confidence: Double
    ) throws(AnalysisError) {
        let comparison = try GrowthComparison(
            times: times, counts: counts, confidence: confidence)
        convention("scale", "log10 of the counts, for every model")
        convention("criterion", "AICc; weights exp(-difference / 2), summing to 1")
        table(
            "models",
            ["model", "AICc", "difference", "weight", "residual sd", "rate", "doubling time"],
            comparison.candidates.map { own in
                [
                    .text(own.name), Value(own.aicc), Value(own.difference), Value(own.weight),
                    Value(own.residualDeviation), Value(try? own.rate.get().value),
                    Value(try? own.doublingTime.get().value),
                ]
            })
        for (name, reason) in comparison.refused {
            remark("the \(name) model is not compared: \(reason)")
        }
        remark("rates of different models must not be compared")
        curves(
            times, counts,
            comparison.candidates.map { own in
                (own.name, { pow(10, GrowthComparison.value(own, at: $0)) })
            })
        guard let best = comparison.candidates.first else { return }
        conclude(
            "the \(best.name) model describes the counts best: Akaike weight"
                + " \(shortened(best.weight))")
        if comparison.candidates.count > 1, comparison.candidates[1].difference < 2 {
            let close = comparison.candidates.dropFirst().filter { $0.difference < 2 }
            remark(
                "the counts do not tell it from \(close.map(\.name).joined(separator: ", ")):"
                    + " differences below 2")
        }
        doubling(best.doublingTime)
    }

    private mutating func doubling(
        _ time: Result<(value: Double, interval: Interval), Inconclusive>
    ) {
        switch time {
        case .failure(let reason): conclude(reason, about: "doubling time")
        case .success(let time):
            result("doubling time", time.value, time.interval)
            conclude("the population doubles in \(shortened(time.value)) units of time")
            if time.interval.upper == nil {
                remark("the growth rate does not differ from 0: the doubling time has no upper end")
            }
        }
    }

    private mutating func passages(
        _ table: MeasurementTable, _ seedLevel: Double
    ) throws(AnalysisError) {
        let seeded = try table.numbers("seeded", "start", "n0")
        let harvested = try table.numbers("harvested", "end", "nt")
        let hours = try table.numbers("hours", "duration", "time")
        var passages: [PopulationDoubling] = []
        for index in seeded.indices {
            passages.append(
                try PopulationDoubling(
                    start: seeded[index], end: harvested[index], duration: hours[index]))
        }
        convention("level of the seed", "\(seedLevel)")
        convention("a passage that loses cells", "adds no doublings and takes none away")
        let levels = PopulationDoubling.cumulativeLevels(passages, from: seedLevel)
        self.table(
            "passages", ["passage", "fold", "doublings", "doubling time", "cumulative level"],
            passages.indices.map { index in
                [
                    Value(index + 1), Value(passages[index].foldExpansion),
                    Value(passages[index].doublings),
                    Value(try? passages[index].doublingTime.get()),
                    Value(levels[index]),
                ]
            })
        for (index, passage) in passages.enumerated() {
            if case .failure(let reason) = passage.doublingTime {
                conclude(reason, about: "doubling time of passage \(index + 1)")
            }
        }
        conclude(
            "the cumulative population doubling level is \(shortened(levels.last ?? seedLevel))")
    }

    /// Heterogeneity from a table with the column value, and group where there are several.
    public static func heterogeneity(
        _ table: MeasurementTable, threshold: Double?, components: Int, seed: UInt64
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("heterogeneity")
        let values = try table.numbers("value", "result", "y")
        let groups =
            table.has("group", "lot", "donor")
            ? try table.texts("group", "lot", "donor") : values.map { _ in "" }
        report.convention("dip test", "p by interpolation in simulated quantiles (sqrt n scale)")
        report.convention("mixtures", "EM, BIC = 2 ln L - parameters x ln n (larger is better)")
        report.convention("seed", "\(seed)")
        for name in orderedNames(groups) {
            let own = groups.indices.filter { groups[$0] == name }.map { values[$0] }
            try report.group(name, own, threshold, components, seed)
        }
        return report
    }

    private mutating func group(
        _ name: String, _ values: [Double], _ threshold: Double?, _ components: Int,
        _ seed: UInt64
    ) throws(AnalysisError) {
        let of = name.isEmpty ? "" : " of '\(name)'"
        let shape = try DistributionShape(values)
        let dip = try DipTest(values)
        result("values\(of)", values.count)
        result("mean\(of)", shape.mean)
        result("median\(of)", shape.median)
        result("CV %\(of)", shape.cvPercent)
        result("dip\(of)", dip.dip)
        result("p of the dip\(of)", .text(dip.printedP))
        result("bimodality coefficient\(of)", shape.bimodalityCoefficient)
        if let threshold {
            let share = try DistributionShape.share(of: values, above: threshold)
            result("share above \(threshold)\(of)", share.share, share.interval)
        }
        let mixture = try GaussianMixture.best(values, upTo: components, seed: seed)
        table(
            "components\(of)", ["share", "mean", "standard deviation"],
            mixture.shares.indices.map {
                [
                    Value(mixture.shares[$0]), Value(mixture.means[$0][0]),
                    Value(mixture.variances[$0].squareRoot()),
                ]
            })
        for (index, separation) in mixture.separations.enumerated() {
            result("Ashman's D \(index + 1)-\(index + 2)\(of)", separation.ashmanD)
            result("valley depth \(index + 1)-\(index + 2)\(of)", separation.valleyDepth)
        }
        if let p = dip.p, p < 0.05 {
            conclude(
                "more than one mode is shown\(of): dip p \(dip.printedP)", finding: "multimodal")
            if values.count > 10_000 {
                remark("with \(values.count) values any departure is significant: judge its size")
            }
        } else {
            conclude("more than one mode is not shown\(of): dip p \(dip.printedP)")
        }
        if shape.bimodalityCoefficient > 5 / 9, (dip.p ?? 1) >= 0.05 {
            remark("the bimodality coefficient exceeds 5/9\(of) by skewness, not by two modes")
        }
    }
}
