import Cytometry
import Foundation
import Testing
import TestSupport

/// Every file of the synthetic conformance set against the values that its generator wrote.
@Suite struct FCSConformanceTests {
    struct Column: Decodable {
        var name: String
        var mean: Double?
        var median: Double?
        var min: Double?
        var max: Double?
        var nonfinite: Int?
        var first5: [Number]
        var last5: [Number]
    }
    /// JSON has no NaN; the generator writes them as null or as text.
    struct Number: Decodable {
        var value: Double
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = number
            } else if let text = try? container.decode(String.self) {
                value = Double(text) ?? .nan
            } else {
                value = .nan
            }
        }
    }
    struct DataSet: Decodable {
        var events: Int
        var parameters: Int
        var names: [String]
        var raw: [Column]?
        var scaled: [Column]?
        var keywords: [String: String]?
    }
    struct Truth: Decodable {
        var expect: String
        var datasets: [DataSet]?
    }

    static let folder = fixtures().appending(path: "fcs-synthetic")
    static let truth: [String: Truth] = {
        let data = (try? Data(contentsOf: folder.appending(path: "truth.json"))) ?? Data()
        return (try? JSONDecoder().decode([String: Truth].self, from: data)) ?? [:]
    }()

    @Test func theTruthIsThere() { #expect(Self.truth.count == 63) }

    @Test(arguments: truth.keys.sorted())
    func readsWhatTheGeneratorWrote(file: String) throws {
        let truth = try #require(Self.truth[file])
        let path = Self.folder.appending(path: file).path
        let sets: [FCSDataSet]
        do {
            sets = try FCSFile.open(path: path)
        } catch {
            #expect(truth.expect.contains("error"), "\(file): \(error)")
            #expect(!error.message.isEmpty)
            return
        }
        #expect(!truth.expect.hasPrefix("clear error") || truth.expect.contains(" or "))
        if truth.expect.contains("warning") {
            #expect(sets.contains { !$0.warnings.isEmpty }, "\(file) departs from the standard")
        }
        let expected = try #require(truth.datasets)
        #expect(sets.count == expected.count)
        for (actual, wanted) in zip(sets, expected) { compare(actual, wanted, file) }
    }

    private func compare(_ actual: FCSDataSet, _ wanted: DataSet, _ file: String) {
        #expect(actual.eventCount == wanted.events)
        #expect(actual.parameters.map(\.name) == wanted.names)
        for (index, column) in (wanted.raw ?? []).enumerated() where index < wanted.parameters {
            expectColumn(actual.storedValues(of: index), column, "\(file) raw")
        }
        if !file.contains("comp") && !file.contains("spill") {
            for (index, column) in (wanted.scaled ?? []).enumerated() {
                expectColumn(actual.scaleValues(of: index), column, "\(file) scaled")
            }
        }
        for (name, value) in wanted.keywords ?? [:] {
            // The generator writes keywords of the ANALYSIS segment with this prefix.
            let prefix = "ANALYSIS:"
            let found =
                name.hasPrefix(prefix)
                ? actual.analysis[String(name.dropFirst(prefix.count))] : actual.keywords[name]
            #expect(found == value, "\(file) \(name)")
        }
    }
}

/// Compares a column with the statistics of the truth files; differences of double rounding only.
func expectColumn(
    _ values: [Double], _ truth: FCSConformanceTests.Column, _ context: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    func same(_ actual: Double, _ wanted: Double) -> Bool {
        actual == wanted || (actual.isNaN && wanted.isNaN)
            || abs(actual - wanted) <= 1e-12 * max(abs(wanted), 1)
    }
    func check(_ actual: Double, _ wanted: Double, _ what: String, within: Double = 1e-12) {
        #expect(
            same(actual, wanted) || abs(actual - wanted) <= within * max(abs(wanted), 1),
            "\(context) \(truth.name) \(what): \(actual), truth \(wanted)",
            sourceLocation: sourceLocation)
    }
    for (actual, wanted) in zip(values.prefix(5), truth.first5) {
        check(actual, wanted.value, "first")
    }
    for (actual, wanted) in zip(values.suffix(5), truth.last5) {
        check(actual, wanted.value, "last")
    }
    let finite = values.filter(\.isFinite).sorted()
    guard !finite.isEmpty else { return }
    if let wanted = truth.nonfinite { #expect(values.count - finite.count == wanted) }
    if let wanted = truth.min { check(finite[0], wanted, "min") }
    if let wanted = truth.max { check(finite[finite.count - 1], wanted, "max") }
    if let wanted = truth.mean {
        check(finite.reduce(0, +) / Double(finite.count), wanted, "mean", within: 1e-9)
    }
    if let wanted = truth.median {
        let middle = finite.count / 2
        let median =
            finite.count % 2 == 1 ? finite[middle] : (finite[middle - 1] + finite[middle]) / 2
        check(median, wanted, "median")
    }
}
