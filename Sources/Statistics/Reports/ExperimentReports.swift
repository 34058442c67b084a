import Foundation

/// What `design` is asked for.
public struct DesignRequest: Hashable, Sendable {
    /// The designs.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// All combinations of levels.
        case full
        /// A two-level fraction of least aberration.
        case fractional
        /// Plackett and Burman.
        case plackettBurman = "plackett-burman"
        /// Definitive screening.
        case definitive
        /// Central composite.
        case centralComposite = "central-composite"
        /// Box and Behnken.
        case boxBehnken = "box-behnken"
        /// Optimal for precise coefficients.
        case dOptimal = "d-optimal"
        /// Optimal for precise predictions.
        case iOptimal = "i-optimal"
        /// A lattice of mixtures.
        case simplexLattice = "simplex-lattice"
        /// Equal shares of every set of components.
        case simplexCentroid = "simplex-centroid"
    }

    /// The design.
    public var kind = Kind.full
    /// Number of runs, for the designs that leave a choice.
    public var runs: Int?
    /// Levels of each factor of a full factorial.
    public var levels = 2
    /// The model of an optimal design.
    public var degree = PolynomialModel.Degree.quadratic
    /// Centre points.
    public var centrePoints: Int?
    /// The axial distance of a central composite design.
    public var axial = AxialDistance.rotatable
    /// Whether the factorial part of a central composite design is a half fraction.
    public var halfFraction = false
    /// Degree of a simplex lattice.
    public var latticeDegree = 2
    /// Seed of the order of the runs, and of optimal designs.
    public var seed: UInt64 = 1

    /// A request with the defaults.
    public init() {}
}

extension AnalysisReport {
    /// An experimental design for a table of factors with the columns factor, low and high.
    public static func design(
        _ table: MeasurementTable, _ request: DesignRequest
    ) throws(AnalysisError) -> AnalysisReport {
        if request.kind == .simplexLattice || request.kind == .simplexCentroid {
            return try mixture(table, request)
        }
        let names = try table.texts("factor", "name")
        let low = try table.numbers("low", "minimum")
        let high = try table.numbers("high", "maximum")
        var factors: [Factor] = []
        for (index, name) in names.enumerated() {
            guard !names[..<index].contains(name) else {
                throw .duplicate(what: "factor", name: name)
            }
            factors.append(try Factor(name, low: low[index], high: high[index]))
        }
        var report = AnalysisReport("experimental design (\(request.kind.rawValue))")
        let design = try report.made(factors, request)
        report.convention("seed of the order of runs", "\(request.seed)")
        report.result("runs", design.runs.count)
        let order = design.randomisedOrder(seed: request.seed)
        var places = [Int](repeating: 0, count: order.count)
        for (place, run) in order.enumerated() { places[run] = place + 1 }
        let decoded = design.decodedRuns
        report.table(
            "runs", ["order"] + (design.blocks.isEmpty ? [] : ["block"]) + names,
            order.map { run in
                [Value(places[run])] + (design.blocks.isEmpty ? [] : [Value(design.blocks[run])])
                    + decoded[run].map { Value($0) }
            })
        report.conclude("\(design.name): \(design.runs.count) runs of \(factors.count) factors")
        return report
    }

