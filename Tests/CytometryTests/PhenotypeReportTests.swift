import Cytometry
import Foundation
import Testing
import TestSupport

/// Simulated MSC lots against the composition that the simulation gave them.
@Suite struct PhenotypeReportTests {
    static let folder = fixtures().appending(path: "msc-panel")

    struct Truth: Decodable {
        struct Gate: Decodable {
            var count: Int
            var parent: String?
        }
        var gates: [String: Gate]?
        var matrix: [[Double]]?
    }
    static let truth: [String: Truth] = {
        let data = (try? Data(contentsOf: folder.appending(path: "truth.json"))) ?? Data()
        return (try? JSONDecoder().decode([String: Truth].self, from: data)) ?? [:]
    }()

    static func events(_ file: String) throws -> FCSDataSet {
        try #require(try FCSFile.open(path: folder.appending(path: file).path).first)
    }

    static func strategy() throws -> GatingStrategy {
        try GatingML.read([UInt8](Data(contentsOf: folder.appending(path: "msc_gates.gml.xml"))))
    }

    static func panel() throws -> MarkerPanel {
        let url = fixtures().appending(path: "panels/uc-msc-identity.json")
        return try MarkerPanel(json: [UInt8](Data(contentsOf: url)))
    }

    static func report(_ file: String, threads: Int = 1) throws -> PhenotypeReport {
        let source = { PhenotypeReport.Source(name: $0, sha256: String(repeating: "0", count: 64)) }
        let reporter = try PhenotypeReporter(
            panel: panel(), strategy: strategy(),
            controls: ["I1_FMO_PE-A.fcs": events("I1_FMO_PE-A.fcs")])
        return try reporter.report(
            events(file), sample: source(file), gates: source("msc_gates.gml.xml"),
            panelSource: source("uc-msc-identity.json"),
            controlSources: [source("I1_FMO_PE-A.fcs")], software: "seedlot 0", threads: threads)
    }

    @Test(arguments: [
        "lotA_pass.fcs", "lotD_lowviability_clog.fcs", "I1_unstained.fcs", "I1_FMO_PE-A.fcs",
    ])
    func countsEveryPopulation(file: String) throws {
        let gates = try #require(Self.truth[file]?.gates)
        let result = try GatingPlan(Self.strategy(), on: Self.events(file)).run()
        for (id, gate) in gates {
            #expect(result.population(id)?.count == gate.count, "\(file) \(id)")
            #expect(result.population(id)?.parent == gate.parent)
        }
    }

    @Test func aGoodLotPassesAndItsReportSaysWhy() throws {
        let report = try Self.report("lotA_pass.fcs")
        #expect(report.verdict == .pass)
        let cd105 = try #require(report.markers.first { $0.marker == "CD105" })
        #expect(cd105.share?.count == 16_674)
        #expect(cd105.verdict == .pass)
        #expect(cd105.limit?.min == 95)
        #expect(abs((cd105.share?.percent ?? 0) - 98.4646) < 1e-4)
        // Every marker passes alone; together on one cell there are fewer.
        let joint = try #require(report.joint.first)
        #expect((joint.share?.percent ?? 100) < 97)
        #expect(report.tissueReadings.contains { $0.marker == "CD146" && !$0.isContradiction })
        #expect(report.panelFindings.contains { $0.id == "cocktail" })
        expectSnapshot(report.text(), named: "lotA.txt")
    }

    @Test func aClogAndDeadCellsFailTheRun() throws {
        let report = try Self.report("lotD_lowviability_clog.fcs")
        #expect(report.verdict == .fail)
        let idle = try #require(report.run.first { $0.id == "acquisition-idle" })
        #expect(idle.verdict == .fail)
        // The simulation put a pause of 250 s into the run.
        #expect(abs((idle.value ?? 0) - 250) < 15)
        let viability = try #require(report.run.first { $0.id == "viability" })
        #expect(viability.verdict == .fail)
        #expect(report.reasons.contains { $0.hasPrefix("viability is 67.5") })
    }

