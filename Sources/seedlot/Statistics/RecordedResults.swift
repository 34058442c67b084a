import ArgumentParser
import Documents
import Facility
import Foundation
import Ledger
import Operations
import Quantities
import Statistics

/// Results on the record of a site, in place of a file.
struct RecordedResults: ParsableArguments {
    @Option(help: "The folder of a site: analyse its recorded results instead of a file.")
    var site: String?
    @Option(help: "The test whose results are analysed, as in the specification.")
    var test: String?
    @Option(
        name: .customLong("stability-study"),
        help: "A stability study: its results over months; else those of all batches.")
    var study: [String] = []
    @Option(help: "A control of the test method --test: what it gave in the runs that count.")
    var control: String?
    @Option(help: "Only batches of this definition.")
    var definition: String?
    @Option(
        help:
            "An endpoint of patients: the results of each lot beside how those it was given to fared."
    )
    var endpoint: String?
    @Option(help: "An outcome of the endpoint that counts as a response; once for each.")
    var responder: [String] = []

    /// The table of the results, where it came from, and the bytes its digest is taken of.
    func table() async throws -> RecordedTable {
        guard let site, let test else {
            throw Complaint.misuse(
                "recorded results need a site and a test", wayOut: "give --site and --test")
        }
        let state = try await SiteDoor.state(of: try SiteDoor.folder(site))
        if let endpoint { return try outcomes(state, test: test, endpoint: endpoint) }
        if let control { return try readings(state, of: control, method: test) }
        return study.isEmpty
            ? try batches(state, test: test) : try studies(state, test: test)
    }

    private func batches(_ state: SiteState, test: String) throws -> RecordedTable {
        var found: [(stamp: Stamp, batch: String, master: String, observation: Observation)] = []
        var tests: Set<String> = []
        for batch in state.batches.inOrder {
            if let definition, state.masters[batch.master]?.id.text != definition { continue }
            for result in batch.results where result.isInForce {
                tests.insert(result.test)
                guard result.test == test else { continue }
                found.append((result.stamp, batch.id.text, batch.master.text, result.observation))
            }
        }
        guard !found.isEmpty else {
            throw Complaint(
                "the record has no result of '\(test)'",
                wayOut: tests.isEmpty
                    ? "record results first"
                    : "tests with results are \(tests.sorted().joined(separator: ", "))")
        }
        found.sort { $0.stamp.entry < $1.stamp.entry }
        var unit: Quantities.Unit?
        var rows: [[String]] = []
        for one in found {
            let value = try number(one.observation, in: &unit, of: one.batch)
            rows.append([
                one.batch, one.batch, "\(one.stamp.happened)", value, one.master,
            ])
        }
        return try RecordedTable(
            columns: ["batch", "lot", "date", "value", "definition"], rows: rows, test: test,
            unit: unit, state: state)
    }

    /// A row a run, in the order they were done.
    private func readings(
        _ state: SiteState, of control: String, method id: String
    ) throws -> RecordedTable {
        let method = try state.knownMethod(id)
        let trends = ControlTrend.all(of: method, in: state.methodRuns()[id] ?? [])
        guard let trend = trends.first(where: { $0.control == control }) else {
            throw Complaint(
                "no run of '\(id)' was read with the control '\(control)'",
                wayOut: "its controls are \(trends.map(\.control).joined(separator: ", "))")
        }
        var unit: Quantities.Unit?
        let rows = try trend.points.filter(\.run.counts).map { point in
            [
                point.run.reference, "\(point.run.stamp.happened)",
                try number(point.observation, in: &unit, of: "run \(point.run.reference)"),
            ]
        }
        return try RecordedTable(
            columns: ["run", "date", "value"], rows: rows, test: "\(id)', control '\(control)",
            unit: unit, state: state)
    }

