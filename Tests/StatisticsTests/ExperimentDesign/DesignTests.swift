import Foundation
import Testing

@testable import Statistics

struct DesignTests {
    private func generatedBy(_ row: Node) throws -> FractionalFactorial {
        let runs = try #require(row["runs"].int)
        return try FractionalFactorial(
            basicFactors: runs.trailingZeroBitCount, generators: row["generators"].strings)
    }

    private func pattern(_ node: Node) -> [Int: Int] {
        Dictionary(
            uniqueKeysWithValues: node.keys.map { (Int($0) ?? 0, node[$0].int ?? 0) })
    }

    private func pattern(_ design: FractionalFactorial) -> [Int: Int] {
        Dictionary(
            uniqueKeysWithValues: design.wordLengthPattern.enumerated().dropFirst()
                .filter { $0.element > 0 }.map { ($0.offset, $0.element) })
    }

    static let catalogues = ReferenceCase.names("doe-fractional").filter {
        $0.hasPrefix("minimum-aberration")
    }

    @Test(arguments: catalogues)
    func publishedFractions(_ name: String) throws {
        for row in try ReferenceCase("doe-fractional", name).expected["designs"].list {
            let design = try generatedBy(row)
            let title = "\(design.factorCount) in \(design.runCount)"
            #expect(design.resolution == row["resolution"].int, "\(title)")
            #expect(pattern(design) == pattern(row["word_length_pattern"]), "\(title)")
            #expect(design.clearInteractions.count == row["clear_2fis"].int, "\(title)")
            guard design.runCount <= 32 else { continue }
            let found = try FractionalFactorial.minimumAberration(
                factors: design.factorCount, runs: design.runCount, starts: 6)
            #expect(pattern(found) == pattern(row["word_length_pattern"]), "found \(title)")
        }
    }

    @Test func theWordsAgreeWithTheRunsThemselves() throws {
        // Brute force over all products of columns: a constant product is a word.
        let fraction = try FractionalFactorial(
            basicFactors: 4, generators: ["E=ABC", "F=BCD", "G=ACD"])
        let runs = try fraction.design().runs
        var counted = [Int](repeating: 0, count: 8)
        for mask in 0..<(1 << 7) {
            let products = Set(
                runs.map { run in
                    (0..<7).filter { mask >> $0 & 1 == 1 }.reduce(1.0) { $0 * run[$1] }
                })
            if products.count == 1 { counted[mask.nonzeroBitCount] += 1 }
        }
        #expect(fraction.wordLengthPattern == counted)
    }

