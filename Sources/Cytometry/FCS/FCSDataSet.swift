/// One data set of an FCS file: its keywords, its parameters and a view on its events.
///
/// Events are not read until asked for, and then column by column out of the mapped file.
public struct FCSDataSet: Sendable {
    /// Version that this data set declares.
    public let version: FCSVersion
    /// Byte of the file at which the data set begins.
    public let offset: Int
    /// Keywords of TEXT and supplemental TEXT.
    public let keywords: FCSKeywords
    /// Keywords of ANALYSIS, empty when there is none.
    public let analysis: FCSKeywords
    /// The columns in file order.
    public let parameters: [FCSParameter]
    /// Number of events.
    public let eventCount: Int
    /// What departs from the standard and was read all the same.
    public internal(set) var warnings: [FCSWarning]

    let layout: FCSLayout
    let bytes: FileBytes
    let dataRange: Range<Int>
    /// Numbers of delimited text, which cannot be addressed without reading all of it.
    let textColumns: [[Double]]

    /// Number of the parameter with this `$PnN`, or failing that this `$PnS`; nil when there is
    /// none. Of several with the same name the first is meant. Counted from 0.
    public func parameterIndex(named name: String) -> Int? {
        parameters.firstIndex { $0.name == name }
            ?? parameters.firstIndex { $0.label == name }
            ?? parameters.firstIndex { $0.name.lowercased() == name.lowercased() }
    }

    /// Stored numbers of one parameter, integers after the mask of `$PnR`.
    ///
    /// Integers above 2^53 are rounded; `exactIntegers` has them all.
    public func storedValues(of parameter: Int) -> [Double] {
        values(of: parameter, scaled: false)
    }

    /// Values of one parameter on the scale of the instrument: after `$PnE`, `$PnG` and
    /// `$TIMESTEP`. Gates are defined on these.
    public func scaleValues(of parameter: Int) -> [Double] {
        values(of: parameter, scaled: true)
    }

    /// Events that are decoded before the pages they stand on are given back.
    private static let eventsAtOnce = 1 << 16

    private func values(of parameter: Int, scaled: Bool) -> [Double] {
        [Double](unsafeUninitializedCapacity: eventCount) { buffer, count in
            if let base = buffer.baseAddress {
                for first in stride(from: 0, to: eventCount, by: Self.eventsAtOnce) {
                    let events = first..<min(first + Self.eventsAtOnce, eventCount)
                    decode(parameter, events, into: base + first)
                    release(events)
                }
                if scaled { applyScale(parameters[parameter].scale, base, eventCount) }
            }
            count = eventCount
        }
    }

    /// Stored integers of one parameter to the last bit, after the mask of `$PnR`; nil when it
    /// does not hold binary integers.
    public func exactIntegers(of parameter: Int) -> [UInt64]? {
        guard parameters[parameter].type == .integer else { return nil }
        switch layout {
        case .bytes(let fields, let stride):
            let field = fields[parameter]
            let base = bytes.base + dataRange.lowerBound + field.offset
            return (0..<eventCount).map { field.integer(at: base + $0 * stride) }
        case .packed(let widths, let bitsPerEvent):
            let before = widths[0..<parameter].reduce(0, +)
            return (0..<eventCount).map { packedInteger(parameter, at: $0 * bitsPerEvent + before) }
        case .characters, .delimited: return nil
        }
    }

    /// A fingerprint-free description of where the events lie, for `info`.
    public var dataBytes: Range<Int> { dataRange }
}
