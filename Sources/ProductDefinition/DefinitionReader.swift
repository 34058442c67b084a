public import Diagnostics

/// Reads a definition from its files.
///
/// Reading never stops at the first problem: a value that cannot be read is reported where it
/// stands and left out, and everything else is read. Only a text that is not YAML ends early, and
/// only that file.
public enum DefinitionReader {
    /// The definition in `sources`, and what was found in reading them, in reading order.
    ///
    /// The files are read as one: lists of different files are joined, and everything else is given
    /// in one file only. The definition is nil when no file holds a mapping. Time and memory grow
    /// linearly with the text and are bounded by `DefinitionLimits`.
    public static func read(
        _ sources: [SourceFile]
    ) -> (definition: Definition?, findings: [Finding]) {
        var reading = Reading()
        var definition = Definition()
        var isFound = false
        var given: [String: SourcePosition] = [:]
        var total = 0
        for source in sources.prefix(DefinitionLimits.files) {
            reading.file = source.name
            total += source.text.utf8.count
            guard isSmallEnough(source, total, &reading) else { continue }
            let tree = YAMLTree(source.text)
            tree.problems.forEach { reading.report($0) }
            if !tree.isComplete { reading.isCutShort = true }
            guard let root = tree.root, !root.isNull else { continue }
            guard case .mapping(let entries) = root.content else {
                reading.expected("a mapping that begins with 'product:' or the like", at: root)
                continue
            }
            if !isFound { definition.position = reading.position(root) }
            isFound = true
            Definition.table.read(
                unrepeated(entries, &given, &reading), into: &definition, &reading,
                reportsMissing: false)
        }
        if isFound, given["product"] == nil, !reading.isCutShort {
            reading.report(
                "missing-key", "a definition needs 'product'", at: definition.position,
                help: "product: the medicine, with id, name, version and phase")
        }
        if !isFound, reading.findings.isEmpty {
            reading.report(
                "empty-definition", "there is nothing to read", at: nil,
                help: "write 'product:' first, or start from 'seedlot new'")
        }
        reading.resolveReferences()
        definition.isWhole = !reading.isCutShort
        definition.index = DefinitionIndex(definition)
        reading.reportCycles(in: definition)
        reading.reportOrder(in: definition)
        reading.reportReprocessing(in: definition)
        return (isFound ? definition : nil, reading.allFindings())
    }

    private static func isSmallEnough(
        _ source: SourceFile, _ total: Int, _ reading: inout Reading
    ) -> Bool {
        let size = source.text.utf8.count
        if size <= DefinitionLimits.fileBytes, total <= DefinitionLimits.totalBytes { return true }
        let limit =
            size > DefinitionLimits.fileBytes
            ? DefinitionLimits.fileBytes : DefinitionLimits.totalBytes
        reading.report(
            "file-too-large", "'\(source.name)' is not read: more than \(limit) bytes",
            at: SourcePosition(file: source.name, line: 1, column: 1))
        reading.isCutShort = true
        return false
    }

    /// `entries` without those that an earlier file gave and that are no lists.
    private static func unrepeated(
        _ entries: [YAMLNode.Entry], _ given: inout [String: SourcePosition],
        _ reading: inout Reading
    ) -> [YAMLNode.Entry] {
        let lists = Set(Definition.table.fields.filter(\.isList).map(\.key))
        return entries.filter { entry in
            let position = reading.position(entry.keyMark)
            guard let earlier = given.updateValue(position, forKey: entry.key),
                !lists.contains(entry.key)
            else { return true }
            reading.report(
                "duplicate-key", "'\(entry.key)' is given in two files", at: position,
                help: "keep it in one of them", notes: [.init("first given here", at: earlier)])
            return false
        }
    }
}
