import Foundation

extension AnalysisReport {
    /// The effects of a two-level design, judged by Lenth's margin.
    mutating func effects(
        _ name: String, _ runs: [[Double]], _ response: [Double], _ factors: [String]
    ) throws(AnalysisError) {
        let letters =
            factors.count <= Factor.letterNames.count
            ? Factor.letterNames.prefix(factors.count).map { String($0) } : factors
        guard
            let effects = try? FactorialEffects(
                runs: runs, response: response, names: letters, upTo: min(4, factors.count))
        else { return }
        table(
            "effects on \(name)", ["effect", "size", "active"],
            effects.effects.map {
                [.text($0.name), Value($0.value), .text($0.isActive ? "yes" : "no")]
            })
        result("Lenth's pseudo standard error of \(name)", effects.pseudoStandardError)
        result("margin of error of an effect on \(name)", effects.marginOfError)
        if letters != factors {
            remark(
                "letters stand for the factors in order: "
                    + zip(letters, factors).map { "\($0) \($1)" }.joined(separator: ", "))
        }
        figure(
            .pareto(
                title: "Effects on \(name)", quantity: "size of the effect",
                effects: effects.effects.map { .init(name: $0.name, value: $0.value) },
                margin: effects.marginOfError))
    }

    /// The t values of the terms by size, and the residuals.
    mutating func surfacePictures(
        _ name: String, _ fitted: ResponseModel, twoLevel: Bool
    ) throws(AnalysisError) {
        if !twoLevel, fitted.fit.degreesOfFreedom > 0 {
            let terms = fitted.coefficients.filter { $0.name != "intercept" }
            let values = terms.compactMap { term in
                term.standardError.flatMap {
                    $0 > 0 ? AnalysisFigure.Named(name: term.name, value: term.value / $0) : nil
                }
            }
            let margin = try StudentT(degreesOfFreedom: Double(fitted.fit.degreesOfFreedom))
                .quantile(0.975)
            figure(
                .pareto(
                    title: "Terms of \(name)", quantity: "coefficient over its standard error",
                    effects: values, margin: margin))
        }
        guard let sigma = fitted.sigma, sigma > 0 else { return }
        let studentised = zip(fitted.fit.residuals, fitted.fit.leverages).map {
            $1 < 1 - 1e-9 ? $0 / (sigma * (1 - $1).squareRoot()) : 0
        }
        figure(
            .residuals(
                title: "Studentised residuals of \(name)",
                fitted: zip(studentised.indices, fitted.fit.residuals).map { index, residual in
                    fitted.observed[index] - residual
                }, residuals: studentised,
                flagged: Set(studentised.indices.filter { abs(studentised[$0]) > 3 }), band: 3))
    }

    /// The path along which a response climbs or falls fastest.
    mutating func path(
        _ name: String, _ fitted: ResponseModel, _ request: ExperimentRequest
    ) throws(AnalysisError) {
        guard let direction = request.path else { return }
        let distances = stride(from: 0.0, through: 2, by: 0.25).map { $0 }
        let isQuadratic = request.degree == .quadratic
        convention(
            "path", isQuadratic ? "ridge: the best setting on each sphere" : "steepest")
        let path =
            isQuadratic
            ? try ResponsePath.ridge(fitted, distances: distances, ascent: direction == .ascent)
            : try ResponsePath.steepest(fitted, distances: distances, ascent: direction == .ascent)
        switch path {
        case .failure(let reason): conclude(reason, about: "path of \(name)")
        case .success(let path):
            table(
                "path of steepest \(direction.rawValue) of \(name)",
                ["distance"] + request.factors.map(\.name) + ["mean", "standard error"],
                path.steps.map { step in
                    [Value(step.distance)]
                        + zip(request.factors, step.point).map { Value($0.decoded($1)) }
                        + [Value(step.mean), Value(step.standardError)]
                })
            remark("distances are coded: 1 is the edge of a factor's range; beyond it is untried")
        }
    }

