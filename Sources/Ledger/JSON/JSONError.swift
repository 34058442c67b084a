/// Where and why a text is not strict JSON.
public struct JSONError: LedgerFault, Equatable {
    /// The closed list of what can be wrong.
    public enum Reason: Equatable, Sendable {
        /// The text is longer than the limit, in bytes.
        case tooLong(bytes: Int, limit: Int)
        /// Arrays and objects are nested deeper than the limit.
        case tooDeep(limit: Int)
        /// The text ends inside a value.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpected(String)
        /// Text after the value.
        case trailing
        /// Two members of one object have the same name.
        case duplicateName(String)
        /// A number that JSON's grammar does not have, such as `01` or `1.`.
        case malformedNumber
        /// A number beyond the range of a double.
        case numberOutOfRange
        /// A control character inside a string, unescaped.
        case controlCharacter
        /// A backslash followed by something that JSON does not define.
        case malformedEscape
        /// A `\u` escape for half of a surrogate pair.
        case loneSurrogate
        /// Bytes that are not UTF-8.
        case malformedUTF8
    }

    /// What is wrong.
    public var reason: Reason
    /// Line of the first byte that is wrong, from 1.
    public var line: Int
    /// Column of it in Unicode scalars, from 1.
    public var column: Int

    /// The reason at a position.
    public init(reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// `json-…`.
    public var code: String {
        switch reason {
        case .tooLong: "json-too-long"
        case .tooDeep: "json-too-deep"
        case .unexpectedEnd: "json-unexpected-end"
        case .unexpected: "json-unexpected-character"
        case .trailing: "json-trailing-text"
        case .duplicateName: "json-duplicate-name"
        case .malformedNumber: "json-malformed-number"
        case .numberOutOfRange: "json-number-out-of-range"
        case .controlCharacter: "json-control-character"
        case .malformedEscape: "json-malformed-escape"
        case .loneSurrogate: "json-lone-surrogate"
        case .malformedUTF8: "json-malformed-utf8"
        }
    }

    /// What is wrong and where.
    public var message: String { "line \(line), column \(column): \(fact)" }

    /// What would be accepted.
    public var help: String {
        switch reason {
        case .tooLong: "send less at a time, or store large content as a file"
        case .tooDeep: "flatten the value"
        case .duplicateName: "keep one of the two members"
        case .numberOutOfRange: "write the number as a string with its unit"
        default: "give strict JSON (RFC 8259) in UTF-8"
        }
    }

    /// What is wrong, without the position.
    public var fact: String {
        switch reason {
        case .tooLong(let bytes, let limit):
            "the text has \(bytes) bytes, the limit is \(limit)"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .unexpectedEnd: "the text ends inside a value"
        case .unexpected(let what): "\(what) cannot stand here"
        case .trailing: "there is text after the value"
        case .duplicateName(let name): "the member '\(name)' stands twice"
        case .malformedNumber: "not a JSON number"
        case .numberOutOfRange: "the number is beyond the range of a double"
        case .controlCharacter: "a control character inside a string is not escaped"
        case .malformedEscape: "not a JSON escape"
        case .loneSurrogate: "the escape is half of a surrogate pair"
        case .malformedUTF8: "the bytes are not UTF-8"
        }
    }
}
