/// The code of tissue or cells distributed in the European Union: 40 characters that say who
/// procured them, in which donation, what they are and until when they may be used.
///
/// Directive 2006/86/EC Annex VII, as amended by Directive (EU) 2015/565: country (2 letters),
/// tissue establishment (6), unique donation number (13), product coding system (1 letter), product
/// number (7), split number (3), expiry date (8 digits, all zero when there is none).
package struct SingleEuropeanCode: Hashable, Sendable {
    /// The code without the space that separates its two parts in print.
    package var text: String
    /// Country, establishment and donation number: the first 21 characters.
    package var donation: String
    /// `A` ISBT 128, `B` Eurocode, `E` EUTC.
    package var codingSystem: Character
    package var product: String
    package var split: String
    /// `nil` when the code gives none.
    package var expires: CalendarDate?

    /// Characters of the whole code.
    static let length = 40
    /// Characters of the donation identification sequence.
    static let donationLength = 21

    /// The code in `text`, which may carry one space between its parts; `nil` when it is none.
    package init?(_ text: String) {
        var bytes = Array(text.utf8.prefix(Self.length + 2))
        if bytes.count == Self.length + 1, bytes[Self.donationLength] == UInt8(ascii: " ") {
            bytes.remove(at: Self.donationLength)
        }
        guard bytes.count == Self.length else { return nil }
        let characters = bytes.map { Character(Unicode.Scalar($0)) }
        func part(_ range: Range<Int>) -> String { String(characters[range]) }
        let (donation, product) = (part(0..<21), part(22..<29))
        guard Self.isDonationSequence(donation), "ABE".contains(characters[21]),
            Self.isWord(product), Self.isWord(part(29..<32)),
            bytes[32...].allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let day = part(32..<40)
        if day != "00000000" {
            guard let date = CalendarDate("\(part(32..<36))-\(part(36..<38))-\(part(38..<40))")
            else { return nil }
            expires = date
        }
        self.text = String(characters)
        self.donation = donation
        codingSystem = characters[21]
        self.product = product
        split = part(29..<32)
    }

    /// Whether `text` is a donation identification sequence: two letters of the country, then 19
    /// capital letters and digits.
    static func isDonationSequence(_ text: String) -> Bool {
        text.utf8.count == donationLength
            && text.utf8.prefix(2).allSatisfy { (65...90).contains($0) } && isWord(text)
    }

    private static func isWord(_ text: String) -> Bool {
        text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
    }
}
