import Diagnostics
import Quantities

/// How one kind of value is read, described and compared.
///
/// The reader, the JSON Schema, the reference page and `diff` all work from kinds and the tables of
/// fields made of them, so that none of the four can say anything the others do not.
struct Kind<Value>: Sendable {
    let shape: @Sendable () -> Shape
    /// The value of a node; nil after reporting why there is none.
    let read: @Sendable (YAMLNode, inout Reading) -> Value?
    let outline: @Sendable (Value) -> Outline
}

extension Kind where Value == Located<String> {
    /// Any text.
    static var text: Self {
        Kind(
            shape: { .text },
            read: { node, reading in
                scalar(node, &reading, "a text").map { Located($0, at: reading.position(node)) }
            }, outline: { .value($0.value) })
    }

    /// The id by which others refer to this; unique in its namespace.
    static func identifier(_ namespace: Reading.Namespace) -> Self {
        Kind(
            shape: { .identifier },
            read: { node, reading in
                guard let id = readIdentifier(node, &reading) else { return nil }
                reading.declare(id, in: namespace)
                return id
            }, outline: { .value($0.value) })
    }

    /// The id of something that is only named within its parent.
    static var localIdentifier: Self {
        Kind(
            shape: { .identifier }, read: { node, reading in readIdentifier(node, &reading) },
            outline: { .value($0.value) })
    }

    /// The id of something of another place.
    static func reference(to namespaces: Reading.Namespace...) -> Self {
        Kind(
            shape: { .reference(namespaces) },
            read: { node, reading in
                guard let id = scalar(node, &reading, "the id of a \(namespaces[0].rawValue)")
                else { return nil }
                let position = reading.position(node)
                reading.references.append(
                    .init(id: id, namespaces: namespaces, position: position))
                return Located(id, at: position)
            }, outline: { .value($0.value) })
    }
}

extension Kind where Value == Located<Bool> {
    /// Yes or no.
    static var flag: Self {
        Kind(
            shape: { .flag },
            read: { node, reading in
                guard let text = scalar(node, &reading, "'yes' or 'no'") else { return nil }
                switch text.lowercased() {
                case "yes", "true": return Located(true, at: reading.position(node))
                case "no", "false": return Located(false, at: reading.position(node))
                default:
                    reading.report(
                        "wrong-kind", "'yes' or 'no' is expected here, not '\(short(text))'",
                        at: reading.position(node))
                    return nil
                }
            }, outline: { .value($0.value ? "yes" : "no") })
    }
}

extension Kind where Value == Located<Int> {
    /// A whole number from 0 to a thousand million.
    static var whole: Self {
        Kind(
            shape: { .whole },
            read: { node, reading in
                guard let text = scalar(node, &reading, "a whole number") else { return nil }
                guard let number = Int(text), (0...1_000_000_000).contains(number) else {
                    reading.report(
                        "wrong-kind", "a whole number is expected here, not '\(short(text))'",
                        at: reading.position(node))
                    return nil
                }
                return Located(number, at: reading.position(node))
            }, outline: { .value(String($0.value)) })
    }
}

extension Kind where Value == Located<ExactDecimal> {
    /// A plain number.
    static var number: Self {
        Kind(
            shape: { .number },
            read: { node, reading in
                guard let text = scalar(node, &reading, "a number") else { return nil }
                do throws(DecimalError) {
                    return Located(try ExactDecimal(text[...]), at: reading.position(node))
                } catch {
                    reading.report(
                        "unreadable-quantity", error.description, at: reading.position(node))
                    return nil
                }
            }, outline: { .value($0.description) })
    }
}

extension Kind where Value == Located<CalendarDate> {
    /// A day.
    static var date: Self {
        Kind(
            shape: { .date },
            read: { node, reading in
                guard let text = scalar(node, &reading, "a date") else { return nil }
                guard let date = CalendarDate(text) else {
                    reading.report(
                        "wrong-kind", "a date is expected here, not '\(short(text))'",
                        at: reading.position(node), help: "write year-month-day, as in 2026-03-31")
                    return nil
                }
                return Located(date, at: reading.position(node))
            }, outline: { .value($0.description) })
    }
}

extension Kind where Value == Located<Quantity> {
    /// A quantity that measures what `measure` says.
    static func quantity(_ measure: Measure = .any) -> Self {
        Kind(
            shape: { .quantity(measure) },
            read: { node, reading in
                guard let text = scalar(node, &reading, measure.name) else { return nil }
                do throws(QuantityError) {
                    let quantity = try Quantity(text)
                    guard fits(quantity, measure, text, node, &reading) else { return nil }
                    return Located(quantity, at: reading.position(node))
                } catch {
                    report(error, measure, node, &reading)
                    return nil
                }
            }, outline: { .value($0.description) })
    }
}

