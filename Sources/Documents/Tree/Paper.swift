package import Facility

/// A paper of the site: one typed tree of headings, tables, signatures and pictures, which every
/// form (page, PDF, word processor, plain text, JSON) is made from.
///
/// A paper is a value and knows no markup: what is written in it is text, and each renderer escapes
/// it in its own way. The same site gives the same paper, and the same paper the same bytes.
package struct Paper: Equatable, Sendable {
    /// What kind of paper it is: `Executed batch record`.
    package var kind: String
    /// What it is about, as it stands in the records: a batch, a deviation.
    package var subject: String
    /// Who issues it; stands at the head of every page.
    package var issuer: String
    /// One line under the title.
    package var under: String
    /// What it says, in order.
    package var blocks: [PaperBlock]
    /// What was changed after it had been entered, oldest first; `nil` for a paper that is not made
    /// of entries.
    package var changes: [PaperChange]?
    /// What it rests on.
    package var basis: PaperBasis

    /// A paper.
    package init(
        kind: String, subject: String, issuer: String, under: String = "",
        blocks: [PaperBlock] = [], changes: [PaperChange]? = nil, basis: PaperBasis
    ) {
        self.kind = kind
        self.subject = subject
        self.issuer = issuer
        self.under = under
        self.blocks = blocks
        self.changes = changes
        self.basis = basis
    }

    /// The title: kind and subject.
    package var title: String { subject.isEmpty ? kind : "\(kind) \(subject)" }

    /// Everything that is printed: the blocks, what was changed since entry, and what the paper
    /// rests on.
    package var wholeBody: [PaperBlock] {
        var whole = blocks
        if let changes {
            whole.append(.heading("Changed since entry", level: 2))
            whole.append(
                changes.isEmpty
                    ? .paragraph("Nothing was changed after it had been entered.")
                    : .table(PaperChange.table(of: changes)))
        }
        whole.append(.heading("What this paper rests on", level: 2))
        whole.append(.facts(basis.facts))
        return whole
    }
}

/// One part of a paper.
package enum PaperBlock: Equatable, Sendable {
    /// A heading of level 2 or 3; the title is the only one of level 1.
    case heading(String, level: Int)
    case paragraph(PaperText)
    /// Names with their values.
    case facts([PaperFact])
    case table(PaperTable)
    case signatures([PaperSignature])
    case picture(PaperPicture)
    /// Text kept as it is, in a type of even width.
    case verbatim(String)
    /// Codes to be scanned, side by side.
    case codes([PaperCode])
    case note(PaperTone, PaperText)
    case pageBreak
}

/// A name with its value.
package struct PaperFact: Equatable, Sendable {
    package var name: String
    package var value: PaperText

    /// A name with its value.
    package init(_ name: String, _ value: PaperText) {
        self.name = name
        self.value = value
    }

    /// A name with a value in plain words.
    package init(_ name: String, _ value: String) {
        self.init(name, PaperText(value))
    }
}

/// How something stands, at a glance; always said in words as well.
package enum PaperTone: String, Equatable, Sendable, CaseIterable {
    case plain, good, warning, bad
}

/// A signature as it is printed: name, meaning and instant (21 CFR 11.50, EU GMP Annex 11 14).
package struct PaperSignature: Equatable, Sendable {
    /// What was signed: `step 'thaw' performed`.
    package var act: String
    /// The signer's name as it was printed at the time.
    package var name: String
    /// What the signature means; `nil` when the entry carries no signature.
    package var meaning: String?
    package var instant: String
    /// The key it was made with.
    package var keyID: String?
    /// The entry it stands in.
    package var entry: UInt64

    /// A signature.
    package init(
        act: String, name: String, meaning: String?, instant: String, keyID: String?,
        entry: UInt64
    ) {
        self.act = act
        self.name = name
        self.meaning = meaning
        self.instant = instant
        self.keyID = keyID
        self.entry = entry
    }
}

/// What a paper rests on, printed at its end, and in short at the foot of every page.
package struct PaperBasis: Equatable, Sendable {
    package var facts: [PaperFact]
    /// The same in a few words.
    package var footer: String
    /// The instant the paper speaks of: the last entry it knows of. Files carry it as their date,
    /// never the clock, so that the same paper has the same bytes.
    package var instant: Timestamp

    /// What a paper rests on.
    package init(facts: [PaperFact], footer: String, instant: Timestamp) {
        self.facts = facts
        self.footer = footer
        self.instant = instant
    }
}

/// A value that was changed after it had been entered: both values, who, when and why.
package struct PaperChange: Equatable, Sendable {
    package var what: String
    package var old: String
    package var new: String
    package var reason: String
    package var by: String
    package var instant: String
    package var entry: UInt64

    /// A change.
    package init(
        what: String, old: String, new: String, reason: String, by: String, instant: String,
        entry: UInt64
    ) {
        self.what = what
        self.old = old
        self.new = new
        self.reason = reason
        self.by = by
        self.instant = instant
        self.entry = entry
    }

    static func table(of changes: [PaperChange]) -> PaperTable {
        PaperTable(
            columns: ["What", "Old and new value", "Reason", "By", "At", "Entry"],
            rows: changes.map {
                [
                    PaperText($0.what), PaperText.changed(from: [$0.old], to: $0.new),
                    PaperText($0.reason), PaperText($0.by), PaperText($0.instant),
                    PaperText("\($0.entry)"),
                ]
            })
    }
}
