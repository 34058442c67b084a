import CYaml

/// Builds the values of a YAML text from libyaml's events.
///
/// libyaml is used through Yams' own module of it: its events carry the end of each value as well
/// as its start, and building from events keeps depth, aliases and duplicate keys under our limits.
/// A syntax error ends the events; what was read until then is kept.
///
/// Supported beyond plain YAML 1.1: the merge key `<<`. Tags are ignored: the schema says what a
/// value is, not its writer.
struct YAMLTree {
    /// The first document of the text; nil when it is empty.
    private(set) var root: YAMLNode?
    /// What was found wrong.
    private(set) var problems: [YAMLProblem] = []
    /// Whether the text could be read to its end.
    private(set) var isComplete = true

    private var frames: [Frame] = []
    private var anchors: [String: YAMLNode] = [:]
    private var weight = 0
    private var skippedDepth = 0
    private var documents = 0

    /// A list or mapping that is still open.
    private struct Frame {
        var isMapping: Bool
        var mark: YAMLNode.Mark
        var anchor: String?
        var elements: [YAMLNode] = []
        var entries: [YAMLNode.Entry] = []
        var merged: [YAMLNode] = []
        var places: [String: Int] = [:]
        var key: (text: String, mark: YAMLNode.Mark)?
        /// The key was a list or mapping, or is a duplicate: its value is read and dropped.
        var dropsNext = false
        var weight = 1
    }

    init(_ text: String) {
        guard !hasDirective(text) else {
            problems.append(
                YAMLProblem(
                    code: "yaml-directive", message: "lines that begin with '%' are not read",
                    help: "leave the directive out",
                    mark: YAMLNode.Mark(line: 1, column: 1, length: 1)))
            isComplete = false
            return
        }
        var copy = text
        copy.withUTF8 { read($0) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return stop("yaml-memory", "no memory") }
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
        while isComplete {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else {
                syntaxError(parser, in: bytes)
                break
            }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { break }
            handle(event)
        }
        // After an error the open lists and mappings still hold what was read.
        while let frame = frames.popLast() { finish(frame) }
    }

