import HTTPTypes

/// Numbers that an address asks of a plan, each with what is wrong with it.
///
/// The query of a planning page is the whole question, so that an answer can be linked.
struct PlanningQuery {
    /// A number that may be asked.
    struct Entry {
        let name: String
        let label: String
        var unit: String?
        var help: String?
        let range: ClosedRange<Double>
        var isWhole = false
        /// What holds where the address says nothing; nil where the definition or the plan does.
        var ordinary: Double?
    }

    let entries: [Entry]
    private var texts: [String: String] = [:]
    private var values: [String: Double] = [:]
    private(set) var problems: [String: String] = [:]

    /// A longer number is none.
    private static let lettersMax = 40

    /// The numbers of `entries` in the query `pairs`; an empty one was not given.
    init(_ pairs: [(name: String, value: String)], asking entries: [Entry]) {
        self.entries = entries
        for entry in entries {
            guard let given = pairs.last(where: { $0.name == entry.name })?.value else { continue }
            let text = String(given.prefix(Self.lettersMax)).filter { !$0.isWhitespace }
            guard !text.isEmpty else { continue }
            texts[entry.name] = text
            guard let value = Double(text), value.isFinite else {
                problems[entry.name] = "'\(text)' is no number; write it as 1.5 or 70e6"
                continue
            }
            guard entry.range.contains(value) else {
                problems[entry.name] =
                    "\(text) is outside \(Self.words(entry.range.lowerBound)) to "
                    + Self.words(entry.range.upperBound)
                continue
            }
            guard !entry.isWhole || value == value.rounded() else {
                problems[entry.name] = "\(text) is no whole number"
                continue
            }
            values[entry.name] = value
        }
    }

    private static func words(_ value: Double) -> String { Figures.plain(value, places: 2) }

    /// The number `name`; nil where the address does not give one.
    subscript(name: String) -> Double? {
        values[name] ?? entries.first { $0.name == name }?.ordinary
    }

    /// The whole number `name`.
    func whole(_ name: String) -> Int? { self[name].map { Int($0) } }

    /// What the address says again, so that it can stand in another one.
    var items: [Address.QueryItem] {
        entries.compactMap { entry in
            texts[entry.name].map { Address.QueryItem(name: entry.name, value: $0) }
        }
    }

    /// The first thing that is wrong, as the API says it.
    var fault: WebFault? {
        guard let entry = entries.first(where: { problems[$0.name] != nil }) else { return nil }
        return WebFault(
            status: .unprocessableContent, code: "number-refused",
            message: "'\(entry.name)' cannot be planned with", details: problems[entry.name],
            hint: "ask for a number in its range, or leave it out")
    }

    /// The question as a form that asks again by address.
    func write(
        to link: Link, button: String, shown: [String: Double], into html: inout HTML
    ) {
        html(.form, .class("form asked"), .get, .action(link), .withoutBrowserChecks) { html in
            html(.div, .class("asked-fields")) { html in
                for entry in entries {
                    let value = shown[entry.name] ?? entry.ordinary
                    html.add(
                        Field(
                            name: entry.name, label: entry.label,
                            input: entry.isWhole ? .integer : .decimal,
                            value: texts[entry.name]
                                ?? value.map { Figures.plain($0, places: 3) } ?? "",
                            unit: entry.unit, help: entry.help, problem: problems[entry.name],
                            saysOptional: false))
                }
            }
            html(.div, .class("buttons")) { html in
                html(.button, .submits, .class("primary"), text: button)
            }
        }
    }
}
