/// What a misspelt word was probably meant to be.
public enum Spelling {
    /// Words longer than this are not compared: no name of ours is.
    public static let longestWord = 48

    /// The candidate nearest to `word`; nil when none is near enough to be a slip of the hand.
    ///
    /// The distance is that of optimal string alignment: insertions, deletions, replacements and
    /// swaps of neighbours, one each (L. Boytsov, ACM J. Exp. Algorithmics 16 (2011) 1.1,
    /// doi:10.1145/1963190.1963191). A third of the letters may differ. Case, hyphens and
    /// underscores cost nothing. Of candidates equally near, the first in the alphabet is meant, so
    /// that a sequence without an order gives one answer.
    public static func nearest(
        to word: String, among candidates: some Sequence<String>
    ) -> String? {
        let folded = fold(word)
        guard !folded.isEmpty, folded.count <= longestWord else { return nil }
        let limit = max(1, folded.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let other = fold(candidate)
            guard abs(other.count - folded.count) <= limit, other.count <= longestWord else {
                continue
            }
            let distance = distance(folded, other)
            guard distance <= limit else { continue }
            if let best, (best.distance, best.word) < (distance, candidate) { continue }
            best = (candidate, distance)
        }
        return best?.word
    }

    private static func fold(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    }

    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            row.reserveCapacity(b.count + 1)
            for j in 1...b.count {
                var cost = min(last[j] + 1, row[j - 1] + 1)
                cost = min(cost, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    cost = min(cost, beforeLast[j - 2] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
