extension Spelling {
    /// What identifiers are written with: letters, digits and `- . _`.
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._".utf8)

    /// Every word one slip of the hand away from `word`: a character left out, added, replaced, or
    /// swapped with its neighbour; and the word in capitals or small letters alone.
    ///
    /// For names that stand in a table too large to be read through: the words are looked up one by
    /// one (P. Norvig, "How to write a spelling corrector", 2007). There are some 130 a character of
    /// `word`, and none for a word longer than `longestWord` or with a character no identifier has.
    public static func slips(of word: String) -> [String] {
        let letters = Array(word.utf8)
        guard (1...longestWord).contains(letters.count), letters.allSatisfy(alphabet.contains)
        else { return [] }
        var slips = [word.uppercased(), word.lowercased()]
        func add(_ bytes: [UInt8]) { slips.append(String(decoding: bytes, as: UTF8.self)) }
        for place in letters.indices {
            var less = letters
            less.remove(at: place)
            add(less)
            if place > 0 {
                var swapped = letters
                swapped.swapAt(place - 1, place)
                add(swapped)
            }
            var replaced = letters
            for letter in alphabet where letter != letters[place] {
                replaced[place] = letter
                add(replaced)
            }
        }
        for place in 0...letters.count {
            for letter in alphabet { add(letters[..<place] + [letter] + letters[place...]) }
        }
        return slips.filter { $0 != word }
    }
}
