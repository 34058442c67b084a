import Deflate

/// One attribute of an SVG element. The names are fixed here; the values are escaped by the writer.
struct SVGAttribute {
    let name: StaticString
    let value: String

    private init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
    }

    private init(_ name: StaticString, _ number: Double) { self.init(name, coordinate(number)) }

    static let namespace = Self("xmlns", "http://www.w3.org/2000/svg")

    // MARK: Place

    static func x(_ value: Double) -> Self { Self("x", value) }
    static func y(_ value: Double) -> Self { Self("y", value) }
    static func x1(_ value: Double) -> Self { Self("x1", value) }
    static func y1(_ value: Double) -> Self { Self("y1", value) }
    static func x2(_ value: Double) -> Self { Self("x2", value) }
    static func y2(_ value: Double) -> Self { Self("y2", value) }
    static func centre(x: Double) -> Self { Self("cx", x) }
    static func centre(y: Double) -> Self { Self("cy", y) }
    static func radius(_ value: Double) -> Self { Self("r", value) }
    static func corner(_ value: Double) -> Self { Self("rx", value) }
    static func width(_ value: Double) -> Self { Self("width", value) }
    static func height(_ value: Double) -> Self { Self("height", value) }
    static func outline(_ path: PathOutline) -> Self { Self("d", path.data) }
    static func points(_ points: [Point]) -> Self {
        Self(
            "points",
            points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " "))
    }
    static func viewBox(_ width: Double, _ height: Double) -> Self {
        Self("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))")
    }
    static func rotate(_ degrees: Double, around point: Point) -> Self {
        Self(
            "transform",
            "rotate(\(coordinate(degrees)) \(coordinate(point.x)) \(coordinate(point.y)))")
    }

    // MARK: Look

    static func fill(_ ink: Ink) -> Self { Self("fill", ink.rawValue) }
    /// A share from 0 to 1 on a ramp from paper to the house's colour; its lightness falls evenly.
    static func fill(shade share: Double) -> Self {
        let share = share.isFinite ? max(0, min(1, share)) : 0
        let (light, dark) = ([0xF8, 0xF7, 0xF3], [0x00, 0x59, 0x4F])
        let digits = Array("0123456789abcdef")
        var colour = "#"
        for (from, to) in zip(light, dark) {
            let level = Int((Double(from) + share * Double(to - from)).rounded())
            colour.append(digits[level / 16])
            colour.append(digits[level % 16])
        }
        return Self("fill", colour)
    }
    static let noFill = Self("fill", "none")
    static func stroke(_ ink: Ink) -> Self { Self("stroke", ink.rawValue) }
    static func strokeWidth(_ value: Double) -> Self { Self("stroke-width", value) }
    static let dashed = Self("stroke-dasharray", "6 4")
    static let dotted = Self("stroke-dasharray", "2 3")
    static let roundJoins = Self("stroke-linejoin", "round")
    static func opacity(_ value: Double) -> Self { Self("opacity", value) }

    /// An image that the picture carries with it. A strict content security policy must allow
    /// `data:` among its image sources.
    static func image(_ image: PNGImage) -> Self { Self("href", image.dataURL()) }
    /// The image fills its place, whatever its own proportions.
    static let filled = Self("preserveAspectRatio", "none")

    // MARK: Letters

    static func fontFamily(_ families: StaticString) -> Self {
        Self("font-family", families.description)
    }
    static func fontSize(_ value: Double) -> Self { Self("font-size", value) }
    static let bold = Self("font-weight", "600")
    static let anchoredMiddle = Self("text-anchor", "middle")
    static let anchoredEnd = Self("text-anchor", "end")
    static let tabularFigures = Self("font-variant-numeric", "tabular-nums")

    // MARK: Meaning

    static func id(_ value: String) -> Self { Self("id", value) }
    static func className(_ name: StaticString) -> Self { Self("class", name.description) }
    static func role(_ value: StaticString) -> Self { Self("role", value.description) }
    static func label(_ value: String) -> Self { Self("aria-label", value) }
    static func labelledBy(_ value: String) -> Self { Self("aria-labelledby", value) }
    static let hiddenFromReaders = Self("aria-hidden", "true")
    static func link(_ path: PicturePath) -> Self { Self("href", path.text) }
}

/// A coordinate as text: at most two decimals, the same everywhere. A value that is no number, or
/// beyond any page, is drawn at the nearest edge rather than breaking the picture.
func coordinate(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    let hundredths = Int((max(-1e7, min(1e7, value)) * 100).rounded())
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    let sign = hundredths < 0 ? "-" : ""
    switch rest {
    case 0: return "\(sign)\(whole)"
    case let rest where rest % 10 == 0: return "\(sign)\(whole).\(rest / 10)"
    case 1..<10: return "\(sign)\(whole).0\(rest)"
    default: return "\(sign)\(whole).\(rest)"
    }
}
