/// A section of Module 3 of the Common Technical Document, as a cell product fills it.
///
/// The structure is that of ICH M4Q(R1). What a cell product puts into each section, and what
/// each phase needs, is general knowledge of the field and unconfirmed as a whole.
public struct CTDSection: Identifiable, Sendable {
    /// "3.2.S.2.3".
    public let number: String
    /// The name in English.
    public let title: String
    /// What stands in it for a cell product.
    public let content: String
    /// The section of the European trial dossier (IMPD), without its prefix.
    public let impd: String
    /// The records it is written from.
    public let records: [String]

    private let needs: [DevelopmentPhase: Need]

    /// What identifies it.
    public var id: String { number }

    /// What `phase` needs; before the clinic there is no dossier.
    public func need(in phase: DevelopmentPhase) -> Need {
        needs[phase] ?? .none
    }

    /// How much of a section a phase needs.
    public struct Need: Equatable, Sendable {
        /// The qualification as one reads it: "required", "short", "aseptic only", "if novel".
        public let words: String
        /// Whether the section can stay empty without a reason.
        public var isOptional: Bool { words.isEmpty || words.hasPrefix("if ") }

        /// Nothing is needed.
        public static let none = Need(words: "")
    }

    /// Every section in order.
    public static let all = FactTable.trusted("CTD sections", table).rows.map { row in
        CTDSection(
            number: row["number"], title: row["title"], content: row["content"], impd: row["impd"],
            records: row.list("fed by", separator: ", "),
            needs: [
                .phase1: Need(words: row["phase1"]), .pivotal: Need(words: row["pivotal"]),
                .commercial: Need(words: row["commercial"]),
            ])
    }

    /// The section with this number.
    public static func section(_ number: String) -> CTDSection? {
        all.first { $0.number == number }
    }
}
