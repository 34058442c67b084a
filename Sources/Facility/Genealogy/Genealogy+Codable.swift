extension Genealogy: Codable {
    private enum CodingKeys: CodingKey { case names, parents, children }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let names = try container.decode([String].self, forKey: .names)
        let parents = try container.decode([Int32].self, forKey: .parents)
        let children = try container.decode([Int32].self, forKey: .children)
        guard let whole = Genealogy(names: names, parents: parents, children: children) else {
            throw DecodingError.dataCorruptedError(
                forKey: .children, in: container, debugDescription: "an edge leads nowhere")
        }
        self = whole
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nodeNames, forKey: .names)
        try container.encode(edgeEnds.parents, forKey: .parents)
        try container.encode(edgeEnds.children, forKey: .children)
    }
}
