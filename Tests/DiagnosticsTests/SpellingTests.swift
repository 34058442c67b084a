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

    @Test(arguments: ["", "x", "temperature", String(repeating: "target", count: 1000)])
    func otherWordsAreNotGuessed(word: String) {
        #expect(Spelling.nearest(to: word, among: keys) == nil)
    }
}
