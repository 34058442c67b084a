import Foundation
import TestSupport
import Testing

@testable import Statistics

struct TableAndReportTests {
    private func table(_ text: String) throws -> MeasurementTable {
        try MeasurementTable(Array(text.utf8))
    }

    private let study =
        "batch;time;value\n"
        + [
            ("A", "0;99,5"), ("A", "3;99,1"), ("A", "6;98,2"), ("A", "9;97,9"), ("B", "0;99,9"),
            ("B", "3;99,0"), ("B", "6;98,6"), ("B", "9;97,4"),
        ].map { "\($0.0);\($0.1)\n" }.joined()

    @Test func decimalCommasAndLatin1AreRead() throws {
        let german = try table(study)
        #expect(german.reading.decimalSign == "comma")
        #expect(try german.numbers("value").first == 99.5)
        var bytes = Array("temp\u{E9}rature,value\n".unicodeScalars.map { UInt8($0.value) })
        bytes += Array("1,2\n".utf8)
        let latin = try MeasurementTable(bytes)
        #expect(latin.reading.encoding == "Latin-1")
        #expect(latin.columns == ["temp\u{E9}rature", "value"])
        let marked = try MeasurementTable([0xEF, 0xBB, 0xBF] + Array("value\r\n1.5\r\n".utf8))
        #expect(try marked.numbers("value") == [1.5])
        let quoted = try table("name,value\n\"a, \"\"b\"\"\",\"1,5\"\n# a comment\n\nc,2.5\n")
        #expect(try quoted.texts("name") == ["a, \"b\"", "c"])
        #expect(try quoted.numbers("value") == [1.5, 2.5])
    }

    @Test(
        arguments: [
            ("", "line 1: the file is empty"),
            ("value\n", "line 1: the table has no rows"),
            ("1,2\n3,4\n", "line 1: the first line holds numbers, not names"),
            ("a,A\n1,2\n", "column 'A' occurs more than once"),
            ("time,value\n0,99,5\n", "line 2: 3 cells, but 2 columns are named"),
            ("time,value\n0,\n", "line 2: the cell of 'value' is empty"),
            ("time,value\n0,nan\n", "line 2: 'nan' in 'value' is not a number"),
            ("time,value\n0,1e999\n", "line 2: '1e999' in 'value' is not a number"),
            ("time;value\n0;1.234,5\n", "line 2: '1.234,5' in 'value' is not a number"),
            ("time,value\n0,\"1\n", "line 2: a quoted cell is not closed"),
            ("time,amount\n0,1\n", "there is no column 'value'; the table has 'time', 'amount'"),
        ])
    func aBadTableIsExplained(_ text: String, _ message: String) {
        do {
            let table = try MeasurementTable(Array(text.utf8))
            _ = try table.numbers("value")
            Issue.record("no complaint about \(text)")
        } catch {
            #expect("\(error)" == message)
        }
    }

    /// The six forms of the table of P. E. Shrout and J. L. Fleiss (Psychol. Bull. 86 (1979) 420).
    @Test func aReliabilityStudyGivesTheSixForms() throws {
        let ratings = [
            [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
        ]
        let lines = ratings.enumerated().flatMap { subject, row in
            row.enumerated().map { "S\(subject),R\($0),\($1)" }
        }
        let head = "subject,rater,value\n"
        let report = try AnalysisReport.validation(
            try table(head + lines.reversed().joined(separator: "\n")), .reliability,
            AnalysisReport.ValidationLimits())
        let found = report.results.map { $0.value.printed }
        for (text, published) in zip(found, [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]) {
            let value = try #require(Double(text))
            #expect(abs(value - published) < 0.005, "\(text), published \(published)")
        }
        #expect(found.count == 6)
        for (bad, message) in [
            (lines.dropLast().joined(separator: "\n"), "subject 'S5'"),
            ((lines.dropLast() + ["S5,R2,1"]).joined(separator: "\n"), "by 'R2'"),
        ] {
            #expect {
                try AnalysisReport.validation(
                    try table(head + bad), .reliability, AnalysisReport.ValidationLimits())
            } throws: {
                "\($0)".contains(message)
            }
        }
    }

    @Test func anyBytesAreATableOrAComplaint() {
        forAll(cases: 300) { generator in
            let alphabet: [UInt8] = Array("ab,;\t\"\n\r0123456789.#-e \u{E9}".utf8) + [0, 255]
            let count = Int.random(in: 0...80, using: &generator)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            do {
                let table = try MeasurementTable(bytes)
                try require(table.rows.allSatisfy { $0.count == table.columns.count }, "ragged")
            } catch is AnalysisError {
                return
            }
        }
    }

    @Test func aReportSaysHowItWasComputed() throws {
        var report = try AnalysisReport.stability(
            table(study), limit: .lower(90), conventions: StabilityConventions(),
            extrapolation: .realTimeOnly, timeUnit: .months)
        report.version = "1.2.3"
        report.input = AnalysisReport.Input(
            file: "study.csv", sha256: "00ff", table: try table(study))
        #expect(report.text.contains("convention: error of separate slopes = pooled"))
        #expect(report.text.contains("SHA-256 00ff"))
        #expect(report.text.contains("computed by: seedlot 1.2.3"))
        #expect(report.text.contains("note: 2 batches given: ICH Q1E expects at least 3"))
        let json = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
        #expect(json.contains("\"sha256\":\"00ff\""))
        #expect(report.isClean)
    }

