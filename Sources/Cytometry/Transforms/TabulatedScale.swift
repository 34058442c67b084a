/// A strictly increasing scale given by a table of data values at equally spaced places, with
/// straight lines between them.
public struct TabulatedScale: Hashable, Sendable {
    /// Data values, strictly increasing.
    public let values: [Double]
    /// The scale value of the last data value; the first has 0.
    public let top: Double

    /// - Throws: unless there are 2 to 65,536 strictly increasing finite values.
    public init(values: [Double], top: Double) throws(TransformError) {
        guard values.count >= 2, values.count <= 65_536, top > 0, top.isFinite,
            values.allSatisfy(\.isFinite), zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw TransformError(
                "a scale table needs 2 to 65536 strictly increasing values, this one has "
                    + "\(values.count)")
        }
        self.values = values
        self.top = top
    }

    /// The scale value of a data value; beyond the table the outer lines go on.
    public func callAsFunction(_ x: Double) -> Double {
        guard x.isFinite else { return x }
        var low = 0
        var high = values.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if values[middle] <= x { low = middle } else { high = middle }
        }
        let fraction = (x - values[low]) / (values[high] - values[low])
        return (Double(low) + fraction) * top / Double(values.count - 1)
    }

    /// The data value at a scale value.
    public func inverse(_ y: Double) -> Double {
        let place = y / top * Double(values.count - 1)
        let low = Int(Swift.min(Swift.max(place, 0), Double(values.count - 2)))
        return values[low] + (place - Double(low)) * (values[low + 1] - values[low])
    }
}
