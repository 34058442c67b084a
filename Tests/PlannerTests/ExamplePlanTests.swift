import Diagnostics
import Foundation
import Planner
import ProductDefinition
import Testing

/// The example definitions, planned; and what is refused when one of their numbers is wrong.
@Suite struct ExamplePlanTests {
    private static let examples = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Examples")

    /// The definition `name`, with pieces of its text replaced.
    private func definition(
        _ name: String, _ changes: [(String, String)] = []
    ) throws -> Definition {
        let loaded = DefinitionFiles.load(Self.examples.appending(path: name).path)
        var found = Set<String>()
        let sources = loaded.sources.map { source in
            var text = source.text
            for (old, new) in changes where text.contains(old) {
                found.insert(old)
                text = text.replacingOccurrences(of: old, with: new)
            }
            return SourceFile(name: source.name, text: text)
        }
        try #require(found.count == changes.count, "a text to change is not in the example")
        let read = DefinitionReader.read(sources)
        return try #require(read.definition, "\(read.findings)")
    }

    private func plan(_ definition: Definition, _ options: PlanOptions = .init()) throws -> Plan {
        try Plan.make(PlanningCase(definition), options)
    }

    /// Whoever begins with a template has a plan and a simulated year at once.
    @Test(arguments: DefinitionTemplate.all.map(\.id))
    func aTemplateCanBePlannedAndSimulated(id: String) throws {
        let template = try #require(DefinitionTemplate.named(id))
        let definition = try #require(DefinitionReader.read(template.files).definition)
        let made = try plan(definition)
        #expect(made.batch.releasable > 0 && made.batches.toStart > 0)
        _ = try Campaign(definition)
    }

