/// The columns that some gates or statistics need: stored channels, compensated ones and ratios.
///
/// A column is computed only for blocks in which it is asked for, so memory and time follow the
/// columns in use and not the width of the file.
struct ColumnPlan: Sendable {
    enum Column: Sendable {
        case channel(Int)
        case unmixed(matrix: Int, output: Int)
        case ratio(RatioTransform, numerator: Int, denominator: Int)
    }

    /// A matrix with the columns that hold its detectors.
    struct Unmixing: Sendable {
        var detectors: [Int]
        /// Fluorochrome after fluorochrome, one coefficient for each detector.
        var coefficients: [[Double]]
    }

    private struct Key: Hashable {
        var source: GateDimension.Source
        var compensation: GateDimension.Compensation
    }

    let source: any EventSource
    let strategy: GatingStrategy
    private(set) var columns: [Column] = []
    private(set) var unmixings: [Unmixing] = []
    private var known: [Key: Int] = [:]
    private var channels: [Int: Int] = [:]
    private var matrices: [GateDimension.Compensation: (index: Int, matrix: SpectrumMatrix)] = [:]
    private var fileSpillover: SpectrumMatrix??

    init(source: any EventSource, strategy: GatingStrategy) {
        self.source = source
        self.strategy = strategy
    }

    /// The column that shows `dimension` in scale values, before its transformation.
    mutating func column(for dimension: GateDimension) throws(GatingError) -> Int {
        let key = Key(source: dimension.source, compensation: dimension.compensation)
        if let index = known[key] { return index }
        let index: Int
        switch dimension.source {
        case .channel(let name):
            index = try column(named: name, dimension.compensation)
        case .ratio(let id):
            guard let ratio = strategy.ratios[id] else {
                throw .init(.unknownReference, "ratio '\(id)' does not exist")
            }
            let numerator = try column(named: ratio.numerator, dimension.compensation)
            let denominator = try column(named: ratio.denominator, dimension.compensation)
            index = columns.count
            columns.append(.ratio(ratio, numerator: numerator, denominator: denominator))
        }
        known[key] = index
        return index
    }

    private mutating func column(
        named name: String, _ compensation: GateDimension.Compensation
    ) throws(GatingError) -> Int {
        let key = Key(source: .channel(name), compensation: compensation)
        if let index = known[key] { return index }
        let index: Int
        if let entry = try matrix(for: compensation) {
            if let output = entry.matrix.fluorochromes.firstIndex(of: name) {
                index = columns.count
                columns.append(.unmixed(matrix: entry.index, output: output))
            } else if entry.matrix.detectors.contains(name) {
                throw .init(
                    .unknownChannel,
                    "detector '\(name)' has no values of its own after compensation",
                    remedy: "the matrix gives: "
                        + entry.matrix.fluorochromes.joined(separator: ", "))
            } else {
                // Scatter and time are no part of any matrix and stay as they are.
                index = try channel(named: name)
            }
        } else {
            index = try channel(named: name)
        }
        known[key] = index
        return index
    }

    private mutating func channel(named name: String) throws(GatingError) -> Int {
        guard let channel = source.channelIndex(named: name) else {
            throw .init(
                .unknownChannel, "the events have no channel '\(name)'",
                remedy: "they have: \(source.channelNames.prefix(60).joined(separator: ", "))")
        }
        return column(ofChannel: channel)
    }

    private mutating func column(ofChannel channel: Int) -> Int {
        if let index = channels[channel] { return index }
        columns.append(.channel(channel))
        channels[channel] = columns.count - 1
        return columns.count - 1
    }

    private mutating func matrix(
        for compensation: GateDimension.Compensation
    ) throws(GatingError) -> (index: Int, matrix: SpectrumMatrix)? {
        if let entry = matrices[compensation] { return entry }
        let matrix: SpectrumMatrix?
        do throws(CompensationError) {
            switch compensation {
            case .none: return nil
            case .file:
                if fileSpillover == nil { fileSpillover = .some(try source.fileSpillover()) }
                matrix = fileSpillover ?? nil
            case .matrix(let id): matrix = strategy.matrices[id]
            }
            guard let matrix else { return nil }
            let unmixing = try matrix.unmixing()
            var detectors: [Int] = []
            for name in matrix.detectors {
                guard let channel = source.channelIndex(named: name) else {
                    throw CompensationError(
                        .missingChannel,
                        "the compensation needs detector '\(name)', the events have: "
                            + source.channelNames.prefix(60).joined(separator: ", "))
                }
                detectors.append(column(ofChannel: channel))
            }
            let coefficients = (0..<unmixing.columns).map { output in
                (0..<unmixing.rows).map { unmixing[$0, output] }
            }
            unmixings.append(Unmixing(detectors: detectors, coefficients: coefficients))
            matrices[compensation] = (unmixings.count - 1, matrix)
            return (unmixings.count - 1, matrix)
        } catch {
            throw .init(.compensation, error.message)
        }
    }
}
