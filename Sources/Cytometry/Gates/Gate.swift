/// One axis of a gate: which values, compensated how, on which scale.
public struct GateDimension: Hashable, Sendable {
    /// What the axis shows.
    public enum Source: Hashable, Sendable {
        /// A parameter of the file, or a fluorochrome after compensation, by name.
        case channel(String)
        /// The ratio transformation with this id.
        case ratio(String)
    }

    /// Which compensation comes first.
    public enum Compensation: Hashable, Sendable {
        /// The values as measured.
        case none
        /// The spillover that the file carries; none when it carries none.
        case file
        /// The spectrum matrix with this id.
        case matrix(String)
    }

    /// What the axis shows.
    public var source: Source
    /// Which compensation comes first.
    public var compensation: Compensation
    /// Id of the transformation to the scale of the axis; nil for scale values.
    public var transform: String?

    /// An axis.
    public init(
        _ source: Source, compensation: Compensation = .none, transform: String? = nil
    ) {
        self.source = source
        self.compensation = compensation
        self.transform = transform
    }

    /// An axis that shows a channel.
    public static func channel(
        _ name: String, compensation: Compensation = .none, transform: String? = nil
    ) -> GateDimension {
        GateDimension(.channel(name), compensation: compensation, transform: transform)
    }

    /// Name of the channel or ratio.
    public var name: String {
        switch source {
        case .channel(let name): name
        case .ratio(let id): id
        }
    }
}

/// A·(x − B) / (y − C) of two channels (Gating-ML 2.0, fratio).
public struct RatioTransform: Hashable, Sendable {
    /// Factor.
    public var a: Double
    /// Subtracted from the first channel.
    public var b: Double
    /// Subtracted from the second channel.
    public var c: Double
    /// Channel above the line.
    public var numerator: String
    /// Channel below the line.
    public var denominator: String

    /// A ratio of two channels.
    public init(a: Double, b: Double, c: Double, numerator: String, denominator: String) {
        self.a = a
        self.b = b
        self.c = c
        self.numerator = numerator
        self.denominator = denominator
    }
}

/// A point on the two axes of a polygon.
public struct GatePoint: Hashable, Sendable {
    /// Place on the first axis.
    public var x: Double
    /// Place on the second axis.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A region of event space, or a combination of such regions, with a name and a parent.
public struct Gate: Hashable, Sendable {
    /// Limits on one axis: `min <= value < max` (Gating-ML 2.0, 5.1.1).
    public struct Interval: Hashable, Sendable {
        /// The axis.
        public var dimension: GateDimension
        /// The least value inside; nil for none.
        public var min: Double?
        /// The least value outside above; nil for none.
        public var max: Double?

        /// Limits on `dimension`.
        public init(_ dimension: GateDimension, min: Double? = nil, max: Double? = nil) {
            self.dimension = dimension
            self.min = min
            self.max = max
        }
    }

    /// Values that divide one axis of a quadrant gate.
    public struct Divider: Hashable, Sendable {
        /// Name of the divider.
        public var id: String
        /// The axis.
        public var dimension: GateDimension
        /// Ascending places; n places make n + 1 intervals, each including its lower end.
        public var values: [Double]

        /// A divider.
        public init(id: String, dimension: GateDimension, values: [Double]) {
            self.id = id
            self.dimension = dimension
            self.values = values
        }
    }

    /// One field of a quadrant gate: an interval on each of some dividers.
    public struct Quadrant: Hashable, Sendable {
        /// Name of the field; it is a population like any gate.
        public var id: String
        /// For each divider a value that lies in the wanted interval.
        public var positions: [Position]

        /// A field.
        public init(id: String, positions: [Position]) {
            self.id = id
            self.positions = positions
        }
    }

    /// Which interval of a divider a quadrant means.
    public struct Position: Hashable, Sendable {
        /// Name of the divider.
        public var divider: String
        /// Any value inside the interval.
        public var location: Double

        /// A position.
        public init(divider: String, location: Double) {
            self.divider = divider
            self.location = location
        }
    }

    /// A gate that a boolean gate refers to.
    public struct Operand: Hashable, Sendable {
        /// Id of the gate or quadrant.
        public var gate: String
        /// True when the events outside it are meant.
        public var isComplement: Bool

        /// An operand.
        public init(_ gate: String, complement: Bool = false) {
            self.gate = gate
            isComplement = complement
        }
    }

    /// How the operands of a boolean gate are combined.
    public enum Operation: String, Hashable, Sendable {
        /// Inside every operand.
        case and
        /// Inside at least one operand.
        case or
        /// Outside the only operand.
        case not
    }

    /// What makes an event belong.
    public enum Shape: Hashable, Sendable {
        /// Limits on one or more axes, all of which must hold.
        case rectangle([Interval])
        /// Inside by the even-odd rule; the last vertex is joined to the first. A point on an
        /// edge is inside, which the standard leaves open.
        case polygon(GateDimension, GateDimension, [GatePoint])
        /// (x − mean)ᵀ · covariance⁻¹ · (x − mean) <= distanceSquare.
        case ellipsoid(
            [GateDimension], mean: [Double], covariance: [[Double]], distanceSquare: Double)
        /// Fields cut out by dividers.
        case quadrants([Divider], [Quadrant])
        /// Other gates combined.
        case boolean(Operation, [Operand])
    }

    /// Name, unique among all gates and quadrants.
    public var id: String
    /// Id of the gate or quadrant inside which this one counts; nil for all events.
    public var parent: String?
    /// What makes an event belong.
    public var shape: Shape

    /// A gate.
    public init(id: String, parent: String? = nil, _ shape: Shape) {
        self.id = id
        self.parent = parent
        self.shape = shape
    }
}
