import Foundation
import TestSupport
import Testing

/// One reference case: data, and the answers with their origin.
struct ReferenceCase {
    let root: Node

    /// The names of the cases of a kind, so that a case added to the folder is tested unasked.
    static func names(_ kind: String) -> [String] {
        let folder = fixtures().appending(path: kind)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    init(_ kind: String, _ name: String) throws {
        let file = fixtures().appending(path: "\(kind)/\(name).json")
        root = Node(try JSONSerialization.jsonObject(with: try Data(contentsOf: file)))
    }

    var inputs: Node { root["inputs"] }
    var data: Node { root["data"] }
    var expected: Node { root["expected"] }
}

/// A place in a JSON document; a missing place is null.
struct Node {
    let raw: Any?

    init(_ raw: Any?) { self.raw = raw is NSNull ? nil : raw }

    subscript(key: String) -> Node { Node((raw as? [String: Any])?[key]) }
    subscript(index: Int) -> Node {
        guard let list = raw as? [Any], list.indices.contains(index) else { return Node(nil) }
        return Node(list[index])
    }
    var isNull: Bool { raw == nil }
    var keys: [String] { ((raw as? [String: Any])?.keys.sorted()) ?? [] }
    var list: [Node] { (raw as? [Any] ?? []).map { Node($0) } }
    var string: String? { raw as? String }
    var strings: [String] { list.compactMap { $0.string ?? $0.number.map { "\(Int($0))" } } }
    var bool: Bool? { (raw as? NSNumber)?.boolValue }
    /// A number, bare or as `{"value": …}`; "Infinity" is infinite.
    var number: Double? {
        if let number = raw as? NSNumber { return number.doubleValue }
        if let text = raw as? String { return Double(text) }
        return (raw as? [String: Any]).flatMap { Node($0["value"]).number }
    }
    var int: Int? { number.map { Int($0) } }
    var numbers: [Double] { list.compactMap(\.number) }
    var significantDigits: Int? { self["significant_digits"].int }
}

/// Checks `value` against a reference within a relative tolerance.
func expectClose(
    _ value: Double?, _ reference: Double?, relative: Double = 1e-8, absolute: Double = 0,
    _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let reference else { return }
    guard let value else {
        Issue.record("\(what): nothing, expected \(reference)", sourceLocation: sourceLocation)
        return
    }
    let error = abs(value - reference)
    if !(error <= max(relative * abs(reference), absolute)) {
        Issue.record(
            "\(what): \(value), expected \(reference), off by \(error / max(abs(reference), 1e-300))",
            sourceLocation: sourceLocation)
    }
}

/// Checks that `value` has `digits` correct significant digits: the log relative error of the
/// NIST StRD, or the log absolute error for a reference of 0.
func expectDigits(
    _ value: Double, _ reference: Double, _ digits: Double, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    if value == reference { return }
    let error = reference == 0 ? abs(value) : abs(value - reference) / abs(reference)
    let achieved = -log10(error)
    if !(achieved >= digits) {
        Issue.record(
            "\(what): \(value), certified \(reference), only \(achieved) of \(digits) digits",
            sourceLocation: sourceLocation)
    }
}

/// Checks `value` against a published number, within one unit of its last printed digit.
func expectPrinted(
    _ value: Double?, _ node: Node, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let reference = node.number else { return }
    let digits = node.significantDigits ?? 6
    let unit =
        reference == 0
        ? pow(10, -Double(digits)) : pow(10, floor(log10(abs(reference))) - Double(digits - 1))
    expectClose(
        value, reference, relative: 0, absolute: 0.51 * unit + 1e-12 * abs(reference), what,
        sourceLocation: sourceLocation)
}
