/// Findings in SARIF 2.1.0 (OASIS Standard, 27 March 2020), the form that code hosts and editors
/// show beside the lines.
public struct SARIFRenderer: Sendable {
    /// A rule as SARIF describes it, so that a viewer can explain a finding.
    public struct RuleDescription: Hashable, Sendable {
        /// The code that findings carry.
        public var id: String
        /// What the rule asks, in one sentence.
        public var summary: String
        /// The document and clause behind it.
        public var citation: String?

        /// A description of the rule `id`.
        public init(id: String, summary: String, citation: String? = nil) {
            self.id = id
            self.summary = summary
            self.citation = citation
        }
    }

    /// A finding that was justified: shown as suppressed (3.27.23), so that a viewer neither counts
    /// nor hides it.
    public struct Suppressed: Hashable, Sendable {
        /// What was found, with the weight it would have.
        public var finding: Finding
        /// Why it may stand.
        public var justification: String

        /// `finding`, which may stand because of `justification`.
        public init(_ finding: Finding, because justification: String) {
            self.finding = finding
            self.justification = justification
        }
    }

    private let version: String
    private let rules: [RuleDescription]

    /// A renderer for findings of this program at `version`, describing `rules`; a finding of a
    /// rule not described is listed with its code alone.
    public init(version: String, rules: [RuleDescription] = []) {
        self.version = version
        self.rules = rules
    }

    /// The log of one run.
    public func render(_ findings: [Finding], suppressed: [Suppressed] = []) -> String {
        let described = Dictionary(
            rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let codes = Set(findings.map(\.code) + suppressed.map(\.finding.code))
            .union(rules.map(\.id)).sorted()
        let index = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let driver = JSONText.members([
            ("name", .string("seedlot")), ("version", .string(version)),
            ("rules", .array(codes.map { Self.rule($0, described[$0]) })),
        ])
        return JSONText.members([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")),
            (
                "runs",
                .array([
                    .members([
                        ("tool", .members([("driver", driver)])),
                        ("columnKind", .string("unicodeCodePoints")),
                        (
                            "results",
                            .array(
                                findings.map { Self.result($0, index[$0.code]) }
                                    + suppressed.map {
                                        Self.result($0.finding, index[$0.finding.code], $0)
                                    })
                        ),
                    ])
                ])
            ),
        ]).pretty
    }

    private static func rule(_ code: String, _ rule: RuleDescription?) -> JSONText {
        .members([
            ("id", .string(code)), ("shortDescription", rule.map { message($0.summary) }),
            ("help", rule?.citation.map(message)),
        ])
    }

    private static func result(
        _ finding: Finding, _ index: Int?, _ suppressed: Suppressed? = nil
    ) -> JSONText {
        // 3.27.11: the message is one text; help and citation would otherwise not be shown.
        let remarks = finding.notes.filter { $0.position == nil }.map { "note: \($0.message)" }
        let parts =
            [finding.message] + remarks
            + [finding.help.map { "help: \($0)" }, finding.citation].compactMap(\.self)
        let related = finding.notes.filter { $0.position != nil }
        return .members([
            ("ruleId", .string(finding.code)), ("ruleIndex", index.map(JSONText.number)),
            ("level", .string(level(finding.severity))),
            ("message", message(parts.joined(separator: "\n"))),
            ("locations", finding.position.map { .array([location($0)]) }),
            (
                "relatedLocations",
                related.isEmpty
                    ? nil : .array(related.compactMap { location($0.position, $0.message) })
            ),
            ("suppressions", suppressed.map { .array([suppression($0)]) }),
        ])
    }

    private static func suppression(_ suppressed: Suppressed) -> JSONText {
        .members([
            ("kind", .string("external")), ("status", .string("accepted")),
            ("justification", .string(suppressed.justification)),
        ])
    }

    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .info: "note"
        }
    }

    private static func message(_ text: String) -> JSONText { .members([("text", .string(text))]) }

    private static func location(_ position: SourcePosition?, _ text: String) -> JSONText? {
        guard let position, case .object(let members) = location(position) else { return nil }
        return .object(members + [("message", message(text))])
    }

    private static func location(_ position: SourcePosition) -> JSONText {
        .members([
            (
                "physicalLocation",
                .members([
                    ("artifactLocation", .members([("uri", .string(uri(position.file)))])),
                    (
                        "region",
                        .members([
                            ("startLine", .number(position.line)),
                            ("startColumn", .number(position.column)),
                            ("endColumn", .number(position.column + position.length)),
                        ])
                    ),
                ])
            )
        ])
    }

    /// A path as a relative reference (RFC 3986, 4.2).
    private static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "-._~/".unicodeScalars.contains(scalar)
            if isPlain {
                uri.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                uri += "%" + (hex.count == 1 ? "0" : "") + hex
            }
        }
        return uri
    }
}
