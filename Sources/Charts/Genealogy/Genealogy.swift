/// What came from what: things and the movements of material between them.
public struct Genealogy: Sendable, Equatable {
    /// One donor, donation, vial, batch, dose, lot or patient.
    public struct Node: Sendable, Equatable {
        /// Identifier, unique in the genealogy.
        public var id: String
        /// What it is, in the field's words: "donor", "working cell bank".
        public var kind: String
        /// Its name where it differs from the identifier; shown under the kind.
        public var name: String
        /// How it stands, in words: "released".
        public var status: String
        /// How it stands, at a glance.
        public var tone: Tone
        /// Where a click leads.
        public var path: PicturePath?
        /// How many like things this node stands for; 1 unless folded.
        public var count: Int

        /// A node; `name` is the identifier unless given.
        public init(
            id: String, kind: String, name: String? = nil, status: String, tone: Tone,
            path: PicturePath? = nil, count: Int = 1
        ) {
            self.id = id
            self.kind = kind
            self.name = name ?? id
            self.status = status
            self.tone = tone
            self.path = path
            self.count = count
        }
    }

    /// A movement of material from one thing to another.
    public struct Edge: Sendable, Hashable {
        /// Identifier of the thing the material came from.
        public var source: String
        /// Identifier of the thing it went into.
        public var target: String

        /// A movement from `source` into `target`.
        public init(from source: String, to target: String) {
            self.source = source
            self.target = target
        }
    }

    /// The things, in the order they should stand where nothing else decides.
    public var nodes: [Node]
    /// The movements. An edge that names no node of `nodes` is left out of the picture.
    public var edges: [Edge]
    /// Identifier of the thing the question was about.
    public var focus: String?

    /// A genealogy seen from `focus`.
    public init(nodes: [Node], edges: [Edge], focus: String? = nil) {
        self.nodes = nodes
        self.edges = edges
        self.focus = focus
    }

    /// Names as one: the first of them, and where the last differs: `B-26-003-001 … 042`.
    private static func span(_ names: [String]) -> String {
        guard let first = names.min(), let last = names.max(), first != last else {
            return names.first ?? ""
        }
        let shared = zip(first, last).prefix { $0 == $1 }.count
        // Whole parts of a name are kept together, so that no number is cut.
        let parted = last.prefix(shared).lastIndex { !$0.isLetter && !$0.isNumber }
        return "\(first) … " + (parted.map { last[last.index(after: $0)...] } ?? last[...])
    }

    /// The genealogy with like siblings drawn as one: nodes of one kind and status that came from
    /// the same things and went into the same things, where there are more than `limit` of them.
    /// Two hundred vials of a bank are one stack; the one in question stays apart.
    public func folded(over limit: Int = 3) -> Genealogy {
        struct Kin: Hashable {
            var kind: String
            var status: String
            var sources: [String]
            var targets: [String]
        }
        var sources: [String: [String]] = [:]
        var targets: [String: [String]] = [:]
        for edge in edges {
            sources[edge.target, default: []].append(edge.source)
            targets[edge.source, default: []].append(edge.target)
        }
        var families: [Kin: [Int]] = [:]
        for (index, node) in nodes.enumerated() where node.id != focus {
            let kin = Kin(
                kind: node.kind, status: node.status,
                sources: (sources[node.id] ?? []).sorted(),
                targets: (targets[node.id] ?? []).sorted())
            guard !kin.sources.isEmpty || !kin.targets.isEmpty else { continue }
            families[kin, default: []].append(index)
        }
        var folded = self
        var gone: Set<String> = []
        for members in families.values where members.count > max(1, limit) {
            guard let first = members.first else { continue }
            folded.nodes[first].count = members.map { nodes[$0].count }.reduce(0, +)
            folded.nodes[first].name = Self.span(members.map { nodes[$0].name })
            folded.nodes[first].path = nil
            for member in members.dropFirst() { gone.insert(nodes[member].id) }
        }
        folded.nodes.removeAll { gone.contains($0.id) }
        folded.edges.removeAll { gone.contains($0.source) || gone.contains($0.target) }
        return folded
    }
}
