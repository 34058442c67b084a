import Foundation

/// The panel by which a lot is identified: its markers, the product's limits and the controls.
///
/// A panel is a document of its own with a version and a reason, so that the record of a result
/// can name it by digest. The limits are the product's; this program has none of its own.
public struct MarkerPanel: Hashable, Sendable, Codable {
    /// What a marker is for.
    public enum Role: String, Hashable, Sendable, Codable {
        /// Must be present; the limit is a minimum.
        case positive
        /// Must be absent; the limit is a maximum.
        case negative
        /// Reported and not judged.
        case informative
    }

    /// Limits in percent of the population.
    public struct Limit: Hashable, Sendable, Codable {
        /// At least this.
        public var min: Double?
        /// At most this.
        public var max: Double?

        /// Limits; at least one should be there.
        public init(min: Double? = nil, max: Double? = nil) {
            self.min = min
            self.max = max
        }
    }

    /// Positivity read from a control sample instead of a gate.
    public struct Control: Hashable, Sendable, Codable {
        /// Which control.
        public var kind: ControlThreshold.Kind
        /// Percentile of the control's events, such as 99.5.
        public var percentile: Double
        /// File name of the control.
        public var file: String

        /// A control.
        public init(kind: ControlThreshold.Kind, percentile: Double, file: String) {
            self.kind = kind
            self.percentile = percentile
            self.file = file
        }
    }

    /// One marker, or one cocktail of markers in a channel.
    public struct Marker: Hashable, Sendable, Codable {
        /// Name, such as "CD105".
        public var marker: String
        /// The markers of a cocktail, when it is one.
        public var covers: [String]?
        /// What it is for.
        public var role: Role
        /// Gate whose members are positive.
        public var gate: String?
        /// Channel in which the marker is read; needed for a control and for the median.
        public var channel: String?
        /// Control from which the threshold comes, in place of a gate.
        public var control: Control?
        /// The product's limit; needed unless informative.
        public var limit: Limit?
        /// Why this limit: the product's own data.
        public var justification: String?
    }

    /// Markers that must be met by the same cell.
    public struct Joint: Hashable, Sendable, Codable {
        /// Name, such as "MSC phenotype".
        public var name: String
        /// Markers that must all be positive.
        public var positive: [String]
        /// Markers that must all be negative.
        public var negative: [String]
        /// The product's limit; informative without one.
        public var limit: Limit?
    }

    /// Live cells and the population among which they are counted.
    public struct Viability: Hashable, Sendable, Codable {
        /// Gate of the live cells.
        public var gate: String
        /// Gate of the cells among which they are counted; the parent of `gate` when absent.
        public var among: String?
    }

    /// The gates that belong to this version of the panel.
    public struct Gates: Hashable, Sendable, Codable {
        /// Version of the gates.
        public var version: String
        /// Why this version came to be.
        public var reason: String
        /// SHA-256 of the document, 64 lower-case hexadecimal digits. Gates with another digest
        /// are refused: a changed gate is a new version with a reason.
        public var sha256: String
    }

    /// Name of the panel.
    public var name: String
    /// Version; a changed panel is a new one.
    public var version: String
    /// Why this version came to be.
    public var reason: String
    /// Tissue of origin: one of `TissueMarkers.Tissue`.
    public var tissue: String
    /// The gates that belong to this version; any gates when absent.
    public var gates: Gates?
    /// True when the cells are known to be stimulated, which may bring HLA-DR up.
    public var stimulated: Bool?
    /// Gate whose members are counted for every marker.
    public var population: String
    /// Confidence level of all intervals, such as 0.95.
    public var confidence: Double
    /// Id of the transformation for medians and distributions.
    public var scale: String?
    /// How viability is counted.
    public var viability: Viability?
    /// The product's limits for the run.
    public var run: RunLimits?
    /// The markers.
    public var markers: [Marker]
    /// Joint phenotypes.
    public var joint: [Joint]?

    /// Reads a panel from JSON.
    ///
    /// - Throws: `PanelError` naming the key. Keys that are not known are refused, because a
    ///   misspelt limit would otherwise be no limit.
    public init(json bytes: [UInt8]) throws(PanelError) {
        do {
            let data = Data(bytes)
            try Self.checkKeys(JSONSerialization.jsonObject(with: data))
            self = try JSONDecoder().decode(MarkerPanel.self, from: data)
        } catch let error as PanelError {
            throw error
        } catch let error as DecodingError {
            throw PanelError(Self.explain(error))
        } catch {
            throw PanelError("the panel is not JSON")
        }
        try check()
    }

