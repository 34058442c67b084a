import Foundation
public import Testing

/// Checks a law over seeded random cases and names the seed of the first case that breaks it.
///
/// The number of cases is `cases`, or the value of `SEEDLOT_CASES` when that is larger: the same
/// law serves the everyday run and a long soak. `SEEDLOT_SEED` reruns one reported case alone.
public func forAll(
    cases: Int = 100, seed: UInt64 = 1,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ law: (inout SeededGenerator) throws -> Void
) {
    let environment = ProcessInfo.processInfo.environment
    let only = environment["SEEDLOT_SEED"].flatMap { UInt64($0) }
    let count = max(cases, environment["SEEDLOT_CASES"].flatMap { Int($0) } ?? 0)
    let seeds = only.map { $0...$0 } ?? seed...(seed + UInt64(count) - 1)
    for caseSeed in seeds {
        var generator = SeededGenerator(seed: caseSeed)
        do {
            try law(&generator)
        } catch {
            Issue.record(
                "the law breaks at SEEDLOT_SEED=\(caseSeed): \(error)",
                sourceLocation: sourceLocation)
            return
        }
    }
}

/// A law that does not hold, with what was seen.
public struct Broken: Error, CustomStringConvertible {
    /// What was seen, for the report.
    public let description: String

    /// A broken law described by `description`.
    public init(_ description: String) { self.description = description }
}

/// Throws `Broken` when `condition` is false.
public func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw Broken(message()) }
}
