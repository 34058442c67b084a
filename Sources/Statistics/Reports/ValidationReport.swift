extension AnalysisReport {
    /// The studies of `validate-assay`.
    public enum ValidationStudy: String, Hashable, Sendable, CaseIterable {
        /// Columns level and response.
        case linearity
        /// Columns concentration and signal: limits of detection and quantitation.
        case calibration
        /// Columns result and run, with day or analyst where there are several.
        case precision
        /// Columns target and measured: relative bias and range.
        case bias
        /// Columns dose, tested and responding, and group where there are several.
        case dilution
        /// Columns partitions and positives.
        case digital
        /// Columns first and second: two scorers' grades.
        case agreement
        /// Columns subject, rater and value: intraclass correlation.
        case reliability
        /// Columns potency and outcome (responder or non-responder).
        case outcome
    }

    /// Limits of a validation study.
    public struct ValidationLimits: Hashable, Sendable {
        /// Largest absolute relative bias, in percent; the bias study needs it.
        public var bias: Double?
        /// Largest coefficient of variation, in percent; the bias study needs it.
        public var precision: Double?
        /// Error of the first and second kind of the detection limit.
        public var detectionAlpha = 0.01
        /// Weights of disagreement.
        public var weights = Kappa.Weights.none

        /// Limits with the defaults.
        public init() {}
    }

    /// A validation study of a table.
    public static func validation(
        _ table: MeasurementTable, _ study: ValidationStudy, _ limits: ValidationLimits
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("assay validation (\(study.rawValue))")
        switch study {
        case .linearity: try report.linearity(table)
        case .calibration: try report.calibration(table, limits)
        case .precision: try report.precision(table, limits)
        case .bias: try report.bias(table, limits)
        case .dilution: try report.dilution(table)
        case .digital: try report.digital(table)
        case .agreement: try report.agreement(table, limits)
        case .reliability: try report.reliability(table)
        case .outcome: try report.outcome(table)
        }
        return report
    }

    private mutating func linearity(_ table: MeasurementTable) throws(AnalysisError) {
        let study = try LinearityStudy(
            levels: try table.numbers("level", "concentration", "dilution"),
            response: try table.numbers("response", "result", "y"))
        convention("linearity", "polynomials to degree 3 and lack of fit, at 0.05 (CLSI EP06)")
        self.table(
            "polynomials", ["degree", "residual sd", "df", "p of the leading term"],
            study.polynomials.enumerated().map {
                [
                    Value($0 + 1), Value($1.residualDeviation), Value($1.degreesOfFreedom),
                    Value($1.p.last),
                ]
            })
        if let line = study.lackOfFit { variance([line], named: "lack of fit of the line") }
        result("largest deviation from the line, %", study.largestDeviationPercent)
        if study.isLinear {
            conclude("no departure from a straight line is shown")
        } else {
            conclude(
                "the response is not linear: degree \(study.bestDegree) is significant",
                finding: "not-linear")
        }
    }

    private mutating func calibration(
        _ table: MeasurementTable, _ limits: ValidationLimits
    ) throws(AnalysisError) {
        let line = try Calibration(
            concentration: try table.numbers("concentration", "level", "x"),
            signal: try table.numbers("signal", "response", "y"))
        convention("ICH Q2 limits", "3.3 s / S and 10 s / S, for both meanings of s")
        convention("DIN 32645", "alpha = beta = \(limits.detectionAlpha), k = 3")
        result("intercept", line.intercept)
        result("slope", line.slope)
        result("residual standard deviation", line.residualDeviation)
        for convention in Calibration.DeviationConvention.allCases {
            result("LOD (\(convention.rawValue))", line.detectionLimit(convention))
            result("LOQ (\(convention.rawValue))", line.quantitationLimit(convention))
        }
        let din = try line.dinLimits(alpha: limits.detectionAlpha, beta: limits.detectionAlpha)
        result("critical value (DIN)", din.critical)
        result("detection limit (DIN)", din.detection)
        result("quantitation limit (DIN)", din.quantitation)
        conclude(
            "the quantitation limit is \(shortened(din.quantitation)) by DIN 32645 and"
                + " \(shortened(line.quantitationLimit(.residual))) by 10 residual sd / slope")
    }

    private mutating func precision(
        _ table: MeasurementTable, _ limits: ValidationLimits
    ) throws(AnalysisError) {
        let results = try table.numbers("result", "value", "y")
        var effects: [(name: String, levels: [String])] = []
        for name in ["analyst", "day", "run"] where table.has(name) {
            effects.append((name, try table.texts(name)))
        }
        guard !effects.isEmpty else {
            throw .missingColumn(names: ["run", "day", "analyst"], found: table.columns)
        }
        convention(
            "components", "type 1 ANOVA, nested: " + effects.map(\.name).joined(separator: " > "))
        convention("upper bound", "Satterthwaite, 95 %")
        let study = try PrecisionStudy(results, effects: effects)
        self.table(
            "variance components", ["source", "df", "variance", "standard deviation"],
            (study.components.components + [study.components.total]).map {
                [
                    .text($0.source), Value($0.degreesOfFreedom), Value($0.variance),
                    Value($0.standardDeviation),
                ]
            })
        for component in study.components.components where component.wasNegative {
            remark("the component of \(component.source) was negative and is reported as 0")
        }
        result("mean", study.mean, study.meanInterval)
        result("repeatability sd", study.repeatability)
        result("intermediate precision sd", study.intermediatePrecision)
        result("upper bound of the intermediate precision sd", study.intermediateUpperBound)
        result("intermediate precision CV %", study.intermediateCVPercent)
        guard let cv = study.intermediateCVPercent else {
            conclude(
                Inconclusive(.criterionFailed, "the mean is not positive: no CV can be given"))
            return
        }
        guard let limit = limits.precision else {
            conclude("the intermediate precision is \(shortened(cv)) %; no limit was set for it")
            return
        }
        if cv <= limit {
            conclude("the intermediate precision is \(shortened(cv)) %, limit \(limit) %")
        } else {
            conclude(
                "the intermediate precision \(shortened(cv)) % exceeds the limit \(limit) %",
                finding: "criterion-failed")
        }
    }

    private mutating func bias(
        _ table: MeasurementTable, _ limits: ValidationLimits
    ) throws(AnalysisError) {
        guard let biasLimit = limits.bias, let precisionLimit = limits.precision else {
            throw .tooFew(
                what: "limits set before the study (bias and precision)",
                found: limits.bias == nil && limits.precision == nil ? 0 : 1, needed: 2)
        }
        let study = try RelativeBiasStudy(
            targets: try table.numbers("target", "level"),
            measured: try table.numbers("measured", "result", "value"), biasLimit: biasLimit,
            precisionLimit: precisionLimit)
        convention("relative bias", "geometric, 90 % interval inside ±\(biasLimit) % (USP <1033>)")
        convention("precision", "geometric CV at most \(precisionLimit) %")
        self.table(
            "levels", ["target", "bias %", "lower", "upper", "geometric CV %", "passes"],
            study.levels.map {
                [
                    Value($0.target), Value($0.biasPercent), Value($0.interval.lower),
                    Value($0.interval.upper), Value($0.geometricCVPercent),
                    $0.passes ? "yes" : "no",
                ]
            })
        switch study.range {
        case .success(let range):
            conclude(
                "the range is \(shortened(range.lowerBound)) to \(shortened(range.upperBound))")
        case .failure(let reason): conclude(reason, about: "range")
        }
    }

    private mutating func dilution(_ table: MeasurementTable) throws(AnalysisError) {
        let doses = try table.numbers("dose", "cells")
        let tested = try table.counts("tested", "total", "wells")
        let responding = try table.counts("responding", "response", "affected")
        let groups = table.has("group") ? try table.texts("group") : doses.map { _ in "" }
        let study = try LimitingDilution(
            doses.indices.map {
                DilutionObservation(
                    group: groups[$0], dose: doses[$0], tested: tested[$0],
                    responding: responding[$0])
            })
        convention("model", "single-hit Poisson, complementary log-log regression")
        for name in study.groups {
            guard let frequency = study.frequencies[name] else { continue }
            let of = name.isEmpty ? "" : " of '\(name)'"
            result("one active cell in\(of)", frequency.oneIn, frequency.interval)
            if frequency.oneIn == nil {
                conclude(
                    Inconclusive(
                        .allOrNone,
                        frequency.interval.upper == nil
                            ? "no well responded: the frequency is below 1 in"
                                + " \(shortened(frequency.interval.lower ?? 0)) (95 %)"
                            : "every well responded: the frequency is above 1 in"
                                + " \(shortened(frequency.interval.upper ?? 0)) (95 %)"),
                    about: "frequency\(of)")
            } else {
                conclude("one cell in \(shortened(frequency.oneIn ?? 0)) is active\(of)")
            }
        }
        result("p of equal frequencies", study.difference?.p)
        result("p of a single-hit slope", study.slopeLikelihoodRatio?.p)
        if let p = study.slopeLikelihoodRatio?.p, p < 0.05 {
            conclude(
                "the single-hit model does not hold (p = \(shortened(p)))", finding: "not-linear")
        }
    }

    private mutating func digital(_ table: MeasurementTable) throws(AnalysisError) {
        let partitions = try table.counts("partitions", "total")
        let positives = try table.counts("positives", "positive")
        convention("interval", "Clopper-Pearson, transformed")
        for index in partitions.indices {
            let count = try DigitalCount(
                positives: positives[index], partitions: partitions[index])
            switch count.perPartition {
            case .success(let mean):
                result("targets per partition, row \(index + 1)", mean, count.interval)
                conclude("row \(index + 1): \(shortened(mean)) targets per partition")
            case .failure(let reason): conclude(reason, about: "row \(index + 1)")
            }
        }
    }

    private mutating func agreement(
        _ table: MeasurementTable, _ limits: ValidationLimits
    ) throws(AnalysisError) {
        let first = try table.texts("first", "scorer1")
        let second = try table.texts("second", "scorer2")
        let grades = Set(first + second).sorted()
        let kappa = try Kappa.cohen(first, second, grades: grades, weights: limits.weights)
        convention("weights", limits.weights.rawValue)
        convention("order of the grades", grades.joined(separator: " < "))
        result("observed agreement", kappa.observed)
        result("agreement by chance", kappa.expected)
        result("kappa", kappa.value, kappa.interval)
        conclude("kappa is \(shortened(kappa.value)) over \(first.count) observations")
    }

    private mutating func outcome(_ table: MeasurementTable) throws(AnalysisError) {
        let potency = try table.numbers("potency", "value")
        let outcomes = try table.texts("outcome", "response")
        let positive: Set = ["responder", "yes", "1", "true", "response"]
        let negative: Set = ["non-responder", "nonresponder", "no", "0", "false", "none"]
        var (yes, no): ([Double], [Double]) = ([], [])
        for (index, outcome) in outcomes.enumerated() {
            if positive.contains(outcome.lowercased()) {
                yes.append(potency[index])
            } else if negative.contains(outcome.lowercased()) {
                no.append(potency[index])
            } else {
                throw .unknown(
                    what: "outcome", name: outcome, known: ["responder", "non-responder"])
            }
        }
        let study = try OutcomeAssociation(responders: yes, nonResponders: no)
        convention("comparison", "Welch test of ln potency, 95 %")
        result("responders", study.responders)
        result("non-responders", study.nonResponders)
        result("ratio of geometric mean potencies", study.ratio, study.ratioInterval)
        result("p", study.p)
        result("area under the curve", study.areaUnderCurve, study.areaInterval)
        result("ratio detectable with power \(study.power)", study.detectableRatio)
        remark("an association over lots is no proof of cause")
        switch study.conclusion {
        case .success(let conclusion): conclude("potency is \(conclusion.rawValue)")
        case .failure(let reason): conclude(reason, about: "association")
        }
    }
}
