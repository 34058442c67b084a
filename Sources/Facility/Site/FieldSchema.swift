package import Guidance
package import Quantities

/// What a field of a command may hold.
package indirect enum FieldSchema: Hashable, Sendable {
    /// Text of at most `maximum` characters.
    case text(maximum: Int)
    /// One of a closed list.
    case choice([String])
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    case boolean
    /// A value written as text in one form; `form` says which, `example` shows it.
    case formatted(form: String, example: String)
    case list(FieldSchema, maximum: Int)
    case object([NamedField])

    /// One member of an object.
    package struct NamedField: Hashable, Sendable {
        package var name: String
        package var schema: FieldSchema
        package var isRequired: Bool
    }
}

/// A type that can stand in a command and says what it accepts.
package protocol Field: Codable {
    /// What the field may hold.
    static var fieldSchema: FieldSchema { get }
    /// Any value of the type: lets the schema be read off a command's decoder.
    static var sample: Self { get }
}

/// Bounds on what a command may carry.
package enum CommandLimits {
    /// Characters of one text field: a root-cause analysis of several pages.
    package static let textCharacters = 8_000
    /// Members of one list: the wells of four 384-well plates.
    package static let listMembers = 2_000
    /// Characters of one definition file; the checker reads files of this size in seconds.
    package static let documentCharacters = 4_000_000
}

extension String: Field {
    package static var fieldSchema: FieldSchema { .text(maximum: CommandLimits.textCharacters) }
    package static var sample: String { "" }
}

extension Int: Field {
    package static var fieldSchema: FieldSchema { .integer(0...1_000_000) }
    package static var sample: Int { 0 }
}

/// A number of the ledger's entries, or how many there are: as far as JSON counts exactly.
extension UInt64: Field {
    package static var fieldSchema: FieldSchema { .integer(0...9_007_199_254_740_991) }
    package static var sample: UInt64 { 0 }
}

extension Bool: Field {
    package static var fieldSchema: FieldSchema { .boolean }
    package static var sample: Bool { false }
}

extension Array: Field where Element: Field {
    package static var fieldSchema: FieldSchema {
        .list(Element.fieldSchema, maximum: CommandLimits.listMembers)
    }
    package static var sample: [Element] { [] }
}

extension Timestamp: Field {
    package static var fieldSchema: FieldSchema {
        .formatted(form: form, example: "2026-01-05T08:00:00Z")
    }
    package static var sample: Timestamp { Timestamp(milliseconds: 0) }
}

extension CalendarDate: Field {
    package static var fieldSchema: FieldSchema { .formatted(form: form, example: "2027-03-31") }
    package static var sample: CalendarDate { CalendarDate(daysSinceEpoch: 0) }
}

extension Identifier: Field {
    package static var fieldSchema: FieldSchema { .formatted(form: form, example: "ID-0001") }
    package static var sample: Identifier<Thing> { Identifier(unchecked: "ID-0001") }
}

extension Quantity: Field {
    package static var fieldSchema: FieldSchema {
        .formatted(form: "a number with its unit", example: "2500 cells/cm2")
    }
    package static var sample: Quantity { Quantity(ExactDecimal(1), .one) }
}

/// A closed list of words.
package protocol Choice: Field, RawRepresentable, CaseIterable where RawValue == String {}

extension Choice {
    package static var fieldSchema: FieldSchema { .choice(allCases.map(\.rawValue)) }
    package static var sample: Self {
        guard let first = allCases.first else { preconditionFailure("\(Self.self) has no case") }
        return first
    }
}

extension Role: Choice {}
extension Permission: Choice {}
extension Jurisdiction: Choice {}
