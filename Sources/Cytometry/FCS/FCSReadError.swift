/// Why an FCS file was refused: what is wrong, where in the file, and what would help.
public struct FCSReadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of refusal this is. The cases are a promise; the wording of a message is not.
    public enum Code: String, Sendable, CaseIterable {
        /// The file could not be opened.
        case file = "fcs-file"
        /// The file does not begin like an FCS file.
        case notFCS = "fcs-not-fcs"
        /// The file declares a version that is not 2.0, 3.0, 3.1 or 3.2.
        case version = "fcs-version"
        /// The HEADER is cut short or holds something that is not an offset.
        case header = "fcs-header"
        /// The TEXT segment lies outside the file or cannot be split into keywords.
        case text = "fcs-text"
        /// A required keyword is absent.
        case missingKeyword = "fcs-missing-keyword"
        /// A keyword has a value that the standard does not allow.
        case keywordValue = "fcs-keyword-value"
        /// The data set is not list mode.
        case mode = "fcs-mode"
        /// The widths of the parameters contradict the data type.
        case width = "fcs-width"
        /// No stated DATA segment can hold the stated events.
        case data = "fcs-data"
        /// The file ends before its events do.
        case truncated = "fcs-truncated"
        /// A number exceeds a limit of this reader.
        case limit = "fcs-limit"
        /// `$NEXTDATA` does not lead to another data set.
        case nextDataSet = "fcs-next-data-set"
    }

    /// The kind of refusal.
    public let code: Code
    /// Byte of the file at which the cause stands, when there is one.
    public let offset: Int?
    /// What is wrong, with the values on both sides of a contradiction.
    public let message: String
    /// What would satisfy the reader.
    public let remedy: String?

    init(_ code: Code, at offset: Int?, _ message: String, remedy: String? = nil) {
        self.code = code
        self.offset = offset
        self.message = message
        self.remedy = remedy
    }

    /// The message, the byte offset and the way out in one line.
    public var description: String {
        let place = offset.map { " (byte \($0))" } ?? ""
        let help = remedy.map { "; \($0)" } ?? ""
        return "\(message)\(place)\(help)"
    }

    static func file(_ path: String, _ reason: String) -> Self {
        .init(.file, at: nil, "cannot read '\(path)': \(reason)")
    }

    static func missing(_ keyword: String, textAt offset: Int) -> Self {
        .init(
            .missingKeyword, at: offset, "keyword \(keyword) is missing from the TEXT segment",
            remedy: "export the file again from the cytometer's software")
    }

    static func value(
        _ keyword: String, _ value: String, expected: String, at offset: Int?
    ) -> Self {
        .init(
            .keywordValue, at: offset,
            "\(keyword) is '\(value.prefix(60))', expected \(expected)")
    }
}

/// Something in a file that departs from the standard and was read all the same.
public struct FCSWarning: Hashable, Sendable, CustomStringConvertible {
    /// What kind of departure this is. The cases are a promise; the wording is not.
    public enum Code: String, Sendable, CaseIterable {
        /// HEADER and TEXT disagree, or an offset is off.
        case offsets
        /// The TEXT segment has an odd number of words, empty values or no final delimiter.
        case text
        /// A keyword occurs twice.
        case duplicateKeyword = "duplicate-keyword"
        /// Two parameters share a name.
        case duplicateName = "duplicate-name"
        /// A range, amplification, gain or time step that cannot be used as written.
        case scale
        /// Widths differ from what the length of DATA proves.
        case width
        /// A spillover keyword that is not written as the standard says.
        case spillover
        /// The file ends early, or holds another number of events than it states.
        case events
        /// What follows the last data set could not be read.
        case nextDataSet = "next-data-set"
    }

    /// The kind of departure.
    public let code: Code
    /// Byte of the file at which it stands, when there is one.
    public let offset: Int?
    /// What was found and what was done about it.
    public let message: String

    /// The message with its byte offset.
    public var description: String {
        offset.map { "\(message) (byte \($0))" } ?? message
    }
}
