import Facility
import Ledger
package import Planner

/// A plan with what was published, as `seedlot plan --format json` and the API give it.
package struct PlanDocument: Encodable {
    let plan: Plan
    let publishedCosts = PublishedCost.studies
    let publishedPrices = PublishedCost.prices
    let comparison: String?
    let answers: PlanAnswers

    /// The document of `plan`, which was made of `planned`.
    package init(_ plan: Plan, _ planned: PlanningCase) {
        self.plan = plan
        answers = PlanAnswers(plan, planned)
        comparison = plan.publishedComparison
    }

    /// The document as a value of the API.
    var json: JSONValue { get throws { try JSONValue(encoding: self) } }
}
