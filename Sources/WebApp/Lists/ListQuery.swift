/// What a reader asked of a list: words to find, a column to sort by, a page.
struct ListQuery: Equatable, Sendable {
    /// Words that a row must hold, all of them.
    var words = ""
    /// Key of the column that decides the order; nil for the list's own order.
    var sort: String?
    /// Whether the order is turned around.
    var descending = false
    /// The page, from 1.
    var page = 1

    /// Longer searches are cut: no row holds more.
    static let wordsMax = 200

    init() {}

    /// The query of an address; what is missing or makes no sense takes its ordinary value.
    init(_ pairs: [(name: String, value: String)]) {
        for pair in pairs {
            switch pair.name {
            case "q": words = String(pair.value.prefix(Self.wordsMax))
            case "sort": sort = pair.value.isEmpty ? nil : pair.value
            case "order": descending = pair.value == "descending"
            case "page": page = max(1, Int(pair.value) ?? 1)
            default: break
            }
        }
    }

    /// The query again, to stand in an address.
    var items: [Address.QueryItem] {
        var items: [Address.QueryItem] = []
        if !words.isEmpty { items.append(.init(name: "q", value: words)) }
        if let sort { items.append(.init(name: "sort", value: sort)) }
        if descending { items.append(.init(name: "order", value: "descending")) }
        if page > 1 { items.append(.init(name: "page", value: String(page))) }
        return items
    }
}