    private static let keys: [String: Set<String>] = [
        "": [
            "name", "version", "reason", "tissue", "stimulated", "population", "confidence",
            "scale", "gates", "viability", "run", "markers", "joint",
        ],
        "gates": ["version", "reason", "sha256"],
        "markers": [
            "marker", "covers", "role", "gate", "channel", "control", "limit", "justification",
        ],
        "joint": ["name", "positive", "negative", "limit"],
        "limit": ["min", "max"],
        "control": ["kind", "percentile", "file"],
        "viability": ["gate", "among"],
        "run": [
            "eventsMin", "viabilityMin", "doubletsMax", "marginsMax", "idleMax", "anomalousMax",
        ],
    ]

    private static func checkKeys(_ value: Any, under place: String = "") throws(PanelError) {
        if let list = value as? [Any] {
            for item in list { try checkKeys(item, under: place) }
        } else if let object = value as? [String: Any] {
            guard let known = keys[place] else {
                throw PanelError("key '\(place)' takes no keys of its own")
            }
            for (key, inner) in object.sorted(by: { $0.key < $1.key }) {
                guard known.contains(key) else {
                    throw PanelError(
                        "key '\(key)' is not known\(place.isEmpty ? "" : " in '\(place)'"); known "
                            + "are: \(known.sorted().joined(separator: ", "))")
                }
                if inner is [String: Any] || (inner as? [Any])?.first is [String: Any] {
                    try checkKeys(inner, under: key)
                }
            }
        }
    }

    private static func explain(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
                .joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let place = path(context)
            return "key '\(key.stringValue)' is missing" + (place.isEmpty ? "" : " in '\(place)'")
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            return "key '\(path(context))' has a value that does not fit"
        @unknown default: return "the panel cannot be read"
        }
    }

    private func check() throws(PanelError) {
        guard !markers.isEmpty else { throw PanelError("the panel has no markers") }
        guard confidence > 0.5, confidence < 1 else {
            throw PanelError("confidence is \(confidence), expected a level such as 0.95")
        }
        guard TissueMarkers.Tissue(rawValue: tissue) != nil else {
            let known = TissueMarkers.Tissue.allCases.map(\.rawValue).joined(separator: ", ")
            throw PanelError("tissue '\(tissue)' is not known; known are: \(known)")
        }
        var seen: Set<String> = []
        for marker in markers {
            guard seen.insert(marker.marker).inserted else {
                throw PanelError("marker '\(marker.marker)' occurs twice")
            }
            try check(marker)
        }
        for joint in joint ?? [] {
            if let limit = joint.limit { try check(limit, of: joint.name) }
            for name in joint.positive + joint.negative where !seen.contains(name) {
                throw PanelError("joint phenotype '\(joint.name)' names '\(name)', no marker")
            }
            guard !(joint.positive.isEmpty && joint.negative.isEmpty) else {
                throw PanelError("joint phenotype '\(joint.name)' names no markers")
            }
        }
    }

    private func check(_ marker: Marker) throws(PanelError) {
        guard marker.gate != nil || (marker.channel != nil && marker.control != nil) else {
            throw PanelError(
                "marker '\(marker.marker)' needs a gate, or a channel with a control")
        }
        if let control = marker.control {
            guard control.percentile > 50, control.percentile < 100 else {
                throw PanelError(
                    "marker '\(marker.marker)' has the percentile \(control.percentile), expected "
                        + "50 to 100")
            }
        }
        if let limit = marker.limit { try check(limit, of: marker.marker) }
        switch marker.role {
        case .positive where marker.limit?.min == nil:
            throw PanelError(
                "positive marker '\(marker.marker)' has no 'min': state the product's own limit")
        case .negative where marker.limit?.max == nil:
            throw PanelError(
                "negative marker '\(marker.marker)' has no 'max': state the product's own limit")
        case .informative where marker.limit != nil:
            throw PanelError("informative marker '\(marker.marker)' must not have a limit")
        default: break
        }
    }

    private func check(_ limit: Limit, of name: String) throws(PanelError) {
        for value in [limit.min, limit.max].compactMap({ $0 }) where !(0...100).contains(value) {
            throw PanelError("limit \(value) of '\(name)' is no percentage")
        }
        if let min = limit.min, let max = limit.max, min > max {
            throw PanelError("limits of '\(name)' are \(min) to \(max)")
        }
    }
}

/// A panel that cannot be used.
public struct PanelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The key and what is wrong with it.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
