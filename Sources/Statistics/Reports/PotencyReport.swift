import Foundation

/// What `potency` is asked for.
public struct PotencyRequest: Hashable, Sendable {
    /// The models of a bioassay.
    public enum Model: String, Hashable, Sendable, CaseIterable {
        /// Straight lines on log dose.
        case parallelLine = "parallel-line"
        /// Straight lines on dose.
        case slopeRatio = "slope-ratio"
        /// Four-parameter logistic curves.
        case fourParameter = "4pl"
        /// Five-parameter logistic curves.
        case fiveParameter = "5pl"
        /// Responses that are all or none, on the normal scale.
        case probit
        /// Responses that are all or none, on the scale of log odds.
        case logit

        /// The intervals the model offers; the first is the usual one.
        public var intervals: [RelativePotency.IntervalMethod] {
            switch self {
            case .parallelLine, .slopeRatio: [.fieller]
            case .fourParameter, .fiveParameter: [.wald, .profile]
            case .probit, .logit: [.fieller, .profile]
            }
        }
    }

    /// The model.
    public var model = Model.fourParameter
    /// The name of the standard; nil for the first preparation.
    public var standard: String?
    /// The design of a parallel-line assay.
    public var design = AssayDesign.completelyRandomised
    /// The scale of the response.
    public var transform = ResponseTransform.none
    /// How responses of curves are weighted.
    public var weighting = ResponseWeighting.equal
    /// The interval of curves and quanta.
    public var interval = RelativePotency.IntervalMethod.wald
    /// Confidence of the intervals.
    public var confidence = 0.95
    /// Assigned potency of the standard times the pre-dilution ratio.
    public var multiplier = 1.0
    /// How parallelism of curves is judged.
    public var criterion = ParallelismCriterion.differenceTest(alpha: 0.05)
    /// Level of the validity tests; nil: not judged.
    public var alpha: Double? = 0.05
    /// How assays are combined when the table names several.
    public var combination = PotencyCombination.Method.automatic
    /// The error of a slope-ratio assay.
    public var errorTerm = SlopeRatioAssay.ErrorTerm.pureError
    /// How outliers are looked for; nil: not. They are flagged and kept.
    public var outliers: OutlierMethod?
    /// Level of the outlier tests.
    public var outlierAlpha = 0.01

    /// A request with the defaults.
    public init() {}
}

extension AnalysisReport {
    /// Relative potency from a table with the columns preparation, dose and response (or total
    /// and affected), and block, row, column, weight or assay where the method needs them.
    /// - Parameters:
    ///   - plate: what was done to the readings of a plate before.
    ///   - layoutDigest: SHA-256 of the layout of the plate.
    public static func potency(
        _ table: MeasurementTable, _ request: PotencyRequest, plate: [String] = [],
        layoutDigest: String? = nil
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("relative potency (\(request.model.rawValue))")
        if let layoutDigest { report.convention("SHA-256 of the layout", layoutDigest) }
        for remark in plate { report.remark(remark) }
        let names = try table.texts("preparation", "prep", "sample")
        let standard = request.standard ?? names.first ?? ""
        report.convention("model", request.model.rawValue)
        report.convention("standard", standard)
        report.convention("confidence", "\(request.confidence)")
        if request.multiplier != 1 { report.convention("multiplier", "\(request.multiplier)") }
        if request.model == .probit || request.model == .logit {
            try report.quantal(table, names, standard, request)
            return report
        }
        report.convention("response scale", request.transform.rawValue)
        let doses = try table.numbers("dose", "concentration", "conc")
        let responses = try table.numbers("response", "value", "y")
        let weights = table.has("weight") ? try table.numbers("weight") : nil
        let blocks = table.has("block") ? try table.texts("block") : nil
        let rows = table.has("row") ? try table.texts("row") : nil
        let columns = table.has("column") ? try table.texts("column") : nil
        let assays = table.has("assay") ? try table.texts("assay") : nil
        let observations = names.indices.map { index in
            AssayObservation(
                preparation: names[index], dose: doses[index], response: responses[index],
                weight: weights?[index] ?? 1, block: blocks?[index], row: rows?[index],
                column: columns?[index])
        }
        guard let assays else {
            _ = try report.assay(observations, standard, request, prefix: "")
            return report
        }
        var found: [String: [PotencyCombination.Assay]] = [:]
        for (number, name) in orderedNames(assays).enumerated() {
            let own = observations.indices.filter { assays[$0] == name }.map { observations[$0] }
            for (sample, assay) in try report.assay(
                own, standard, request, prefix: "assay \(name): ", withTables: number == 0)
            {
                found[sample, default: []].append(assay)
            }
        }
        for (sample, list) in found.sorted(by: { $0.key < $1.key }) where list.count > 1 {
            let combined = try PotencyCombination(
                list, method: request.combination, confidence: request.confidence)
            report.convention("combination of '\(sample)'", combined.method.rawValue)
            report.result("combined potency of '\(sample)'", combined.potency, combined.interval)
            report.result("homogeneity p of '\(sample)'", combined.homogeneityP)
            report.conclude(
                "the potency of '\(sample)' is \(shortened(combined.potency)) from \(list.count)"
                    + " assays (\(combined.method.rawValue))")
        }
        return report
    }