    @Test func positivityCanComeFromAControl() throws {
        let report = try Self.report("lotA_pass.fcs")
        let cocktail = try #require(
            report.markers.first { $0.role == .negative && $0.controlMedian != nil })
        #expect(cocktail.rule.contains("99.5th percentile of the FMO control"))
        // Half a percent of the control lies above by construction, and half a percent is stained.
        #expect(abs((cocktail.share?.percent ?? 0) - 1) < 0.4)
    }

    @Test func recordedAndRecomputedReportsAreTheSame() throws {
        let report = try Self.report("lotA_pass.fcs")
        let bytes = AnalysisRecord.encode(report)
        let decoded = try #require(AnalysisRecord.decode(bytes))
        #expect(AnalysisRecord.encode(decoded) == bytes)
        let again = try Self.report("lotA_pass.fcs", threads: 2)
        #expect(AnalysisRecord.differences(recorded: decoded, recomputed: again).isEmpty)
        let other = try Self.report("lotD_lowviability_clog.fcs")
        #expect(!AnalysisRecord.differences(recorded: decoded, recomputed: other).isEmpty)
        #expect(AnalysisRecord.decode([1, 2, 3]) == nil)
    }

    @Test func spilloverIsRecoveredFromSingleStains() throws {
        let matrix = try #require(Self.truth["I1_spillover_truth"]?.matrix)
        let detectors = [
            "FITC-A", "PE-A", "PerCP-Cy5-5-A", "PE-Cy7-A", "APC-A", "APC-Cy7-A", "BV421-A",
            "BV510-A",
        ]
        func columns(_ file: String) throws -> [[Double]] {
            let set = try Self.events(file)
            return try detectors.map {
                set.scaleValues(of: try #require(set.parameterIndex(named: $0)))
            }
        }
        let unstained = try columns("I1_unstained.fcs")
        for (row, name) in [(0, "FITC-A"), (1, "PE-A")] {
            let control = try columns("I1_single_\(name).fcs")
            for reference in [unstained, nil] {
                let found = try SpilloverFromControls.row(
                    detector: row, names: detectors, control: control, unstained: reference)
                for (actual, wanted) in zip(found.coefficients, matrix[row]) {
                    // Photon noise and autofluorescence of the simulation leave this much.
                    #expect(abs(actual - wanted) < 0.002, "\(name): \(actual), truth \(wanted)")
                }
            }
        }
        let error = #expect(throws: CompensationError.self) {
            try SpilloverFromControls.row(
                detector: 4, names: detectors, control: unstained, unstained: nil)
        }
        #expect(error?.code == .control)
        #expect(throws: CompensationError.self) {
            try SpilloverFromControls.row(
                detector: 4, names: detectors, control: columns("I1_single_PE-A.fcs"),
                unstained: unstained)
        }
    }

    @Test(arguments: [
        (#"{"name":"p"}"#, "'version' is missing"),
        (#"{"name":"p","limitt":3}"#, "'limitt' is not known"),
        ("[1,2", "not JSON"),
        ("[1,2]", "does not fit"),
    ])
    func panelsThatCannotBeReadAreExplained(json: String, text: String) {
        let error = #expect(throws: PanelError.self) { try MarkerPanel(json: Array(json.utf8)) }
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test func aLimitIsNeverAssumed() throws {
        let url = fixtures().appending(path: "panels/uc-msc-identity.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        let without = text.replacing(#""limit": { "min": 95 },"#, with: "", maxReplacements: 1)
        #expect(without != text)
        let error = #expect(throws: PanelError.self) { try MarkerPanel(json: Array(without.utf8)) }
        #expect(error?.message.contains("state the product's own limit") == true)
    }

    @Test func aPanelIsHeldAgainstThePublishedDefinition() throws {
        var panel = try Self.panel()
        #expect(!PanelReview.review(panel).contains { $0.severity == .gap })
        panel.markers.removeAll { $0.marker == "CD73" }
        panel.markers[0].justification = "ISCT criteria, Dominici et al. 2006"
        let findings = PanelReview.review(panel)
        #expect(findings.contains { $0.message == "CD73 is not measured" })
        #expect(findings.contains { $0.id == "limit-justification" && $0.severity == .gap })
    }

    @Test func aTissueThatDoesNotFitIsFlagged() {
        let readings = TissueMarkers.readings(
            tissue: .whartonsJelly, percents: [("CD146", 1), ("CD34", 30), ("CD105", 99)])
        #expect(readings.map(\.isContradiction) == [true, true])
        let adipose = TissueMarkers.readings(tissue: .adiposeTissue, percents: [("CD34", 30)])
        #expect(adipose.map(\.isContradiction) == [false])
    }
}