    private mutating func handle(_ event: yaml_event_t) {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            if documents == 2 {
                report(
                    "second-document", "a second document begins here and is not read",
                    at: mark(event), help: "write one document to a file")
            }
        case YAML_SEQUENCE_START_EVENT:
            open(isMapping: false, anchor: text(event.data.sequence_start.anchor), mark(event))
        case YAML_MAPPING_START_EVENT:
            open(isMapping: true, anchor: text(event.data.mapping_start.anchor), mark(event))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            if skippedDepth > 0 {
                skippedDepth -= 1
            } else if let frame = frames.popLast() {
                finish(frame)
            }
        case YAML_SCALAR_EVENT: scalar(event)
        case YAML_ALIAS_EVENT: alias(event)
        default: break
        }
    }

    private mutating func open(isMapping: Bool, anchor: String?, _ mark: YAMLNode.Mark) {
        guard skippedDepth == 0 else { return skippedDepth += 1 }
        guard frames.count < DefinitionLimits.nesting else {
            report(
                "nested-too-deep",
                "this is nested deeper than \(DefinitionLimits.nesting) levels and is not read",
                at: mark)
            skippedDepth = 1
            // The place it would have taken is filled, so that keys and values stay in step.
            add(YAMLNode(content: .scalar("", isPlain: true), mark: mark, weight: 1))
            return
        }
        if frames.last?.isMapping == true, frames.last?.key == nil {
            report(
                "key-not-text", "a list or mapping cannot be a key here", at: mark,
                help: "write 'key: value', with a plain word as the key")
        }
        frames.append(Frame(isMapping: isMapping, mark: mark, anchor: anchor))
    }

    private mutating func finish(_ frame: Frame) {
        var frame = frame
        for node in frame.merged {
            guard case .mapping(let entries) = node.content else { continue }
            for entry in entries where frame.places[entry.key] == nil {
                frame.places[entry.key] = frame.entries.count
                frame.entries.append(entry)
            }
        }
        let node = YAMLNode(
            content: frame.isMapping ? .mapping(frame.entries) : .sequence(frame.elements),
            mark: frame.mark, weight: frame.weight)
        if let anchor = frame.anchor { anchors[anchor] = node }
        add(node)
    }

    private mutating func scalar(_ event: yaml_event_t) {
        guard skippedDepth == 0 else { return }
        let data = event.data.scalar
        let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
        let node = YAMLNode(
            content: .scalar(
                String(decoding: bytes, as: UTF8.self),
                isPlain: data.style == YAML_PLAIN_SCALAR_STYLE),
            mark: mark(event), weight: 1)
        if let anchor = text(data.anchor) { anchors[anchor] = node }
        weight += 1
        add(node)
    }

    private mutating func alias(_ event: yaml_event_t) {
        guard skippedDepth == 0 else { return }
        let name = text(event.data.alias.anchor) ?? ""
        var node = YAMLNode(content: .scalar("", isPlain: true), mark: mark(event), weight: 1)
        if let anchored = anchors[name] {
            node = anchored
        } else {
            // An anchor that is still open would make the value part of itself.
            report(
                "unknown-alias", "'*\(name)' refers to no anchor that is complete before it",
                at: node.mark, help: "write '&\(name)' at the value that is meant, above this line")
        }
        weight += node.weight
        add(node)
    }

    /// Puts a complete value where it belongs: the root, an element, a key or a key's value.
    private mutating func add(_ node: YAMLNode) {
        guard weight <= DefinitionLimits.values else {
            frames = []
            return stop(
                "too-many-values",
                "the text stands for more than \(DefinitionLimits.values) values", at: node.mark)
        }
        guard !frames.isEmpty else {
            if documents <= 1, root == nil { root = node }
            return
        }
        let last = frames.count - 1
        frames[last].weight += node.weight
        guard frames[last].isMapping else { return frames[last].elements.append(node) }
        guard let key = frames[last].key else { return addKey(node) }
        frames[last].key = nil
        if frames[last].dropsNext {
            frames[last].dropsNext = false
        } else if key.text == "<<" {
            addMerge(node)
        } else {
            frames[last].places[key.text] = frames[last].entries.count
            frames[last].entries.append(
                YAMLNode.Entry(key: key.text, keyMark: key.mark, value: node))
        }
    }

    private mutating func addKey(_ node: YAMLNode) {
        let last = frames.count - 1
        guard case .scalar(let text, _) = node.content else {
            frames[last].key = ("", node.mark)
            frames[last].dropsNext = true
            return
        }
        frames[last].key = (text, node.mark)
        if let place = frames[last].places[text] {
            problems.append(
                YAMLProblem(
                    code: "duplicate-key", message: "'\(text)' is given twice",
                    help: "keep one of the two", mark: node.mark,
                    earlier: frames[last].entries[place].keyMark))
            frames[last].dropsNext = true
        }
    }

    private mutating func addMerge(_ node: YAMLNode) {
        let last = frames.count - 1
        switch node.content {
        case .mapping: frames[last].merged.append(node)
        case .sequence(let elements): frames[last].merged += elements
        case .scalar:
            report("merge-not-mapping", "'<<' merges a mapping, and this is none", at: node.mark)
        }
    }

    private mutating func syntaxError(
        _ parser: yaml_parser_t, in bytes: UnsafeBufferPointer<UInt8>
    ) {
        let problem = parser.problem.map { String(cString: $0) } ?? "the text is not YAML"
        let context = parser.context.map { String(cString: $0) + ": " } ?? ""
        guard !problem.hasPrefix("Maximum nesting") else {
            return stop(
                "nested-too-deep",
                "this is nested deeper than \(DefinitionLimits.nesting) levels and is not read",
                at: YAMLNode.Mark(parser.context_mark))
        }
        // The decoder knows no lines, only how many bytes came before.
        let mark =
            parser.error == YAML_READER_ERROR
            ? place(of: parser.problem_offset, in: bytes) : YAMLNode.Mark(parser.problem_mark)
        stop(
            "yaml-syntax", context + problem, at: mark,
            help: Self.help(for: problem, context: context))
    }

    /// What usually lies behind an error of libyaml.
    private static func help(for problem: String, context: String) -> String? {
        if context.contains("block scalar") {
            return "put quotes around a limit that begins with '>', as in \">= 95 %\""
        }
        if problem.contains("cannot start any token") {
            return "indent with spaces, and put quotes around text that begins with a sign"
        }
        if problem.contains("mapping values are not allowed") {
            return "put quotes around text with a colon in it"
        }
        if problem.contains("did not find expected key") || context.contains("block collection") {
            return "lines of one list or mapping begin in the same column"
        }
        return nil
    }

    private mutating func report(
        _ code: String, _ message: String, at mark: YAMLNode.Mark, help: String? = nil
    ) {
        guard problems.count < DefinitionLimits.findings else { return }
        problems.append(YAMLProblem(code: code, message: message, help: help, mark: mark))
    }

    private mutating func stop(
        _ code: String, _ message: String,
        at mark: YAMLNode.Mark = .init(line: 1, column: 1, length: 1), help: String? = nil
    ) {
        isComplete = false
        problems.append(YAMLProblem(code: code, message: message, help: help, mark: mark))
    }
}

/// Whether a line begins with a directive. libyaml compares each `%TAG` with all before it, which
/// a file of nothing else would turn into hours.
private func hasDirective(_ text: String) -> Bool {
    var atStart = true
    for byte in text.utf8 {
        if atStart, byte == UInt8(ascii: "%") { return true }
        atStart = byte == 0x0A || byte == 0x0D
    }
    return false
}

private func mark(_ event: yaml_event_t) -> YAMLNode.Mark {
    var mark = YAMLNode.Mark(event.start_mark)
    let (start, end) = (event.start_mark, event.end_mark)
    if start.line == end.line, end.column > start.column {
        mark.length = Int32(clamping: end.column - start.column)
    }
    return mark
}

extension YAMLNode.Mark {
    /// libyaml counts lines and columns from 0.
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(
            line: Int32(clamping: mark.line) + 1, column: Int32(clamping: mark.column) + 1,
            length: 1)
    }
}

private func place(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> YAMLNode.Mark {
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count
    return YAMLNode.Mark(
        line: Int32(clamping: before.count { $0 == 0x0A } + 1),
        column: Int32(clamping: column + 1), length: 1)
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
}
