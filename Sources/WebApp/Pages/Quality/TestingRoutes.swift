import Charts
import Facility
import Hummingbird

/// `/testing`: every line of every specification against the batches it applies to.
struct TestingRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("testing") { request, context in try list(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let lines = reception.workedOut.value([TestLine].self, of: state) {
            state.batches.newestFirst(\.opened.entry).flatMap { TestLine.all(of: $0, in: state) }
        }
        let listing = Listing(
            at: .testing, of: "tests", lines,
            columns: [
                .link("batch", "Batch", { $0.batch.text }, to: { .batch($0.batch.text) })
            ] + TestLine.columns(state),
            query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Testing", in: .testing, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Testing", under: "Results against the limits of the specification.",
                    actions: [("Methods", Address(.methods))]))
            html.add(ControlNotices(trends: reception.controlTrends(of: state)))
        }
    }
}

/// One line of the specification of a batch, with what was found.
struct TestLine: Sendable {
    let batch: BatchID
    let standing: TestStanding

    /// Every line of the specification of `batch`; none where none applies.
    static func all(of batch: Batch, in state: SiteState) -> [TestLine] {
        ((try? state.standings(of: batch)) ?? []).map { TestLine(batch: batch.id, standing: $0) }
    }

    /// What a list of tests shows, in its order.
    static func columns(_ state: SiteState) -> [Column<TestLine>] {
        [
            .link(
                "attribute", "Attribute", { $0.standing.test.attribute },
                to: { .testResult(batch: $0.batch.text, test: $0.standing.test.id) }),
            Column("category", "Category", { $0.standing.test.category }),
            Column("limit", "Limit") { $0.standing.test.criterion.description },
            Column(
                "result", "Result", { $0.standing.results.last?.observation.description ?? "" }
            ) { line, html in
                // What was replaced or does not count stays legible.
                for result in line.standing.results.dropLast() {
                    html(.span, .class("old"), text: result.observation.description)
                    html.text(" ")
                }
                guard let last = line.standing.results.last else { return }
                if last.isInForce {
                    html(.strong, text: last.observation.description)
                } else {
                    html(.span, .class("old"), text: last.observation.description)
                }
            },
            .status("verdict", "Verdict") {
                ($0.standing.verdict.rawValue, $0.standing.verdict.tone)
            },
            Column("reference", "Reference") { $0.standing.results.last?.reference ?? "" },
            Column("recorded", "Recorded") {
                $0.standing.results.last.map { state.signed($0.stamp) } ?? ""
            },
        ]
    }

    /// The same, in short: what a page shows that is about more than testing.
    static func columns(_ state: SiteState, only keys: Set<String>) -> [Column<TestLine>] {
        columns(state).filter { keys.contains($0.key) }
    }

    /// How the line stands, for its edge.
    var tone: Tone? {
        switch standing.verdict {
        case .fails: .bad
        case .pending: .attention
        case .passes, .reported: nil
        }
    }
}

extension TestLine {
    /// The way to what is read for it.
    var trail: [(title: String, link: Link)] {
        let (id, test) = (batch.text, standing.test)
        return [
            ("Testing", .testing), (id, .batch(id)),
            (test.attribute, .testResult(batch: id, test: test.id)),
        ]
    }
}

extension Viewer {
    /// The batch and the line of its specification that the address names.
    func testLine(_ context: SignedInContext) throws -> (Batch, TestLine) {
        let batch = try batch(context)
        let test = try context.parameters.require("test")
        guard
            let line = TestLine.all(of: batch, in: state).first(where: {
                $0.standing.test.id == test
            })
        else { throw WebFault.notFound("test '\(test.prefix(80))' of batch '\(batch.id)'") }
        return (batch, line)
    }

    /// The way to enter a result of `line`, for whoever may and while there is one to enter.
    func entering(_ line: TestLine) -> (title: String, address: Address)? {
        guard may(RecordResult.self), let batch = state.batches[line.batch],
            !batch.status.isFinal, !batch.outputs.isEmpty,
            line.standing.verdict == .pending || line.standing.verdict == .fails
        else { return nil }
        return (
            line.standing.verdict == .fails ? "Repeat" : "Enter",
            Address(
                .command(RecordResult.name),
                query: [
                    .init(name: "batch", value: line.batch.text),
                    .init(name: "test", value: line.standing.test.id),
                    .init(
                        name: CommandForm.returnField, value: Link.batch(line.batch.text).path),
                ])
        )
    }
}
