/// Why a plan is refused: the rule it breaks, the value, the limit and the way out.
public struct PlanRefusal: Error, Hashable, Sendable, Codable {
    /// The rule, by a code that is never reused.
    public enum Rule: String, Hashable, Sendable, Codable {
        /// A number that the plan needs is not in the definition.
        case missingNumber = "plan-missing-number"
        /// A number is negative, not finite, or outside what it can be.
        case impossibleNumber = "plan-impossible-number"
        /// More population doublings than the definition allows.
        case doublings = "plan-doublings-limit"
        /// A seeding density outside the proven acceptable range.
        case seeding = "plan-seeding-range"
        /// A target outside its normal or proven range.
        case range = "plan-parameter-range"
        /// A dated step that its predecessors or the calendar cannot reach.
        case dated = "plan-dated-step"
        /// A dose or a filled container outside its specification.
        case dose = "plan-dose"
        /// A spread that is a standard error, or gives no proper distribution.
        case spread = "plan-spread"
        /// A step that leaves no cells, or a bank that cannot feed the next stage.
        case noYield = "plan-no-yield"
        /// Nobody needs the product.
        case noDemand = "plan-no-demand"
        /// A resource is missing, or no number of batches meets the demand.
        case noCapacity = "plan-no-capacity"

        /// The rule of the guidance that stands behind it, by its id in the catalogue; nil where
        /// it is only arithmetic.
        public var guidance: String? {
            switch self {
            case .doublings: "pdl-limit-set"
            case .seeding, .range: "critical-parameter-range"
            case .dose: "spec-dose-viable"
            case .noCapacity: "scale-meets-demand"
            case .missingNumber, .impossibleNumber, .dated, .spread, .noYield, .noDemand: nil
            }
        }
    }

    /// The rule.
    public var rule: Rule
    /// What breaks it: the thing, its value and the limit.
    public var message: String
    /// What would satisfy it.
    public var help: String
    /// Where the value stands: `file:line:column`, if it was read from a definition.
    public var place: String?

    /// A refusal by `rule`.
    public init(_ rule: Rule, _ message: String, help: String, place: String? = nil) {
        self.rule = rule
        self.message = message
        self.help = help
        self.place = place
    }
}

/// Everything for which a plan is refused, the first in the order of the process first.
public struct PlanRefused: Error, Hashable, Sendable {
    /// The refusals; never empty.
    public let refusals: [PlanRefusal]

    /// A plan refused for `refusals`.
    public init(_ refusals: [PlanRefusal]) { self.refusals = refusals }

    init(
        _ rule: PlanRefusal.Rule, _ message: String, help: String, place: String? = nil
    ) {
        refusals = [PlanRefusal(rule, message, help: help, place: place)]
    }
}

extension PlanRefused: CustomStringConvertible {
    /// The first refusal, and how many follow.
    public var description: String {
        let first = refusals.first?.message ?? "refused"
        return refusals.count > 1 ? "\(first) (and \(refusals.count - 1) more)" : first
    }
}
