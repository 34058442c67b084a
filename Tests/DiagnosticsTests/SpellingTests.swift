import Diagnostics
import Testing

@Suite struct SpellingTests {
    private let keys = ["target", "normal", "proven", "criticality", "second-check", "materials"]

    @Test(arguments: [
        ("taget", "target"), ("tagret", "target"), ("Target", "target"), ("materails", "materials"),
        ("second_check", "second-check"), ("criticalty", "criticality"),
    ])
    func slipsAreRecognised(word: String, meant: String) {
        #expect(Spelling.nearest(to: word, among: keys) == meant)
    }

    /// Every word that is one slip from a name leads back to it.
    @Test(arguments: ["B-26-01", "B-26-0011", "B-26-101", "B-2-6001", "b-26-001", "B-26-O01"])
    func slipsLeadBack(word: String) {
        #expect(Spelling.slips(of: word).contains("B-26-001"))
        #expect(!Spelling.slips(of: word).contains(word))
    }

    @Test(arguments: ["", "Änderung", "B 1", String(repeating: "B", count: 49)])
    func wordsNoIdentifierHasAreNotTried(word: String) {
        #expect(Spelling.slips(of: word).isEmpty)
    }

    @Test(arguments: ["", "x", "temperature", String(repeating: "target", count: 1000)])
    func otherWordsAreNotGuessed(word: String) {
        #expect(Spelling.nearest(to: word, among: keys) == nil)
    }
}
