/// Events that were brighter than a channel can measure, or darker, and were piled on its edge.
public struct MarginEvents: Hashable, Sendable, Codable {
    /// Name of the channel.
    public let channel: String
    /// Events at the upper end of the range.
    public let upper: Int
    /// Events at or below zero, counted for scatter channels only: compensated or background-
    /// subtracted fluorescence is rightly negative.
    public let lower: Int
    /// Number of events.
    public let eventCount: Int

    /// Percent of events on either edge; nil when there are none.
    public var percent: Double? {
        eventCount == 0 ? nil : 100 * Double(upper + lower) / Double(eventCount)
    }

    /// The channels of `dataSet`, time left out.
    public static func inspect(_ dataSet: FCSDataSet) -> [MarginEvents] {
        dataSet.parameters.indices.compactMap { index in
            let parameter = dataSet.parameters[index]
            guard !parameter.isTime, parameter.range >= 2 else { return nil }
            let values = dataSet.storedValues(of: index)
            let name = parameter.name.uppercased()
            let isScatter = name.hasPrefix("FSC") || name.hasPrefix("SSC") || name.hasPrefix("FS ")
            // Instruments clip at the range minus one, some at the range.
            let top = parameter.range - 1
            return MarginEvents(
                channel: parameter.name, upper: values.count { $0 >= top },
                lower: isScatter ? values.count { $0 <= 0 } : 0, eventCount: values.count)
        }
    }
}