    /// People and rooms are not bound for the weeks that a differentiation takes, only for the time
    /// they spend on it; without that, its days of work would bind them.
    @Test func whatTakesLongerThanADayBindsPeopleForTheTimeAtTheBench() throws {
        let template = try #require(DefinitionTemplate.named("psc-rpe"))
        func roomHours(_ change: (String) -> String) throws -> Double {
            let files = template.files.map { SourceFile(name: $0.name, text: change($0.text)) }
            let made = try plan(try #require(DefinitionReader.read(files).definition))
            let room = try #require(made.limits.first { $0.resource.contains("workstation") })
            return room.perBatch
        }
        let given = try roomHours { $0 }
        let none = try roomHours {
            $0.replacingOccurrences(of: "hands-on: 42 h", with: "hands-on: 0 h")
        }
        #expect(abs(given - none - 42) < 1e-9)
        #expect(none < 24 * 14)
    }

    /// The definition describes more of its steps than the published example, so that it costs a
    /// little more; what grows and what is needed is the same.
    @Test func theUmbilicalCordExample() throws {
        var options = PlanOptions()
        options.patients = 150
        let made = try plan(definition("uc-msc"), options)
        let expected = try Expected.load().uc
        let cultures = made.stages.flatMap(\.cultures)
        for (culture, wanted) in zip(cultures, expected.passages.list) {
            same(culture.harvested, wanted.harvested)
            same(culture.hours, wanted.hours)
            same(culture.mediumLiters, wanted.medium_L)
            #expect(abs(culture.cumulativeDoublings - wanted.cPD.number) < 1e-9)
        }
        same(Double(made.batch.filled), expected.dp_vials_filled)
        same(Double(made.batch.releasable), expected.dp_vials_releasable)
        same(made.doses.containersPerAdministration, expected.vials_per_administration)
        same(made.batch.administrations, expected.administrations_per_batch)
        same(made.batch.success, expected.p_batch_success)
        same(Double(made.batches.toStart), expected.batches_to_start_95_95)
        same(made.donors.map { Double($0.batchesPerDonation) }, expected.batches_per_cord)
        same(made.donors.map { Double($0.donationsForOne) }, expected.cords_for_1_mcs_95)
        let costs = expected.annual
        #expect(abs(made.cost.perPatientUsed / costs.cost_per_patient_used.number - 1) < 0.04)
        let variable = expected.stages["STAGE-C"].variable_total.number
        #expect(abs(made.cost.variablePerBatch / variable - 1) < 0.06)
        #expect(made.publishedComparison?.hasPrefix("inside") == true)
    }

    @Test func thePluripotentExample() throws {
        let made = try plan(definition("psc-dopaminergic"))
        let expected = try Expected.load().psc
        let cultures = made.stages.flatMap(\.cultures)
        same(cultures[0].harvested, expected.exp_T75.harvest)
        same(cultures[1].harvested, expected.exp_T175.harvest)
        same(cultures[2].harvested, expected.d11_harvest)
        same(cultures[3].harvested, expected.d16_harvest)
        same(Double(made.batch.filled), expected.vials_filled)
        same(Double(made.batch.releasable), expected.vials_releasable)
        same(made.batch.administrations, expected.doses_per_batch)
        same(Double(made.batches.toStart), expected.batches_to_start_95_95)
        same(Double(made.banks[0].uses), expected.batches_per_WCB)
        same(Double(made.banks[1].uses), expected.WCBs_per_MCB)
        #expect(abs(made.cost.perPatientUsed / expected.cost_per_dose_used.number - 1) < 0.04)
    }

    /// One donor may serve a quarter of the patients, and twelve batches come from one cord.
    @Test func aDonorWhoServesTooManyIsRemarkedOn() throws {
        let made = try plan(definition("uc-msc"))
        #expect(made.remarks.contains { $0.contains("share them among 4 donors") })
    }

    @Test func moreYearsAndFewerPatients() throws {
        var options = PlanOptions()
        (options.patients, options.years) = (40, 2)
        let made = try plan(definition("uc-msc"), options)
        #expect(made.doses.administrations == 80)
        #expect(made.cost.fixed == 3_200_000)
        #expect(made.batches.toStart < 10)
    }

    @Test(arguments: [
        // More doublings than the limit of the process.
        ("    limit: 20 PD\n", "    limit: 12 PD\n", PlanRefusal.Rule.doublings),
        ("    maximum-pdl: 8 PD\n", "    maximum-pdl: 3 PD\n", .doublings),
        // Twice the vessels: half the seeding density, below the proven range.
        (
            "vessel: { material: stack-10, count: 16 }",
            "vessel: { material: stack-10, count: 40 }",
            .seeding
        ),
        // A target outside its normal range.
        ("target: 2.0 cm, normal: 1..3 cm", "target: 4 cm, normal: 1..3 cm", .range),
        (
            "value: 92 %, spread: 4 %, normal: 85..97 %",
            "value: 80 %, spread: 4 %, normal: 85..97 %",
            .range
        ),
        // A standard error times two, taken for the spread of a recovery near one.
        (
            "value: 92 %, spread: 4 %, normal: 85..97 %, range: 75..100 %",
            "value: 95.2 %, spread: 8 %", .spread
        ),
        // A dose outside its range; cells in a vial outside the release specification.
        ("    target: 1.0e6 cells/kg\n", "    target: 5.0e6 cells/kg\n", .dose),
        ("cells-per-container: 50.0e6 cells", "cells-per-container: 80.0e6 cells", .dose),
        ("patients: { value: 150 patients/year", "patients: { value: 0 patients/year", .noDemand),
        ("kind: closed isolator, count: 2", "kind: closed isolator, count: 0", .noCapacity),
        ("{ id: operator, people: 4,", "{ id: operator, people: 0,", .noCapacity),
        ("cells-per-vial: 5.0e6 cells", "cells-per-vial: 0 cells", .impossibleNumber),
        (
            "    doubling-time: { value: 31.9 h, spread: 6.8 h, normal: 26..38 h, range: 20..60 h,",
            "    doubling-time: { value: -31.9 h,", .impossibleNumber
        ),
        (
            "  fixed-cost: { value: 1600000 EUR/year, range: 800000..3000000 EUR/year, source: general }",
            "", .missingNumber
        ),
        // Everything is taken as a sample.
        (
            "amount: 20.0e6 cells, assays: [flow, ido", "amount: 20.0e9 cells, assays: [flow, ido",
            .noYield
        ),
    ])
    func aForbiddenPlanIsRefused(old: String, new: String, rule: PlanRefusal.Rule) throws {
        let changed = try definition("uc-msc", [(old, new)])
        do {
            _ = try plan(changed)
            Issue.record("a plan was made")
        } catch let refused as PlanRefused {
            #expect(refused.refusals.contains { $0.rule == rule }, "\(refused.refusals)")
            #expect(refused.refusals.allSatisfy { !$0.help.isEmpty && !$0.message.isEmpty })
        }
    }

    /// Day 11 is reached by no culture that lasts longer than to it; a closed weekend leaves no
    /// start from which all dated days are open.
    @Test(arguments: [
        ("          duration: 96 h\n", "          duration: 140 h\n"),
        (
            "days: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]",
            "days: [Monday, Tuesday, Wednesday]"
        ),
    ])
    func datedStepsThatCannotBeKeptAreRefused(old: String, new: String) throws {
        let changed = try definition("psc-dopaminergic", [(old, new)])
        do {
            _ = try plan(changed)
            Issue.record("a plan was made")
        } catch let refused as PlanRefused {
            #expect(refused.refusals.contains { $0.rule == .dated }, "\(refused.refusals)")
        }
    }

    /// Numbers beyond any site are refused or planned, never a crash.
    @Test(arguments: [
        ("amount: 45 items", "amount: 9e60 items"), ("amount: 1 item }", "amount: 9e60 items }"),
        ("    vials: 30\n", "    vials: 9223372036854775807\n"),
        ("    vials-per-use: 9\n", "    vials-per-use: 9223372036854775807\n"),
        ("          passage: 4\n", "          passage: 9223372036854775807\n"),
        (
            "sampling: { containers: 4, retention: 2",
            "sampling: { containers: 9223372036854775807, retention: 9223372036854775807"
        ),
        ("kind: incubator, count: 4", "kind: incubator, count: 9223372036854775807"),
        ("value: 132 h", "value: 1e60 h"), ("every: 72 h", "every: 1e-30 h"),
        ("patients: { value: 150 patients/year", "patients: { value: 1e30 patients/year"),
        ("cells-per-vial: 5.0e6 cells", "cells-per-vial: 5e60 cells"),
    ])
    func absurdNumbersDoNotCrash(old: String, new: String) throws {
        let changed = try definition("uc-msc", [(old, new)])
        do { _ = try plan(changed) } catch let refused as PlanRefused {
            #expect(!refused.refusals.isEmpty)
        }
    }

    @Test func impossibleOptionsAreRefused() throws {
        let planned = try PlanningCase(definition("uc-msc"))
        for (patients, years) in [
            (-1.0, 1.0), (.nan, 1), (0, 1), (10, 0), (10, .infinity), (1e12, 1),
        ] {
            var options = PlanOptions()
            (options.patients, options.years) = (patients, years)
            #expect(throws: PlanRefused.self) { try Plan.make(planned, options) }
        }
        var options = PlanOptions()
        options.batches = 1_000_000_000
        #expect(throws: PlanRefused.self) { try Plan.make(planned, options) }
    }

    @Test func aDefinitionWithoutPlanningNumbersIsRefused() throws {
        let text = """
            product: { id: P, name: a product, version: "1", phase: phase1 }
            """
        let read = DefinitionReader.read([SourceFile(name: "p.yaml", text: text)])
        let bare = try #require(read.definition)
        #expect(throws: PlanRefused.self) { try PlanningCase(bare) }
    }
}
