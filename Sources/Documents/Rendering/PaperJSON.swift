import Charts
import Facility
package import Ledger

extension Paper {
    /// The tree as JSON, for programs: the same words as on paper, nothing laid out.
    package var json: JSONValue {
        [
            "format": "seedlot.paper/1", "kind": .string(kind), "subject": .string(subject),
            "issuer": .string(issuer), "under": .string(under),
            "instant": .string(basis.instant.description),
            "blocks": .array(wholeBody.compactMap(\.json)),
        ]
    }
}

extension PaperBlock {
    fileprivate var json: JSONValue? {
        switch self {
        case .heading(let text, let level):
            ["heading": .string(text), "level": .number(Double(level))]
        case .paragraph(let text): ["paragraph": text.json]
        case .facts(let facts):
            [
                "facts": .array(
                    facts.map { ["name": .string($0.name), "value": $0.value.json] })
            ]
        case .table(let table): ["table": table.json]
        case .signatures(let signatures):
            ["signatures": .array(signatures.map(\.json))]
        case .picture(let picture):
            [
                "picture": .string(picture.caption),
                "alternative": .string(
                    "\(picture.picture.title). \(picture.picture.summary)"),
            ]
        case .verbatim(let text): ["verbatim": .string(text)]
        case .codes(let codes):
            [
                "codes": .array(
                    codes.map {
                        [
                            "symbology": .string($0.matrix.symbology.rawValue),
                            "content": .string($0.matrix.content), "caption": .string($0.caption),
                        ]
                    })
            ]
        case .note(let tone, let text): ["note": text.json, "tone": .string(tone.rawValue)]
        case .pageBreak: nil
        }
    }
}

extension PaperText {
    /// Plain words as a string; a changed value with what it replaced.
    fileprivate var json: JSONValue {
        if spans.count == 1, case .changed(let old, let new) = spans[0] {
            return ["value": .string(new), "was": .array(old.map { .string($0) })]
        }
        return .string(plain)
    }
}

extension PaperTable {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "columns": .array(columns.map { .string($0) }),
            "rows": .array(rows.map { .array(cells(of: $0).map(\.json)) }),
        ]
        if let caption { members["caption"] = .string(caption) }
        return .object(members)
    }
}

extension PaperSignature {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "act": .string(act), "name": .string(name), "at": .string(instant),
            "entry": .number(Double(entry)),
        ]
        if let meaning { members["meaning"] = .string(meaning) }
        if let keyID { members["key"] = .string(keyID) }
        return .object(members)
    }
}
