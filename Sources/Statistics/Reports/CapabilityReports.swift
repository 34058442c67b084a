extension AnalysisReport {
    /// Capability of a table with the column value, in order of time.
    /// - Parameter required: the index the process must be shown to reach.
    public static func capability(
        _ table: MeasurementTable, limits: SpecificationLimits, target: Double?, required: Double,
        confidence: Double
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("process capability")
        let values = try table.numbers("value", "result", "y")
        let overall = try Capability.overall(
            values, limits: limits, target: target, confidence: confidence)
        report.convention("confidence", "\(confidence)")
        report.convention("interval of Cp and Pp", "chi squared")
        report.convention("interval of Cpk and Ppk", "Bissell")
        report.convention("lower bound of the index", "exact, noncentral t")
        report.convention("sigma within", "mean moving range / d2")
        report.convention("sigma overall", "standard deviation, divisor n - 1")
        report.result("mean", overall.mean)
        report.result("sigma overall", overall.sigma)
        let named: [(String, Capability)]
        var sigmaWithin: Double?
        do {
            let within = try Capability.within(
                values, limits: limits, target: target, confidence: confidence)
            report.result("sigma within", within.sigma)
            sigmaWithin = within.sigma
            named = [("C", within), ("P", overall)]
        } catch {
            report.remark("no capability within: \(error)")
            named = [("P", overall)]
        }
        for (letter, capability) in named {
            if let index = capability.cp {
                report.result("\(letter)p", index.value, index.interval)
            }
            report.result("\(letter)pk", capability.cpk.value, capability.cpk.interval)
            if let index = capability.cpm {
                report.result("\(letter)pm", index.value, index.interval)
            }
        }
        report.result("lower bound of Ppk", overall.exactLowerBound)
        report.result("expected share outside", overall.expectedShareOutside)
        let outside = values.filter { !limits.contains($0) }.count
        report.result("values outside", outside)
        switch overall.isShown(toReach: required) {
        case .success(let bound):
            report.conclude(
                "Ppk is shown to reach \(required): its lower bound is \(shortened(bound))")
        case .failure(let reason): report.conclude(reason, about: "capability")
        }
        report.figure(
            .capability(
                values: values, limits: [limits.lower, limits.upper].compactMap { $0 },
                target: target, mean: overall.mean, overall: overall.sigma, within: sigmaWithin))
        if values.count < 25 {
            report.remark("\(values.count) values: the interval of an index is wide below 25")
        }
        return report
    }

    /// A tolerance interval of a table with the column value.
    public static func tolerance(
        _ table: MeasurementTable, content: Double, confidence: Double,
        model: ToleranceInterval.Model, sides: ToleranceInterval.Sides,
        method: ToleranceFactor.Method
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("tolerance interval")
        let values = try table.numbers("value", "result", "y")
        report.convention("content", "\(content)")
        report.convention("confidence", "\(confidence)")
        report.convention("model", model.rawValue)
        report.convention("sides", sides.rawValue)
        if model != .distributionFree { report.convention("factor", method.rawValue) }
        let summary = try Summary(values)
        report.result("values", values.count)
        report.result("mean", summary.mean)
        report.result("standard deviation", summary.standardDeviation)
        switch try ToleranceInterval.of(
            values, content: content, confidence: confidence, model: model, sides: sides,
            method: method)
        {
        case .failure(let reason): report.conclude(reason, about: "tolerance interval")
        case .success(let interval):
            report.result("factor k", interval.factor)
            report.result("lower end", interval.interval.lower)
            report.result("upper end", interval.interval.upper)
            report.conclude(
                "at least \(shortened(100 * content)) % of the population lies"
                    + " \(described(interval.interval)), with confidence"
                    + " \(shortened(interval.confidence))")
        }
        return report
    }

    private static func described(_ interval: Interval) -> String {
        switch (interval.lower, interval.upper) {
        case (let low?, let high?): "between \(shortened(low)) and \(shortened(high))"
        case (let low?, nil): "above \(shortened(low))"
        case (nil, let high?): "below \(shortened(high))"
        case (nil, nil): "anywhere"
        }
    }

    /// Adds the rates of wrong decisions with proposed acceptance limits, for the mean and
    /// standard deviation of the values in the table.
    public mutating func addRisk(
        _ table: MeasurementTable, specification: SpecificationLimits,
        acceptance: SpecificationLimits, measurementDeviation: Double, replicates: Int
    ) throws(AnalysisError) {
        let summary = try Summary(try table.numbers("value", "result", "y"))
        let observed = try summary.requiredStandardDeviation("values")
        let error = measurementDeviation / Double(max(1, replicates)).squareRoot()
        // What was observed is the process plus the measurement.
        let process = (max(0, observed * observed - error * error)).squareRoot()
        guard process > 0 else {
            throw .outOfRange(
                what: "the measurement standard deviation", value: measurementDeviation,
                limits: "less than the observed standard deviation \(shortened(observed))")
        }
        let risk = try AcceptanceRisk(
            processMean: summary.mean, processDeviation: process,
            measurementDeviation: measurementDeviation, replicates: replicates,
            specification: specification, acceptance: acceptance)
        convention("measurement standard deviation", "\(measurementDeviation)")
        convention("replicates averaged", "\(replicates)")
        result("good lots", risk.good)
        result("good lots that are rejected", risk.falseReject)
        result("bad lots that are accepted", risk.falseAccept)
        result("share of the good lots rejected", risk.rejectedAmongGood)
        result("share of the bad lots accepted", risk.acceptedAmongBad)
        conclude(
            "with the proposed limits \(shortened(100 * risk.falseReject)) % of all lots are"
                + " wrongly rejected and \(shortened(100 * risk.falseAccept)) % wrongly accepted")
    }
}
