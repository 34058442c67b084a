/// A finished picture: vector shapes with a title and a description in words.
///
/// Only this room makes pictures, through a writer that escapes every text, so a page may place
/// one as it is. The same picture gives the same bytes on every machine.
public struct Picture: Sendable, Equatable {
    /// Width in user units (CSS pixels at natural size).
    public let width: Double
    /// Height in user units (CSS pixels at natural size).
    public let height: Double
    /// What the picture shows, in a few words. The first half of its text alternative.
    public let title: String
    /// What a reader who cannot see the picture needs to know: the second half.
    public let summary: String
    /// Whether parts of the picture are links, which a screen reader must be able to enter.
    public let hasLinks: Bool
    let shapes: [UInt8]

    init(
        width: Double, height: Double, title: String, summary: String, hasLinks: Bool = false,
        drawing draw: (inout SVGWriter) -> Void
    ) {
        self.width = width
        self.height = height
        self.title = title
        self.summary = summary
        self.hasLinks = hasLinks
        var writer = SVGWriter()
        draw(&writer)
        shapes = writer.bytes
    }

    /// The picture as an `svg` element to stand inside an HTML page.
    ///
    /// - Parameter name: prefix of the element ids of title and description; unique on the page,
    ///   ASCII letters, digits and hyphens (others are dropped).
    public func inlineSVG(named name: String) -> [UInt8] {
        let prefix = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return rendered(idPrefix: prefix.isEmpty ? "picture" : "picture-\(prefix)")
    }

    /// The picture as a file of its own.
    public func standaloneSVG() -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) + rendered(idPrefix: "picture")
            + Array("\n".utf8)
    }

    private func rendered(idPrefix: String) -> [UInt8] {
        let (titleID, summaryID) = ("\(idPrefix)-title", "\(idPrefix)-summary")
        var writer = SVGWriter()
        writer.element(
            .svg, .namespace, .width(width), .height(height), .viewBox(width, height),
            .role(hasLinks ? "group" : "img"), .labelledBy("\(titleID) \(summaryID)"),
            .fontFamily(Lettering.families), .fontSize(Lettering.body), .fill(.ink)
        ) { svg in
            svg.element(.title, .id(titleID)) { $0.characters(title) }
            svg.element(.desc, .id(summaryID)) { $0.characters(summary) }
            svg.append(shapes: shapes)
        }
        return writer.bytes
    }
}
