extension CleanroomLimits {
    /// How viable particles are sampled.
    public enum ViableMethod: String, CaseIterable, Codable, Sendable {
        /// Active air sampling, CFU/m³.
        case activeAir = "active air"
        /// Settle plates of 90 mm, CFU per 4 h.
        case settlePlate = "settle plate"
        /// Contact plates of 55 mm, CFU per plate.
        case contactPlate = "contact plate"
        /// Prints of five gloved fingers on both hands, CFU per glove.
        case glovePrint = "glove print"

        /// The unit a result is given in.
        public var unit: String {
            switch self {
            case .activeAir: "CFU/m3"
            case .settlePlate: "CFU/4 h"
            case .contactPlate: "CFU/plate"
            case .glovePrint: "CFU/glove"
            }
        }
    }

    /// The most colonies allowed, or `nil` where Annex 1 sets no limit (gloves in C and D).
    ///
    /// The same figures serve qualification (4.31 Table 2, without gloves) and as action limits
    /// of monitoring (9.30 Table 6). Zero is "no growth": any growth in grade A is investigated.
    public static func viable(grade: CleanroomGrade, method: ViableMethod) -> Int? {
        switch (grade, method) {
        case (.a, _): 0
        case (.b, .activeAir): 10
        case (.b, .settlePlate), (.b, .contactPlate), (.b, .glovePrint): 5
        case (.c, .activeAir): 100
        case (.c, .settlePlate): 50
        case (.c, .contactPlate): 25
        case (.d, .activeAir): 200
        case (.d, .settlePlate): 100
        case (.d, .contactPlate): 50
        case (.c, .glovePrint), (.d, .glovePrint): nil
        }
    }

    /// The least pressure step between rooms of different grade, Pa; a guidance value (4.14).
    public static let pressureStepPascalsMin = 10.0
    /// Speed of unidirectional air at the working position, m/s; guidance values (4.30).
    public static let airSpeedMetresPerSecond = 0.36...0.54
    /// Time in which a room comes back to its at-rest limits, minutes; guidance value (4.29).
    public static let cleanUpMinutesMax = 20.0
    /// Flow of a particle counter in grade A, litres per minute (9.17).
    public static let particleSamplingLitresPerMinuteMin = 28.0
    /// Exposure of a settle plate, hours (9.30 Table 6, note a).
    public static let settlePlateHoursMax = 4.0

    /// Months until a room of this grade is qualified again (4.32).
    public static func requalificationMonthsMax(grade: CleanroomGrade) -> Int {
        grade >= .b ? 6 : 12
    }
}
