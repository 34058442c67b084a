extension String {
    /// Whether `word` stands somewhere in the text, byte for byte: what a list asks of thousands of
    /// rows. A word that is only half of a character in the text does not count as one in Swift's
    /// own search; here both are in small letters and taken as they are written.
    func holds(_ word: Substring) -> Bool {
        var (text, word) = (self, word)
        return text.withUTF8 { text in
            word.withUTF8 { word in
                guard let first = word.first else { return true }
                guard text.count >= word.count else { return false }
                for start in 0...(text.count - word.count) where text[start] == first {
                    var length = 1
                    while length < word.count, text[start + length] == word[length] { length += 1 }
                    if length == word.count { return true }
                }
                return false
            }
        }
    }
}
