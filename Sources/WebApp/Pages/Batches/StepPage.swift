import Charts
import Facility
import Quantities

/// One step: what to do, what to enter, what was entered, and the signatures.
struct StepPage: Component {
    let view: BatchView
    let step: BatchView.Step
    let viewer: Viewer
    let entry: StepEntry
    /// The text of the definition, for what the record of a batch does not carry; nil when its
    /// files cannot be read.
    let book: DefinitionShelf.Book?

    private var state: SiteState { viewer.state }
    private var batch: Batch { view.batch }
    private var definition: MasterStep { step.definition }
    private var here: Address {
        Address(.batchStep(batch: batch.id.text, step: definition.id))
    }

    func write(into html: inout HTML) {
        if let instruction = definition.instruction {
            html(.p, .class("instructions"), text: instruction)
        }
        html.add(StepTimes(view: view, step: step, book: book))
        if let pause = batch.pause {
            html.add(Notice(.attention, "The batch is paused.", detail: pause.reason))
        }
        for deviation in step.openDeviations {
            html.add(
                Notice(
                    .attention, "\(deviation.id) is open.", detail: deviation.description))
        }
        switch step.phase {
        case .waiting:
            html.add(Notice(.underway, "An earlier step comes first."))
        case .ready:
            html.add(StepNeeds(definition: definition, viewer: viewer))
            if viewer.may(StartStep.self) {
                html(.div, .class("panel")) { html in
                    form(StartStep.self, button: "Start \(definition.name)", &html)
                }
            }
        case .open:
            if viewer.may(RecordParameter.self) { entries(&html) }
            if viewer.may(RecordCount.self) { counting(&html) }
            if viewer.may(ImportTrace.self) { tracing(&html) }
            recorded(&html)
            interventions(&html)
            if viewer.may(CompleteStep.self) {
                html.panel("Complete the step") { html in
                    missing(&html)
                    form(CompleteStep.self, button: "Sign and complete", &html)
                }
            }
            return
        case .unverified: verification(&html)
        case .done: break
        }
        recorded(&html)
        interventions(&html)
        signatures(&html)
        if step.phase == .done, let next = view.current, batch.status == .open {
            html(.p, .class("next")) { html in
                html(
                    .a, .class("button primary"),
                    .href(.batchStep(batch: batch.id.text, step: next.definition.id)),
                    text: "On to \(next.definition.name)")
            }
        }
    }

    // MARK: Entering

    private func entries(_ html: inout HTML) {
        var fields: [Field] = []
        if batch.inputs.isEmpty, view.steps.first?.definition.id == definition.id {
            fields.append(input)
        }
        fields += definition.materials.filter { !isUsed($0) }.flatMap(material)
        fields += definition.parameters.filter {
            step.record?.values[$0.id] == nil && !$0.isWorkedOut
        }.map(parameter)
        fields += definition.checks.filter { step.record?.checks[$0.id] == nil }.map(check)
        if definition.fillsContainers, batch.outputs.isEmpty { fields += filling }
        guard !fields.isEmpty else { return }
        let takesContainer = fields.contains { $0.name == StepEntry.container }
        if takesContainer || !definition.materials.allSatisfy(isUsed)
            || step.record?.equipment.isEmpty == false
        {
            fields.insert(scan, at: 0)
        }
        for index in fields.indices { fields[index].saysOptional = false }
        html.panel("Enter") { html in
            html.add(
                Form(
                    to: .batchStep(batch: batch.id.text, step: definition.id), pass: viewer.pass,
                    button: "Record", fields: fields,
                    draft: "\(viewer.person.id)|\(batch.id)|\(definition.id)"))
        }
    }

    /// The field a scanner types into: the code alone says what was scanned.
    private var scan: Field {
        Field(
            name: StepEntry.scan, label: "Scan", value: entry.values[StepEntry.scan] ?? "",
            help: "a lot, a container or a piece of equipment of this step",
            problem: entry.problem(StepEntry.scan), isScanned: true)
    }

    private var input: Field {
        let wanted = view.stage?.input.description ?? "container"
        return Field(
            name: StepEntry.container, label: "Starts from",
            value: entry.values[StepEntry.container] ?? "",
            help: "scan the \(wanted)", problem: entry.problem(StepEntry.container),
            suggestions: Suggestions.usableContainers(in: state))
    }