    /// A row a lot: patients who shared one do not make it two observations. A lot counts as given
    /// to responders when at least half of its patients responded.
    private func outcomes(
        _ state: SiteState, test: String, endpoint: String
    ) throws -> RecordedTable {
        guard !responder.isEmpty else {
            throw Complaint.misuse(
                "nothing says what a response is",
                wayOut: "give --responder for each outcome that is one")
        }
        let found = state.outcomes(ofTest: test, endpoint: endpoint).filter { outcome in
            definition == nil || state.batches[outcome.batch]?.master.text == definition
        }
        guard !found.isEmpty else {
            let known = Set(state.patients.values.flatMap { $0.outcomes.map(\.endpoint) }).sorted()
            throw Complaint(
                "no patient with an outcome for '\(endpoint)' received a lot tested for '\(test)'",
                wayOut: known.isEmpty
                    ? "record outcomes first: patient.record-outcome"
                    : "endpoints with outcomes are \(known.joined(separator: ", "))")
        }
        var unit: Quantities.Unit?
        var rows: [[String]] = []
        for (batch, given) in Dictionary(grouping: found, by: \.batch).sorted(by: {
            $0.key < $1.key
        }) {
            let responded = given.count { responder.contains("\($0.outcome)") }
            rows.append([
                batch.text, state.batches[batch]?.master.text ?? "",
                state.donors(behind: batch.text).sorted().joined(separator: " "),
                "\(given.count)", "\(responded)",
                try number(given[0].result, in: &unit, of: batch.text),
                2 * responded >= given.count ? "responder" : "non-responder",
            ])
        }
        return try RecordedTable(
            columns: [
                "lot", "definition", "donors", "patients", "responded", "potency", "outcome",
            ], rows: rows, test: "\(test)' and endpoint '\(endpoint)", unit: unit, state: state)
    }

    private func studies(_ state: SiteState, test: String) throws -> RecordedTable {
        var unit: Quantities.Unit?
        var rows: [[String]] = []
        for name in study {
            guard let id = StudyID(name) else {
                throw Complaint.misuse("'\(name)' is no identifier")
            }
            let study: Study
            do throws(Rejection) {
                study = try state.study(id)
            } catch {
                throw Complaint(error.message, wayOut: error.help)
            }
            for result in study.resultsInForce where result.test == test {
                let value = try number(result.observation, in: &unit, of: study.id.text)
                rows.append([study.subject.text, "\(result.month ?? 0)", value])
            }
        }
        guard !rows.isEmpty else {
            throw Complaint(
                "the studies have no result of '\(test)'",
                wayOut: "check the name of the test against the protocol")
        }
        return try RecordedTable(
            columns: ["batch", "time", "value"], rows: rows, test: test, unit: unit, state: state)
    }

    /// The number of an observation in the unit of the first one.
    private func number(
        _ observation: Observation, in unit: inout Quantities.Unit?, of thing: String
    ) throws -> String {
        guard case .measured(let quantity) = observation else {
            throw Complaint(
                "'\(thing)' was recorded as '\(observation)', not as a number",
                wayOut: "choose a test with quantitative results")
        }
        let target = unit ?? quantity.unit
        unit = target
        do throws(QuantityError) {
            return "\(try quantity.doubleValue(in: target))"
        } catch {
            throw Complaint(
                "'\(thing)': \(quantity) is not in \(target)",
                wayOut: "correct the record, or analyse one definition with --definition")
        }
    }
}

/// Recorded results as a table, with where they came from.
struct RecordedTable {
    let table: MeasurementTable
    /// What the report names as its input.
    let source: String
    /// What the digest of the input is taken of: the rows as text.
    let bytes: [UInt8]

    init(
        columns: [String], rows: [[String]], test: String, unit: Quantities.Unit?, state: SiteState
    ) throws {
        do throws(AnalysisError) {
            table = try MeasurementTable(columns: columns, rows: rows, encoding: "record")
        } catch {
            throw Complaint("\(error)", wayOut: error.remedy)
        }
        let text = ([columns] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
        bytes = Array("\(text)\n".utf8)
        let name = state.name ?? "site"
        source =
            "record of \(name), test '\(test)'"
            + (unit.map { " in \($0)" } ?? "") + ", entries before \(state.entryCount)"
    }
}