    /// The probability over the two factors that move it most, the others at the set point.
    mutating func spacePicture(
        _ space: DesignSpace, _ request: ExperimentRequest, _ best: [Double]
    ) throws(AnalysisError) {
        guard request.factors.count >= 2 else { return }
        let levels = AnalysisFigure.steps(from: -1, to: 1, count: 21)
        var spans: [(factor: Int, span: Double)] = []
        for index in request.factors.indices {
            var values: [Double] = []
            for level in [-1.0, -0.5, 0, 0.5, 1] {
                var point = best
                point[index] = level
                values.append(try space.probability(at: point))
            }
            spans.append((index, (values.max() ?? 0) - (values.min() ?? 0)))
        }
        let chosen = spans.sorted { ($1.span, $0.factor) < ($0.span, $1.factor) }.prefix(2)
            .map(\.factor).sorted()
        var probabilities: [[Double]] = []
        for upright in levels {
            var row: [Double] = []
            for across in levels {
                var point = best
                point[chosen[0]] = across
                point[chosen[1]] = upright
                row.append(try space.probability(at: point))
            }
            probabilities.append(row)
        }
        let (first, second) = (request.factors[chosen[0]], request.factors[chosen[1]])
        figure(
            .designSpace(
                across: first.name, acrossSettings: levels.map { first.decoded($0) },
                upright: second.name, uprightSettings: levels.map { second.decoded($0) },
                probabilities: probabilities, required: request.required,
                setPoint: .init(
                    first.decoded(best[chosen[0]]), second.decoded(best[chosen[1]]))))
    }

    /// A design of mixtures for a table of components with the column component, and low for
    /// lowest shares.
    static func mixture(
        _ table: MeasurementTable, _ request: DesignRequest
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("experimental design (\(request.kind.rawValue))")
        let names = try table.texts("component", "factor", "name")
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            throw .duplicate(what: "component", name: name)
        }
        let lowest = try table.optionalNumbers("low", "minimum").map { $0 ?? 0 }
        let design =
            request.kind == .simplexLattice
            ? try MixtureDesign.simplexLattice(
                names, degree: request.latticeDegree, lowest: lowest)
            : try MixtureDesign.simplexCentroid(names, lowest: lowest)
        report.convention("seed of the order of runs", "\(request.seed)")
        report.convention("shares", "add up to 1; lowest shares by L-pseudo-components")
        var generator = RandomSource(seed: request.seed)
        var order = Array(design.runs.indices)
        for place in order.indices.dropFirst().reversed() {
            order.swapAt(place, generator.integer(below: place + 1))
        }
        var places = order
        for (place, run) in order.enumerated() { places[run] = place + 1 }
        report.result("runs", design.runs.count)
        report.table(
            "runs", ["order"] + names,
            order.map { run in [Value(places[run])] + design.runs[run].map { Value($0) } })
        report.conclude("\(design.name): \(design.runs.count) runs")
        return report
    }

    /// The analysis of an experiment with mixtures: a column for each component and response.
    public static func mixtureExperiment(
        _ table: MeasurementTable, components: [String], responses: [String],
        degree: MixtureModel.Degree
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("analysis of a mixture (\(degree.rawValue))")
        report.convention("model", "Scheffé polynomial, \(degree.rawValue), no intercept")
        var columns: [[Double]] = []
        for component in components { columns.append(try table.numbers(named: component)) }
        let runs = table.rows.indices.map { row in columns.map { $0[row] } }
        for name in responses {
            let model = try MixtureModel(
                runs: runs, response: try table.numbers(named: name), components: components,
                degree: degree)
            report.table(
                "coefficients of \(name)", ["term", "estimate", "standard error"],
                model.names.indices.map {
                    [
                        .text(model.names[$0]), Value(model.fit.coefficients[$0]),
                        Value(model.fit.standardErrors?[$0]),
                    ]
                })
            report.variance(
                [model.regression] + [model.lackOfFit].compactMap { $0 },
                named: "tests of \(name)")
            report.result("R squared of \(name)", model.rSquared)
            if let p = model.lackOfFit?.p, p < 0.05 {
                report.conclude(
                    "the model does not fit \(name): lack of fit p = \(shortened(p))",
                    finding: "lack-of-fit")
            }
        }
        if report.conclusions.isEmpty {
            report.conclude("the model fits \(responses.count) responses")
        }
        return report
    }
}