extension Kind where Value == Located<QuantityRange> {
    /// A range or limit of what `measure` says.
    static func range(_ measure: Measure = .any) -> Self {
        Kind(
            shape: { .range(measure) },
            read: { node, reading in
                guard let text = scalar(node, &reading, "a range") else { return nil }
                do throws(QuantityError) {
                    let range = try QuantityRange(text)
                    guard let end = range.lower ?? range.upper,
                        fits(end, measure, text, node, &reading)
                    else { return nil }
                    return Located(range, at: reading.position(node))
                } catch {
                    report(error, measure, node, &reading)
                    return nil
                }
            }, outline: { .value($0.description) })
    }
}

extension Kind {
    /// One of the words of an enumeration.
    static func choice<Word: Choice>(_: Word.Type) -> Self where Value == Located<Word> {
        Kind(
            shape: { .choice(Word.allCases.map(\.rawValue)) },
            read: { node, reading in
                let words = Word.allCases.map(\.rawValue)
                guard let text = scalar(node, &reading, "one of \(list(words))") else {
                    return nil
                }
                if let word = Word(written: text) {
                    return Located(word, at: reading.position(node))
                }
                let meant = Spelling.nearest(to: text, among: words)
                reading.report(
                    "unknown-word", "'\(short(text))' is none of \(list(words))",
                    at: reading.position(node), help: meant.map { "did you mean '\($0)'?" })
                return nil
            }, outline: { .value($0.rawValue) })
    }
}

/// A closed list of words that a definition may use in some place.
protocol Choice: RawRepresentable<String>, CaseIterable, Sendable {
    /// The word that an author means; spelling variants where there are some.
    init?(written: String)
}

extension Choice {
    init?(written: String) { self.init(rawValue: written) }
}

/// The text of a single value; nil after reporting what was expected instead.
private func scalar(
    _ node: YAMLNode, _ reading: inout Reading, _ expected: String
) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNull else {
        reading.expected(expected, at: node)
        return nil
    }
    return text
}

private func readIdentifier(_ node: YAMLNode, _ reading: inout Reading) -> Located<String>? {
    guard let text = scalar(node, &reading, "an id") else { return nil }
    let isProper = text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
    }
    guard isProper, text.utf8.count <= DefinitionLimits.identifierLength else {
        reading.report(
            "malformed-id", "'\(short(text))' is not an id", at: reading.position(node),
            help: "use letters, digits, '-', '.' and '_', "
                + "at most \(DefinitionLimits.identifierLength) of them")
        return nil
    }
    return Located(text, at: reading.position(node))
}

private func fits(
    _ quantity: Quantity, _ measure: Measure, _ text: String, _ node: YAMLNode,
    _ reading: inout Reading
) -> Bool {
    guard measure.accepts(quantity.unit) else {
        reading.report(
            "wrong-dimension", "\(measure.name) is expected here, not '\(short(text))'",
            at: reading.position(node), help: "write it like '\(measure.example)'")
        return false
    }
    guard quantity.value.significand >= 0 || measure.takesNegatives else {
        reading.report(
            "negative-quantity", "\(measure.name) is never below 0, but this is '\(short(text))'",
            at: reading.position(node), help: "write it like '\(measure.example)'")
        return false
    }
    if let largest = measure.largest, (try? largest.isLess(than: quantity)) == true {
        reading.report(
            "quantity-too-large",
            "\(measure.name) is at most \(largest), but this is '\(short(text))'",
            at: reading.position(node), help: "write it like '\(measure.example)'")
        return false
    }
    return true
}

private func report(
    _ error: QuantityError, _ measure: Measure, _ node: YAMLNode, _ reading: inout Reading
) {
    var (code, help) = ("unreadable-quantity", String?.none)
    switch error {
    case .unknownUnit(let symbol, _):
        code = "unknown-unit"
        help = Spelling.nearest(to: symbol, among: Unit.knownSymbols)
            .map { "did you mean '\($0)'?" }
    case .missingNumber: help = "write it like '\(measure.example)'"
    case .emptyRange, .incompatible: code = "empty-range"
    default: break
    }
    reading.report(code, error.description, at: reading.position(node), help: help)
}

/// The start of a text, for a message.
private func short(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "…" : text
}

private func list(_ words: [String]) -> String {
    let quoted = words.map { "'\($0)'" }
    return quoted.count > 1
        ? quoted.dropLast().joined(separator: ", ") + " and " + quoted[quoted.count - 1]
        : quoted.joined()
}
