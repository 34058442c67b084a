import Foundation
import Planner
import Testing

/// Scale-out against scale-up, as an independent enumeration answers it.
@Suite struct ScaleQuestionTests {
    @Test func theMapOfDoseAndDemand() throws {
        for wanted in try Expected.load().breakeven.list {
            let question = ScaleQuestion(
                dose: wanted.dose.number, demand: wanted.demand_per_year.number)
            let answers = question.answers()
            guard !wanted.cog_per_dose.isNull else {
                #expect(wanted.best_technology.text == "none feasible")
                #expect(answers.isEmpty)
                continue
            }
            let best = try #require(answers.first)
            #expect(best.technology == wanted.best_technology.text)
            #expect(abs(best.costPerDose - wanted.cog_per_dose.number) < 0.051)
            #expect(Double(best.lots) == wanted.lots.number)
            #expect(Double(best.unitsPerLot) == wanted.units_per_lot.number)
            for (names, key) in [("planar", "best_planar"), ("STR", "best_str")] {
                let least = answers.first { $0.technology.hasPrefix(names) }
                if wanted[key].isNull {
                    #expect(least == nil)
                } else {
                    #expect(abs((least?.costPerDose ?? 0) - wanted[key].number) < 0.051)
                }
            }
        }
    }

    /// Doses of 70 million cells: planar vessels are cheaper up to 1.8e10 cells a year, and half
    /// the density of the tanks moves that to 3.6e10.
    @Test func breakEven() throws {
        let question = ScaleQuestion(dose: 7e7, demand: 1)
        let usual = try #require(question.breakEven())
        #expect(abs(usual / 1.78e10 - 1) < 0.01)
        let thin = Technology.usual.map { technology in
            var technology = technology
            if case .stirred(let liters, let density, let recovery, let carrier, let medium) =
                technology.kind
            {
                technology.kind = .stirred(
                    liters: liters, density: density / 2, recovery: recovery,
                    carrierPerLiter: carrier, mediumFactor: medium)
            }
            return technology
        }
        let later = try #require(question.breakEven(thin))
        #expect(abs(later / 3.55e10 - 1) < 0.01)
    }

    /// Simaria et al. 2014: planar at small and middle scale, microcarriers alone beyond.
    @Test func directionOfThePublishedStudies() {
        var small = ScaleQuestion(dose: 1e6, demand: 1e3)
        #expect(small.answers().first?.technology.hasPrefix("planar") == true)
        small.demand = 1e6
        #expect(small.answers().first?.technology.hasPrefix("STR") == true)
        // Beyond 50 to 100 vessels in a lot nothing planar is left.
        let large = ScaleQuestion(dose: 1e9, demand: 1e5)
        #expect(!large.answers().contains { $0.technology.hasPrefix("planar") })
    }

    @Test func impossibleQuestionsHaveNoAnswer() {
        #expect(ScaleQuestion(dose: .nan, demand: 10).answers().isEmpty)
        #expect(ScaleQuestion(dose: 1e6, demand: 0).answers().isEmpty)
        #expect(ScaleQuestion(dose: -1, demand: 10).answers().isEmpty)
    }
}
