/// A value that stands in JSON as one string, in one form only.
protocol TextCoded: Codable, CustomStringConvertible {
    /// What the text must look like, for the message when it does not: "a date such as 2027-03-31".
    static var form: String { get }
    init?(_ text: String)
}

extension TextCoded {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text.prefix(80))' is not \(Self.form)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Timestamp: TextCoded {
    static let form = "an instant in UTC such as 2026-01-05T08:00:00Z"
}

extension CalendarDate: TextCoded {
    static let form = "a date such as 2027-03-31"
}
