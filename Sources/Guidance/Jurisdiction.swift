/// Where a product is made, tried or sold, as far as the rules of the field differ.
public enum Jurisdiction: String, CaseIterable, Codable, Sendable, Comparable {
    case eu = "EU"
    case unitedStates = "US"
    case unitedKingdom = "UK"
    case switzerland = "CH"
    case japan = "JP"
    case china = "CN"
    case southKorea = "KR"
    case canada = "CA"
    case australia = "AU"

    /// The jurisdiction with this code, in any case. "EEA" is the EU, "USA" the United States.
    public init?(code: String) {
        guard code.utf8.count <= 8 else { return nil }
        let code = code.uppercased()
        switch code {
        case "EEA": self = .eu
        case "USA": self = .unitedStates
        case "GB": self = .unitedKingdom
        default:
            guard let jurisdiction = Self(rawValue: code) else { return nil }
            self = jurisdiction
        }
    }

    /// The name in English.
    public var title: String {
        switch self {
        case .eu: "European Union"
        case .unitedStates: "United States"
        case .unitedKingdom: "United Kingdom"
        case .switzerland: "Switzerland"
        case .japan: "Japan"
        case .china: "China"
        case .southKorea: "South Korea"
        case .canada: "Canada"
        case .australia: "Australia"
        }
    }

    /// In the order of their codes.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
