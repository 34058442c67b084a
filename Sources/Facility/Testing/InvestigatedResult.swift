/// A result that a second person holds against its raw data, and that counts until an investigation
/// finds the laboratory at fault; whatever was tested.
package protocol InvestigatedResult: Sendable {
    var test: String { get }
    var observation: Observation { get }
    /// The laboratory's number for the run.
    var reference: String { get }
    var stamp: Stamp { get }
    /// What it was tested with; `nil` when nothing was named.
    var run: TestRun? { get }
    /// The second person who held it against its raw data.
    var verified: Stamp? { get set }
    /// Why it does not count, when the laboratory caused it.
    var invalidated: TestResult.Invalidation? { get set }
}

extension TestResult: InvestigatedResult {}
extension BankTestResult: InvestigatedResult {}
extension LotResult: InvestigatedResult {}
extension Study.Result: InvestigatedResult {}

extension InvestigatedResult {
    /// Whether it counts.
    package var isInForce: Bool { invalidated == nil }

    /// Whether it counts and one person alone has seen it.
    package var isUnverified: Bool { isInForce && verified == nil }

    /// Whether it waits for a second person, who `person` may be.
    package func waits(for person: PersonID) -> Bool { isUnverified && stamp.person != person }
}

extension BidirectionalCollection where Element: InvestigatedResult {
    /// The result of `test` that counts; the later of two.
    package func inForce(of test: String) -> Element? { last { $0.test == test && $0.isInForce } }

    /// The result of `test` that was the last when `entry` was recorded, whether it counts or not.
    func last(of test: String, before entry: UInt64) -> Element? {
        last { $0.test == test && $0.stamp.entry < entry }
    }
}

extension Array where Element: InvestigatedResult {
    /// Takes the force from the result of `test` with this reference that `isMeant`, if one counts.
    mutating func invalidate(
        _ reference: String, of test: String, _ invalidation: TestResult.Invalidation,
        where isMeant: (Element) -> Bool = { _ in true }
    ) {
        let index = lastIndex {
            $0.test == test && $0.reference == reference && $0.isInForce && isMeant($0)
        }
        if let index { self[index].invalidated = invalidation }
    }

    /// Marks what others than `stamp.person` recorded of `tests` as held against its raw data.
    mutating func verify(_ tests: [String], at stamp: Stamp) {
        for index in indices
        where tests.contains(self[index].test) && self[index].waits(for: stamp.person) {
            self[index].verified = stamp
        }
    }
}
