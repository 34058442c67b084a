extension PlotAxis {
    /// Width of the linear part, in decades, of the scale that is used when no other is given:
    /// it shows the spread of a compensated negative population without a gap at zero.
    public static let standardWidth = 0.7
    /// Decades of that scale.
    public static let standardDecades = 4.5

    /// Where that scale begins: far enough below zero for the negative side of a dim population.
    static let negativeEnd = -0.15

    /// The axis that a cytometrist expects for a channel: linear for scatter and time,
    /// logarithmic for channels that the instrument amplified so, and logicle for fluorescence.
    ///
    /// - Parameter scale: the scale for fluorescence; a logicle up to the range when nil.
    public static func standard(
        _ dimension: GateDimension, of dataSet: FCSDataSet, scale: ScaleTransform? = nil
    ) -> PlotAxis {
        let index = dataSet.parameterIndex(named: dimension.name)
        let parameter = index.map { dataSet.parameters[$0] }
        let title = parameter?.title ?? dimension.name
        let range = parameter.map { $0.range >= 2 ? $0.range : 262_144 } ?? 262_144
        let name = dimension.name.uppercased()
        if let parameter, parameter.isTime {
            let values = index.map { dataSet.scaleValues(of: $0) } ?? []
            let last = values.filter(\.isFinite).max() ?? 1
            return PlotAxis(
                dimension, scale: nil, low: 0, high: max(last, 1e-9), title: title + ", s")
        }
        if case .logarithmic(let decades, let offset, _) = parameter?.scale {
            let top = offset * power10(decades)
            if let logarithmic = try? ScaleTransform(.logarithmic(t: top, m: decades)) {
                return PlotAxis(dimension, scale: logarithmic, low: 0, high: 1, title: title)
            }
        }
        if name.hasPrefix("FSC") || name.hasPrefix("SSC") || name.hasPrefix("FS ")
            || name.hasPrefix("SS ")
        {
            let gain: Double = if case .linear(let gain) = parameter?.scale { gain } else { 1 }
            return PlotAxis(dimension, scale: nil, low: 0, high: range / gain, title: title)
        }
        let logicle =
            scale
            ?? (try? ScaleTransform.logicle(
                t: range, w: standardWidth, m: standardDecades, a: 0))
        return PlotAxis(
            dimension, scale: logicle, low: logicle == nil ? 0 : negativeEnd,
            high: logicle == nil ? range : 1, title: title)
    }
}
