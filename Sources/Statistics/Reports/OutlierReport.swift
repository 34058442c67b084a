extension AnalysisReport {
    /// Outliers of a table with the column value, and group where there are several samples.
    /// - Parameter limit: most outliers looked for by the generalised test.
    public static func outliers(
        _ table: MeasurementTable, method: OutlierMethod, alpha: Double, upTo limit: Int
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("outliers (\(method.rawValue))")
        let values = try table.numbers("value", "result", "y")
        let groups =
            table.has("group", "lot", "batch")
            ? try table.texts("group", "lot", "batch") : values.map { _ in "" }
        report.convention("level", "\(alpha)")
        report.convention("outliers", "flagged, never removed")
        switch method {
        case .grubbs: report.convention("test", "Grubbs, both sides, Bonferroni's bound")
        case .extremeDeviates: report.convention("test", "Rosner, up to \(limit) outliers")
        case .dixon: report.convention("test", "Dixon, the ratio recommended for the size")
        }
        for name in orderedNames(groups) {
            let rows = groups.indices.filter { groups[$0] == name }
            try report.sample(name, rows, rows.map { values[$0] }, method, alpha, limit)
        }
        if report.conclusions.isEmpty { report.conclude("no outlier is shown") }
        report.remark("a value leaves an analysis only for a cause that was found")
        return report
    }

    private mutating func sample(
        _ name: String, _ rows: [Int], _ values: [Double], _ method: OutlierMethod,
        _ alpha: Double, _ limit: Int
    ) throws(AnalysisError) {
        let of = name.isEmpty ? "" : " of '\(name)'"
        var found: [Int] = []
        switch method {
        case .grubbs:
            let test = try GrubbsTest(values, alpha: alpha)
            result("G\(of)", test.statistic)
            result("limit of G\(of)", test.critical)
            result("p\(of)", test.p)
            if test.isOutlier { found = [test.position] }
        case .dixon:
            let test = try DixonTest(values, alpha: alpha)
            result("\(test.ratio.rawValue)\(of)", test.statistic)
            result("p\(of)", test.p)
            if test.isOutlier { found = [test.position] }
        case .extremeDeviates:
            let test = try ExtremeDeviates(values, upTo: limit, alpha: alpha)
            table(
                "steps\(of)", ["row", "value", "R", "limit"],
                test.steps.map {
                    [
                        Value(rows[$0.position] + 1), Value(values[$0.position]),
                        Value($0.statistic), Value($0.critical),
                    ]
                })
            found = test.outliers
        }
        for position in found {
            conclude(
                "row \(rows[position] + 1)\(of) is an outlier: \(shortened(values[position]))",
                finding: "outlier")
        }
        let summary = try Summary(values)
        guard let deviation = summary.standardDeviation, deviation > 0 else { return }
        figure(
            .residuals(
                title: "deviations from the mean\(of), in standard deviations",
                fitted: rows.map { Double($0 + 1) },
                residuals: values.map { ($0 - summary.mean) / deviation }, flagged: Set(found),
                band: 3))
    }
}
