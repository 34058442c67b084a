import Foundation
import Planner

/// A plan as one page that needs nothing beside it.
struct PlanPage {
    private let plan: Plan

    init(_ plan: Plan) { self.plan = plan }

    var html: String { "<!doctype html><pre>\(plan.text)</pre>\n" }
}
