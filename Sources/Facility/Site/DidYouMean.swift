import Diagnostics

/// How many names are compared with a misspelt one at most: a refusal stays as cheap on a large
/// site as on a small one.
private let comparedNamesMax = 512

/// The help that offers the name nearest to `word`, or lists a few when none is near.
///
/// Meant for the names of a definition or a batch; what may be as many as a site has is looked up
/// with `didYouMean(_:in:)`.
func didYouMean(_ word: String, among names: some Sequence<String>) -> String? {
    let names = Array(names.prefix(comparedNamesMax))
    if let nearest = Spelling.nearest(to: word, among: names) {
        return "did you mean '\(nearest)'?"
    }
    guard !names.isEmpty, names.count <= 12 else { return nil }
    return "known: \(names.sorted().joined(separator: ", "))"
}

/// The help that offers the identifier of `table` nearest to `word`.
///
/// A table too large to be read through is asked for the words one slip away: some thousand
/// look-ups, however many things the site has.
func didYouMean<Thing, Value>(
    _ word: String, in table: Table<Identifier<Thing>, Value>
) -> String? {
    guard table.count > comparedNamesMax else {
        return didYouMean(word, among: table.keys.map(\.text))
    }
    return slip(of: word) { table[Identifier(unchecked: $0)] != nil }
}

/// The same for identifiers of things of any kind.
func didYouMean<Value>(_ word: String, in table: Table<String, Value>) -> String? {
    guard table.count > comparedNamesMax else { return didYouMean(word, among: table.keys) }
    return slip(of: word) { table[$0] != nil }
}

extension SiteState {
    /// What kind of thing is called `id`.
    func kind(of id: String) throws(Rejection) -> Thing {
        guard let kind = things[id] else {
            throw Rejection(
                "site.unknown-identifier", "nothing is called '\(id)'",
                help: didYouMean(id, in: things))
        }
        return kind
    }
}

private func slip(of word: String, isKnown: (String) -> Bool) -> String? {
    Spelling.slips(of: word).filter(isKnown).min().map { "did you mean '\($0)'?" }
}
