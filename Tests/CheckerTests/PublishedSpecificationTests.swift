import Checker
import Diagnostics
import Guidance
import ProductDefinition
import Testing

/// The seven published specifications, judged by the rules on specifications.
///
/// What each lacks was established by hand from the tables of the papers. None of the seven
/// meets all rules, which makes them a good yardstick.
@Suite struct PublishedSpecificationTests {
    /// How a topic stands in a published table.
    enum Standing: String {
        case limited = "y"
        case reportedOnly = "reported"
        case absent = "-"
    }

    /// Identity, purity, potency; sterility, mycoplasma and endotoxin; viability; viable cells;
    /// genome.
    @Test(arguments: [
        ("PS-1", "y reported y y y y y"),
        ("PS-2", "y y y y y - y"),
        ("PS-3", "y y - y y y -"),
        ("PS-4", "y y reported y y - y"),
        ("PS-5", "- y - y y - -"),
        ("PS-6", "y y - y y - y"),
        ("PS-7", "y - - y reported - reported"),
    ])
    func findsWhatEachSpecificationLacks(id: String, expected: String) throws {
        let report = try check(id)
        let topics = [
            standing(of: "identity", in: report), standing(of: "purity", in: report),
            standing(of: "potency", in: report),
            report.contains { $0.code == "spec-safety-trio" } ? .absent : .limited,
            viability(in: report, id), cells(in: report), genome(in: report),
        ]
        #expect(topics.map(\.rawValue).joined(separator: " ") == expected)
    }

    /// The panel of the ISCT: complete in three, at whatever limits; not asked of pluripotent
    /// cells.
    @Test(arguments: [
        ("PS-1", ["CD34", "CD14 or CD11b", "CD79a or CD19"]), ("PS-2", []), ("PS-3", []),
        ("PS-4", []),
        (
            "PS-5",
            [
                "CD105", "CD73", "CD90", "CD45", "CD34", "CD14 or CD11b", "CD79a or CD19",
                "HLA-DR",
            ]
        ),
        ("PS-6", []), ("PS-7", []),
    ])
    func findsTheMarkersEachPanelLeavesOut(id: String, missing: [String]) throws {
        let messages = try check(id).filter { $0.code == "spec-msc-panel" }.map(\.message)
        let left = messages.first { $0.contains("leaves out") }
        #expect((left == nil) == missing.isEmpty)
        for marker in missing { #expect(left?.contains(marker) == true, "\(marker)") }
    }

    /// PS-1 measures HLA-DR for information; PS-2 accepts 80 % where 95 % is usual.
    @Test func namesWhatIsOnlyReportedAndWhatIsWide() throws {
        #expect(try check("PS-1").contains { $0.message == "HLA-DR is measured without a limit" })
        #expect(try check("PS-2").contains { $0.code == "spec-msc-limit-values" })
        #expect(try !check("PS-3").contains { $0.code == "spec-msc-limit-values" })
    }

    /// Residual pluripotent cells are asked of pluripotent-derived products alone.
    @Test func asksForResidualPluripotentCells() throws {
        #expect(try check("PS-5").allSatisfy { $0.code != "spec-psc-residual" })
        let dopaminergic = try check("PS-6").filter { $0.code == "spec-psc-residual" }
        #expect(dopaminergic.allSatisfy { !$0.message.contains("has no test") })
    }

    /// 12.5 EU/mL (PS-2): at 5 EU/kg and hour a patient of 70 kg can receive 28 mL in an hour,
    /// and 1.12 mL into the spinal fluid at 0.2 EU/kg.
    @Test(arguments: [
        ("intravenous", "28 mL", true), ("intravenous", "28.1 mL", false),
        ("intrathecal", "1.12 mL", true), ("intrathecal", "1.2 mL", false),
    ])
    func computesTheEndotoxinLimitFromDoseAndRoute(
        route: String, volume: String, isAccepted: Bool
    ) throws {
        let findings = try check(
            "PS-2", product: "route: \(route), dose: { target: 5e7 cells, volume: 1 mL..\(volume) }"
        )
        #expect(findings.contains { $0.code == "endotoxin-limit-computed" } != isAccepted)
    }

    /// 5 EU/kg (PS-4) is the threshold itself, whatever the volume.
    @Test func convertsALimitPerKilogram() throws {
        let within = try check(
            "PS-4", product: "route: intravenous, dose: { target: 1e6 cells/kg }")
        #expect(!within.contains { $0.code == "endotoxin-limit-computed" })
        let spinal = try check(
            "PS-4", product: "route: intrathecal, dose: { target: 1e6 cells/kg }")
        #expect(spinal.contains { $0.code == "endotoxin-limit-computed" })
    }

    // MARK: Reading the findings

    private func standing(of name: String, in findings: [Finding]) -> Standing {
        let mine = findings.filter { $0.code == "spec-four-classes" }.map(\.message)
        if mine.contains(where: { $0.hasSuffix("has no test of \(name)") }) { return .absent }
        return mine.contains { $0.hasPrefix("\(name) is measured by") } ? .reportedOnly : .limited
    }

    private func viability(in findings: [Finding], _ id: String) -> Standing {
        let isMissing = findings.contains {
            $0.code == "spec-viability-morphology" && $0.message.hasSuffix("limit viability")
        }
        guard isMissing else { return .limited }
        let measures = PublishedSpecification.all.first { $0.id == id }?.items.contains {
            $0.attribute.contains("viability")
        }
        return measures == true ? .reportedOnly : .absent
    }

    private func cells(in findings: [Finding]) -> Standing {
        findings.contains { $0.code == "spec-dose-viable" } ? .absent : .limited
    }

    private func genome(in findings: [Finding]) -> Standing {
        let mine = findings.filter { $0.code == "spec-genomic" }.map(\.message)
        if mine.contains(where: { $0.hasSuffix("has no genomic test") }) { return .absent }
        return mine.contains { $0.contains("without a limit") } ? .reportedOnly : .limited
    }

    // MARK: A published table as a definition

    private func check(_ id: String, product: String = "") throws -> [Finding] {
        let specification = try #require(PublishedSpecification.all.first { $0.id == id })
        let text = PublishedDefinition(specification, product: product).yaml
        let read = DefinitionReader.read([SourceFile(name: "\(id).yaml", text: text)])
        let problems = read.findings.filter { $0.code != "missing-key" }
        #expect(problems.isEmpty, "\(problems.map(\.message))")
        let definition = try #require(read.definition)
        let day = try #require(CalendarDate("2026-11-21"))
        return DefinitionCheck.run(
            definition, phase: .pivotal, jurisdictions: [.eu, .unitedStates], asOf: day,
            only: Set(
                RuleCatalogue.rules(of: .specification).map(\.id).filter {
                    RuleRegistry.rule($0) != nil
                })
        ).findings
    }
}
