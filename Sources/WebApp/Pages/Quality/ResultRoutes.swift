import Charts
import Cytometry
import Documents
import Facility
import Hummingbird
import Ledger
import Operations
import Quantities

/// `/testing/{batch}/{test}`: one line of the specification of a batch: its limit and method, every
/// result, and what a cytometer gave, down to the gates and the raw files.
struct ResultRoutes {
    let reception: Reception
    let gallery: CytometryGallery

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("testing/{batch}/{test}") { try await page($0, $1) }
        group.get("testing/{batch}/{test}/cytometry/{result}/{picture}") { _, context in
            try await picture(context)
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let (batch, line) = try viewer.testLine(context)
        let (test, id) = (line.standing.test, batch.id.text)
        let sections = await cytometry(of: line, in: state, drawing: request.query("sample"))
        return reception.page(
            "\(test.attribute) of \(id)", in: .testing,
            trail: [("Testing", .testing), (id, .batch(id))], for: viewer
        ) { html in
            var actions: [(title: String, address: Address)] = []
            if let entry = viewer.entering(line) { actions.append(entry) }
            actions += viewer.actions(
                state.methods[test.methodID] == nil
                    ? [RegisterMethod.self] : [QualifyAnalyst.self, RegisterMethod.self],
                ["method": test.methodID], returnTo: .testResult(batch: id, test: test.id))
            actions += viewer.verifying(
                line.standing.results, of: id, test: test.id,
                returnTo: .testResult(batch: id, test: test.id))
            if state.methods[test.methodID] != nil, !batch.status.isFinal {
                actions += viewer.actions(
                    [RecordInvalidRun.self], ["method": test.methodID, "subject": id],
                    returnTo: .testResult(batch: id, test: test.id))
            }
            if let trend = state.trend(of: test, in: batch) {
                actions.append(("Trend", Address(trend.link)))
            }
            html.add(
                PageHead(
                    test.attribute, kind: "Test of batch \(id)",
                    status: line.standing.verdict.badge, under: "limit \(test.criterion)",
                    actions: actions))
            Self.method(test, of: batch, state, &html)
            html.panel("Results") { Self.results(line, state, &$0) }
            Self.invalidRuns(of: test, in: batch, state, &html)
            html.add(ReadingForms(line: line, viewer: viewer))
            let investigations = batch.deviations.compactMap { state.deviations[$0] }
                .filter { $0.cause == .outOfSpecification && $0.step == test.id }
            if !investigations.isEmpty {
                html.panel("Investigations") { html in
                    html.add(
                        RowsTable(
                            of: "investigations", investigations,
                            columns: [
                                .link(
                                    "event", "Event", { $0.id.text }, to: { .event($0.id.text) }),
                                .status("status", "Status", { ($0.status, $0.tone) }),
                                Column("what", "What", { $0.description }).roomy,
                            ]))
                }
            }
            for section in sections { html.add(section) }
        }
    }

    /// What cytometers gave for `line`, the newest first. One sample is drawn, the newest unless
    /// `wanted` is the number of another.
    private func cytometry(
        of line: TestLine, in state: SiteState, drawing wanted: String?
    ) async -> [CytometrySection] {
        let (batch, test) = (line.batch, line.standing.test.id)
        let read = state.cytometryResults(of: batch, test: test)
        let drawn = wanted.flatMap { Int($0) } ?? read.count - 1
        var sections: [CytometrySection] = []
        for (number, entry) in read.enumerated().reversed() {
            var pictures = CytometrySection.Pictures.elsewhere(
                Address(
                    .testResult(batch: batch.text, test: test),
                    query: [.init(name: "sample", value: "\(number)")]))
            if number == drawn {
                do throws(CytometryGalleryError) {
                    let all = try await self.pictures(of: entry.result, by: entry.analysis)
                    pictures = .drawn(
                        all.enumerated().map { place, picture in
                            (
                                picture.title,
                                Address(
                                    .cytometryPicture(
                                        batch: batch.text, test: test, result: number,
                                        picture: place))
                            )
                        })
                } catch {
                    pictures = .missing(error.message)
                }
            }
            sections.append(
                CytometrySection(
                    analysis: entry.analysis, result: entry.result, state: state,
                    report: gallery.report(of: entry.result), pictures: pictures))
        }
        return sections
    }

    private func pictures(
        of result: CytometryAnalysis.Result, by analysis: CytometryAnalysis
    ) async throws(CytometryGalleryError) -> [ReportPictures.Picture] {
        guard analysis.versions.indices.contains(result.version - 1) else {
            throw CytometryGalleryError("version \(result.version) is not on record")
        }
        return try await gallery.pictures(
            of: result.sample, with: result.controls,
            by: analysis.versions[result.version - 1], key: result.report.digest)
    }

