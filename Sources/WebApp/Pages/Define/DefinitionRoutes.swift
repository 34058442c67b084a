import Charts
import Facility
import Hummingbird
import Quantities

/// `/definitions` and `/definitions/{definition}`: the registered versions of product definitions,
/// as the site executes them.
struct DefinitionRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("definitions") { request, context in try list(request, context) }
        group.get("definitions/{definition}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .definitions, of: "definitions",
            state.masters.newestFirst(\.registered.entry),
            columns: [
                .link("definition", "Definition", { $0.id.text }, to: { .definition($0.id.text) }),
                .status("status", "Status") {
                    Self.standing($0)
                },
                Column("product", "Product", { $0.product.name }),
                Column("version", "Version", { $0.product.version }),
                Column("phase", "Phase", { $0.product.phase }),
                Column("registered", "Registered") { state.signed($0.registered) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Definitions", in: .definitions, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Definitions", under: "What the site makes, version by version.",
                    actions: viewer.may(RegisterDefinition.self)
                        ? [("Bring a new version", Address(.definitionDrafts))] : []))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let text = try context.parameters.require("definition")
        let master = try viewer.found("definition", text, MasterRecordID.init) {
            id throws(Rejection) in try state.master(id)
        }
        let id = master.id.text
        let standing = Self.standing(master)
        return reception.page(
            id, in: .definitions, trail: [("Definitions", .definitions)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    master.product.name, kind: "Definition \(id)",
                    status: Badge(standing.words, standing.tone),
                    actions: master.approved == nil || master.retired != nil
                        ? Self.readings(of: id)
                        : Self.readings(of: id)
                            + viewer.actions(
                                [OpenBatch.self, RetireDefinition.self], ["definition": id])))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html(.section, .class("panel")) { $0.add(facts(master, state)) }
            if master.approved == nil, viewer.may(ApproveDefinition.self) {
                html.panel("Approval") { approval(of: master, viewer, &$0) }
            }
            for stage in master.stages { write(stage, &html) }
            for specification in master.specifications { write(specification, &html) }
            html.panel("Sources") { html in
                html.add(
                    RowsTable(
                        of: "files", master.sources,
                        columns: [
                            Column("name", "File", { $0.name }) { source, html in
                                html(
                                    .a,
                                    .href(
                                        Address(
                                            .definitionText(id),
                                            query: [.init(name: "file", value: source.name)])),
                                    text: source.name)
                            },
                            Column("sha256", "SHA-256", { $0.sha256 }),
                            .figure("size", "Bytes", { Double($0.size) }, { "\($0.size)" }),
                        ]))
            }
        }
    }

    /// The approval of a version: by another person than registered it, and where batches are made of
    /// another version, with the change that carries it, chosen from those under way.
    private func approval(of master: MasterRecord, _ viewer: Viewer, _ html: inout HTML) {
        guard master.registered.person != viewer.person.id else {
            html(
                .p, .class("help"),
                text: "You registered this version; another person approves it.")
            return
        }
        let state = viewer.state
        var form = CommandForm(type: ApproveDefinition.self, viewer: viewer)
        form.fixed = ["definition": master.id.text]
        form.returnTo = Address(.definition(master.id.text))
        form.button = "Sign and approve"
        let inUse = state.masters.inOrder.filter {
            $0.product.id == master.product.id && $0.approved != nil && $0.retired == nil
        }
        if let used = inUse.last {
            let versions = Set(inUse.map(\.id.text) + [master.id.text])
            let changes = state.changes.inOrder.filter { change in
                change.approved != nil && change.isOpen
                    && change.touches.contains { versions.contains($0.text) }
            }
            guard !changes.isEmpty else {
                html(
                    .p, .class("help"),
                    text: "Batches are made of '\(used.id)' now: a new version needs an approved "
                        + "change that touches it, and there is none.")
                html(.p, .class("next")) { html in
                    for action in viewer.actions(
                        [ProposeChange.self], ["touches": used.id.text],
                        returnTo: .definition(master.id.text))
                    {
                        html(.a, .class("button"), .href(action.address), text: action.title)
                    }
                }
                return
            }
            form.offered["change"] = changes.map {
                Field.Choice($0.id.text, "\($0.id): \($0.title)")
            }
            form.values["change"] = changes.count == 1 ? [changes[0].id.text] : []
        }
        html.add(form)
    }

    /// What a version may be used for, in a word.
    private static func standing(_ master: MasterRecord) -> (words: String, tone: Tone) {
        if master.retired != nil { return ("retired", .inactive) }
        return master.approved == nil ? ("registered", .attention) : ("approved", .good)
    }

    private static func readings(of id: String) -> [(title: String, address: Address)] {
        [
            ("Text and findings", Address(.definitionText(id))),
            ("What changed", Address(.definitionChanges(id))),
            ("Plan", Address(.plan(id))),
        ]
    }

    private func facts(_ master: MasterRecord, _ state: SiteState) -> Facts {
        var facts = Facts()
        facts.add("Version", master.product.version)
        facts.add("Phase", master.product.phase)
        facts.add("Cells in a container", master.product.cellsPerContainer?.description)
        facts.add("Dose", master.product.dose?.description)
        facts.add("Shelf life", master.product.shelfLife?.description)
        facts.add("In-use time", master.product.inUseTime?.description)
        facts.add("Storage", master.product.storage)
        facts.add("Registered", state.signed(master.registered))
        facts.add("Approved", master.approved.map(state.signed))
        facts.add("Retired because", master.retired?.reason)
        facts.add("Retired", master.retired.map { state.signed($0.stamp) })
        return facts
    }

    private func write(_ stage: MasterStage, _ html: inout HTML) {
        html.panel("\(stage.name): from \(stage.input) to \(stage.output)") { html in
            let flow = ProcessFlow(
                title: "Steps of \(stage.name)",
                steps: stage.steps.map { step in
                    .init(
                        name: step.name,
                        detail:
                            "\(step.parameters.count) parameters, \(step.checks.count) controls",
                        tone: .inactive, isCritical: step.parameters.contains { $0.isCritical })
                })
            html.figure(flow.picture(), named: "stage-\(stage.id)", fits: true)
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    BatchSections.head(
                        ["Step", "Parameter", "Target", "Normal range", "Proven range", ""], &html)
                    html(.tbody) { html in
                        for step in stage.steps {
                            for parameter in step.parameters { line(parameter, of: step, &html) }
                        }
                    }
                }
            }
        }
    }

    private func line(
        _ parameter: MasterParameter, of step: MasterStep, _ html: inout HTML
    ) {
        html(.tr) { html in
            html(.td, text: step.name)
            html(.td, text: parameter.name)
            html(.td, text: parameter.target?.description ?? "")
            html(.td, text: parameter.normal?.description ?? "")
            html(.td, text: parameter.proven?.description ?? "")
            html(.td) { html in
                if parameter.isCritical { html(.span, .class("critical"), text: "critical") }
            }
        }
    }

    private func write(_ specification: MasterSpecification, _ html: inout HTML) {
        html.panel("Specification: \(specification.name)") { html in
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    BatchSections.head(["Attribute", "Category", "Limit", "Assay"], &html)
                    html(.tbody) { html in
                        for test in specification.tests {
                            html(.tr) { html in
                                html(.td, text: test.attribute)
                                html(.td, text: test.category)
                                html(.td, text: test.criterion.description)
                                html(.td, text: test.assay ?? "")
                            }
                        }
                    }
                }
            }
        }
    }
}
