/// Where a part of a picture leads: a path on the same site.
public struct PicturePath: Sendable, Hashable {
    /// The path, beginning with one slash.
    public let text: String

    /// `text` as a path; nil when it could leave the site or run a script: it must begin with one
    /// `/` that is not followed by `/` or `\`, and hold no control character.
    public init?(_ text: String) {
        let second = text.unicodeScalars.dropFirst().first
        guard text.unicodeScalars.first == "/", second != "/", second != "\\",
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { return nil }
        self.text = text
    }
}
