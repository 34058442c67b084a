import Foundation
import Testing

@testable import Statistics

/// European Pharmacopoeia 5.3 and CombiStats examples, to every printed digit.
struct ParallelLineTests {
    @Test(arguments: ReferenceCase.names("potency-parallel-line"))
    func printedExamples(_ name: String) throws {
        let reference = try ReferenceCase("potency-parallel-line", name)
        let assay = try ParallelLineAssay(
            observations(reference.data), standard: reference.inputs["standard"].string ?? "S",
            design: design(reference.inputs["design"].string ?? ""),
            transform: transform(reference.inputs["response_transform"].string ?? "none"),
            criteria: .notJudged)
        let expected = reference.expected
        for sample in expected["potency"].keys {
            let node = expected["potency"][sample]
            let multiplier = try #require(node["multiplier"].number)
            let potency = try #require(assay.potencies[sample]).get()
            let recomputed = node["ln_ratio_recomputed"]
            expectClose(potency.lnRatio, recomputed["ln_ratio"].number, relative: 1e-9, "ln ratio")
            expectClose(
                potency.lnInterval.lower, recomputed["lower"].number, relative: 1e-9, "lower")
            expectClose(
                potency.lnInterval.upper, recomputed["upper"].number, relative: 1e-9, "upper")
            expectClose(
                potency.potency * multiplier, node["estimate"].number, relative: 1e-5, "estimate")
            expectClose(
                potency.interval.scaled(by: multiplier).lower, node["lower"].number,
                relative: 1e-5, "printed lower")
            expectClose(
                potency.interval.scaled(by: multiplier).upper, node["upper"].number,
                relative: 1e-5, "printed upper")
        }
        for row in expected["anova"].keys {
            let node = expected["anova"][row]
            let source = row.replacingOccurrences(of: "_", with: "-")
            let line = try #require(
                assay.line(source) ?? assay.line(row.replacingOccurrences(of: "_", with: " ")),
                "\(row)")
            #expect(line.degreesOfFreedom == node["df"].int, "\(row)")
            expectClose(line.sumOfSquares, node["ss"].number, relative: 1e-5, row)
            expectClose(line.f, node["F"].number, relative: 1e-5, absolute: 0.00051, "F of \(row)")
            expectClose(line.p, node["p"].number, relative: 0, absolute: 0.00051, "p of \(row)")
        }
        expectClose(assay.commonSlope, expected["common_slope"].number, relative: 1e-5, "slope")
        expectClose(assay.correlation, expected["correlation_abs_r"].number, relative: 1e-5, "r")
    }

    private func observations(_ data: Node) -> [AssayObservation] {
        let (doses, responses) = (data["dose"].numbers, data["response"].numbers)
        func label(_ column: String, _ index: Int) -> String? {
            data[column].isNull ? nil : data[column].strings[index]
        }
        return data["preparation"].strings.enumerated().map { index, name in
            AssayObservation(
                preparation: name, dose: doses[index], response: responses[index],
                block: label("block", index), row: label("row", index),
                column: label("column", index))
        }
    }

    private func design(_ name: String) -> AssayDesign {
        switch name.lowercased() {
        case "latin square": .latinSquare
        case "randomised block", "randomized block", "rbd": .randomisedBlock
        default: .completelyRandomised
        }
    }

    private func transform(_ name: String) -> ResponseTransform {
        switch name {
        case "ln": .ln
        case "log10": .log10
        case "sqrt": .squareRoot
        default: .none
        }
    }

    @Test func aPotencyIsWithheldWhenLinesAreNotParallel() throws {
        let reference = try ReferenceCase("potency-parallel-line", "pheur-5.1.1-corticotrophin-all")
        let assay = try ParallelLineAssay(observations(reference.data), standard: "S")
        guard case .failure(let reason) = try #require(assay.potencies["T"]) else {
            Issue.record("a potency was given")
            return
        }
        #expect(reason.code == .notParallel)
        #expect(reason.explanation.contains("p = 0.007"))
    }

    @Test func aFlatAssayHasNoFiniteInterval() throws {
        var observations: [AssayObservation] = []
        for (index, response) in [5.0, 5.3, 4.9, 5.1, 5.2, 4.8, 5.05, 5.2].enumerated() {
            observations.append(
                AssayObservation(
                    preparation: index < 4 ? "S" : "T", dose: index % 2 == 0 ? 1 : 2,
                    response: response))
        }
        let assay = try ParallelLineAssay(observations, standard: "S", criteria: .notJudged)
        guard case .failure(let reason) = try #require(assay.potencies["T"]) else {
            Issue.record("a potency was given")
            return
        }
        #expect(reason.code == .unboundedInterval)
        let judged = try ParallelLineAssay(observations, standard: "S")
        guard case .failure(let first) = try #require(judged.potencies["T"]) else { return }
        #expect(first.code == .noDoseResponse)
    }

    @Test func badInputIsNamed() {
        func assay(
            _ rows: [(String, Double, Double)], _ design: AssayDesign = .completelyRandomised
        )
            throws(AnalysisError)
        {
            _ = try ParallelLineAssay(
                rows.map { AssayObservation(preparation: $0.0, dose: $0.1, response: $0.2) },
                standard: "S", design: design)
        }
        let rows = [
            ("S", 1.0, 1.0), ("S", 2, 2), ("S", 1, 1.1), ("T", 1, 1.2), ("T", 2, 2.2),
            ("T", 2, 2.1),
        ]
        #expect(throws: AnalysisError.self) { try assay(rows.map { ($0.0, 0.0, $0.2) }) }
        #expect(throws: AnalysisError.constant(what: "the response")) {
            try assay(rows.map { ($0.0, $0.1, 3.0) })
        }
        #expect(throws: AnalysisError.tooFew(what: "doses of 'S'", found: 1, needed: 2)) {
            try assay(rows.map { ($0.0, $0.0 == "S" ? 1.0 : $0.1, $0.2) })
        }
        #expect(throws: AnalysisError.unknown(what: "standard", name: "S", known: ["T"])) {
            try assay(rows.filter { $0.0 == "T" })
        }
        #expect(throws: AnalysisError.notFinite(what: "response", position: 2)) {
            try assay(rows.enumerated().map { ($1.0, $1.1, $0 == 1 ? .nan : $1.2) })
        }
        #expect(throws: AnalysisError.self) { try assay(rows, .randomisedBlock) }
    }

    @Test(arguments: ReferenceCase.names("potency-slope-ratio"))
    func slopeRatios(_ name: String) throws {
        let reference = try ReferenceCase("potency-slope-ratio", name)
        let expected = reference.expected
        let data = observations(reference.data)
        let coefficients = expected["coef"].numbers
        for (term, key) in [
            (SlopeRatioAssay.ErrorTerm.regression, "regression"), (.pureError, "pure_error"),
        ] {
            guard !expected[key].isNull else { continue }
            let assay = try SlopeRatioAssay(
                data, standard: data[0].preparation, errorTerm: term, alpha: nil)
            expectClose(assay.intercept, coefficients.first, relative: 1e-7, "intercept")
            let slopes = [data[0].preparation] + assay.samples
            for (index, name) in slopes.enumerated() where index + 1 < coefficients.count {
                expectClose(assay.slopes[name], coefficients[index + 1], relative: 1e-7, name)
            }
            expectClose(assay.residualSumOfSquares, expected["rss"].number, relative: 1e-7, "rss")
            expectClose(
                assay.pureErrorSumOfSquares, expected["pure_error"]["ss"].number, relative: 1e-7)
            expectClose(
                assay.nonLinearity.sumOfSquares, expected["nonlinearity_ss"].number,
                relative: 1e-7)
            let test = expected["intersection_F"]
            expectClose(assay.intersection?.f, test["F"].number, relative: 1e-7, "intersection")
            expectClose(assay.intersection?.p, test["p"].number, relative: 1e-7, "intersection p")
            let ratios = expected[key]["ratios"]
            for sample in ratios.keys {
                let found = try #require(assay.potencies[sample]).get()
                expectClose(found.ratio, ratios[sample]["ratio"].number, relative: 1e-7)
                expectClose(
                    found.interval.lower, ratios[sample]["lower"].number, relative: 1e-7)
                expectClose(
                    found.interval.upper, ratios[sample]["upper"].number, relative: 1e-7)
                expectClose(assay.g, ratios[sample]["g"].number, relative: 1e-7, "g")
            }
        }
    }
}
