import Facility

/// A list of objects of a command as rows of fields: `points.0.location` is the field `location`
/// of the first of the `points`.
///
/// What can be typed in a row is read off the schema. Rows are added by sending the form, which
/// comes back with one more: no script is needed, and what was typed stays.
struct FieldRows {
    /// The name of the button that asks for one more row; its value is the list.
    static let addName = "add-row"
    /// Rows of one list at most in a form; longer lists come by the API or from a file.
    static let rowsMax = 50

    /// The list.
    let list: FieldSchema.NamedField
    /// What stands in a row.
    let members: [FieldSchema.NamedField]

    /// The rows of `list`; nil where it is no list of objects, where its objects are files, or where
    /// they hold more than fits into single fields.
    init?(_ list: FieldSchema.NamedField) {
        guard FileField(list.schema) == nil, case .list(.object(let members), _) = list.schema,
            members.allSatisfy({ Self.isSingle($0.schema) })
        else { return nil }
        self.list = list
        self.members = members
    }

    /// The lists of `type` that are typed in rows.
    static func all(of type: any Command.Type) -> [FieldRows] {
        guard case .object(let members) = type.schema else { return [] }
        return members.compactMap(FieldRows.init)
    }

    private static func isSingle(_ schema: FieldSchema) -> Bool {
        switch schema {
        case .text(let maximum): maximum <= Field.lengthMax
        case .choice, .integer, .boolean, .formatted: true
        case .list, .object: false
        }
    }

    /// The name of the field of `member` in a row.
    func name(_ row: Int, _ member: FieldSchema.NamedField) -> String {
        "\(list.name).\(row).\(member.name)"
    }

    /// The name of the field that says how many rows a form shows.
    var countName: String { "\(list.name).rows" }

    /// Rows that a form with `values` shows: those it showed before, and one at least.
    func count(in values: [String: [String]]) -> Int {
        let filled = (0..<Self.rowsMax).last { row in
            members.contains { values[name(row, $0)]?.contains { !$0.isEmpty } ?? false }
        }
        let shown = (values[countName]?.first).flatMap { Int($0) } ?? (list.isRequired ? 2 : 1)
        return min(max(shown, (filled ?? 0) + 1, 1), Self.rowsMax)
    }

    /// `form` with the filled rows numbered from 0: what a refusal says of the third of a list
    /// concerns the third row that is shown.
    func closingRanks(in form: SubmittedForm) -> SubmittedForm {
        var (renumbered, next) = (form, 0)
        for row in 0..<Self.rowsMax {
            let values = members.map { form.all(name(row, $0)) }
            guard values.contains(where: { $0.contains { !$0.trimmingSpaces.isEmpty } }) else {
                continue
            }
            for (member, value) in zip(members, values) {
                renumbered = renumbered.replacing(name(next, member), with: value)
            }
            next += 1
        }
        for row in next..<Self.rowsMax {
            for member in members {
                renumbered = renumbered.replacing(name(row, member), with: [])
            }
        }
        return renumbered
    }

    /// Whether anything stands in `row` of `form`.
    func isFilled(_ row: Int, in form: SubmittedForm) -> Bool {
        members.contains { form[name(row, $0)] != nil }
    }

    /// A row in words: `Ingredient 2`.
    func title(_ row: Int) -> String { "\(one) \(row + 1)" }

    /// What the button for one more row says.
    var adding: String { "Add another \(one.lowercased())" }

    /// One of the list in words.
    private var one: String {
        let label = CommandForm.label(of: list.name)
        return label.hasSuffix("s") ? String(label.dropLast()) : label
    }
}
