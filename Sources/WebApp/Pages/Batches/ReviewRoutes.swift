import Charts
import Facility
import Hummingbird

/// `/batches/{batch}/review`: the executed record as a reviewer reads it, exceptions first, and the
/// certification with the points of the Qualified Person.
struct ReviewRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("batches/{batch}/review") { try await page($0, $1) }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let batch = try viewer.batch(context)
        let id = batch.id.text
        return reception.page(
            "Review of \(id)", in: .batches, trail: [("Batches", .batches), (id, .batch(id))],
            for: viewer
        ) { html in
            let view = BatchView(batch, in: viewer.state)
            html.add(
                PageHead(
                    "Review of \(id)", kind: "Batch", status: batch.status.badge,
                    under: "\(view.stage?.name ?? batch.stage), definition \(batch.master)",
                    actions: [
                        ("Whole batch", Address(.batch(id))),
                        ("Genealogy", viewer.sameTime(.genealogy(node: id))),
                        (
                            "Audit trail",
                            Address(.audit, query: [.init(name: "q", value: id)])
                        ),
                    ]))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            BatchReview(view: view, viewer: viewer).write(into: &html)
        }
    }
}

/// What stands against a batch, what shows it is sound, and the decisions that are open.
struct BatchReview {
    let view: BatchView
    let viewer: Viewer

    private var batch: Batch { view.batch }
    private var state: SiteState { viewer.state }
    private var here: Address { Address(.batchReview(batch.id.text)) }

    func write(into html: inout HTML) {
        let exceptions = state.exceptions(of: batch)
        let open = exceptions.filter(\.isOpen)
        let standings = (try? state.standings(of: batch)) ?? []
        let unsettled = standings.filter { $0.verdict == .pending || $0.verdict == .fails }
        let gaps = (try? state.monitoringGaps(of: batch)) ?? []
        html.add(
            Readings(readings: [
                .init(
                    name: "exceptions to decide", figure: "\(open.count)",
                    tone: open.isEmpty ? .good : .attention),
                .init(name: "exceptions decided", figure: "\(exceptions.count - open.count)"),
                .init(
                    name: "tests open or failed", figure: "\(unsettled.count)",
                    tone: unsettled.isEmpty ? .good : .attention),
                .init(
                    name: "gaps in monitoring", figure: "\(gaps.count)",
                    tone: gaps.isEmpty ? .good : .bad),
            ]))
        html.panel("Exceptions") { self.exceptions(open, exceptions, &$0) }
        html.panel(
            "Results", more: ("All on the batch page", viewer.sameTime(.batch(batch.id.text)))
        ) { html in
            html.add(
                RowsTable(
                    of: "tests",
                    (unsettled + standings.filter { $0.verdict == .passes }
                        + standings.filter { $0.verdict == .reported }).map {
                            TestLine(batch: batch.id, standing: $0)
                        },
                    columns: TestLine.columns(
                        state, only: ["attribute", "limit", "result", "verdict"]),
                    nothing: "No specification applies.", tone: \.tone))
        }
        html.panel("Environment") { environment(gaps, &$0) }
        html.panel("Materials") { materials(&$0) }
        html.panel("Review") { review(&$0) }
        points(&html)
    }

    // MARK: Exceptions

    private func exceptions(
        _ open: [BatchException], _ all: [BatchException], _ html: inout HTML
    ) {
        guard !all.isEmpty else {
            html(.p, .class("nothing"), text: "Nothing departed from the plan.")
            return
        }
        html(.ol, .class("exceptions")) { html in
            for exception in open + all.filter({ !$0.isOpen }) {
                html(.li, .tone(exception.isOpen ? .attention : .inactive)) { html in
                    write(exception, &html)
                }
            }
        }
    }

    private func write(_ exception: BatchException, _ html: inout HTML) {
        html(.p, .class("exception-head")) { html in
            html.add(
                exception.isOpen ? Badge("to decide", .attention) : Badge("decided", .good))
            html(
                .strong, text: " " + exception.kind.rawValue.replacing("-", with: " "))
            if let step = exception.step {
                html.text(" in ")
                if let known = view.step(step) {
                    html(
                        .a,
                        .href(viewer.sameTime(.batchStep(batch: batch.id.text, step: step))),
                        text: known.definition.name)
                } else {
                    html.text(step)
                }
            }
        }
        html(.p, text: exception.description)
        if let disposition = exception.disposition {
            html(.p, .class("help"), text: "Decided: \(disposition)")
            record(of: exception, &html)
            return
        }
        switch exception.kind {
        case .deviation, .conditionalMaterial, .hold, .change, .complaint, .unverifiedResult:
            html(.p, .class("help"), text: "Decided on its own record. ")
            record(of: exception, &html)
        case .correction, .lateEntry, .repeatedCheck, .invalidatedResult, .pause, .reprocessing,
            .labels, .testRun, .monitoring, .missingSample:
            record(of: exception, &html)
            guard viewer.may(DisposeException.self), !batch.status.isFinal else {
                html(.p, .class("help"), text: "The quality unit decides.")
                return
            }
            var form = CommandForm(type: DisposeException.self, viewer: viewer)
            form.fixed = ["batch": batch.id.text, "exception": exception.id]
            form.returnTo = here
            form.button = "Record the decision"
            html(.details) { html in
                html(.summary, text: "Decide")
                html.add(form)
            }
        }
    }

