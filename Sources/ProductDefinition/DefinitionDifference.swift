/// What changed between two definitions, in the field's words.
///
/// Mappings are compared key by key, wherever they stand in their files. Elements of lists that
/// have an id, or a name where they have none, are matched by it, so that moving one is no change.
/// Positions, comments and the way a value is spelled do not count; `60 min` for `1 h` does, since
/// the batch record prints it.
public struct DefinitionChange: Hashable, Sendable {
    /// What happened to a part.
    public enum Kind: String, Sendable {
        case added, removed, changed
    }

    /// What happened.
    public var kind: Kind
    /// The way to the part: "process", "stage 'expansion'", "operation 'p4'", "parameter
    /// 'seeding density'", "target".
    public var path: [String]
    /// What stood there before; nil when it was added.
    public var before: String?
    /// What stands there now; nil when it was removed.
    public var after: String?
}

extension DefinitionChange: CustomStringConvertible {
    /// The change as one line.
    public var description: String {
        let place = path.joined(separator: " › ")
        switch kind {
        case .added: return "+ \(place)" + (after.map { ": \($0)" } ?? "")
        case .removed: return "- \(place)" + (before.map { ": \($0)" } ?? "")
        case .changed: return "~ \(place): \(before ?? "") → \(after ?? "")"
        }
    }
}

extension Definition {
    /// What is different in `other`, in the order of the schema.
    public func changes(to other: Definition) -> [DefinitionChange] {
        var comparison = Comparison()
        comparison.compare(record: outline, with: other.outline, path: [])
        return comparison.changes
    }
}

private struct Comparison {
    var changes: [DefinitionChange] = []

    mutating func compare(record old: Outline.Record, with new: Outline.Record, path: [String]) {
        let values = Dictionary(uniqueKeysWithValues: new.fields.map { ($0.key, $0.value) })
        for (key, before) in old.fields {
            if let after = values[key] {
                compare(before, with: after, key: key, path: path)
            } else {
                report(.removed, before, key: key, path: path)
            }
        }
        let known = Set(old.fields.map(\.key))
        for (key, after) in new.fields where !known.contains(key) {
            report(.added, after, key: key, path: path)
        }
    }

    private mutating func compare(
        _ old: Outline, with new: Outline, key: String, path: [String]
    ) {
        switch (old, new) {
        case (.value(let before), .value(let after)):
            if before != after {
                changes.append(
                    .init(kind: .changed, path: path + [key], before: before, after: after))
            }
        case (.list(let before), .list(let after)):
            compare(before, with: after, key: key, path: path)
        case (.record(let before), .record(let after)):
            compare(record: before, with: after, path: path + [key])
        default:
            // A value that was written short and is now written with its keys, or the reverse.
            changes.append(
                .init(kind: .changed, path: path + [key], before: text(old), after: text(new)))
        }
    }

    private mutating func compare(
        _ old: [Outline], with new: [Outline], key: String, path: [String]
    ) {
        guard let before = labelled(old), let after = labelled(new) else {
            compareUnlabelled(old, with: new, path: path + [key])
            return
        }
        let places = Dictionary(uniqueKeysWithValues: after.map { ($0.label, $0.record) })
        for (label, record) in before {
            if let now = places[label] {
                compare(record: record, with: now, path: path + ["\(record.name) '\(label)'"])
            } else {
                changes.append(
                    .init(
                        kind: .removed, path: path + ["\(record.name) '\(label)'"], before: nil,
                        after: nil))
            }
        }
        let known = Set(before.map(\.label))
        for (label, record) in after where !known.contains(label) {
            changes.append(
                .init(
                    kind: .added, path: path + ["\(record.name) '\(label)'"], before: nil,
                    after: nil))
        }
    }

    /// Lists of values, or of records without a name: what is in one and not in the other.
    private mutating func compareUnlabelled(
        _ old: [Outline], with new: [Outline], path: [String]
    ) {
        let (before, after) = (old.map(text), new.map(text))
        guard before != after else { return }
        let isShort = (before + after).allSatisfy { $0.utf8.count < 40 }
        if isShort, before.count + after.count < 12 {
            changes.append(
                .init(kind: .changed, path: path, before: joined(before), after: joined(after)))
            return
        }
        let (kept, now) = (Set(after), Set(before))
        for text in before where !kept.contains(text) {
            changes.append(.init(kind: .removed, path: path, before: text, after: nil))
        }
        for text in after where !now.contains(text) {
            changes.append(.init(kind: .added, path: path, before: nil, after: text))
        }
        if Set(before) == Set(after) {
            changes.append(
                .init(
                    kind: .changed, path: path, before: "\(before.count) elements",
                    after: "\(after.count) elements in another order or number"))
        }
    }

    private mutating func report(
        _ kind: DefinitionChange.Kind, _ outline: Outline, key: String, path: [String]
    ) {
        if case .list(let elements) = outline, let records = labelled(elements) {
            for (label, record) in records {
                changes.append(
                    .init(
                        kind: kind, path: path + ["\(record.name) '\(label)'"], before: nil,
                        after: nil))
            }
            return
        }
        // A whole mapping that came or went is named, not recited.
        var value: String? = text(outline)
        if case .record = outline { value = nil }
        changes.append(
            .init(
                kind: kind, path: path + [key], before: kind == .removed ? value : nil,
                after: kind == .added ? value : nil))
    }

    /// The records of a list with their labels; nil unless each has one and no two the same.
    private func labelled(_ elements: [Outline]) -> [(label: String, record: Outline.Record)]? {
        var found: [(label: String, record: Outline.Record)] = []
        var labels: Set<String> = []
        for element in elements {
            guard case .record(let record) = element, let label = record.label,
                labels.insert(label).inserted
            else { return nil }
            found.append((label, record))
        }
        return found
    }

    private func text(_ outline: Outline) -> String {
        switch outline {
        case .value(let text): text
        case .list(let elements): joined(elements.map(text))
        case .record(let record):
            "{ " + record.fields.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ")
                + " }"
        }
    }

    private func joined(_ texts: [String]) -> String {
        texts.isEmpty ? "nothing" : texts.joined(separator: ", ")
    }
}
