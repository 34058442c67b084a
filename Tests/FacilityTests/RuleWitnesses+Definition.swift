import Facility
import Foundation
import Ledger
import Testing
import TestSupport

// Rules that the definition is checked for, and that a site can break all the same.
extension RuleWitnesses {
    static func definitions() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "specifications:\n": """
                risks:
                  assessments:
                    - { id: ra-1, title: isolator, approved: 2025-11-12, review-due: 2027-12-31 }
                transfer:
                  from: university
                  to: site
                  gaps: [{ name: potency assay, owner: head of QC, due: 2026-06-30 }]

                specifications:

                """
            ])
        return site.dueRules
    }

    static func validation() throws -> Set<String> {
        var site = try TestSite.withCleanroomDefinition()
        try site.registerPremises()
        site.attempt(
            "study.open",
            [
                "study": "ST-1", "kind": "process-validation", "subject": "CLEAN-1",
                "protocolNumber": "P-1", "months": [], "windowDays": 0,
                "tests": [["test": "all", "criterion": "'as expected'"]],
            ], as: "reviewer")
        return site.rules
    }

    static func closedSystems() throws -> Set<String> {
        var site = try TestSite.withClosedThawing()
        try site.recordConnections("a drop at the weld")
        return site.rules
    }

    static func sterilitySamples() throws -> Set<String> {
        var site = try TestSite.withSterilityPlan()
        try site.makeProduct()
        return site.rules
    }
}

extension TestSite {
    /// The small definition with a closed thawing, in work: its connections are looked at.
    static func withClosedThawing() throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "          kind: thaw\n": """
                          kind: thaw
                          state: closed
                          integrity:
                            evidence: VAL-7
                            connection-check: yes
                            test-frequency: each lot of kits

                """
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        return site
    }

    @discardableResult
    mutating func recordConnections(_ observation: JSONValue) throws -> [String] {
        try perform(
            "batch.record-check",
            [
                "batch": "B-2", "step": "thaw", "check": "connections",
                "observation": observation,
            ], as: "operator-1")
    }

    /// A product on the market whose specification says when sterility is sampled, and how much.
    static func withSterilityPlan() throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "  phase: phase1\n": "  phase: commercial\n",
                "    applies-to: drug product\n": """
                    applies-to: drug product
                    sampling: { sterility-volume: 2 mL, batch-volume: 200 mL, sterility-points: [begin, end] }

                """,
            ])
        try site.receiveCord()
        try site.receiveMaterials(qualification: "QL-1")
        try site.makeBank(counted: true)
        try site.releaseBank()
        return site
    }
}
