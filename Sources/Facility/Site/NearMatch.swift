/// What was probably meant by a word that names nothing.
package enum NearMatch {
    /// How many words are looked through at most: a rejection must stay cheap on a large site.
    private static let candidates = 20_000

    /// Up to three of `words` that differ from `text` by a few characters, nearest first.
    package static func suggestions(
        for text: String, among words: some Sequence<String>
    ) -> [String] {
        let wanted = Array(text.lowercased().utf8.prefix(64))
        let allowed = max(1, wanted.count / 3)
        return words.prefix(candidates)
            .map { ($0, distance(wanted, Array($0.lowercased().utf8.prefix(64)))) }
            .filter { $0.1 <= allowed }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            .prefix(3).map(\.0)
    }

    /// The least number of insertions, deletions and replacements (V. I. Levenshtein, Soviet
    /// Physics Doklady 10 (1966) 707).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