    private static func method(
        _ test: MasterTest, of batch: Batch, _ state: SiteState, _ html: inout HTML
    ) {
        var facts = Facts()
        facts.add("Limit", test.criterion.description)
        facts.add("Category", test.category)
        facts.add("Method", test.method ?? test.assay)
        if let version = state.masters[batch.master]?.product.version {
            facts.add("Version of the definition", version, to: .definition(batch.master.text))
        }
        if let method = state.methods[test.methodID], let version = method.versions.last {
            facts.add("Version of the method", "\(version.name), \(version.document)")
            facts.add("Done with", (version.instruments + version.reagents).joined(separator: ", "))
            facts.add(
                "A run counts with",
                version.suitability.map { criteria in
                    criteria.map { "\($0.test) \($0.criterion)" }.joined(separator: ", ")
                })
            let analysts = Set(
                method.analysts.filter { $0.version == version.name }.map(\.person)
            ).sorted().map(state.name)
            facts.add("Analysts", analysts.isEmpty ? "nobody" : analysts.joined(separator: ", "))
        } else {
            facts.add("Version of the method", "not registered at the site")
        }
        facts.add("Compendial reference", test.compendial)
        facts.add("Validation", test.validation)
        if test.isSecondStage == true { facts.add("Result due", "after the first stage") }
        html(.section, .class("panel")) { $0.add(facts) }
    }

    private static func results(_ line: TestLine, _ state: SiteState, _ html: inout HTML) {
        // Most methods have none.
        let controls: [Column<TestResult>] =
            line.standing.results.allSatisfy { ($0.run?.readings ?? []).isEmpty }
            ? []
            : [
                Column("controls", "Controls") { $0.run?.readings?.words ?? "" }
            ]
        html.add(
            RowsTable(
                of: "results", line.standing.results.reversed(),
                columns: [
                    Column("result", "Result") { $0.observation.description },
                    .status("status", "Status") { result in
                        if let end = result.invalidated {
                            return ("does not count: \(end.reason)", .inactive)
                        }
                        let met =
                            (try? line.standing.test.criterion.isMet(by: result.observation)) ?? nil
                        return met.map { $0 ? ("passes", .good) : ("fails", .bad) }
                            ?? ("reported", .inactive)
                    },
                    Column("reference", "Reference", { $0.reference }),
                    Column("sample", "Sample", { $0.sample?.text ?? "" }) { result, html in
                        if let sample = result.sample {
                            html(.a, .href(.sample(sample.text)), text: sample.text)
                        }
                    },
                    Column(
                        "raw", "Raw data", { ($0.raw ?? []).map(\.name).joined(separator: ", ") }
                    ) {
                        result, html in
                        for file in result.raw ?? [] {
                            html(.a, .href(.file(file.digest.hex)), text: file.name)
                            html.text(" ")
                        }
                    },
                    .things(
                        "instruments", "Measured with",
                        { ($0.run?.instruments ?? []).map(\.text) },
                        nothing: "not named", in: state),
                    .things(
                        "reagents", "Reagents", { ($0.run?.reagents ?? []).map(\.lot.text) },
                        in: state),
                ] + controls + [
                    Column("when", "When and who") { state.recorded($0) },
                    .link(
                        "entry", "Entry", { "\($0.stamp.entry)" },
                        to: { .entry(Int($0.stamp.entry)) }),
                ]))
    }

    /// Runs of the method for this batch that do not count: a control was outside its criterion, or
    /// the run was spoilt.
    private static func invalidRuns(
        of test: MasterTest, in batch: Batch, _ state: SiteState, _ html: inout HTML
    ) {
        let runs = state.invalidRuns(of: batch.id.text).filter { $0.method == test.methodID }
        guard !runs.isEmpty else { return }
        html.panel("Runs that do not count") { html in
            html.add(RowsTable(of: "runs", runs, columns: InvalidRunsSection.columns(state)))
        }
    }

    /// A picture of a recorded sample, drawn from the files that its record names.
    private func picture(_ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, line) = try viewer.testLine(context)
        let read = viewer.state.cytometryResults(of: batch.id, test: line.standing.test.id)
        let number = Int(try context.parameters.require("result")) ?? -1
        let place = Int(try context.parameters.require("picture")) ?? -1
        guard read.indices.contains(number) else {
            throw WebFault.notFound("cytometry result '\(number)'")
        }
        let pictures: [ReportPictures.Picture]
        do throws(CytometryGalleryError) {
            pictures = try await self.pictures(
                of: read[number].result, by: read[number].analysis)
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: "no-picture", message: error.message)
        }
        guard pictures.indices.contains(place) else {
            throw WebFault.notFound("picture '\(place)'")
        }
        return .bytes(Array(pictures[place].svg.utf8), type: "image/svg+xml")
    }
}

extension SiteState {
    /// The trend of a line of the specification of `batch`.
    fileprivate func trend(of test: MasterTest, in batch: Batch) -> TestTrend? {
        guard let master = masters[batch.master],
            let limits = (try? specification(for: batch)) ?? nil
        else { return nil }
        return TestTrend(of: test, limits, master, in: self)
    }
}
