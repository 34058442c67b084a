import Foundation

/// The observations of a parallel-line assay, with the columns of the models fitted to them.
struct ParallelLineLayout {
    let preparations: [String]
    let response: [Double]
    private let design: AssayDesign
    private let lnDose: [Double]
    private let preparation: [Int]
    private let treatment: [Int]
    private let treatmentCount: Int
    private let blocks: [[Int]]

    init(
        _ observations: [AssayObservation], standard: String, design: AssayDesign,
        transform: ResponseTransform
    ) throws(AnalysisError) {
        self.design = design
        preparations = try orderedPreparations(observations, standard: standard)
        var response: [Double] = []
        var lnDose: [Double] = []
        for (index, observation) in observations.enumerated() {
            guard observation.dose.isFinite, observation.dose > 0 else {
                throw .outOfRange(
                    what: "dose \(index + 1)", value: observation.dose,
                    limits: "more than 0 on a logarithmic scale")
            }
            response.append(try transform.apply(observation.response, position: index + 1))
            lnDose.append(log(observation.dose))
        }
        self.response = response
        self.lnDose = lnDose
        let preparations = preparations
        preparation = observations.map { preparations.firstIndex(of: $0.preparation) ?? 0 }
        treatment = numbered(zip(preparation, observations).map { "\($0)|\($1.dose)" })
        treatmentCount = (treatment.max() ?? 0) + 1
        for (index, name) in preparations.enumerated() {
            let doses = Set(
                zip(treatment, preparation).filter { $0.1 == index }.map(\.0))
            guard doses.count > 1 else {
                throw .tooFew(what: "doses of '\(name)'", found: doses.count, needed: 2)
            }
        }
        switch design {
        case .completelyRandomised: blocks = []
        case .randomisedBlock:
            blocks = [try levels(observations.map(\.block), "block")]
        case .latinSquare:
            blocks = [
                try levels(observations.map(\.row), "row"),
                try levels(observations.map(\.column), "column"),
            ]
        }
    }

    private func indicators(_ groups: [Int], from first: Int) -> [[Double]] {
        guard let last = groups.max(), last >= first else { return [] }
        return (first...last).map { level in groups.map { $0 == level ? 1 : 0 } }
    }

    /// Fits the sequence of models from the mean to one mean per treatment.
    func stages() throws(AnalysisError) -> Stages {
        let ones = [Double](repeating: 1, count: response.count)
        let mean = try fit([ones])
        var blockColumns: [[Double]] = []
        var blockSquares: [(String, Int, Double)] = []
        var previous = mean.residualSumOfSquares
        let names = design == .latinSquare ? ["rows", "columns"] : ["blocks"]
        for (name, groups) in zip(names, blocks) {
            let columns = indicators(groups, from: 1)
            blockColumns += columns
            let squares = try fit([ones] + blockColumns).residualSumOfSquares
            blockSquares.append((name, columns.count, previous - squares))
            previous = squares
        }
        let perPreparation = indicators(preparation, from: 0)
        let prepared = try fit(perPreparation + blockColumns)
        let common = try fit(perPreparation + [lnDose] + blockColumns)
        // ln dose is centred for the higher terms: it changes no sum of squares, and keeps them
        // apart from the intercepts numerically.
        let centre = (try Summary(lnDose)).mean
        let centred = lnDose.map { $0 - centre }
        let slopes = perPreparation.map { column in zip(column, centred).map { $0 * $1 } }
        let separate = try fit(perPreparation + slopes + blockColumns)
        let treatments = try fit(
            indicators(treatment, from: 0) + blockColumns, withLeverages: true)
        var curvature: Double?
        if treatmentCount - 2 * preparations.count > 1 {
            let quadratic = perPreparation + slopes + [centred.map { $0 * $0 }] + blockColumns
            curvature =
                separate.residualSumOfSquares - (try fit(quadratic)).residualSumOfSquares
        }
        return Stages(
            total: mean.residualSumOfSquares, observations: response.count,
            blockSquares: blockSquares, afterBlocks: previous, prepared: prepared,
            commonSlope: common, separateSlopes: separate, treatments: treatments,
            preparations: preparations.count, treatmentCount: treatmentCount,
            curvature: curvature)
    }

    private func fit(
        _ columns: [[Double]], withLeverages: Bool = false
    ) throws(AnalysisError) -> LinearFit {
        do {
            return try LinearFit(
                design: Matrix(columns: columns), response: response, withLeverages: withLeverages)
        } catch {
            guard case .singular = error else { throw error }
            throw .singular(
                what: "the \(design.rawValue) model",
                remedy: "check that blocks, rows and columns each hold several treatments")
        }
    }

    /// The fitted models and the sums of squares between them.
    struct Stages {
        let total: Double
        let observations: Int
        let blockSquares: [(String, Int, Double)]
        let afterBlocks: Double
        let prepared: LinearFit
        let commonSlope: LinearFit
        let separateSlopes: LinearFit
        let treatments: LinearFit
        let preparations: Int
        let treatmentCount: Int
        let curvature: Double?

        var residual: Double { treatments.residualSumOfSquares }
        var residualDegreesOfFreedom: Int { treatments.degreesOfFreedom }

        var studentisedResiduals: [Double] {
            guard let variance = treatments.residualVariance, variance > 0 else { return [] }
            return treatments.residuals.indices.map { index in
                let room = 1 - treatments.leverages[index]
                guard room > 1e-12 else { return 0 }
                return treatments.residuals[index] / (variance * room).squareRoot()
            }
        }

        func lines() throws(AnalysisError) -> [VarianceLine] {
            var lines: [VarianceLine] = []
            let (error, errorDF) = (residual, residualDegreesOfFreedom)
            func tested(_ name: String, _ df: Int, _ squares: Double) throws(AnalysisError) {
                lines.append(
                    try VarianceLine(
                        name, df, max(0, squares), error: error, errorDegreesOfFreedom: errorDF))
            }
            let common = commonSlope.residualSumOfSquares
            let separate = separateSlopes.residualSumOfSquares
            let bends = treatmentCount - 2 * preparations
            try tested(
                "preparations", preparations - 1, afterBlocks - prepared.residualSumOfSquares)
            try tested("regression", 1, prepared.residualSumOfSquares - common)
            try tested("non-parallelism", preparations - 1, common - separate)
            if bends > 0 { try tested("non-linearity", bends, separate - error) }
            if let curvature {
                try tested("quadratic curvature", 1, curvature)
                try tested("lack of quadratic fit", bends - 1, separate - error - curvature)
            }
            try tested("treatments", treatmentCount - 1, afterBlocks - error)
            for (name, df, squares) in blockSquares { try tested(name, df, squares) }
            lines.append(VarianceLine("residual", errorDF, error))
            lines.append(VarianceLine("total", observations - 1, total))
            return lines
        }
    }
}

/// The values replaced by numbers from 0 in order of first appearance.
func numbered<Value: Hashable>(_ values: [Value]) -> [Int] {
    var numbers: [Value: Int] = [:]
    return values.map { value in
        if let number = numbers[value] { return number }
        numbers[value] = numbers.count
        return numbers.count - 1
    }
}

private func levels(_ names: [String?], _ what: String) throws(AnalysisError) -> [Int] {
    var known: [String] = []
    for (index, name) in names.enumerated() {
        guard let name else {
            throw .unreadable(
                line: index + 1, reason: "the observation has no \(what)",
                remedy: "give the \(what) of every observation, or choose another design")
        }
        known.append(name)
    }
    return numbered(known)
}
