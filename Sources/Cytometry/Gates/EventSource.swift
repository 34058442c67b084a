/// Events that gates can be applied to: named columns of scale values, read in blocks.
public protocol EventSource: Sendable {
    /// Names of the columns.
    var channelNames: [String] { get }
    /// Number of events.
    var eventCount: Int { get }
    /// The column that `name` means, from 0; nil when there is none.
    func channelIndex(named name: String) -> Int?
    /// The spillover that came with the events; nil when none did.
    func fileSpillover() throws(CompensationError) -> SpectrumMatrix?
    /// Writes the scale values of `events` of one column to `target`.
    func fill(_ channel: Int, _ events: Range<Int>, into target: UnsafeMutablePointer<Double>)
    /// Says that a pass has done with `events`; what they occupied may be given back.
    func release(_ events: Range<Int>)
}

extension EventSource {
    /// Nothing to give back.
    public func release(_ events: Range<Int>) {}
}

extension FCSDataSet: EventSource {
    /// Names of the parameters (`$PnN`).
    public var channelNames: [String] { parameters.map(\.name) }

    /// The parameter with this name, label, or name without regard to case.
    public func channelIndex(named name: String) -> Int? { parameterIndex(named: name) }

    /// The spillover of the file's keywords.
    public func fileSpillover() throws(CompensationError) -> SpectrumMatrix? { try spillover() }

    /// Writes the scale values of one parameter to `target`.
    public func fill(
        _ channel: Int, _ events: Range<Int>, into target: UnsafeMutablePointer<Double>
    ) {
        decode(channel, events, into: target)
        applyScale(parameters[channel].scale, target, events.count)
    }

    /// Gives the pages of a large file back, so that a pass over ten million events needs no more
    /// memory than one over a million.
    public func release(_ events: Range<Int>) {
        guard dataRange.count >= Self.releasedFrom, eventCount > 0 else { return }
        let stride = dataRange.count / eventCount
        let first = dataRange.lowerBound + events.lowerBound * stride
        bytes.release(first..<(first + events.count * stride))
    }

    /// Pages of smaller files are left in memory for the next pass.
    private static let releasedFrom = 64 << 20
}

/// Events held in memory, column by column.
public struct EventTable: EventSource {
    /// Names of the columns.
    public let channelNames: [String]
    /// Scale values, one array for each name, all of the same length.
    public let columns: [[Double]]
    /// The spillover that belongs to the events.
    public var spillover: SpectrumMatrix?

    /// Columns of equal length. The programmer's mistake of unequal ones is a precondition.
    public init(names: [String], columns: [[Double]], spillover: SpectrumMatrix? = nil) {
        precondition(
            names.count == columns.count && columns.allSatisfy { $0.count == columns[0].count },
            "\(names.count) names for \(columns.count) columns of \(columns.map(\.count)) events")
        channelNames = names
        self.columns = columns
        self.spillover = spillover
    }

    /// Number of events.
    public var eventCount: Int { columns.first?.count ?? 0 }

    /// The column with this name.
    public func channelIndex(named name: String) -> Int? { channelNames.firstIndex(of: name) }

    /// The spillover that belongs to the events.
    public func fileSpillover() throws(CompensationError) -> SpectrumMatrix? { spillover }

    /// Writes the values of one column to `target`.
    public func fill(
        _ channel: Int, _ events: Range<Int>, into target: UnsafeMutablePointer<Double>
    ) {
        columns[channel].withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            target.update(from: base + events.lowerBound, count: events.count)
        }
    }
}
