import Diagnostics

/// What the reader carries from value to value: where it is, what it found, what it must resolve.
struct Reading {
    /// What an id names. Ids of one kind are unique; ids of different kinds may be the same.
    enum Namespace: String, CaseIterable, Sendable {
        case source, material, assay, bank, site, room, equipment, role, stage, operation
        case control = "in-process control"
        case attribute = "quality attribute"
        case targetProfile = "QTPP item"
        case pathway = "mode of action"
        case specification, reprocessing
        case study = "stability study"
        case assessment = "risk assessment"
        case hazard
        case trial
        case cellLine = "cell line"
    }

    /// A reference that is checked when everything has been read.
    struct Reference {
        var id: String
        var namespaces: [Namespace]
        var position: SourcePosition
    }

    /// The name of the file being read.
    var file = ""
    private(set) var findings: [Finding] = []
    private var dropped = 0
    var references: [Reference] = []
    private(set) var declared: [Namespace: [String: SourcePosition]] = [:]
    /// A file could not be read to its end: what is missing may only not have been reached.
    var isCutShort = false

    func position(_ mark: YAMLNode.Mark) -> SourcePosition {
        SourcePosition(
            file: file, line: Int(mark.line), column: Int(mark.column), length: Int(mark.length))
    }

    func position(_ node: YAMLNode) -> SourcePosition { position(node.mark) }

    mutating func report(_ finding: Finding) {
        if findings.count < DefinitionLimits.findings {
            findings.append(finding)
        } else {
            dropped += 1
        }
    }

    mutating func report(
        _ code: String, _ message: String, at position: SourcePosition?, help: String? = nil,
        severity: Severity = .error, notes: [Finding.Note] = []
    ) {
        report(
            Finding(
                code: code, severity: severity, message: message, position: position, help: help,
                notes: notes))
    }

    mutating func report(_ problem: YAMLProblem) {
        let notes = problem.earlier.map { [Finding.Note("first given here", at: position($0))] }
        report(
            problem.code, problem.message, at: position(problem.mark), help: problem.help,
            notes: notes ?? [])
    }

    /// A value that is not what belongs here.
    mutating func expected(_ what: String, at node: YAMLNode, help: String? = nil) {
        report(
            "wrong-kind", "\(what) is expected here, not \(node.kindName)", at: position(node),
            help: help)
    }

    mutating func declare(_ id: Located<String>, in namespace: Namespace) {
        let earlier = declared[namespace, default: [:]].updateValue(id.position, forKey: id.value)
        guard let earlier else { return }
        declared[namespace]?[id.value] = earlier
        report(
            "duplicate-id", "two of the \(namespace.rawValue)s have the id '\(id)'",
            at: id.position, help: "give one of them another id",
            notes: [.init("first used here", at: earlier)])
    }

    /// Reports every reference that names nothing.
    mutating func resolveReferences() {
        guard !isCutShort else { return }
        for reference in references {
            guard !reference.namespaces.contains(where: { declared[$0]?[reference.id] != nil })
            else { continue }
            let known = reference.namespaces.flatMap { declared[$0].map { Array($0.keys) } ?? [] }
            let meant = Spelling.nearest(to: reference.id, among: known.sorted())
            let kind = reference.namespaces.map(\.rawValue).joined(separator: " or ")
            report(
                "unresolved-reference", "there is no \(kind) '\(reference.id)'",
                at: reference.position, help: meant.map { "did you mean '\($0)'?" })
        }
    }

    /// The findings in reading order, with a last one for those that were too many to show.
    func allFindings() -> [Finding] {
        guard dropped > 0 else { return findings.inReadingOrder() }
        return findings.inReadingOrder() + [
            Finding(
                code: "too-many-findings", severity: .error,
                message: "\(dropped) further findings are not shown",
                help: "put the first ones right and check again")
        ]
    }
}