    @Test func aliasChains() throws {
        let reference = try ReferenceCase("doe-fractional", "alias-2-6-2")
        let fraction = try FractionalFactorial(
            basicFactors: 4, generators: reference.inputs["generators"].strings)
        let expected = ["main", "fi2", "fi3"].flatMap { reference.expected[$0].strings }
        let all = fraction.aliases(upTo: 3)
        for chain in expected { #expect(all.contains(chain), "\(chain)") }
        #expect(all.count == expected.count)
    }

    @Test func generatorsThatCannotBeAreNamed() {
        #expect(throws: AnalysisError.self) {
            try FractionalFactorial(basicFactors: 3, generators: ["D=AX"])
        }
        #expect(throws: AnalysisError.self) {
            try FractionalFactorial(basicFactors: 3, generators: ["D=AB", "E=AB"])
        }
        #expect(throws: AnalysisError.self) {
            try FractionalFactorial.minimumAberration(factors: 8, runs: 8)
        }
        #expect(throws: AnalysisError.self) {
            try FractionalFactorial.minimumAberration(factors: 5, runs: 12)
        }
    }

    static let plackett = ReferenceCase.names("doe-screening").filter {
        $0.hasPrefix("plackett")
    }

    @Test(arguments: plackett)
    func plackettBurmanDesigns(_ name: String) throws {
        let reference = try ReferenceCase("doe-screening", name)
        let n = reference.data["matrix"].list.count
        let design = try ExperimentalDesign.plackettBurman(
            try (1..<n).map { try Factor("x\($0)") }, runs: n)
        checkOrthogonal(design, n)
        let aliases = design.partialAliases
        let expected = reference.expected["distinct_abs_alias_coefficients"].numbers
        #expect(aliases.count == expected.count, "\(aliases)")
        for (found, coefficient) in zip(aliases, expected) {
            expectClose(found, coefficient, relative: 0, absolute: 1e-5)
        }
    }

    private func checkOrthogonal(_ design: ExperimentalDesign, _ n: Int) {
        for i in 0..<design.factors.count {
            #expect(design.runs.reduce(0) { $0 + $1[i] } == 0)
            for j in 0...i {
                let product = design.runs.reduce(0) { $0 + $1[i] * $1[j] }
                #expect(product == (i == j ? Double(n) : 0))
            }
        }
    }

    @Test(arguments: [8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60])
    func allPlackettBurmanSizes(_ runs: Int) throws {
        let design = try ExperimentalDesign.plackettBurman(
            try (1..<min(runs, 12)).map { try Factor("x\($0)") }, runs: runs)
        checkOrthogonal(design, runs)
    }

    static let definitive = ReferenceCase.names("doe-screening").filter { $0.hasPrefix("dsd") }

    @Test(arguments: definitive)
    func definitiveScreeningDesigns(_ name: String) throws {
        let reference = try ReferenceCase("doe-screening", name)
        let k = try #require(reference.inputs["k"].int)
        let design = try ExperimentalDesign.definitiveScreening(
            try (0..<k).map { try Factor("x\($0)") })
        let expected = reference.expected
        #expect(design.runs.count == expected["runs"].int)
        for i in 0..<k {
            let squares = design.runs.reduce(0) { $0 + $1[i] * $1[i] }
            #expect(squares == expected["column_sum_of_squares"].numbers[i])
            for j in 0..<k {
                let quadratic = design.runs.reduce(0) { $0 + $1[i] * $1[j] * $1[j] }
                #expect(quadratic == 0)
                if j != i { #expect(design.runs.reduce(0) { $0 + $1[i] * $1[j] } == 0) }
                for l in 0..<k {
                    #expect(design.runs.reduce(0) { $0 + $1[i] * $1[j] * $1[l] } == 0)
                }
            }
        }
        let rows = design.runs.map { [1] + $0 }
        let determinant = exp(HouseholderQR(Matrix(rows: rows)).logDeterminant)
        expectClose(determinant, expected["det_main_effects_model_XtX"].number, relative: 1e-9)
    }

    @Test(arguments: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 21])
    func definitiveScreeningForAnyNumberOfFactors(_ k: Int) throws {
        let design = try ExperimentalDesign.definitiveScreening(
            try (0..<k).map { try Factor("x\($0)") })
        for i in 0..<k {
            for j in 0..<i { #expect(design.runs.reduce(0) { $0 + $1[i] * $1[j] } == 0) }
            #expect(design.runs.contains { $0[i] == 0 && $0.contains { $0 != 0 } })
        }
    }

    static let boxes = ReferenceCase.names("doe-response-surface").filter {
        $0.hasPrefix("box-behnken")
    }

    @Test(arguments: boxes)
    func boxBehnkenDesigns(_ name: String) throws {
        let reference = try ReferenceCase("doe-response-surface", name)
        let expected = reference.data["matrix"].list.map(\.numbers)
        let k = try #require(expected.first?.count)
        let design = try ExperimentalDesign.boxBehnken(
            try (0..<k).map { try Factor("x\($0)") },
            centrePoints: reference.inputs["centers"].int ?? 3)
        func sorted(_ rows: [[Double]]) -> [[Double]] {
            rows.sorted { $0.lexicographicallyPrecedes($1) }
        }
        #expect(sorted(design.runs) == sorted(expected))
    }

    @Test func axialDistances() throws {
        let expected = try ReferenceCase("doe-response-surface", "ccd-alpha").expected
        func design(_ k: Int, _ axial: AxialDistance, half: Bool = false) throws
            -> ExperimentalDesign
        {
            try .centralComposite(
                try (0..<k).map { try Factor("x\($0)") }, axial: axial, halfFraction: half)
        }
        func alpha(_ design: ExperimentalDesign) -> Double {
            design.runs.flatMap { $0 }.max() ?? 0
        }
        for (key, axial, half) in [
            ("rotatable_alpha_full_factorial", AxialDistance.rotatable, false),
            ("rotatable_alpha_half_fraction", .rotatable, true),
            ("orthogonal_blocking_alpha_n0_4_4", .orthogonalBlocks, false),
        ] {
            for factors in expected[key].keys {
                let k = try #require(Int(factors))
                expectClose(
                    alpha(try design(k, axial, half: half)), expected[key][factors].number,
                    relative: 1e-12)
            }
        }
        let sizes = expected["runs_without_centers"]
        for key in sizes.keys {
            let k = try #require(Int(key.prefix { $0.isNumber }))
            let runs = try design(k, .rotatable, half: key.hasSuffix("half")).runs
            #expect(runs.filter { $0.contains { $0 != 0 } }.count == sizes[key].int)
        }
    }

    static let optimal = ReferenceCase.names("doe-d-optimal")

    @Test(arguments: optimal)
    func dOptimalDesigns(_ name: String) throws {
        let reference = try ReferenceCase("doe-d-optimal", name)
        let k = try #require(reference.inputs["k"].int)
        let names = (0..<k).map { "x\($0)" }
        let model = PolynomialModel(.quadratic, factors: names)
        let best = try #require(reference.expected["D_best_known"].number)
        expectClose(
            OptimalDesign.dCriterion(
                reference.data["best_design"].list.map(\.numbers), model: model), best,
            relative: 1e-9)
        var request = OptimalDesign.Request(
            model: model, runs: try #require(reference.inputs["N"].int))
        request.disturbances = k < 5 ? 4 : 1
        request.restarts = k < 5 ? 10 : 5
        let found = try OptimalDesign(try names.map { try Factor($0) }, request)
        #expect(found.dCriterion >= (k < 5 ? 0.99 : 0.96) * best, "\(found.dCriterion) \(best)")
        expectClose(
            OptimalDesign.dCriterion(found.design.runs, model: model), found.dCriterion,
            relative: 1e-9)
    }

    @Test func constraintsAndBlocksAreKept() throws {
        let factors = try ["a", "b", "c"].map { try Factor($0) }
        var request = OptimalDesign.Request(
            model: PolynomialModel(.quadratic, factors: factors.map(\.name)), runs: 16)
        request.constraints = [LinearConstraint(coefficients: [1, 1, 0], limit: 1)]
        request.blockSizes = [8, 8]
        request.restarts = 3
        let found = try OptimalDesign(factors, request)
        #expect(found.design.runs.allSatisfy { $0[0] + $0[1] <= 1 })
        #expect(found.design.blocks.filter { $0 == 1 }.count == 8)
        #expect(found.dCriterion > 0.2)
        request.criterion = .i
        request.restarts = 1
        request.disturbances = 0
        let predicting = try OptimalDesign(factors, request)
        #expect(predicting.meanPredictionVariance <= found.meanPredictionVariance * 1.02)
        request.constraints = [LinearConstraint(coefficients: [1, 0, 0], limit: -1)]
        #expect(throws: AnalysisError.self) { try OptimalDesign(factors, request) }
        request.runs = 9
        #expect(throws: AnalysisError.self) { try OptimalDesign(factors, request) }
    }

    @Test func theOrderOfRunsIsTheSameForASeed() throws {
        let design = try ExperimentalDesign.fullFactorial(
            try Factor.letters(3), levels: [2, 2, 2], centrePoints: 2)
        #expect(design.randomisedOrder(seed: 7) == design.randomisedOrder(seed: 7))
        #expect(design.randomisedOrder(seed: 7) != design.randomisedOrder(seed: 8))
        #expect(design.randomisedOrder(seed: 7).sorted() == Array(0..<10))
    }
}
