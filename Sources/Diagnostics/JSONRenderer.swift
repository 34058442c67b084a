/// Findings as JSON, for scripts.
public enum JSONRenderer {
    /// An object with the number of findings of each severity and the findings themselves.
    public static func render(_ findings: [Finding]) -> String {
        let counts = Severity.allCases.map { severity in
            (severity.rawValue, JSONText.number(findings.count { $0.severity == severity }))
        }
        return JSONText.members([
            ("counts", .members(counts)), ("findings", .array(findings.map(object))),
        ]).pretty
    }

    private static func object(_ finding: Finding) -> JSONText {
        .members([
            ("code", .string(finding.code)),
            ("severity", .string(finding.severity.rawValue)),
            ("message", .string(finding.message)),
            ("position", finding.position.map(object)),
            ("help", finding.help.map(JSONText.string)),
            ("citation", finding.citation.map(JSONText.string)),
            ("notes", finding.notes.isEmpty ? nil : .array(finding.notes.map(object))),
        ])
    }

    private static func object(_ note: Finding.Note) -> JSONText {
        .members([
            ("message", .string(note.message)), ("position", note.position.map(object)),
        ])
    }

    private static func object(_ position: SourcePosition) -> JSONText {
        .members([
            ("file", .string(position.file)), ("line", .number(position.line)),
            ("column", .number(position.column)),
        ])
    }
}
