import Testing

@testable import Guidance

/// Clean-room limits against Annex 1 (2022) and (2008) and against ISO 14644-1.
@Suite struct CleanroomLimitsTests {
    @Test func classifiesGradeAWithoutAFiveMicrometreLimitAndMonitorsItWithOne() {
        let classification = CleanroomLimits.particles(
            grade: .a, size: .fiveMicrometres, state: .inOperation)
        #expect(classification.bound == .notSpecified)
        #expect(classification.clause == "4.27 Table 1")
        let monitoring = CleanroomLimits.particles(
            grade: .a, size: .fiveMicrometres, state: .inOperation, for: .monitoring)
        #expect(monitoring.bound == .atMost(29))
        #expect(monitoring.allows(29) == true)
        #expect(monitoring.allows(30) == false)
        #expect(classification.allows(30) == nil)
    }

    @Test func keepsTheOlderEditionApart() {
        let older = CleanroomLimits.particles(
            grade: .b, size: .fiveMicrometres, state: .inOperation, edition: .annex1of2008)
        #expect(older.bound == .atMost(2_900))
        #expect(!older.edition.isCurrent)
        let newer = CleanroomLimits.particles(
            grade: .b, size: .fiveMicrometres, state: .inOperation)
        #expect(newer.bound == .atMost(2_930))
    }

    @Test func answersForEveryGradeSizeStatePurposeAndEdition() {
        for grade in CleanroomGrade.allCases {
            for size in CleanroomLimits.ParticleSize.allCases {
                for state in OccupancyState.allCases {
                    for purpose in CleanroomLimits.Purpose.allCases {
                        for edition in CleanroomLimits.Edition.allCases {
                            let limit = CleanroomLimits.particles(
                                grade: grade, size: size, state: state, for: purpose,
                                edition: edition)
                            #expect(limit.edition == edition)
                        }
                    }
                }
            }
        }
    }

    /// A cleaner grade never allows more.
    @Test func limitsGrowWithTheGrade() {
        for method in CleanroomLimits.ViableMethod.allCases {
            let limits = CleanroomGrade.allCases.compactMap {
                CleanroomLimits.viable(grade: $0, method: method)
            }
            #expect(limits == limits.sorted())
            #expect(limits.first == 0)
        }
        #expect(CleanroomGrade.a > .b && CleanroomGrade.c > .d)
        #expect(CleanroomLimits.viable(grade: .c, method: .glovePrint) == nil)
        #expect(CleanroomLimits.requalificationMonthsMax(grade: .b) == 6)
        #expect(CleanroomLimits.requalificationMonthsMax(grade: .c) == 12)
    }

    /// Published figures of ISO 14644-1 Table 1; 29 is the figure of the edition of 1999.
    @Test(arguments: [
        (5, 0.5, 3_520), (5, 1, 832), (5, 5, 29), (6, 0.5, 35_200), (6, 1, 8_320), (6, 5, 293),
        (7, 0.5, 352_000), (7, 1, 83_200), (7, 5, 2_930), (8, 0.5, 3_520_000), (8, 1, 832_000),
        (8, 5, 29_300), (9, 0.5, 35_200_000), (9, 1, 8_320_000), (9, 5, 293_000),
    ])
    func computesTheFiguresOfTheStandard(isoClass: Int, micrometres: Double, count: Int) {
        #expect(ISO14644.particlesMax(isoClass: isoClass, micrometres: micrometres) == count)
    }

    @Test func hasNoFigureOutsideTheFormula() {
        #expect(ISO14644.particlesMax(isoClass: 0, micrometres: 0.5) == nil)
        #expect(ISO14644.particlesMax(isoClass: 5, micrometres: .nan) == nil)
        #expect(ISO14644.particlesMax(isoClass: 5, micrometres: 6) == nil)
    }

    @Test func gradesEqualTheirClassAtHalfAMicrometre() throws {
        for grade in CleanroomGrade.allCases {
            for state in OccupancyState.allCases {
                guard let isoClass = ISO14644.isoClass(of: grade, state) else { continue }
                let limit = CleanroomLimits.particles(
                    grade: grade, size: .halfMicrometre, state: state)
                let count = try #require(
                    ISO14644.particlesMax(isoClass: isoClass, micrometres: 0.5))
                #expect(limit.bound == .atMost(count))
            }
        }
    }
}
