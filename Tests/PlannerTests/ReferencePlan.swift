import Foundation
import Planner
import TestSupport
import Testing

/// The numbers of an independent planner, written in Python, for the two published examples.
@dynamicMemberLookup
struct Expected {
    let value: Any

    static func load() throws -> Expected {
        let data = try Data(contentsOf: fixtures().appending(path: "expected_results.json"))
        return Expected(value: try JSONSerialization.jsonObject(with: data))
    }

    subscript(key: String) -> Expected {
        Expected(value: (value as? [String: Any])?[key] ?? NSNull())
    }

    subscript(index: Int) -> Expected {
        Expected(
            value: (value as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
                ?? NSNull())
    }

    subscript(dynamicMember key: String) -> Expected { self[key] }

    var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
    var text: String { value as? String ?? "" }
    var isNull: Bool { value is NSNull }
    var list: [Expected] { (value as? [Any])?.map(Expected.init) ?? [] }
}

/// The case the independent planner was run on, in the form of ours.
func referenceCase(_ name: String) throws -> PlanningCase {
    try JSONDecoder().decode(
        PlanningCase.self, from: Data(contentsOf: fixtures().appending(path: "case-\(name).json")))
}

/// Whether `value` is `expected` to a relative 1e-9.
func same(
    _ value: Double?, _ expected: Expected, _ what: Comment = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let wanted = expected.number
    guard let value else {
        Issue.record("no value, \(wanted) expected", sourceLocation: sourceLocation)
        return
    }
    #expect(
        abs(value - wanted) <= 1e-9 * max(abs(wanted), 1e-12), "\(what): \(value), not \(wanted)",
        sourceLocation: sourceLocation)
}
