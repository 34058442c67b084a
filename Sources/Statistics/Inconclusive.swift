/// What the data do not support, in place of a number.
///
/// A result that could mislead carries `Result<Value, Inconclusive>`: the reader of the code has
/// to look at the case before a number can reach a page.
public struct Inconclusive: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of conclusion that can be missing; the raw values are stable.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The dose-response curves are not parallel, so no single ratio describes the sample.
        case notParallel = "not-parallel"
        /// The confidence set of a ratio has no finite ends.
        case unboundedInterval = "unbounded-interval"
        /// The response does not depend on the dose.
        case noDoseResponse = "no-dose-response"
        /// The relation is not a straight line over the doses used.
        case notLinear = "not-linear"
        /// A parameter lies where the data say nothing about it.
        case notIdentifiable = "not-identifiable"
        /// The bound never reaches the limit within what is considered.
        case neverCrosses = "never-crosses"
        /// The specification is not met at the start.
        case outsideAtStart = "outside-at-start"
        /// The population does not grow, so that no time of doubling exists.
        case noGrowth = "no-growth"
        /// Too little information for the conclusion asked for.
        case tooLittleData = "too-little-data"
        /// Every unit responded, or none did.
        case allOrNone = "all-or-none"
        /// There is no residual variation to judge by.
        case noResidualVariation = "no-residual-variation"
        /// A validity criterion set before the assay was not met.
        case criterionFailed = "criterion-failed"
    }

    /// The kind of conclusion that is missing.
    public let code: Code
    /// The sentence a person reads: lower case, without a full stop.
    public let explanation: String

    /// A missing conclusion of a kind, with the sentence that explains it.
    public init(_ code: Code, _ explanation: String) {
        self.code = code
        self.explanation = explanation
    }

    /// The sentence a person reads.
    public var description: String { explanation }
}
