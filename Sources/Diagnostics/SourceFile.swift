/// A text with the name its reader knows it by.
public struct SourceFile: Hashable, Sendable {
    /// The name that positions and messages carry, usually a path relative to where one works.
    public let name: String
    /// The whole text.
    public let text: String

    /// The file `name` with `text`.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// Where something stands in a text.
public struct SourcePosition: Hashable, Sendable {
    /// Name of the file.
    public let file: String
    /// Line, from 1.
    public let line: Int
    /// Column, from 1, counted in Unicode scalars.
    public let column: Int
    /// How many columns the thing takes, at least 1; for what spans lines, those of the first.
    public let length: Int

    /// The place in `file` at `line` and `column`.
    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = max(length, 1)
    }
}

extension SourcePosition: Comparable {
    /// Whether `left` comes before `right`: by file, then line, then column.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        if left.file != right.file { return left.file < right.file }
        return (left.line, left.column) < (right.line, right.column)
    }
}

extension SourcePosition: CustomStringConvertible {
    /// `file:line:column`, as editors open it.
    public var description: String { "\(file):\(line):\(column)" }
}
