/// The result of one sample against its panel, with everything needed to compute it again.
public struct PhenotypeReport: Hashable, Sendable, Codable {
    /// A file by name and SHA-256.
    public struct Source: Hashable, Sendable, Codable {
        /// File name without its folder.
        public let name: String
        /// SHA-256 of the bytes, 64 hexadecimal digits.
        public let sha256: String

        /// A file.
        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// One marker.
    public struct MarkerResult: Hashable, Sendable, Codable {
        /// Name of the marker or joint phenotype.
        public let marker: String
        /// What it is for.
        public let role: MarkerPanel.Role
        /// Positive cells with interval; nil when there was nothing to count.
        public let share: ProportionInterval?
        /// The product's limit.
        public let limit: MarkerPanel.Limit?
        /// What it came to, by the percentage itself.
        public let verdict: Verdict
        /// True when a limit lies inside the interval: counting more events could turn it.
        public let isBorderline: Bool
        /// How positivity was decided.
        public let rule: String
        /// Channel of the median.
        public let channel: String?
        /// Median of the population, in scale values.
        public let median: Double?
        /// Median of the control, in scale values.
        public let controlMedian: Double?
        /// Shape of the distribution on the scale of the panel.
        public let distribution: Distribution?
        /// Robust coefficient of variation in percent.
        public let robustCoefficientOfVariation: Double?

        /// Median over that of the control; nil unless both are above zero.
        public var ratio: Double? {
            guard let median, let controlMedian, median > 0, controlMedian > 0 else { return nil }
            return median / controlMedian
        }
    }

    /// A population with its share of the parent.
    public struct Population: Hashable, Sendable, Codable {
        /// Id of the gate.
        public let id: String
        /// Id of the parent.
        public let parent: String?
        /// Members.
        public let count: Int
        /// Share of the parent; nil when the parent is empty.
        public let share: ProportionInterval?
    }

    /// The sample.
    public let sample: Source
    /// The gates.
    public let gates: Source
    /// Version of the gates and why it came to be, where the panel states them.
    public let gatesVersion: MarkerPanel.Gates?
    /// The panel.
    public let panelSource: Source
    /// Controls by file.
    public let controls: [Source]
    /// Version of the program.
    public let software: String
    /// Name of the panel.
    public let panel: String
    /// Version of the panel.
    public let panelVersion: String
    /// Why that version came to be.
    public let panelReason: String
    /// Tissue of origin.
    public let tissue: String
    /// Population on which markers are read.
    public let population: String
    /// Confidence level of the intervals.
    public let confidence: Double
    /// Facts from the file's keywords: instrument, date, operator and the like.
    public let acquisition: [String: String]
    /// Where the compensation comes from.
    public let compensation: String
    /// Departures of the files from the standard.
    public let warnings: [String]
    /// All populations in the order of the gates.
    public let populations: [Population]
    /// The markers in the order of the panel.
    public let markers: [MarkerResult]
    /// The joint phenotypes.
    public let joint: [MarkerResult]
    /// Readings of markers that differ between tissues.
    public let tissueReadings: [TissueMarkers.Reading]
    /// How the run went.
    public let run: [RunCheck]
    /// What the panel lacks.
    public let panelFindings: [PanelFinding]
    /// Overall: fails when any limited marker, phenotype or check fails or was not measured.
    public let verdict: Verdict
    /// Why it fails, or what is borderline.
    public let reasons: [String]
}