    private mutating func assay(
        _ observations: [AssayObservation], _ standard: String, _ request: PotencyRequest,
        prefix: String, withTables: Bool = true
    ) throws(AnalysisError) -> [(String, PotencyCombination.Assay)] {
        var potencies: [(String, Result<RelativePotency, Inconclusive>)] = []
        var degreesOfFreedom = 1.0
        let samples = orderedNames(observations.map(\.preparation)).filter { $0 != standard }
        var multipliers: [String: Double] = [:]
        for sample in samples { multipliers[sample] = request.multiplier }
        try outliers(observations, request, prefix)
        switch request.model {
        case .parallelLine:
            convention("design", request.design.rawValue)
            convention("interval", "fieller")
            convention("level of the validity tests", request.alpha.map { "\($0)" } ?? "not judged")
            let assay = try ParallelLineAssay(
                observations, standard: standard, design: request.design,
                transform: request.transform, confidence: request.confidence,
                multipliers: multipliers,
                criteria: ParallelLineAssay.Criteria(
                    regressionAlpha: request.alpha, parallelismAlpha: request.alpha,
                    linearityAlpha: request.alpha))
            if withTables { variance(assay.anova, named: "\(prefix)analysis of variance") }
            result("\(prefix)common slope per ln dose", assay.commonSlope)
            try linePicture(assay, observations, standard, request.transform, prefix)
            let outlying = assay.studentisedResiduals.enumerated().filter { abs($0.element) > 3 }
            for (index, value) in outlying {
                remark(
                    "\(prefix)observation \(index + 1) has a studentised residual of"
                        + " \(shortened(value))")
            }
            degreesOfFreedom = Double(assay.errorDegreesOfFreedom)
            for sample in samples {
                if let potency = assay.potencies[sample] { potencies.append((sample, potency)) }
            }
        case .slopeRatio:
            try slopeRatio(observations, standard, request, prefix)
            return []
        case .fourParameter, .fiveParameter:
            let assay = try curves(observations, standard, request, prefix, multipliers, withTables)
            try curvePicture(assay, observations, standard, request.transform, prefix)
            degreesOfFreedom = Double(assay.commonDegreesOfFreedom)
            for sample in samples {
                guard let wald = assay.potencies[sample] else { continue }
                let chosen = request.interval == .profile ? try assay.profile(of: sample) : wald
                potencies.append((sample, chosen))
            }
        case .probit, .logit: return []
        }
        var assays: [(String, PotencyCombination.Assay)] = []
        for (sample, potency) in potencies {
            switch potency {
            case .failure(let reason): conclude(reason, about: "\(prefix)potency of '\(sample)'")
            case .success(let value):
                result("\(prefix)potency of '\(sample)'", value.potency, value.interval)
                result("\(prefix)ln ratio of '\(sample)'", value.lnRatio, value.lnInterval)
                conclude(
                    "\(prefix)the potency of '\(sample)' is \(shortened(value.potency))"
                        + " (\(value.method.rawValue) interval)")
                if value.lnInterval.isBounded {
                    assays.append(
                        (
                            sample,
                            try PotencyCombination.Assay(
                                estimate: value.potency, interval: value.interval,
                                degreesOfFreedom: degreesOfFreedom, confidence: request.confidence)
                        ))
                }
            }
        }
        return assays
    }