    private func isUsed(_ use: MasterMaterialUse) -> Bool {
        step.record?.materials.contains { state.lots[$0.lot]?.material == use.material } ?? false
    }

    private func material(_ use: MasterMaterialUse) -> [Field] {
        let (lot, quantity) = (
            StepEntry.lot(use.material), StepEntry.quantity(use.material)
        )
        let lots = state.lots.values.filter {
            $0.material == use.material && $0.status == .released
                && $0.expiry >= viewer.now.date
        }.sorted { $0.expiry < $1.expiry }
        return [
            Field(
                name: lot, label: "Lot of \(use.material)",
                input: .choice(
                    lots.map {
                        .init(
                            $0.id.text, "\($0.id), \($0.remaining) left, expires \($0.expiry)")
                    }),
                value: entry.values[lot] ?? "", help: "released lots, first to expire first",
                problem: entry.problem(lot)),
            Field(
                name: quantity, label: "Quantity of \(use.material)",
                value: entry.values[quantity] ?? use.quantity?.description ?? "",
                help: "with its unit"),
        ]
    }

    private func parameter(_ parameter: MasterParameter) -> Field {
        let field = StepEntry.parameter(parameter.id)
        return Field(
            name: field, label: parameter.name, input: .decimal,
            value: entry.values[field] ?? "", unit: parameter.unit, help: help(for: parameter),
            problem: entry.problem(field), ranges: parameter.ranges,
            isCritical: parameter.isCritical, stopwatch: Field.Stopwatch(rawValue: parameter.unit))
    }

    /// The target, and for a value that is worked out, from what.
    private func help(for parameter: MasterParameter) -> String? {
        var parts = parameter.target.map { ["target \($0)"] } ?? []
        if let method = method(of: parameter) {
            parts.append(parameter.isCalculated == true ? "calculated from \(method)" : method)
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func method(of parameter: MasterParameter) -> String? {
        book?.method(of: parameter, in: definition.id)
    }

    /// The form of a cell count; open where the step asks for what follows from one.
    private func counting(_ html: inout HTML) {
        let isAsked = definition.parameters.contains { $0.isWorkedOut }
        var form = CommandForm(type: RecordCount.self, viewer: viewer)
        form.fixed = ["batch": batch.id.text, "step": definition.id]
        form.returnTo = here
        form.button = "Record the count"
        html.panel("Cell count") { html in
            html(
                .p, .class("help"),
                text: "Viable cells = mean of the counts × viability × volume. Doublings = "
                    + "log₂(harvested ÷ seeded), added to those the cells came with. The site "
                    + "works both out.")
            html(.details, .when(isAsked, .open)) { html in
                html(.summary, text: "Enter a count")
                html.add(form)
            }
        }
    }

    private func check(_ check: MasterCheck) -> Field {
        let field = StepEntry.check(check.id)
        return Field(
            name: field, label: check.name, value: entry.values[field] ?? "",
            help: "in-process control, criterion \(check.criterion)",
            problem: entry.problem(field))
    }

    private var filling: [Field] {
        var fields: [Field] = []
        if case .bank = view.stage?.output {
            fields.append(
                Field(
                    name: "bank", label: "Number of the bank", value: entry.values["bank"] ?? ""))
        }
        fields.append(
            Field(
                name: StepEntry.count, label: "Containers filled", input: .integer,
                value: entry.values[StepEntry.count] ?? "",
                problem: entry.problem(StepEntry.count)))
        let planned = view.master?.product.cellsPerContainer
        fields.append(
            Field(
                name: "volume", label: "Volume in each",
                value: entry.values["volume"] ?? "",
                help: "with the unit, when no entry has it; the cells are worked out"
                    + (planned.map { ", planned \($0)" } ?? "")))
        fields.append(
            Field(
                name: "place", label: "Stored in", value: entry.values["place"] ?? "",
                help: "such as LN2-1/A/03/07"))
        return fields
    }

    private func missing(_ html: inout HTML) {
        let missing =
            definition.parameters.filter { step.record?.values[$0.id] == nil }.map {
                $0.isWorkedOut ? "\($0.name), which follows from \($0.origin)" : $0.name
            } + definition.checks.filter { step.record?.checks[$0.id] == nil }.map(\.name)
            + definition.materials.filter { !isUsed($0) }.map(\.material)
        if !missing.isEmpty {
            html(
                .p, .class("help"), text: "Still missing: \(missing.joined(separator: ", ")).")
        }
    }

    // MARK: What was entered

    private func recorded(_ html: inout HTML) {
        guard let record = step.record,
            !record.values.isEmpty || !record.checks.isEmpty || !record.materials.isEmpty
                || !record.counts.isEmpty
        else { return }
        html.panel("Recorded") { html in
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    BatchSections.head(["What", "Value", "Judged", ""], &html)
                    html(.tbody) { html in
                        for parameter in definition.parameters {
                            if let entries = record.values[parameter.id] {
                                line(parameter, entries, &html)
                            }
                        }
                        for check in definition.checks {
                            for entry in record.checks[check.id] ?? [] { line(check, entry, &html) }
                        }
                        for use in record.materials { line(use, &html) }
                        for count in record.counts { line(count, &html) }
                    }
                }
            }
        }
    }

