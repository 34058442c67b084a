internal import Foundation

/// The classes of ISO 14644-1 and the count each allows.
public enum ISO14644 {
    /// The most particles of at least `micrometres` in a cubic metre of air of `isoClass`:
    /// Cₙ = 10ᴺ × (0.1 / D)^2.08, rounded to three significant figures as the standard's table
    /// is.
    ///
    /// The edition of 2015 prints no figure for 5 µm in class 5 (it refers to macro-particle
    /// descriptors); the formula still gives the 29 of the edition of 1999.
    /// - Returns: `nil` outside classes 1 to 9 and sizes 0.1 to 5 µm, where the formula is not
    ///   defined.
    public static func particlesMax(isoClass: Int, micrometres: Double) -> Int? {
        guard (1...9).contains(isoClass), (0.1...5).contains(micrometres) else { return nil }
        let exact = pow(10, Double(isoClass)) * pow(0.1 / micrometres, 2.08)
        let magnitude = pow(10, floor(log10(exact)) - 2)
        let rounded =
            magnitude < 1 ? exact.rounded(.down) : (exact / magnitude).rounded() * magnitude
        return Int(rounded)
    }

    /// The class that a clean-room grade equals at 0.5 µm, where it has one.
    public static func isoClass(of grade: CleanroomGrade, _ state: OccupancyState) -> Int? {
        switch (grade, state) {
        case (.a, _), (.b, .atRest): 5
        case (.b, .inOperation), (.c, .atRest): 7
        case (.c, .inOperation), (.d, .atRest): 8
        case (.d, .inOperation): nil
        }
    }
}