    private mutating func made(
        _ factors: [Factor], _ request: DesignRequest
    ) throws(AnalysisError) -> ExperimentalDesign {
        switch request.kind {
        case .full:
            return try .fullFactorial(
                factors, levels: factors.map { _ in request.levels },
                centrePoints: request.centrePoints ?? 0)
        case .fractional:
            guard let runs = request.runs else {
                throw .tooFew(what: "runs (give their number)", found: 0, needed: 4)
            }
            let fraction = try FractionalFactorial.minimumAberration(
                factors: factors.count, runs: runs)
            convention("generators", fraction.generators.joined(separator: ", "))
            result("resolution", fraction.resolution.map { Value($0) } ?? "full")
            result("clear two-factor interactions", fraction.clearInteractions.count)
            let aliases = fraction.aliases(upTo: 2)
            table("aliases up to two-factor interactions", ["chain"], aliases.map { [.text($0)] })
            remark(
                "letters stand for the factors in order: "
                    + zip(Factor.letterNames, factors).map { "\($0) \($1.name)" }
                    .joined(separator: ", "))
            return try fraction.design(factors: factors)
        case .plackettBurman:
            let runs = request.runs ?? 4 * (factors.count / 4 + 1)
            let design = try ExperimentalDesign.plackettBurman(factors, runs: runs)
            let aliases = design.partialAliases.map { shortened($0) }.joined(separator: ", ")
            remark("main effects are partially aliased with interactions: \(aliases)")
            return design
        case .definitive:
            return try .definitiveScreening(factors, centrePoints: request.centrePoints ?? 1)
        case .centralComposite:
            let centres = request.centrePoints ?? 4
            return try .centralComposite(
                factors, axial: request.axial, halfFraction: request.halfFraction,
                centrePoints: (centres, centres))
        case .boxBehnken:
            return try .boxBehnken(factors, centrePoints: request.centrePoints ?? 3)
        case .dOptimal, .iOptimal, .simplexLattice, .simplexCentroid:
            let model = PolynomialModel(request.degree, factors: factors.map(\.name))
            var search = OptimalDesign.Request(
                model: model, runs: request.runs ?? model.terms.count + 4)
            search.criterion = request.kind == .dOptimal ? .d : .i
            search.seed = request.seed
            convention("model", request.degree.rawValue)
            convention("restarts", "\(search.restarts)")
            let found = try OptimalDesign(factors, search)
            result("D criterion", found.dCriterion)
            result("mean prediction variance / error variance", found.meanPredictionVariance)
            return found.design
        }
    }

    /// What `analyze-design` is asked for.
    public struct ExperimentRequest: Sendable {
        /// The factors, with the ranges they are coded by.
        public var factors: [Factor]
        /// The responses, with their specifications where there are any.
        public var responses: [(name: String, limits: SpecificationLimits?)]
        /// The model.
        public var degree = PolynomialModel.Degree.quadratic
        /// The probability a set point must reach.
        public var required = 0.9
        /// Whether the path of each response climbs, falls, or is left out.
        public var path: Path?

        /// Directions of a path.
        public enum Path: String, Hashable, Sendable, CaseIterable {
            /// Towards larger responses.
            case ascent
            /// Towards smaller responses.
            case descent
        }

        /// A request for factors and responses.
        public init(
            factors: [Factor], responses: [(name: String, limits: SpecificationLimits?)]
        ) {
            self.factors = factors
            self.responses = responses
        }
    }

    /// The analysis of an experiment whose table has a column for each factor and response, and
    /// block where there are blocks.
    public static func experiment(
        _ table: MeasurementTable, _ request: ExperimentRequest
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("analysis of an experiment (\(request.degree.rawValue))")
        var columns: [[Double]] = []
        for factor in request.factors {
            columns.append(try table.numbers(named: factor.name).map { factor.coded($0) })
        }
        guard let count = columns.first?.count else {
            throw .tooFew(what: "factors", found: 0, needed: 1)
        }
        let runs = (0..<count).map { run in columns.map { $0[run] } }
        let blocks = table.has("block") ? numbered(try table.texts("block")) : []
        let model = PolynomialModel(request.degree, factors: request.factors.map(\.name))
        report.convention("model", request.degree.rawValue)
        report.convention("coding", "-1 at the low and 1 at the high level of each factor")
        report.convention("sums of squares", "sequential: blocks, linear, interactions, squares")
        var spaces: [DesignSpace.Response] = []
        let isTwoLevel = blocks.isEmpty && runs.allSatisfy { $0.allSatisfy { abs($0) == 1 } }
        for (name, limits) in request.responses {
            let fitted = try ResponseModel(
                runs: runs, response: try table.numbers(named: name), model: model, blocks: blocks)
            report.surface(name, fitted, request.factors)
            if isTwoLevel {
                try report.effects(
                    name, runs, try table.numbers(named: name), request.factors.map(\.name))
            }
            try report.surfacePictures(name, fitted, twoLevel: isTwoLevel)
            try report.path(name, fitted, request)
            if let limits { spaces.append(DesignSpace.Response(model: fitted, limits: limits)) }
        }
        if !spaces.isEmpty { try report.designSpace(spaces, request) }
        return report
    }

