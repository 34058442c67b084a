import Testing

@testable import Guidance

/// The tables hold what their sources print, checked on counts and on facts that stand out.
@Suite struct PublishedFactsTests {
    @Test func tablesHaveTheRowsOfTheirSources() {
        #expect(QPCertificationPoint.all.count == 20)
        #expect(CTDSection.all.count == 35)
        #expect(TransferItem.all.count == 36)
        #expect(PublishedTrial.all.count == 19)
        #expect(ApprovedProduct.all.count == 23)
        #expect(PublishedSpecification.all.map(\.id) == (1...7).map { "PS-\($0)" })
        #expect(PublishedSpecification.all.flatMap(\.items).count == 86)
        #expect(BankTest.all.count == 26)
        #expect(TransferItem.all.allSatisfy { (1...3).contains($0.stage) })
    }

    @Test func certificationPointsRunFromOneToTwentyOne() {
        #expect(QPCertificationPoint.all.first?.clause == "1.7.1")
        #expect(QPCertificationPoint.all.last?.clause == "1.7.21")
        #expect(
            QPCertificationPoint.all.allSatisfy { !$0.records.isEmpty && !$0.condition.isEmpty })
    }

    /// Arms add up to the cohort in every trial that prints all three numbers.
    @Test func armsOfPublishedTrialsAddUp() {
        for trial in PublishedTrial.all {
            guard let all = trial.participants, let treated = trial.treated,
                let control = trial.control
            else { continue }
            #expect(treated + control == all, "\(trial.id)")
        }
    }

    /// By weight 0.5 to 4 million per kilogram, intravenously (Mebarki et al. 2021).
    @Test func spansThePublishedDoses() throws {
        let byWeight = try #require(PublishedTrial.doseRange(route: "iv", basis: .weight))
        #expect(byWeight.cells == 0.5e6...4e6)
        let flat = try #require(PublishedTrial.doseRange(route: "IV", basis: .flat))
        #expect(flat.cells == 2e7...3e7)
        #expect(PublishedTrial.doseRange(route: "intravitreal", basis: .flat) == nil)
    }

    @Test func europeanDonorsHaveFiveTestsAndAmericanDonorsMore() {
        #expect(
            DonorTest.required(in: .eu).map(\.id) == [
                "anti-HIV-1,2", "HBsAg", "anti-HBc", "anti-HCV", "syphilis",
            ])
        #expect(DonorTest.required(in: .eu, highPrevalence: true).last?.id == "anti-HTLV-I")
        #expect(DonorTest.required(in: .unitedStates).count == 8)
        #expect(
            DonorTest.required(in: .unitedStates, leukocyteRich: true).map(\.id).suffix(2) == [
                "anti-HTLV-I/II", "anti-CMV",
            ])
        #expect(DonorTest.required(in: .japan).isEmpty)
        #expect(DonorTiming.eu.sampleDays == 0...7)
        #expect(DonorTiming.unitedStates.birthMotherUntilDays == 31)
    }

    @Test func banksNeedWhatTheMatrixSays() {
        let master = BankTest.required(for: .pscMaster).map(\.id)
        #expect(master.contains("sterility") && master.contains("recurrent-loci"))
        #expect(!master.contains("residual-vector"))
        #expect(
            BankTest.required(for: .pscMaster, induced: true).contains {
                $0.id == "residual-vector"
            })
        #expect(!BankTest.required(for: .mscMaster).contains { $0.id == "recurrent-loci" })
        #expect(BankTest.test("residual-psc")?.need(for: .endOfProduction) == .required)
    }

    @Test func dossierSectionsStepUpWithThePhase() throws {
        let validation = try #require(CTDSection.section("3.2.S.2.5"))
        #expect(validation.need(in: .phase1).words == "aseptic only")
        #expect(validation.need(in: .commercial).words == "required")
        #expect(validation.need(in: .preclinical) == .none)
        #expect(CTDSection.section("3.2.A.3")?.need(in: .phase1).isOptional == true)
    }

    @Test func resolvesACitationToItsDocumentAndClause() throws {
        let annex = try #require(RegisteredDocument.resolve("Annex 15 5.7"))
        #expect(annex.document.title == "Qualification and Validation")
        #expect(annex.clause == "5.7")
        #expect(RegisteredDocument.resolve("Annex 1 4.27 Table 1")?.document.id == "Annex 1")
        #expect(RegisteredDocument.resolve("Annex 12 3") == nil)
        #expect(RegisteredDocument.resolve("no such text") == nil)
    }

    @Test func readsPhasesAndJurisdictionsAsPeopleWriteThem() {
        #expect(DevelopmentPhase(named: "Phase I/II") == .phase1)
        #expect(DevelopmentPhase(named: "confirmatory") == .pivotal)
        #expect(DevelopmentPhase(named: "pre-clinical") == .preclinical)
        #expect(DevelopmentPhase(named: "phase 9") == nil)
        #expect(Jurisdiction(code: "usa") == .unitedStates)
        #expect(Jurisdiction(code: "Atlantis") == nil)
        #expect(DevelopmentPhase.allCases == DevelopmentPhase.allCases.sorted())
    }
}
