/// Dose-response curves of a bioassay: the responses, the curves with common parameters, and each
/// preparation's own curve, whose distance from the common one shows where parallelism fails.
public struct DoseResponseChart: Sendable {
    /// One preparation.
    public struct Preparation: Sendable {
        /// The standard or a sample.
        public var name: String
        /// Dose and response of each well or unit.
        public var responses: [PlotPoint]
        /// The curve of the model all preparations share.
        public var common: [PlotPoint]
        /// The preparation's own curve; empty where none was fitted.
        public var separate: [PlotPoint]

        /// A preparation with its curves.
        public init(
            name: String, responses: [PlotPoint], common: [PlotPoint], separate: [PlotPoint] = []
        ) {
            self.name = name
            self.responses = responses
            self.common = common
            self.separate = separate
        }
    }

    /// More preparations than this hide each other.
    public static let preparationsMax = 6

    private let title: String
    private let dose: String
    private let response: String
    private let preparations: [Preparation]
    private let hasLogarithmicDose: Bool
    private let statement: String

    /// A chart of the first six preparations, the standard first. `statement` says in a sentence
    /// what was concluded: it belongs to the text alternative.
    public init(
        title: String, dose: String, response: String, preparations: [Preparation],
        hasLogarithmicDose: Bool = true, statement: String
    ) {
        self.title = title
        self.dose = dose
        self.response = response
        self.preparations = Array(preparations.prefix(Self.preparationsMax))
        self.hasLogarithmicDose = hasLogarithmicDose
        self.statement = statement
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        var layers: [DataPlot.Layer] = []
        var key: [DataPlot.KeyEntry] = []
        for (index, preparation) in preparations.enumerated() {
            let ink = DataPlot.inks[index % DataPlot.inks.count]
            let shape = MarkShape.allCases[index % MarkShape.allCases.count]
            layers.append(.line(preparation.common, ink, .solid))
            layers.append(.line(preparation.separate, ink, .dotted))
            layers.append(.marks(preparation.responses, shape, ink, size: 3.5))
            key.append(.init(name: preparation.name, ink: ink, shape: shape, dashes: .solid))
        }
        if preparations.contains(where: { !$0.separate.isEmpty }) {
            key.append(.init(name: "fitted alone", ink: .quiet, shape: nil, dashes: .dotted))
        }
        return DataPlot(
            title: title, summary: summary, across: dose, upright: response,
            acrossSpacing: hasLogarithmicDose ? .logarithmic : .even, layers: layers, key: key
        ).picture()
    }

    private var summary: String {
        let words = preparations.map { preparation -> String in
            let responses = preparation.responses.map(\.y).filter(\.isFinite)
            guard let low = responses.min(), let high = responses.max() else {
                return "\(preparation.name): no responses"
            }
            return "\(preparation.name): \(responses.count) responses from "
                + "\(NumberLabel.short(low)) to \(NumberLabel.short(high))"
        }
        return "\(response) against \(dose). \(words.joined(separator: ". ")). \(statement)"
    }
}
