import Charts

/// One field of a form: its label, the input, its range beside it, and what is wrong with it.
struct Field: Component {
    /// What can be typed.
    enum Input {
        case text
        case password
        case decimal
        case integer
        case long
        case instant
        case choice([Choice])
        case yesOrNo
        /// One of several ticks with the same name.
        case tick(String)
        case hidden
        /// Files, with those that were brought before.
        case files([BroughtFile], several: Bool)
        /// Rows of fields, with a button for one more; `count` names the field that counts them.
        case rows([Row], adding: String, count: String)
    }

    /// One row of a list.
    struct Row {
        let title: String
        var fields: [Field]
        /// What is wrong with the row as a whole.
        let problem: String?
    }

    /// One of the values of a choice.
    struct Choice {
        var value: String
        var title: String

        init(_ value: String, _ title: String? = nil) {
            self.value = value
            self.title = title ?? value
        }
    }

    /// The ranges a value is judged by as it is typed.
    struct Ranges {
        var normal: RangeGauge.Interval?
        var proven: RangeGauge.Interval?
    }

    /// More letters than any text of a record.
    static let lengthMax = 8000

    let name: String
    var label: String
    var input: Input = .text
    var value = ""
    /// Stands right of the input.
    var unit: String?
    /// What to enter, in a sentence under the label.
    var help: String?
    /// What is wrong with the value.
    var problem: String?
    var isRequired = false
    var ranges: Ranges?
    var isCritical = false
    /// Whether a field that may stay empty says so; not where it is only not needed yet.
    var saysOptional = true
    /// Names of the texts that were used before, offered while typing.
    var suggestions: [String] = []
    var isFirst = false
    /// Stands above the first of a group of ticks.
    var heading: String?
    /// Tells fields of the same name in several forms of a page apart.
    var scope = ""
    /// The field takes what a scanner types: it ends with Enter, which must not send the form.
    var isScanned = false
    /// The unit a stopwatch beside the field counts in.
    var stopwatch: Stopwatch?

    /// A unit that a stopwatch counts in.
    enum Stopwatch: String {
        case seconds = "s"
        case minutes = "min"
        case hours = "h"
    }

    private var id: String {
        "field-"
            + (scope + name + tickWord).map {
                $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-"
            }.joined()
    }

    private var tickWord: String { if case .tick(let word) = input { "-" + word } else { "" } }

    func write(into html: inout HTML) {
        if case .hidden = input {
            html(.input, .type(.hidden), .name(name), .value(value))
            return
        }
        if case .rows(let rows, let adding, let count) = input {
            write(rows, adding: adding, count: count, into: &html)
            return
        }
        html(.div, .class("field"), .when(problem != nil, .tone(.bad))) { html in
            labelled(&html)
            html(.div, .class("entry")) { html in
                control(&html)
                if let unit { html(.span, .class("unit"), text: unit) }
                if let ranges { gauge(ranges, &html) }
            }
            if let problem {
                html(.p, .class("problem"), .id(id + "-problem"), text: problem)
            }
        }
    }

    private func write(
        _ rows: [Row], adding: String, count: String, into html: inout HTML
    ) {
        html(.div, .class("field rows"), .id(id), .when(problem != nil, .tone(.bad))) { html in
            html(.p, .class("heading")) { html in
                html.text(label)
                if !isRequired, saysOptional { html(.span, .class("optional"), text: "optional") }
            }
            if let help { html(.p, .class("help"), text: help) }
            if let problem { html(.p, .class("problem"), text: problem) }
            html(.input, .type(.hidden), .name(count), .value("\(rows.count)"))
            for row in rows {
                html(.fieldset, .class("row")) { html in
                    html(.legend, text: row.title)
                    for var field in row.fields {
                        field.scope = scope
                        html.add(field)
                    }
                    if let problem = row.problem { html(.p, .class("problem"), text: problem) }
                }
            }
            guard rows.count < FieldRows.rowsMax else {
                html(
                    .p, .class("help"),
                    text: "A form has room for \(rows.count); a longer list comes by the API.")
                return
            }
            html(.div) { html in
                html(
                    .button, .submits, .name(FieldRows.addName), .value(name), text: adding)
            }
        }
    }

    private func labelled(_ html: inout HTML) {
        switch input {
        case .yesOrNo: return
        case .tick:
            if let heading { html(.p, .class("heading"), text: heading) }
            if let help { html(.p, .class("help"), .id(id + "-help"), text: help) }
            return
        default: break
        }
        html(.label, .forField(id)) { html in
            html.text(label)
            if isCritical { html(.span, .class("critical"), text: "critical") }
            if !isRequired, saysOptional { html(.span, .class("optional"), text: "optional") }
        }
        if let help { html(.p, .class("help"), .id(id + "-help"), text: help) }
    }

