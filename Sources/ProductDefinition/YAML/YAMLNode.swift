/// A value of a YAML text, with where it stands.
struct YAMLNode {
    indirect enum Content {
        /// A single value; `isPlain` when it was written without quotes.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// A key of a mapping with its value.
    struct Entry {
        var key: String
        var keyMark: Mark
        var value: YAMLNode
    }

    /// Line and column from 1, and the number of columns taken on that line.
    struct Mark {
        var line: Int32
        var column: Int32
        var length: Int32
    }

    var content: Content
    var mark: Mark
    /// How many values this one is, itself included, with aliases written out.
    var weight: Int

    /// Nothing was written: an empty value, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// What it is, for a message.
    var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// Something wrong with a YAML text itself.
struct YAMLProblem {
    var code: String
    var message: String
    var help: String?
    var mark: YAMLNode.Mark
    var earlier: YAMLNode.Mark?
}
