import Diagnostics

/// How many names are compared with a misspelt one at most: a refusal stays cheap on a large site.
private let comparedNamesMax = 20_000

/// The help that offers the name nearest to `word`, or lists a few when none is near.
func didYouMean(_ word: String, among names: some Sequence<String>) -> String? {
    // In their order: of two names equally near, the same one is offered every time.
    let names = names.prefix(comparedNamesMax).sorted()
    if let nearest = Spelling.nearest(to: word, among: names) {
        return "did you mean '\(nearest)'?"
    }
    guard !names.isEmpty, names.count <= 12 else { return nil }
    return "known: \(names.joined(separator: ", "))"
}
