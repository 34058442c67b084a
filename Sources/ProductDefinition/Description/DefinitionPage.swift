/// The reference page of a definition's keys, made from the reader's own tables.
public enum DefinitionPage {
    /// The page in Markdown: one section for each kind of mapping, in the order they are met.
    public static var markdown: String {
        var page = """
            # The keys of a definition

            This page is made from the tables by which the reader reads a definition
            (`seedlot schema` prints the same as JSON Schema). A definition is one YAML file or a
            folder of them: lists of different files are joined, everything else stands in one.

            - A **quantity** is a number and its unit in one text: `5e3 cells/cm2`, `-1 °C/min`,
              `12.5 EU/mL`, `15000 EUR`, `20 PD`.
            - A **range** is `2500..3500 cells/cm2`, `"≥ 95 %"`, `< 2`, `= 4` or `95 % ± 2 %`. YAML
              wants quotes where a text begins with `>`.
            - A **limit** is a range, or an expectation in words such as `no growth` or `report`.
            - Where a **list** is expected, one value alone counts as a list of one.
            - An **id** has letters, digits, `-`, `.` and `_`.
            - Keys in **bold** are required.


            """
        var queue = [Definition.table.shape]
        var known: Set<String> = [queue[0].name]
        var next = 0
        while next < queue.count {
            let record = queue[next]
            next += 1
            page += "## \(record.name)\n\n\(record.summary)\n\n"
            page += "| key | value | meaning |\n|---|---|---|\n"
            for field in record.fields() {
                let key = field.isRequired ? "**`\(field.key)`**" : "`\(field.key)`"
                page += "| \(key) | \(describe(field.shape)) | \(field.summary) |\n"
                for inner in records(in: field.shape) where known.insert(inner.name).inserted {
                    queue.append(inner)
                }
            }
            page += "\n"
        }
        return String(page.dropLast())
    }

    private static func describe(_ shape: Shape) -> String {
        switch shape {
        case .text: "text"
        case .identifier: "id"
        case .flag: "`yes` or `no`"
        case .whole: "whole number"
        case .number: "number"
        case .date: "date, `2026-03-31`"
        case .quantity(let measure): "\(bare(measure.name)), `\(measure.example)`"
        case .range(let measure):
            measure.dimensions.isEmpty ? "range" : "range of \(bare(measure.name))"
        case .limit: "limit"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .reference(let namespaces):
            "id of " + namespaces.map { article($0.rawValue) }.joined(separator: " or ")
        case .list(let element): "list: \(describe(element))"
        case .record(let record): "[\(record.name)](#\(anchor(record.name)))"
        case .either(let shapes): shapes.map(describe).joined(separator: ", or ")
        }
    }

    private static func records(in shape: Shape) -> [RecordShape] {
        switch shape {
        case .record(let record): [record]
        case .list(let element): records(in: element)
        case .either(let shapes): shapes.flatMap(records)
        default: []
        }
    }

    private static func bare(_ noun: String) -> String {
        for article in ["a ", "an "] where noun.hasPrefix(article) {
            return String(noun.dropFirst(article.count))
        }
        return noun
    }

    private static func anchor(_ name: String) -> String {
        name.lowercased().replacing(" ", with: "-")
    }
}