    /// The way to the record behind an exception: the thing it names, or the entry of the ledger.
    private func record(of exception: BatchException, _ html: inout HTML) {
        if exception.kind == .unverifiedResult {
            html(
                .a, .href(Address(.batch(batch.id.text), fragment: "testing")),
                text: "The results of \(batch.id)")
        } else if state.things[exception.id] != nil {
            html(.a, .href(Link(to: exception.id, in: state)), text: "Open \(exception.id)")
        } else if exception.kind == .reprocessing {
            // These are numbered within the batch.
            let place = batch.reprocessings.indices.first { exception.id.hasSuffix("-\($0 + 1)") }
            guard let place else { return }
            let entry = Int(batch.reprocessings[place].approved.entry)
            html(.a, .href(.entry(entry)), text: "Entry \(entry) of the ledger")
        } else if let number = exception.id.split(separator: "-").last, let entry = Int(number),
            UInt64(entry) < state.entryCount
        {
            html(.a, .href(.entry(entry)), text: "Entry \(entry) of the ledger")
        }
    }

    // MARK: What shows it is sound

    private func environment(_ gaps: [String], _ html: inout HTML) {
        for gap in gaps {
            html.add(
                Notice(.bad, "The air was not counted all the time.", detail: gap))
        }
        let samples = state.samples(beside: batch)
        html.add(
            RowsTable(
                of: "samples",
                samples.sorted { first, second in
                    let (one, two) = (
                        state.verdict(on: first) ?? .action, state.verdict(on: second) ?? .action
                    )
                    return one == two ? first.taken.entry < second.taken.entry : one > two
                }, columns: EnvironmentColumns.samples(state),
                nothing: "No sample was taken beside it.",
                tone: { sample in
                    switch state.verdict(on: sample) {
                    case .action: .bad
                    case .alert, nil: .attention
                    case .within: nil
                    }
                }))
    }

    private func materials(_ html: inout HTML) {
        let lots = Set(batch.materialLots).sorted().compactMap { state.lots[$0] }
        html.add(
            RowsTable(
                of: "lots",
                lots.filter { $0.status != .released }
                    + lots.filter { $0.status == .released },
                columns: [
                    .link("lot", "Lot", { $0.id.text }, to: { .lot($0.id.text) }),
                    .status("status", "Status", { ($0.status.rawValue, $0.status.tone) }),
                    Column("material", "Material", { $0.material }),
                    Column("supplier", "Supplier", { $0.supplier }),
                    Column("expiry", "Expires") { $0.expiry.description },
                ], nothing: "No lot was used."))
    }

    // MARK: Decisions

    private func review(_ html: inout HTML) {
        BatchActions(view: view, viewer: viewer, here: here).disposition(&html)
        if let reviewed = batch.reviewed {
            html(.p, .class("help"), text: "Reviewed \(state.signed(reviewed)).")
        }
    }

    /// The points of Annex 16, each answered by records or by the Qualified Person.
    private func points(_ html: inout HTML) {
        guard case .product = view.stage?.output,
            let points = try? state.certificationPoints(of: batch, on: viewer.now.date)
        else { return }
        let open = points.filter { $0.answer == .open }
        html(.section, .class("panel"), .id("points")) { html in
            html(.h2, text: "Points of the Qualified Person")
            html(
                .p, .class("help"),
                text: "PIC/S PE 009 Annex 16, 1.7: \(points.count) points, \(open.count) to answer."
            )
            html.add(
                RowsTable(
                    of: "points", points,
                    columns: [
                        Column("clause", "Clause", { $0.clause }),
                        .status("answer", "Answer", { ($0.answer.rawValue, $0.answer.tone) }),
                        Column("point", "Point", { $0.point }),
                        Column("evidence", "Evidence", { $0.evidence }).roomy,
                    ],
                    tone: { point in
                        switch point.answer {
                        case .against: .bad
                        case .open: .attention
                        case .byRecords, .confirmed: nil
                        }
                    }))
            guard !open.isEmpty, !batch.status.isFinal else { return }
            guard viewer.may(ConfirmPoints.self) else {
                html(.p, .class("help"), text: "A Qualified Person answers them.")
                return
            }
            var form = CommandForm(type: ConfirmPoints.self, viewer: viewer)
            form.fixed = ["batch": batch.id.text]
            form.only = ["clauses": Set(open.map(\.clause))]
            form.returnTo = here
            form.button = "Sign the answers"
            html.add(form)
        }
    }
}

extension CertificationPoint.Answer {
    var tone: Tone {
        switch self {
        case .byRecords, .confirmed: .good
        case .against: .bad
        case .open: .attention
        }
    }
}