    private var shared: [Attribute] {
        let described = [
            help == nil ? nil : id + "-help", problem == nil ? nil : id + "-problem",
        ].compactMap { $0 }.joined(separator: " ")
        return [
            .id(id), .name(name), .when(isRequired, .required), .when(problem != nil, .invalid),
            .when(!described.isEmpty, .describedBy(described)), .when(isFirst, .autofocus),
            .when(isScanned, .note(.scan, "")),
            .with(stopwatch) { .note(.stopwatch, $0.rawValue) },
        ]
    }

    private func control(_ html: inout HTML) {
        switch input {
        case .files(let brought, let several):
            for file in brought {
                html(.input, .type(.hidden), .name(name), .value(file.kept.text))
                html.add(file)
            }
            html.element(.input, shared + [.type(.file), .when(several, .multiple)])
        case .text, .hidden, .rows:
            html.element(
                .input,
                shared + [
                    .type(.text), .value(value), .autocomplete("off"),
                    .maximumLength(Self.lengthMax),
                    .when(!suggestions.isEmpty, .list(id + "-list")),
                ])
            if !suggestions.isEmpty {
                html(.datalist, .id(id + "-list")) { html in
                    for suggestion in suggestions {
                        html(.option, .value(suggestion), text: suggestion)
                    }
                }
            }
        case .password:
            // Nothing typed here is ever written back into a page.
            html.element(.input, shared + [.type(.password), .autocomplete("current-password")])
        case .decimal:
            html.element(
                .input,
                shared + [
                    .type(.text), .keyPad(.decimal), .value(value), .autocomplete("off"),
                    .maximumLength(64), .class("figure"),
                ] + judged)
        case .integer:
            html.element(
                .input,
                shared + [
                    .type(.text), .keyPad(.numeric), .value(value), .autocomplete("off"),
                    .maximumLength(20), .class("figure"),
                ] + judged)
        case .instant:
            html.element(
                .input,
                shared + [
                    .type(.text), .value(value), .autocomplete("off"), .maximumLength(40),
                    .placeholder("2026-03-01T14:05:00Z"),
                ])
        case .long:
            html.element(.textarea, shared + [.rows(3), .maximumLength(Self.lengthMax)]) {
                // A line feed right after the tag is dropped by the parser (WHATWG 13.2.6.4.7).
                $0.text("\n" + value)
            }
        case .choice(let choices):
            html.element(.select, shared) { html in
                if !isRequired || value.isEmpty { html(.option, .value(""), text: "") }
                for choice in choices {
                    html(
                        .option, .value(choice.value), .when(choice.value == value, .selected),
                        text: choice.title)
                }
            }
        case .yesOrNo:
            html(.label, .class("tick")) { html in
                html.element(
                    .input,
                    shared + [
                        .type(.checkbox), .value("true"), .when(value == "true", .checked),
                    ])
                html(.span, text: label)
            }
            if let help { html(.p, .class("help"), .id(id + "-help"), text: help) }
        case .tick(let word):
            html(.label, .class("tick")) { html in
                html(
                    .input, .id(id), .type(.checkbox), .name(name), .value(word),
                    .when(value == word, .checked))
                html(.span, text: label)
            }
        }
    }

    private var judged: [Attribute] {
        guard let ranges else { return [] }
        let gauge = RangeGauge(value: nil, normal: ranges.normal, proven: ranges.proven)
        func bound(_ note: Attribute.Note, _ value: Double?) -> Attribute {
            .with(value) { .note(note, String($0)) }
        }
        return [
            .note(.gaugeLow, String(gauge.low)), .note(.gaugeHigh, String(gauge.high)),
            bound(.normalLow, ranges.normal?.low), bound(.normalHigh, ranges.normal?.high),
            bound(.provenLow, ranges.proven?.low), bound(.provenHigh, ranges.proven?.high),
        ]
    }

    private func gauge(_ ranges: Ranges, _ html: inout HTML) {
        let gauge = RangeGauge(
            value: Double(value), normal: ranges.normal, proven: ranges.proven)
        html(.div, .class("gauge")) { html in
            html.picture(gauge.picture(), named: id)
            html(.output, .class("verdict"), .forField(id), .tone(gauge.tone)) { html in
                html.text(value.isEmpty ? "" : Self.verdict(gauge.tone))
            }
        }
    }

    static func verdict(_ tone: Tone) -> String {
        switch tone {
        case .good: "in range"
        case .attention: "outside normal range"
        case .bad: "outside proven range"
        case .underway, .inactive: ""
        }
    }
}
