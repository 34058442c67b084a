package import Charts

/// A picture of a paper: vector shapes that another room drew, with their text alternative.
package struct PaperPicture: Equatable, Sendable {
    package var picture: Picture
    package var caption: String
    /// Width on paper in millimetres; the height follows.
    package var widthMillimetres: Double

    /// A picture; at its natural size (96 user units an inch) unless that is wider than a page.
    package init(_ picture: Picture, caption: String) {
        self.picture = picture
        self.caption = caption
        widthMillimetres = min(picture.width * 25.4 / 96, Self.pageMillimetres)
    }

    /// The width between the margins of an A4 page.
    static let pageMillimetres = 174.0
}

/// A code to be scanned, with what it carries in words.
package struct PaperCode: Equatable, Sendable {
    package var matrix: CodeMatrix
    package var caption: String
    /// Width of one module on paper in millimetres. 0.4 mm reads well with a telephone.
    package var moduleMillimetres: Double

    /// A code.
    package init(_ matrix: CodeMatrix, caption: String, moduleMillimetres: Double = 0.4) {
        self.matrix = matrix
        self.caption = caption
        self.moduleMillimetres = moduleMillimetres
    }
}
