/// What a picture of an analysis shows, as plain values: the report says what to draw, the room
/// of pictures how.
public enum AnalysisFigure: Hashable, Sendable {
    /// A place in a plot.
    public struct Place: Hashable, Sendable {
        /// Along the level axis.
        public let x: Double
        /// Along the upright axis.
        public let y: Double

        /// A place.
        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Responses of one preparation with its curves.
    public struct DoseResponse: Hashable, Sendable {
        /// The preparation.
        public let name: String
        /// Dose and response.
        public let responses: [Place]
        /// The curve of the common model.
        public let common: [Place]
        /// The preparation's own curve.
        public let separate: [Place]
    }

    /// A batch of a stability study with its line.
    public struct StabilityLine: Hashable, Sendable {
        /// The batch, or the common line.
        public let name: String
        /// Time and result.
        public let results: [Place]
        /// The fitted mean.
        public let line: [Place]
        /// The bounds of the mean that matter.
        public let bounds: [[Place]]
    }

    /// A statistic over time.
    public struct Series: Hashable, Sendable {
        /// What is plotted.
        public let name: String
        /// The values.
        public let values: [Double]
        /// Positions, from 0, that signal.
        public let signals: [Int]
    }

    /// A limit of a statistic: one value, or one for each point.
    public struct Limit: Hashable, Sendable {
        /// What it is.
        public let name: String
        /// The values.
        public let values: [Double]
    }

    /// A name with a number.
    public struct Named: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The number.
        public let value: Double
    }

    /// A curve with its name.
    public struct Curve: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The points.
        public let points: [Place]
    }

    /// Dose-response curves.
    case doseResponse(title: String, preparations: [DoseResponse], isLogarithmic: Bool)
    /// A stability study.
    case shelfLife(
        title: String, timeUnit: String, lines: [StabilityLine], limits: [Double],
        shelfLife: Double?)
    /// A Shewhart chart: readings with the names of the rules they break.
    case shewhart(
        title: String, values: [Double], firstPoint: Int, notes: [Int: String], centre: Double,
        lower: Double, upper: Double)
    /// A chart of statistics whose limits may vary.
    case statistic(
        title: String, quantity: String, series: [Series], limits: [Limit], phases: [Int])
    /// A distribution against its specification.
    case capability(
        values: [Double], limits: [Double], target: Double?, mean: Double, overall: Double,
        within: Double?)
    /// Residuals against fitted values.
    case residuals(
        title: String, fitted: [Double], residuals: [Double], flagged: Set<Int>, band: Double?)
    /// Growth curves.
    case growth(title: String, counts: [Place], curves: [Curve])
    /// Effects by size.
    case pareto(title: String, quantity: String, effects: [Named], margin: Double?)
    /// A design space over two factors, the others at the set point.
    case designSpace(
        across: String, acrossSettings: [Double], upright: String, uprightSettings: [Double],
        probabilities: [[Double]], required: Double, setPoint: Place)
}

extension AnalysisFigure {
    /// So many values from `low` to `high`, evenly spaced.
    static func steps(from low: Double, to high: Double, count: Int = 60) -> [Double] {
        (0..<count).map { low + (high - low) * Double($0) / Double(max(1, count - 1)) }
    }
}
