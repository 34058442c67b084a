import Facility
import Ledger
import Operations
import Quantities

/// The form of any command, read off its schema: what the catalogue knows, a browser can do.
struct CommandForm: Component {
    /// The field that says where to go afterwards.
    static let returnField = "return-to"
    /// The field that says when it happened, for a late entry.
    static let happenedField = "happened-at"
    /// The field with the first password of a person who is enrolled.
    static let newPasswordField = "new-password"
    /// The field that says who signs, when it is not the one who is signed in.
    static let signerField = "signing-person"

    let type: any Command.Type
    let viewer: Viewer
    /// Values that stand fast and are not shown, by field.
    var fixed: [String: String] = [:]
    /// Words of a list that are offered, by field; all where nothing is said.
    var only: [String: Set<String>] = [:]
    /// What a field is chosen from, where its page knows, by field.
    var offered: [String: [Field.Choice]] = [:]
    /// Values to begin with, by field.
    var values: [String: [String]] = [:]
    /// What is wrong, by input.
    var problems: [String: String] = [:]
    /// Where to go when it is done.
    var returnTo: Address?
    /// The page the form stands on, where that is another one than it leads to.
    var standsOn: Address?
    var title: String?
    var button: String?
    /// Whether another person signs on this screen.
    var isForAnother = false
    /// Whether the form stands on the page of what it is about, where a refusal is answered too.
    var isEmbedded = true

    /// The field that says on which page the form stood, to answer a refusal there.
    static let askedOnField = "asked-on"

    /// What was refused of this very form a moment ago, if anything.
    private var refused: RefusedForm? {
        guard let refused = viewer.refused, refused.command == type.name,
            fixed.allSatisfy({ refused.values[$0.key] == [$0.value] })
        else { return nil }
        return refused
    }

    func write(into html: inout HTML) {
        guard let refused else {
            writeForm(into: &html, refusal: nil)
            return
        }
        var form = self
        form.values.merge(refused.values) { $1 }
        form.problems.merge(refused.problems) { $1 }
        form.writeForm(into: &html, refusal: refused.notice)
    }

    private func writeForm(into html: inout HTML, refusal: Notice?) {
        let waits = isWaitingForFiles
        let signs = type.signature.map { meaning in
            Form.Signature(
                signer: isForAnother ? "The second person" : viewer.person.name,
                meaning: meaning.rawValue)
        }
        let takesFiles = !FileField.all(of: type).isEmpty
        let fields = fields
        var form = Form(
            to: .command(type.name), pass: viewer.pass,
            button: waits ? "Read the file" : button ?? Self.verb(of: type.name),
            title: title, explanation: title == nil ? nil : type.summary,
            fields: fields, signature: waits ? nil : signs,
            draft: takesFiles || !FieldRows.all(of: type).isEmpty
                || (type.signature != nil && fields.isEmpty) ? nil : draft)
        if isForAnother {
            form.fields.append(
                Field(
                    name: Self.signerField, label: "Second person",
                    value: values[Self.signerField]?.first ?? "",
                    help: "the identifier they sign in with", isRequired: true,
                    suggestions: others))
        }
        if let returnTo {
            form.fields.append(
                Field(name: Self.returnField, label: "", input: .hidden, value: returnTo.text))
            if isEmbedded {
                form.fields.append(
                    Field(
                        name: Self.askedOnField, label: "", input: .hidden,
                        value: (standsOn ?? returnTo).text))
            }
        }
        form.refusal = refusal
        // A form on a page of its own has the ids to itself.
        form.scope =
            isEmbedded
            ? ([type.name] + fixed.sorted { $0.key < $1.key }.map(\.value)).joined(separator: "-")
                + "-" : ""
        html.add(form)
    }

    /// Whether a file is still to be brought without which nothing can be recorded.
    private var isWaitingForFiles: Bool {
        guard case .object(let members) = type.schema else { return false }
        return members.contains { member in
            member.isRequired && fixed[member.name] == nil
                && (FileField(member.schema).map { $0 != .several } ?? false)
                && brought(member).isEmpty
        }
    }

    /// The files that were brought for a field a moment ago.
    private func brought(_ member: FieldSchema.NamedField) -> [BroughtFile] {
        (values[member.name] ?? []).compactMap(KeptFile.init(text:)).map {
            BroughtFile(kept: $0, field: member.name, store: viewer.files, unit: loggedUnit)
        }
    }