    @Test func aWithheldPotencyIsAFinding() throws {
        let reference = try ReferenceCase("potency-4pl-5pl", "sim-4pl-p04")
        let data = reference.data
        let rows = zip(
            data["prep"].strings, zip(data["dose"].numbers, data["response"].numbers)
        ).map { "\($0),\($1.0),\($1.1)" }
        let plate = try table("preparation,dose,response\n" + rows.joined(separator: "\n"))
        let report = try AnalysisReport.potency(plate, PotencyRequest())
        #expect(!report.isClean)
        #expect(report.conclusions.first?.code == "not-parallel")
        #expect(!report.results.contains { $0.name.hasPrefix("potency of") })
    }

    @Test func assaysOfOneTableAreCombined() throws {
        var text = "assay,preparation,dose,response\n"
        for (assay, shift) in [("1", 0.0), ("2", 0.05), ("3", -0.05)] {
            for (name, potency) in [("S", 0.0), ("T", 0.2 + shift)] {
                for (index, dose) in [1.0, 2, 4, 8].enumerated() {
                    for wiggle in [-0.02, 0.03, index % 2 == 0 ? 0.01 : -0.015] {
                        text += "\(assay),\(name),\(dose),\(log(dose) + potency + wiggle)\n"
                    }
                }
            }
        }
        var request = PotencyRequest()
        request.model = .parallelLine
        let report = try AnalysisReport.potency(try table(text), request)
        let combined = try #require(
            report.results.first { $0.name == "combined potency of 'T'" })
        guard case .number(let value) = combined.value else {
            Issue.record("no number")
            return
        }
        expectClose(value, exp(0.2), relative: 1e-2)
    }

    @Test func everyReportRunsOnItsColumns() throws {
        let values = "value\n" + (0..<30).map { "\(100 + ($0 * 7) % 5)\n" }.joined()
        var individuals = ControlChartRequest()
        individuals.rules = .limitsOnly
        #expect(try AnalysisReport.controlChart(try table(values), individuals).isClean)
        // The values repeat every five points, which the run rules see.
        #expect(try !AnalysisReport.controlChart(try table(values), ControlChartRequest()).isClean)
        for kind in [ControlChartRequest.Kind.ewma, .cusum] {
            var request = ControlChartRequest()
            request.kind = kind
            #expect(try !AnalysisReport.controlChart(try table(values), request).tables.isEmpty)
        }
        let limits = try SpecificationLimits(lower: 50, upper: 150)
        #expect(
            try AnalysisReport.capability(
                try table(values), limits: limits, target: nil, required: 1.33, confidence: 0.95
            ).isClean)
        #expect(
            try !AnalysisReport.tolerance(
                try table(values), content: 0.95, confidence: 0.95, model: .distributionFree,
                sides: .both, method: .exact
            ).isClean)
        let growth = try AnalysisReport.growth(
            try table("time,count\n0,1\n1,2\n2,4.1\n3,7.9\n"), .exponential, window: nil,
            seedLevel: 0, confidence: 0.95)
        #expect(growth.isClean)
        let scores = "first,second\na,a\nb,b\na,b\nb,b\n"
        #expect(
            try AnalysisReport.validation(
                try table(scores), .agreement, AnalysisReport.ValidationLimits()
            ).isClean)
        #expect(throws: AnalysisError.self) {
            try AnalysisReport.validation(
                try table("target,measured\n1,1\n1,2\n"), .bias,
                AnalysisReport.ValidationLimits())
        }
    }

    @Test func randomNumbersHaveTheMomentsTheyShould() {
        var source = RandomSource(seed: 3)
        let values = (0..<20_000).map { _ in source.normal() }
        let n = Double(values.count)
        let mean = values.reduce(0, +) / n
        let square = values.reduce(0) { $0 + $1 * $1 } / n
        let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
        #expect(abs(mean) < 4 / n.squareRoot())
        #expect(abs(square - 1) < 4 * (2 / n).squareRoot())
        #expect(abs(fourth - 3) < 4 * (96 / n).squareRoot())
        let tail = Double(values.filter { abs($0) > 3.442619855899 }.count) / n
        #expect(tail < 0.0012)
        let chi = (0..<20_000).map { _ in source.chiSquared(7) }
        #expect(abs(chi.reduce(0, +) / n - 7) < 4 * (14 / n).squareRoot())
    }

    @Test func sortingByDigitsIsSorting() {
        forAll(cases: 3) { generator in
            let values = (0..<6000).map { _ in
                Double.random(in: -1e6...1e6, using: &generator)
                    * pow(10, Double(Int.random(in: -9...9, using: &generator)))
            }
            try require(sortedAscending(values) == values.sorted(), "not in order")
        }
    }
}
