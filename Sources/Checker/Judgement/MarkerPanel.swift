import Diagnostics
import ProductDefinition
import Quantities

/// The surface markers that release tests limit, on either side.
struct MarkerPanel {
    private(set) var positive: Set<String> = []
    private(set) var negative: Set<String> = []
    /// Markers of the ISCT panel that are measured without a limit, as written.
    private(set) var reportedOnly: [String] = []
    /// The first test with markers.
    private(set) var position: SourcePosition?

    init(of subject: CheckSubject) {
        var reported: [String] = []
        for test in subject.releaseTests {
            guard let limit = subject.decidingLimit(of: test) else {
                reported += Self.allNames(of: test)
                continue
            }
            let markers = Self.markers(of: test, range: limit.value.range)
            guard !markers.positive.isEmpty || !markers.negative.isEmpty else { continue }
            position = position ?? test.name.position
            positive.formUnion(markers.positive.map(Self.key))
            negative.formUnion(markers.negative.map(Self.key))
        }
        let panel = Set(Self.positiveISCT + Self.negativeISCT.flatMap(\.self)).map(Self.key)
        reportedOnly = reported.filter {
            let key = Self.key($0)
            return panel.contains(key) && !positive.contains(key) && !negative.contains(key)
        }
    }

    /// What the panel of 2006 names and no test limits; either marker of a pair is enough. Those
    /// that are at least measured are left to `reportedOnly`.
    var missingISCTMarkers: [String] {
        let reported = Set(reportedOnly.map(Self.key))
        let positives = Self.positiveISCT.filter {
            !positive.contains(Self.key($0)) && !reported.contains(Self.key($0))
        }
        let negatives = Self.negativeISCT.filter { pair in
            pair.allSatisfy {
                !negative.contains(Self.key($0)) && !reported.contains(Self.key($0))
            }
        }
        return positives + negatives.map { $0.joined(separator: " or ") }
    }

    /// The markers of a test: those it lists, or else those in its name, on the side of the sign
    /// behind each or of its limit.
    static func markers(
        of test: Definition.SpecificationTest, range: QuantityRange?
    ) -> (positive: [String], negative: [String]) {
        if !test.positive.isEmpty || !test.negative.isEmpty {
            return (test.positive.map(\.value), test.negative.map(\.value))
        }
        var positive: [String] = []
        var negative: [String] = []
        let limitIsLow = range.map { $0.lower != nil && $0.upper == nil } ?? false
        for token in tokens(of: test.name.value) {
            let name = token.name
            guard isMarker(name) else { continue }
            let isNegative = token.sign.map { $0 == "-" } ?? !limitIsLow
            if isNegative { negative.append(name) } else { positive.append(name) }
        }
        return (positive, negative)
    }

    /// The markers in a text: "CD73", "HLA-DR".
    static func names(in text: String) -> [String] {
        tokens(of: text).map(\.name).filter(isMarker)
    }

    /// Letters and figures in upper case: "HLA DR" and "HLA-DR" are one marker.
    static func key(_ marker: String) -> String {
        String(marker.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    private static let positiveISCT = ["CD105", "CD73", "CD90"]
    private static let negativeISCT = [
        ["CD45"], ["CD34"], ["CD14", "CD11b"], ["CD79a", "CD19"], ["HLA-DR"],
    ]

    private static func allNames(of test: Definition.SpecificationTest) -> [String] {
        let listed = (test.positive + test.negative).map(\.value)
        return listed.isEmpty ? names(in: test.name.value) : listed
    }

    private static func isMarker(_ name: String) -> Bool {
        let key = key(name)
        if key == "HLADR" { return true }
        return key.hasPrefix("CD") && key.dropFirst(2).first?.isNumber ?? false && key.count <= 8
    }

    /// Words between commas, slashes and spaces, with a "+" or "-" that ends them.
    private static func tokens(of text: String) -> [(name: String, sign: Character?)] {
        text.replacing("HLA DR", with: "HLA-DR").split(whereSeparator: { ",/; ()".contains($0) })
            .map { word in
                guard let last = word.last, last == "+" || last == "-" else {
                    return (String(word), nil)
                }
                return (String(word.dropLast()), last)
            }
    }
}
