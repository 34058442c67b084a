extension AnalysisReport {
    /// Shelf life from a table with the columns batch, time and value.
    public static func stability(
        _ table: MeasurementTable, limit: StabilityLimit, conventions: StabilityConventions,
        extrapolation: ExtrapolationRule, timeUnit: StabilityTimeUnit
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("shelf life (ICH Q1E)")
        let values = try table.numbers("value", "result", "y")
        let times = try table.numbers("time", "month", "months")
        let batches =
            table.has("batch", "lot") ? try table.texts("batch", "lot") : values.map { _ in "1" }
        if !table.has("batch", "lot") {
            report.remark("the table has no column 'batch': all results count as one batch")
        }
        let analysis = try ShelfLifeAnalysis(
            values.indices.map {
                StabilityObservation(batch: batches[$0], time: times[$0], value: values[$0])
            }, limit: limit, conventions: conventions, extrapolation: extrapolation,
            timeUnit: timeUnit)
        report.convention("level of the pooling tests", "\(conventions.poolingAlpha)")
        report.convention("error of the intercept test", conventions.interceptError.rawValue)
        report.convention("error of separate slopes", conventions.separateSlopeError.rawValue)
        report.convention("confidence of each bound of the mean", "\(limit.boundConfidence)")
        report.convention("extrapolation", extrapolation.rawValue)
        report.convention("rounding", "down to whole \(timeUnit.rawValue)")
        if let slopes = analysis.slopes, let intercepts = analysis.intercepts,
            let joint = analysis.joint
        {
            report.variance([slopes, intercepts, joint], named: "tests of poolability")
        }
        report.result("model", .text(analysis.selected?.rawValue ?? "single batch"))
        report.result("data up to (\(timeUnit.rawValue))", analysis.dataEnd)
        report.result("longest by extrapolation (\(timeUnit.rawValue))", analysis.longest)
        report.table(
            "bounds", ["batch", "limit", "side", "intercept", "slope", "meets the limit at"],
            analysis.governing.map { bound in
                let crossing: Value =
                    switch bound.crossing {
                    case .at(let time): Value(time)
                    case .never: "never"
                    case .outsideAtStart: "outside at the start"
                    }
                return [
                    .text(bound.line.batch ?? "all"), Value(bound.limit),
                    bound.isUpper ? "upper" : "lower", Value(bound.line.intercept),
                    Value(bound.line.slope), crossing,
                ]
            })
        switch analysis.shelfLife {
        case .failure(let reason): report.conclude(reason, about: "shelf life")
        case .success(let life):
            report.result("shelf life (\(timeUnit.rawValue))", life.duration)
            let reason: String
            if life.isLimitedByExtrapolation {
                reason =
                    life.crossing.map {
                        "the bound meets its limit only at \(shortened($0)) \(timeUnit.rawValue), beyond what"
                            + " \(extrapolation.rawValue) allows"
                    }
                    ?? "the bound never meets its limit within the data or what may be extrapolated"
            } else {
                reason =
                    life.governingBatch.map { "batch '\($0)' governs" } ?? "all batches are pooled"
            }
            report.conclude("the shelf life is \(life.duration) \(timeUnit.rawValue): \(reason)")
        }
        for remark in analysis.remarks { report.remark(remark) }
        report.figure(
            try picture(
                analysis, limit, timeUnit.rawValue, batches: batches, times: times, values: values))
        return report
    }

    private static func picture(
        _ analysis: ShelfLifeAnalysis, _ limit: StabilityLimit, _ timeUnit: String,
        batches: [String], times: [Double], values: [Double]
    ) throws(AnalysisError) -> AnalysisFigure {
        let life = try? analysis.shelfLife.get()
        let end = max(
            analysis.dataEnd, min(life.map { Double($0.duration) } ?? 0, analysis.longest))
        let steps = AnalysisFigure.steps(from: 0, to: 1.05 * end)
        var lines: [AnalysisFigure.StabilityLine] = []
        let names = orderedNames(batches)
        func results(_ name: String) -> [AnalysisFigure.Place] {
            batches.indices.filter { batches[$0] == name }.map { .init(times[$0], values[$0]) }
        }
        let isCommon = analysis.governing.allSatisfy { $0.line.batch == nil }
        var bounds: [String: [[AnalysisFigure.Place]]] = [:]
        var means: [String: [AnalysisFigure.Place]] = [:]
        for bound in analysis.governing {
            let quantile = try StudentT(degreesOfFreedom: bound.line.degreesOfFreedom)
                .quantile(limit.boundConfidence)
            let name = bound.line.batch ?? ""
            means[name] = steps.map { .init($0, bound.line.mean(at: $0)) }
            bounds[name, default: []].append(
                steps.map {
                    .init($0, bound.line.bound(at: $0, quantile: quantile, upper: bound.isUpper))
                })
        }
        if isCommon {
            lines.append(
                .init(
                    name: names.count > 1 ? "all batches" : "fitted mean", results: [],
                    line: means[""] ?? [], bounds: bounds[""] ?? []))
        }
        lines += names.map {
            .init(
                name: $0, results: results($0), line: isCommon ? [] : means[$0] ?? [],
                bounds: isCommon ? [] : bounds[$0] ?? [])
        }
        return .shelfLife(
            title: "Results, confidence bounds of the mean and limits", timeUnit: timeUnit,
            lines: lines, limits: [limit.lowerLimit, limit.upperLimit].compactMap { $0 },
            shelfLife: life.map { Double($0.duration) })
    }
}