    private func line(
        _ parameter: MasterParameter, _ entries: [ParameterEntry], _ html: inout HTML
    ) {
        guard let last = entries.last else { return }
        let judgement = try? parameter.judge(last.value)
        html(.tr, .when(judgement != .withinNormal, .tone(judgement?.tone ?? .inactive))) { html in
            what(parameter.name, last.stamp, &html)
            html(.td) { html in
                for old in entries.dropLast() {
                    html(.span, .class("old"), text: old.value.description)
                    html.text(" ")
                }
                html(.strong, text: last.value.description)
                if let reason = last.reason { html(.p, .class("help"), text: reason) }
                if let formula = parameter.formula {
                    html(.p, .class("help"), text: words(formula))
                } else if parameter.isCalculated == true, let method = method(of: parameter) {
                    html(.p, .class("help"), text: "calculated from \(method)")
                }
            }
            html(.td) { html in
                if let judgement, parameter.ranges != nil {
                    html.add(Badge(Field.verdict(judgement.tone), judgement.tone))
                }
            }
            html(.td) { html in
                guard viewer.may(CorrectParameter.self), batch.status == .open,
                    !parameter.isWorkedOut,
                    step.record?.verified == nil
                else { return }
                html(
                    .a,
                    .href(
                        Address(
                            .command(CorrectParameter.name),
                            query: [
                                .init(name: "batch", value: batch.id.text),
                                .init(name: "step", value: definition.id),
                                .init(name: "parameter", value: parameter.id),
                                .init(name: "value", value: last.value.description),
                                .init(name: CommandForm.returnField, value: here.text),
                            ])), text: "Correct")
            }
        }
    }

    /// How a value was worked out.
    private func words(_ formula: Calculation) -> String {
        switch formula {
        case .doublings: doublings
        case .doublingTime: "time × ln 2 ÷ ln(harvested ÷ seeded), of the latest passage"
        case .viableCells: "mean of the counts × viability × volume"
        case .recovery: "viable cells ÷ viable cells of the count before"
        case .passage: "the passage of the cells used, and one more for each seeding"
        case .age: "from the collection of the tissue to its processing"
        }
    }

    /// The formula of the cumulative doublings with its numbers.
    private var doublings: String {
        let growth = state.growth(of: batch)
        let terms = growth.passages.map {
            "log₂(\(Figures.cells($0.harvested)) ÷ \(Figures.cells($0.seeded)))"
        }
        let pooled = batch.pooledFrom.isEmpty ? "" : ", or more by the cells that were pooled"
        return ([growth.inherited.description] + terms).joined(separator: " + ") + pooled
            + " = " + (growth.passages.contains(where: \.isBound) ? "at least " : "")
            + growth.cumulative.description
    }

    private func what(_ name: String, _ stamp: Stamp, _ html: inout HTML) {
        html(.td) { html in
            html.text(name)
            html(.p, .class("help"), text: state.signed(stamp))
        }
    }