    private mutating func curves(
        _ observations: [AssayObservation], _ standard: String, _ request: PotencyRequest,
        _ prefix: String, _ multipliers: [String: Double], _ withTables: Bool
    ) throws(AnalysisError) -> CurveAssay {
        convention("interval", request.interval == .profile ? "profile" : "wald")
        switch request.criterion {
        case .notJudged: convention("parallelism", "not judged")
        case .differenceTest(let alpha): convention("parallelism", "F test at \(alpha)")
        case .equivalence(let margins):
            let printed = margins.map { margin in
                "\(margin.quantity.rawValue) \(margin.comparison.rawValue)"
                    + " \(margin.limits.lower ?? -.infinity) to \(margin.limits.upper ?? .infinity)"
            }
            convention(
                "parallelism", "equivalence, 90 % interval: " + printed.joined(separator: "; "))
        }
        if case .powerOfMean(let exponent) = request.weighting {
            convention("variance", "proportional to mean^\(exponent)")
        }
        let assay = try CurveAssay(
            observations, standard: standard,
            family: request.model == .fiveParameter ? .fiveParameter : .fourParameter,
            transform: request.transform, weighting: request.weighting,
            confidence: request.confidence, multipliers: multipliers,
            criterion: request.criterion)
        for parameter in assay.family.parameters {
            result("\(prefix)common \(parameter.rawValue)", assay.commonParameters[parameter])
        }
        result("\(prefix)residual standard deviation", assay.residualStandardDeviation)
        if let place = assay.halfEffectBeyondDoses(of: observations, standard: standard) {
            remark(
                "\(prefix)half of the effect lies at the dose \(shortened(place.dose)) of the"
                    + " standard, outside the doses given"
                    + " (\(shortened(place.doses.lowerBound)) to"
                    + " \(shortened(place.doses.upperBound))): an asymptote is extrapolated; add"
                    + " doses beyond it, or analyse the straight part with parallel lines")
        }
        guard withTables else { return assay }
        variance([assay.parallelism] + [assay.lackOfFit].compactMap { $0 }, named: "\(prefix)tests")
        table(
            "\(prefix)parallelism, sample against standard",
            [
                "sample", "quantity", "comparison", "value", "lower", "upper",
            ],
            assay.samples.flatMap { sample in
                (assay.measures[sample] ?? []).map { measure in
                    let interval = try? measure.interval.get()
                    return [
                        .text(sample), .text(measure.quantity.rawValue),
                        .text(measure.comparison.rawValue), Value(measure.value),
                        Value(interval?.lower), Value(interval?.upper),
                    ]
                }
            })
        return assay
    }

    private mutating func slopeRatio(
        _ observations: [AssayObservation], _ standard: String, _ request: PotencyRequest,
        _ prefix: String
    ) throws(AnalysisError) {
        convention("interval", "fieller")
        convention("error", request.errorTerm.rawValue)
        let assay = try SlopeRatioAssay(
            observations, standard: standard, transform: request.transform,
            errorTerm: request.errorTerm, confidence: request.confidence, alpha: request.alpha)
        variance(
            [assay.nonLinearity] + [assay.intersection, assay.blanks].compactMap { $0 },
            named: "\(prefix)tests")
        result("\(prefix)common intercept", assay.intercept)
        for sample in assay.samples {
            switch assay.potencies[sample] {
            case .success(let ratio):
                result(
                    "\(prefix)potency of '\(sample)'", ratio.ratio * request.multiplier,
                    ratio.interval.scaled(by: request.multiplier))
                conclude(
                    "\(prefix)the potency of '\(sample)' is"
                        + " \(shortened(ratio.ratio * request.multiplier))")
            case .failure(let reason): conclude(reason, about: "\(prefix)potency of '\(sample)'")
            case nil: continue
            }
        }
    }

    private mutating func quantal(
        _ table: MeasurementTable, _ names: [String], _ standard: String, _ request: PotencyRequest
    ) throws(AnalysisError) {
        let doses = try table.numbers("dose", "concentration", "conc")
        let totals = try table.counts("total", "n")
        let affected = try table.counts("affected", "r", "responding")
        let link: BinomialLink = request.model == .probit ? .probit : .logit
        var multipliers: [String: Double] = [:]
        for name in names { multipliers[name] = request.multiplier }
        let assay = try QuantalAssay(
            names.indices.map {
                QuantalObservation(
                    preparation: names[$0], dose: doses[$0], total: totals[$0],
                    affected: affected[$0])
            }, standard: standard, link: link, confidence: request.confidence,
            multipliers: multipliers, parallelismAlpha: request.alpha)
        convention("interval", request.interval == .profile ? "profile" : "fieller")
        convention(
            "heterogeneity", "variances scaled by Pearson chi squared when significant at 0.05")
        result("common slope per ln dose", assay.slope)
        result("deviance", assay.regression.deviance)
        result("Pearson chi squared", assay.regression.pearson)
        result("heterogeneity factor", assay.heterogeneityFactor)
        result("non-parallelism p", assay.nonParallelism.p)
        result("non-linearity p", assay.nonLinearity.p)
        for name in assay.preparations {
            switch try assay.effectiveDose(0.5, of: name) {
            case .success(let dose):
                result("ED50 of '\(name)'", exp(dose.lnDose), dose.lnInterval.exponential)
            case .failure(let reason): conclude(reason, about: "ED50 of '\(name)'")
            }
        }
        for sample in assay.preparations.dropFirst() {
            let potency =
                request.interval == .profile
                ? try assay.profile(of: sample) : assay.potencies[sample]
            switch potency {
            case .success(let value):
                result("potency of '\(sample)'", value.potency, value.interval)
                conclude("the potency of '\(sample)' is \(shortened(value.potency))")
            case .failure(let reason): conclude(reason, about: "potency of '\(sample)'")
            case nil: continue
            }
        }
    }
}

/// Distinct names in order of appearance.
func orderedNames(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
}
