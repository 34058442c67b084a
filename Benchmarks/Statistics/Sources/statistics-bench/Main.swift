import Foundation
import Statistics

// One task a line: its name, the number of units, and processor seconds. `./run` sets these
// beside the same tasks of the peers, in one run.

/// Processor time of this process, in seconds.
func processorTime() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

func measure(_ name: String, _ units: Int, _ body: () throws -> String) rethrows {
    let start = processorTime()
    let note = try body()
    let seconds = processorTime() - start
    print("\(name)\t\(units)\t\(seconds)\t\(note)")
}

/// Doses, true curve and noise of the simulated plates: 8 twofold dilutions, 3 wells each.
let doses = (0..<8).flatMap { step in
    [Double](repeating: pow(2, -Double(step)), count: 3)
}

func plate(
    _ name: String, potency: Double, _ source: inout RandomSource
) -> [AssayObservation] {
    doses.map { dose in
        let height = 1 / (1 + exp(-1.3 * (log(dose) + log(potency) - log(0.05))))
        return AssayObservation(
            preparation: name, dose: dose, response: 0.1 + 1.9 * height + 0.04 * source.normal())
    }
}

func run() throws {
    var source = RandomSource(seed: 1)
    let wanted = Set(CommandLine.arguments.dropFirst())
    func wants(_ task: String) -> Bool { wanted.isEmpty || wanted.contains(task) }

    if wants("4pl") {
        let plates = (0..<10_000).map { _ in plate("S", potency: 1, &source) }
        try measure("4pl", plates.count) {
            var sum = 0.0
            for plate in plates { sum += try CurveFit(plate).residualSumOfSquares }
            return "mean residual sum of squares \(sum / Double(plates.count))"
        }
    }
    if wants("potency") {
        let plates = (0..<1000).map { _ in
            plate("S", potency: 1, &source) + plate("T", potency: 0.8, &source)
        }
        try measure("potency", plates.count) {
            var covered = 0
            for plate in plates {
                let assay = try CurveAssay(plate, standard: "S", criterion: .notJudged)
                let interval = try assay.profile(of: "T").get().lnInterval
                if interval.contains(log(0.8)) { covered += 1 }
            }
            return "profile intervals that hold the truth: \(covered)"
        }
    }
    if wants("q1e") {
        let studies = (0..<1000).map { _ in
            ["A", "B", "C"].flatMap { batch in
                let level = 100 + 0.5 * source.normal()
                return [0.0, 3, 6, 9, 12, 18, 24].map { time in
                    StabilityObservation(
                        batch: batch, time: time,
                        value: level - 0.2 * time + 0.6 * source.normal())
                }
            }
        }
        try measure("q1e", studies.count) {
            var sum = 0
            for study in studies {
                let analysis = try ShelfLifeAnalysis(
                    study, limit: .lower(95), extrapolation: .roomTemperature)
                sum += (try? analysis.shelfLife.get().duration) ?? 0
            }
            return "mean shelf life \(Double(sum) / Double(studies.count))"
        }
    }
    if wants("d-optimal") {
        let factors = try (1...6).map { try Factor("x\($0)") }
        let request = OptimalDesign.Request(
            model: PolynomialModel(.quadratic, factors: factors.map(\.name)), runs: 40)
        try measure("d-optimal", 1) {
            "D \(try OptimalDesign(factors, request).dCriterion) in \(request.restarts) restarts"
        }
    }
    if wants("design-space") {
        let axial = 2.0.squareRoot()
        let runs: [[Double]] =
            [[-1, -1], [-1, 1], [1, -1], [1, 1], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]]
            + [[axial, 0], [-axial, 0], [0, axial], [0, -axial]]
        let yield = [76.5, 77, 78, 79.5, 79.9, 80.3, 80, 79.7, 79.8, 78.4, 75.6, 78.5, 77]
        let model = try ResponseModel(
            runs: runs, response: yield,
            model: PolynomialModel(.quadratic, factors: ["x1", "x2"]))
        let space = try DesignSpace([
            DesignSpace.Response(
                model: model, limits: SpecificationLimits(lower: 78.5, upper: nil))
        ])
        try measure("design-space", 1_000_000) {
            let found = try space.simulate(
                at: [0.4, 0.3], deviations: [0.1, 0.1], samples: 1_000_000)
            return "P \(found.probability)"
        }
    }
    if wants("dip") {
        let values = (0..<1_000_000).map { _ in source.normal() }
        try measure("dip", 1) { "dip \(try DipTest(values).dip)" }
        let sorted = values.sorted()
        try measure("dip-sorted", 1) { "dip \(try DipTest(sorted: sorted).dip)" }
    }
    if wants("tolerance") {
        try measure("tolerance", 100) {
            var sum = 0.0
            for count in 3..<103 {
                sum += try ToleranceFactor.twoSided(count: count, content: 0.95, confidence: 0.95)
            }
            return "mean factor \(sum / 100)"
        }
    }
}

do {
    try run()
} catch {
    print("failed: \(error)")
    exit(1)
}
