/// A text that rules and limits cite, with its edition and standing.
///
/// A citation in this house is a short name followed by a clause: "Annex 2A 5.31". The register
/// turns it into the full document, so that a reader can fetch the right edition, and knows
/// whether it is law, guidance, a draft, or no longer in force.
public struct RegisteredDocument: Identifiable, Sendable {
    /// The short name that citations begin with.
    public let id: String
    /// The name in English.
    public let title: String
    /// The official number.
    public let identifier: String?
    /// Version or date.
    public let version: String?
    /// Since when it applies.
    public let inForce: String?
    /// Its standing today.
    public let status: Status
    /// What else a reader should know.
    public let note: String?
    /// Whether its source was read.
    public let confirmation: Confirmation

    /// The standing of a document.
    public enum Status: String, CaseIterable, Sendable {
        case current
        case draft
        /// No longer in force; kept because older rules or data rest on it.
        case superseded
        /// A scientific paper or a published specification.
        case literature
    }

    /// Every document.
    public static let all = FactTable.trusted("documents", table).rows.map {
        RegisteredDocument(
            id: $0["cited as"], title: $0["title"], identifier: $0.optional("identifier"),
            version: $0.optional("version"), inForce: $0.optional("in force"),
            status: $0.member("status"), note: $0.optional("note"),
            confirmation: Confirmation(reading: $0["confirmed"]))
    }

    /// The document that `citation` points into, and the clause in it.
    ///
    /// The longest short name that the citation begins with wins, so that "Annex 15 5.7" is not
    /// taken for Annex 1.
    public static func resolve(
        _ citation: String
    ) -> (document: RegisteredDocument, clause: String)? {
        let match = all.filter { document in
            guard citation.hasPrefix(document.id) else { return false }
            let next = citation.dropFirst(document.id.count).first
            return next.map { " ,:(.".contains($0) } ?? true
        }.max { $0.id.count < $1.id.count }
        return match.map { document in
            let clause = citation.dropFirst(document.id.count).drop { " ,:.".contains($0) }
            return (document, String(clause))
        }
    }
}