    private mutating func surface(
        _ name: String, _ fitted: ResponseModel, _ factors: [Factor]
    ) {
        table(
            "coefficients of \(name)", ["term", "estimate", "standard error", "p", "VIF"],
            fitted.coefficients.map {
                [
                    .text($0.name), Value($0.value), Value($0.standardError), Value($0.p),
                    Value($0.varianceInflation),
                ]
            })
        variance(fitted.anova, named: "analysis of variance of \(name)")
        result("R squared of \(name)", fitted.rSquared)
        result("adjusted R squared of \(name)", fitted.adjustedRSquared)
        result("predicted R squared of \(name)", fitted.predictedRSquared)
        if let p = fitted.lackOfFit?.p, p < 0.05 {
            conclude(
                "the model does not fit \(name): lack of fit p = \(shortened(p))",
                finding: "lack-of-fit")
        }
        guard fitted.model.terms.contains(where: { $0.contains(2) }) else { return }
        switch CanonicalAnalysis.of(fitted) {
        case .failure(let reason): conclude(reason, about: "stationary point of \(name)")
        case .success(let canonical):
            let place = zip(factors, canonical.stationaryPoint)
                .map { "\($0.name) \(shortened($0.decoded($1)))" }.joined(separator: ", ")
            let outside = canonical.stationaryPoint.contains { abs($0) > 1 }
            result("mean of \(name) at its stationary point", canonical.mean)
            conclude(
                "\(name) has a \(canonical.shape.rawValue) at \(place)"
                    + (outside ? ", outside the region studied" : ""))
        }
    }

    private mutating func designSpace(
        _ responses: [DesignSpace.Response], _ request: ExperimentRequest
    ) throws(AnalysisError) {
        convention("design space", "posterior predictive probability, residuals independent")
        let space = try DesignSpace(responses)
        let k = request.factors.count
        // A grid of 11 levels up to 4 factors, coarser beyond.
        let levels = k <= 2 ? 21 : k <= 4 ? 11 : 3
        var best: (point: [Double], probability: Double)?
        var reaching = 0
        var size = 1
        for _ in 0..<k { size *= levels }
        guard size <= 200_000 else {
            throw .tooMany(what: "factors for the grid of a design space", found: k, limit: 11)
        }
        for index in 0..<size {
            var rest = index
            let point = (0..<k).map { _ -> Double in
                defer { rest /= levels }
                return -1 + 2 * Double(rest % levels) / Double(levels - 1)
            }
            let probability = try space.probability(at: point)
            if probability >= request.required { reaching += 1 }
            if probability > best?.probability ?? -1 { best = (point, probability) }
        }
        guard let best else { return }
        result("greatest probability on the grid", best.probability)
        result(
            "share of the region that reaches \(request.required)", Double(reaching) / Double(size))
        try spacePicture(space, request, best.point)
        let place = zip(request.factors, best.point)
            .map { "\($0.name) \(shortened($0.decoded($1)))" }.joined(separator: ", ")
        guard best.probability >= request.required else {
            conclude(
                Inconclusive(
                    .criterionFailed,
                    "no setting keeps all specifications with probability \(request.required); the"
                        + " best is \(shortened(best.probability)) at \(place)"),
                about: "design space")
            return
        }
        var rows: [[Value]] = []
        for (index, factor) in request.factors.enumerated() {
            let range = try space.acceptableRange(
                of: index, around: best.point, required: request.required)
            rows.append([
                .text(factor.name), Value(factor.decoded(best.point[index])),
                Value(range?.lower.map { factor.decoded($0) }),
                Value(range?.upper.map { factor.decoded($0) }),
            ])
        }
        table(
            "proven acceptable ranges at probability \(request.required), others at the set point",
            ["factor", "set point", "lower", "upper"], rows)
        conclude(
            "all specifications are kept with probability \(shortened(best.probability)) at \(place)"
        )
    }
}