    /// What the sensor measures whose trace or log is imported; `nil` for a temperature in °C.
    private var loggedUnit: Quantities.Unit? {
        func said(_ name: String) -> String { fixed[name] ?? values[name]?.first ?? "" }
        if type == ImportStorageLog.self, said("measures") == LoggedQuantity.nitrogenLevel.rawValue
        {
            return EquipmentID(said("unit")).flatMap { viewer.state.equipment[$0] }?
                .levelLimits.last?.alert.unit
        }
        guard type == ImportTrace.self,
            let batch = BatchID(said("batch")).flatMap({ viewer.state.batches[$0] }),
            let step = try? viewer.state.step(said("step"), of: batch),
            let parameter = step.parameter(said("parameter"))
        else { return nil }
        return try? Quantities.Unit(parameter.unit)
    }

    /// People who may sign instead of the viewer.
    private var others: [String] {
        viewer.state.people.values.filter {
            $0.id != viewer.person.id && $0.may(type.permission)
        }.map(\.id.text).sorted()
    }

    /// The draft belongs to the command and what it is about.
    private var draft: String {
        ([viewer.person.id.text, type.name]
            + fixed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
            .joined(separator: "|")
    }

    private var fields: [Field] {
        guard case .object(let members) = type.schema else { return [] }
        var fields: [Field] = []
        for member in members {
            if let value = fixed[member.name] {
                fields.append(Field(name: member.name, label: "", input: .hidden, value: value))
            } else if !Self.isSetBySite(member.name, of: type) {
                fields += self.fields(for: member)
            }
        }
        if type.takesNewPassword {
            fields.append(
                Field(
                    name: Self.newPasswordField, label: "New password", input: .password,
                    help: "chosen by the person; at least 12 characters", isRequired: true))
        }
        return fields
    }

    private func fields(for member: FieldSchema.NamedField) -> [Field] {
        let label = Self.label(of: member.name)
        let help = type.help[member.name]
        let value = values[member.name]?.first ?? ""
        var field = Field(
            name: member.name, label: label, value: value, help: help,
            problem: problem(of: member.name), isRequired: member.isRequired)
        if let rows = FieldRows(member) {
            field.input = .rows(inputs(of: rows), adding: rows.adding, count: rows.countName)
            field.problem = problems[member.name]
            return [field]
        }
        if let files = FileField(member.schema) {
            field.input = .files(brought(member), several: files == .several)
            return [field]
        }
        switch member.schema {
        case .text(let maximum):
            field.input = maximum > 200 && Self.isLong(member.name) ? .long : .text
        case .choice(let words):
            field.input = .choice(words.map { Field.Choice($0) })
        case .formatted where offered[member.name] != nil:
            field.input = .choice(offered[member.name] ?? [])
        case .integer: field.input = .integer
        case .boolean: field.input = .yesOrNo
        case .formatted(_, let example):
            field.suggestions = Suggestions.identifiers(for: member.name, in: viewer.state)
            if field.suggestions.isEmpty {
                field.help = (help.map { $0 + "; " } ?? "") + "such as \(example)"
            }
        case .list(.choice(let words), _):
            let chosen = Set(values[member.name] ?? [])
            let offered = words.filter { only[member.name]?.contains($0) ?? true }
            return offered.map { word in
                Field(
                    name: member.name, label: word, input: .tick(word),
                    value: chosen.contains(word) ? word : "")
            }.withHeading(label, help: help, problem: problem(of: member.name))
        case .list(let element, _):
            field.input = .long
            field.value = (values[member.name] ?? []).joined(separator: "\n")
            field.help = (help ?? "") + "; one a line"
            if case .object = element { field.help = (help ?? "") + "; as JSON" }
        case .object:
            field.input = .long
            field.help = (help ?? "") + "; as JSON"
        }
        return [field]
    }

    /// What is wrong with the field `name` or a member of it.
    private func problem(of name: String) -> String? {
        let own = problems.filter { $0.key == name || $0.key.hasPrefix(name + ".") }
        return own.isEmpty
            ? nil : own.sorted { $0.key < $1.key }.map(\.value).joined(separator: "; ")
    }

    /// The rows of a list, each with its fields.
    private func inputs(of list: FieldRows) -> [Field.Row] {
        let count = list.count(in: values)
        let isAsked = values[FieldRows.addName] == [list.list.name]
        return (0..<count).map { row in
            var inputs = list.members.flatMap { member in
                var member = member
                member.name = list.name(row, member)
                return fields(for: member)
            }
            for (index, member) in list.members.enumerated() {
                inputs[index].label = Self.label(of: member.name)
                // Nothing is asked of a row that stays empty.
                inputs[index].isRequired = false
                inputs[index].saysOptional = !member.isRequired
                inputs[index].suggestions = Suggestions.identifiers(
                    for: member.name, in: viewer.state)
                if member.name != "quantity", case .formatted = member.schema {
                    inputs[index].help = nil
                }
            }
            inputs[0].isFirst = isAsked && row == count - 1
            return Field.Row(
                title: list.title(row), fields: inputs,
                problem: problems["\(list.list.name).\(row)"])
        }
    }

    /// Fields that the site fills itself, whatever a caller says.
    static func isSetBySite(_ field: String, of type: any Command.Type) -> Bool {
        type.help[field]?.hasPrefix("set by the site") ?? false
    }

    private static func isLong(_ field: String) -> Bool {
        ["reason", "description", "rootCause", "impact", "justification", "text", "note"]
            .contains(field)
    }

    /// `supplierLot` as `Supplier lot`.
    static func label(of field: String) -> String {
        var words = ""
        for character in field {
            if character.isUppercase {
                words += " " + character.lowercased()
            } else {
                words.append(character)
            }
        }
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// `batch.complete-step` as `Complete step`, and `batch.open` as `Open batch`: a verb alone
    /// says too little away from its thing.
    static func title(of name: String) -> String {
        let verb = verb(of: name)
        let area = String(name.prefix { $0 != "." })
        guard !verb.contains(" ") else { return verb }
        let thing = ["capa": "CAPA", "people": "person"][area] ?? area.replacing("-", with: " ")
        return "\(verb) \(thing)"
    }

    /// `batch.complete-step` as `Complete step`.
    static func verb(of name: String) -> String {
        let verb = (name.split(separator: ".").last ?? "").replacing("-", with: " ")
        return verb.prefix(1).uppercased() + verb.dropFirst()
    }
}

extension [Field] {
    /// The fields of a group, the first of which carries its heading.
    fileprivate func withHeading(_ heading: String, help: String?, problem: String?) -> [Field] {
        var fields = self
        guard !fields.isEmpty else { return fields }
        fields[0].heading = heading
        fields[0].help = help
        fields[0].problem = problem
        return fields
    }
}

/// Identifiers of the site that fit a field, offered while typing.
enum Suggestions {
    /// More than this is no help: the scanner is quicker.
    static let identifiersMax = 200

    /// The identifiers for the field `name`, sorted.
    static func identifiers(for name: String, in state: SiteState) -> [String] {
        func few<Name, Value>(_ table: Table<Identifier<Name>, Value>) -> [String] {
            table.count <= identifiersMax ? table.keys.map(\.text) : []
        }
        let all: [String] =
            switch name {
            case "batch": few(state.batches)
            case "definition": few(state.masters)
            case "donor": few(state.donors)
            case "lot": few(state.lots)
            case "bank": few(state.banks)
            case "deviation": few(state.deviations)
            case "patient": few(state.patients)
            case "order": few(state.orders)
            case "shipment": few(state.shipments)
            case "person": few(state.people)
            case "room", "beside": few(state.rooms)
            case "equipment": few(state.equipment)
            case "place":
                few(state.rooms)
                    + state.equipment.values.lazy.filter { $0.grade != nil }.map(\.id.text)
            case "organisation": few(state.organisations)
            case "simulation": few(state.simulations)
            case "change": state.changes.values.filter(\.isOpen).map(\.id.text)
            case "capa": state.correctiveActions.values.filter(\.isOpen).map(\.id.text)
            case "complaint": state.complaints.values.filter(\.isOpen).map(\.id.text)
            case "recall": state.recalls.values.filter { $0.closed == nil }.map(\.id.text)
            case "excursion":
                state.excursions.values.filter { $0.assessment == nil }.map(\.id.text)
            case "study": few(state.studies)
            case "line": few(state.lines)
            case "analysis": few(state.cytometryAnalyses)
            case "container":
                containers(in: state).stored
            default: []
            }
        guard all.count <= identifiersMax else { return [] }
        return all.sorted()
    }

    /// The first released containers in store, sorted.
    static func usableContainers(in state: SiteState) -> [String] { containers(in: state).usable }

    /// Picked out once after each change of the store: it may hold a quarter of a million.
    private static func containers(in state: SiteState) -> Containers {
        state.containers.view(Containers.self) { table in
            let stored = table.values.filter(\.isInStock)
            let usable = stored.filter { $0.status == .released }.map(\.id.text)
            return Containers(
                stored: stored.prefix(identifiersMax + 1).map(\.id.text),
                usable: Array(usable.sorted().prefix(identifiersMax)))
        }
    }

    private struct Containers: Sendable {
        /// Some in store; one more than are ever offered, when there are more.
        let stored: [String]
        /// The first that are released.
        let usable: [String]
    }
}