    private func line(_ check: MasterCheck, _ entry: CheckEntry, _ html: inout HTML) {
        let met = (try? check.criterion.isMet(by: entry.observation)) ?? nil
        html(.tr, .when(met == false, .tone(.bad))) { html in
            what(check.name, entry.stamp, &html)
            html(.td) { $0(.strong, text: entry.observation.description) }
            html(.td) { html in
                html.add(
                    Badge(
                        met == false ? "misses \(check.criterion)" : "meets \(check.criterion)",
                        met == false ? .bad : .good))
            }
            html(.td, text: "")
        }
    }

    private func line(_ count: CountEntry, _ html: inout HTML) {
        html(.tr) { html in
            what("cell count, \(count.point.rawValue)", count.stamp, &html)
            html(.td) { html in
                html(
                    .strong,
                    text: count.viableCells.map { "\(Figures.cells($0)) viable cells" } ?? "")
                html(.p, .class("help"), text: count.calculation)
            }
            html(.td, text: "")
            html(.td, text: "")
        }
    }

    private func line(_ use: MaterialEntry, _ html: inout HTML) {
        html(.tr) { html in
            html(.td) { html in
                html.text("\(state.lots[use.lot]?.material ?? "material"), lot ")
                html(.a, .href(.lot(use.lot.text)), text: use.lot.text)
                html(.p, .class("help"), text: state.signed(use.stamp))
            }
            html(.td) { $0(.strong, text: use.quantity.description) }
            html(.td, text: "")
            html(.td, text: "")
        }
    }

    // MARK: Signatures

    private func verification(_ html: inout HTML) {
        let performer = step.record?.completed?.person
        html.panel("Verify the step") { html in
            if performer == viewer.person.id {
                html(
                    .p, .class("help"),
                    text: "You performed this step. The second person signs here, or at their own "
                        + "screen.")
                var form = CommandForm(type: VerifyStep.self, viewer: viewer)
                form.fixed = ["batch": batch.id.text, "step": definition.id]
                form.returnTo = here
                form.button = "Sign and verify"
                form.isForAnother = true
                html.add(form)
            } else if viewer.may(VerifyStep.self) {
                form(VerifyStep.self, button: "Sign and verify", &html)
            } else {
                html(.p, .class("help"), text: "A second operator verifies it.")
            }
        }
    }

    private func signatures(_ html: inout HTML) {
        guard let record = step.record else { return }
        var facts = Facts()
        facts.add("Started", state.signed(record.started))
        facts.add("Performed by", record.completed.map(state.signed))
        facts.add("Verified by", record.verified.map(state.signed))
        html.panel("Signatures") { $0.add(facts) }
    }

    /// The form that brings the file of a sensor.
    private func tracing(_ html: inout HTML) {
        guard !definition.parameters.isEmpty else { return }
        html.panel("Trace of a sensor") { html in
            html(.details) { html in
                html(.summary, text: "Bring the file of a sensor")
                form(ImportTrace.self, button: "Import the trace", &html)
            }
        }
    }

    /// Interventions in the aseptic zone, and the form of another while the product is open.
    private func interventions(_ html: inout HTML) {
        let known = step.record?.interventions ?? []
        let mayAdd =
            step.phase == .open && definition.isOpen == true
            && viewer.may(RecordIntervention.self)
        guard mayAdd || !known.isEmpty else { return }
        html.panel("Interventions") { html in
            if !known.isEmpty {
                html.add(
                    RowsTable(
                        of: "interventions", known,
                        columns: [
                            Column("what", "What was done", { $0.what }).roomy,
                            Column("minutes", "Minutes") { $0.minutes.map { "\($0)" } ?? "" },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ]))
            }
            guard mayAdd else { return }
            html(.details) { html in
                html(.summary, text: "Enter an intervention")
                form(RecordIntervention.self, button: "Record the intervention", &html)
            }
        }
    }

    private func form(_ type: any Command.Type, button: String, _ html: inout HTML) {
        var form = CommandForm(type: type, viewer: viewer)
        form.fixed = ["batch": batch.id.text, "step": definition.id]
        form.returnTo = here
        form.button = button
        html.add(form)
    }
}
