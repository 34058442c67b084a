import Foundation
import Testing

@testable import Statistics

struct ReferenceStandardTests {
    private func assays(_ potencies: [Double], error: Double = 0.03) -> [PotencyCombination.Assay] {
        potencies.map {
            PotencyCombination.Assay(
                lnPotency: log($0), standardError: error, degreesOfFreedom: 12)
        }
    }

    @Test func variancesAddAlongTheChain() throws {
        let primary = try AssignedPotency.primary("IS-1", potency: 1000, unit: "IU/mg")
        let working = try primary.assigning("WS-1", assays: assays([0.98, 1.02, 1.0, 0.99]))
        let next = try working.assigning("WS-2", assays: assays([1.05, 1.04, 1.06], error: 0.04))
        let first = 0.03 / 2.0
        let second = 0.04 / 3.0.squareRoot()
        expectClose(working.standardError, first, relative: 1e-12)
        expectClose(
            next.standardError, (first * first + second * second).squareRoot(), relative: 1e-12)
        func meanLog(_ ratios: [Double]) -> Double {
            ratios.reduce(0) { $0 + log($1) } / Double(ratios.count)
        }
        let mean = meanLog([0.98, 1.02, 1.0, 0.99]) + meanLog([1.05, 1.04, 1.06])
        expectClose(next.potency, 1000 * exp(mean), relative: 1e-12)
        #expect(next.chain.map(\.standard) == ["IS-1", "WS-1", "WS-2"])
        // Satterthwaite: (a + b)^2 / (a^2/48 + b^2/36).
        let (a, b) = (first * first, second * second)
        expectClose(
            next.degreesOfFreedom, (a + b) * (a + b) / (a * a / 48 + b * b / 36), relative: 1e-12)
        let interval = try next.interval()
        #expect((interval.lower ?? 0) < next.potency && next.potency < (interval.upper ?? 0))
    }

    @Test func anAssignmentNeedsItsAssaysAndANewName() throws {
        let primary = try AssignedPotency.primary("IS-1", potency: 1, unit: "unit")
        #expect(
            throws: AnalysisError.tooFew(
                what: "independent assays of 'WS'", found: 2, needed: 3)
        ) { try primary.assigning("WS", assays: assays([1, 1])) }
        #expect(throws: AnalysisError.duplicate(what: "standard", name: "IS-1")) {
            try primary.assigning("IS-1", assays: assays([1, 1, 1]))
        }
        #expect(throws: AnalysisError.self) {
            try AssignedPotency.primary("IS-1", potency: 0, unit: "unit")
        }
    }

    @Test func bridgingJudgesTheShiftOfTheUnit() throws {
        let margins = Interval(0.9, 1 / 0.9)
        let kept = try StandardBridging(
            assays([1.0, 1.02, 0.99, 1.01, 1.0]), expected: 1.005, margins: margins)
        #expect(kept.outcome == .equivalent)
        let drifted = try StandardBridging(
            assays([1.3, 1.32, 1.29, 1.31]), expected: 1, margins: margins)
        #expect(drifted.outcome == .different)
        let unclear = try StandardBridging(
            assays([1.05, 1.2], error: 0.2), expected: 1, margins: margins)
        #expect(unclear.outcome == .undecided)
        #expect(throws: AnalysisError.self) {
            try StandardBridging(assays([1, 1]), expected: 1, margins: Interval(1.1, 1.2))
        }
    }

    @Test func theReportFollowsAChainInAnyOrder() throws {
        let lines = [
            "standard,against,potency,lower,upper,df",
            "WS-2,WS-1,1.05,0.99,1.11,12", "WS-2,WS-1,1.04,0.98,1.10,12",
            "WS-2,WS-1,1.06,1.00,1.12,12", "WS-1,IS,0.98,0.92,1.04,12",
            "WS-1,IS,1.02,0.96,1.08,12", "WS-1,IS,1.00,0.94,1.06,12",
            "WS-2,IS,1.05,0.99,1.11,12", "WS-2,IS,1.03,0.97,1.09,12",
        ]
        let table = try MeasurementTable(Array(lines.joined(separator: "\n").utf8))
        let report = try AnalysisReport.referenceStandards(
            table, primary: .init(name: "IS", potency: 100, unit: "IU/ml"), needed: 3,
            margins: Interval(0.85, 1.18), confidence: 0.95, method: .automatic)
        #expect(report.isClean)
        #expect(report.text.contains("IS → WS-1 → WS-2"))
        #expect(report.text.contains("may replace 'IS'"))
        let lost = try MeasurementTable(
            Array((lines[0] + "\nX,Y,1,0.9,1.1,8\nX,Y,1,0.9,1.1,8\nX,Y,1,0.9,1.1,8").utf8))
        let missing = try AnalysisReport.referenceStandards(
            lost, primary: .init(name: "IS", potency: 100, unit: "IU/ml"), needed: 3,
            margins: nil, confidence: 0.95, method: .automatic)
        #expect(!missing.isClean)
    }
}
