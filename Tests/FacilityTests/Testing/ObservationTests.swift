import Facility
import Quantities
import Testing

/// What a laboratory writes as a result is taken as it writes it, and a mistyped number is not taken
/// for words.
@Suite struct ObservationTests {
    @Test(arguments: [
        "no growth", "46,XX", "46, XX", "46,XY[20]", "47,XX,+12[3]/46,XX[17]", "45~48,XX[cp20]",
        "20 of 20 metaphases without a clonal abnormality", "0/5 plates", "1:64",
    ])
    func wordsAreWords(text: String) {
        #expect(Observation(text) == .words(text))
    }

    @Test(arguments: ["91 %", "4.9e7 cells", "-151 °C", "0.8 µg/mL"])
    func numbersAreMeasured(text: String) throws {
        guard case .measured(let quantity) = Observation(text) else {
            Issue.record("'\(text)' is no quantity")
            return
        }
        #expect(quantity.description == text)
    }

    @Test(arguments: ["91 percnt", "9,1 %", "91 %%", "46,", "5 off", "", " "])
    func whatIsNeitherIsRefused(text: String) {
        #expect(Observation(text) == nil)
    }
}
