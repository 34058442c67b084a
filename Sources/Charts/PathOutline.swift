/// A point of a picture, in user units from the upper left corner.
struct Point: Hashable {
    var x: Double
    var y: Double
}

/// The data of an SVG path.
struct PathOutline {
    private(set) var data = ""

    mutating func move(to point: Point) { add("M", point) }

    mutating func line(to point: Point) { add("L", point) }

    /// A curve that leaves and arrives level, as a stream between two boxes does.
    mutating func levelCurve(from start: Point, to end: Point) {
        let middle = (start.x + end.x) / 2
        data += "C\(coordinate(middle)) \(coordinate(start.y)) "
        data += "\(coordinate(middle)) \(coordinate(end.y)) "
        data += "\(coordinate(end.x)) \(coordinate(end.y))"
    }

    mutating func close() { data += "Z" }

    private mutating func add(_ verb: String, _ point: Point) {
        data += "\(verb)\(coordinate(point.x)) \(coordinate(point.y))"
    }
}
