/// Markers that differ between MSC of different tissues. They inform and never decide.
public enum TissueMarkers {
    /// Tissue of origin, written as the ISCT and ICCBBA write it (joint statement of 2021).
    public enum Tissue: String, Hashable, Sendable, Codable, CaseIterable {
        /// Bone marrow, MSC(M).
        case boneMarrow = "M"
        /// Adipose tissue, MSC(AT).
        case adiposeTissue = "AT"
        /// Cord blood, MSC(CB).
        case cordBlood = "CB"
        /// Wharton's jelly of the umbilical cord, MSC(WJ).
        case whartonsJelly = "WJ"
        /// Umbilical cord tissue, MSC(UC).
        case umbilicalCord = "UC"
        /// Placenta, MSC(P).
        case placenta = "P"

        var isCord: Bool { self == .whartonsJelly || self == .umbilicalCord || self == .cordBlood }
    }

    /// What a marker says about the stated tissue.
    public struct Reading: Hashable, Sendable, Codable {
        /// The marker.
        public let marker: String
        /// Percent positive.
        public let percent: Double
        /// True when the reading speaks against the stated tissue.
        public let isContradiction: Bool
        /// The reading in words.
        public let message: String
    }

    /// From this share on a marker counts as present for the tissue's sake, and below the other
    /// as absent; in between it says nothing.
    static let presentMin = 20.0
    static let absentMax = 5.0

    /// Readings of the markers that were measured.
    ///
    /// CD146 is found on cord MSC; CD133 is higher on bone marrow and adipose MSC; CD34 occurs
    /// on adipose MSC only, and is lost there in culture.
    public static func readings(
        tissue: Tissue, percents: [(marker: String, percent: Double)]
    ) -> [Reading] {
        percents.compactMap { marker, percent in
            let isPresent = percent >= presentMin
            let isAbsent = percent <= absentMax
            let state = isPresent ? "present" : isAbsent ? "absent" : "in between"
            var contradiction: String?
            switch marker.uppercased() {
            case "CD146":
                if tissue.isCord && isAbsent { contradiction = "cord MSC carry it" }
            case "CD133":
                if tissue.isCord && isPresent {
                    contradiction = "it is expected on bone marrow and adipose MSC"
                }
            case "CD34":
                if tissue != .adiposeTissue && percent > absentMax {
                    contradiction = "it occurs on adipose MSC only"
                }
            default: return nil
            }
            let note = contradiction.map { ", which speaks against MSC(\(tissue.rawValue)): \($0)" }
            return Reading(
                marker: marker, percent: percent, isContradiction: contradiction != nil,
                message: "\(marker) is \(state) (\(fixed(percent, 1)) %)\(note ?? "")")
        }
    }
}
