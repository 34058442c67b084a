package import Ledger

/// A correction of something that was typed: what it was, what it is, why, and by whom.
package struct Correction: Sendable, Hashable, Codable {
    /// The entry of the ledger that was corrected.
    package var entry: UInt64
    package var field: String
    package var old: String
    package var new: String
    package var reason: String
    /// The second person; `nil` where no verdict rests on the field.
    package var witness: PersonID?
    package var stamp: Stamp
}

/// Corrects one field of an entry that was typed wrong, with the reason.
///
/// The entry stays in the ledger as it was made; the record shows the corrected value with the old one
/// beside it (21 CFR 11.10(e); EU GMP Annex 11, 9). What follows from the value is worked out again,
/// and what no longer holds opens an event in the same append. What was recorded before a batch was
/// split is corrected in the record of each part.
package struct CorrectEntry: Command {
    package static let name = "entry.correct"
    package static let summary =
        "Correct a field of an entry that was typed wrong; the old value stays."
    package static let permission = Permission.openDeviation
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "thing": "the batch, lot, bank, study, shipment, patient or donor the entry belongs to",
        "entry": "the number of the entry in the ledger", "field": "which field of it",
        "value": "the right value, in the form it was entered in",
        "reason": "why the recorded value is wrong",
        "witness": "the second person who saw the source, where a verdict rests on the field",
    ]

    package var thing: ThingID
    package var entry: UInt64
    package var field: String
    package var value: String
    package var reason: String
    package var witness: PersonID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        let found = try site.correctableEntry(entry, of: thing)
        let fields = site.fields(of: found)
        guard let field = fields.first(where: { $0.name == field }), let old = field.read(site)
        else {
            throw Rejection(
                "entry.unknown-field", "\(found.title) has no field '\(field)' to correct",
                help: didYouMean(field, among: fields.map(\.name))
                    ?? "fields: \(fields.map(\.name).joined(separator: ", "))")
        }
        let roles = try site.person(moment.person).roles
        guard roles.contains(where: { $0.permissions.contains(found.permission) }) else {
            throw Rejection(
                "entry.not-yours", "'\(moment.person)' could not have made \(found.title)",
                help: "it takes the permission \(found.permission.rawValue)",
                rule: "access-authority")
        }
        let stamp = Stamp(of: moment, on: site)
        var next = site
        guard field.write(&next, value, stamp) else {
            throw Rejection(
                "entry.form", "'\(value.prefix(80))' is not \(field.form)",
                help: "it was '\(old)'")
        }
        guard let new = field.read(next), new != old else {
            throw Rejection(
                "entry.unchanged", "'\(field.name)' of \(found.title) is \(old) already")
        }
        if field.isCritical {
            guard let witness else {
                throw Rejection(
                    "entry.witness-missing",
                    "a verdict rests on '\(field.name)' of \(found.title), and no second person is "
                        + "named",
                    help: "name who saw the source: witness", rule: "critical-entry-checked")
            }
            try site.requireWitness(witness, at: moment)
        } else if let witness {
            try site.requireWitness(witness, at: moment)
        }
        let change = CorrectedValue(entry: found, field: field.name, old: old, new: new)
        return try correct(change, on: site, at: moment)
    }

    /// The correction in every record in which the entry stands, with what follows in each.
    private func correct(
        _ change: CorrectedValue, on site: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        let stamp = Stamp(of: moment, on: site)
        var (seen, next) = (site, site)
        var facts: [any Fact] = []
        var changes: [CorrectedValue] = []
        for record in site.records(of: entry, of: thing) {
            let corrected = EntryCorrected(
                thing: record, entry: entry, field: field, value: value, reason: reason,
                witness: witness)
            var own = change
            own.entry = try site.correctableEntry(entry, of: record)
            changes.append(own)
            facts.append(corrected)
            corrected.apply(to: &next, at: stamp)
        }
        for change in changes {
            let following = try seen.consequences(of: change, in: next, at: moment)
            // What one record opened and corrected is numbered, and done, before the next is judged.
            for fact in following {
                fact.apply(to: &next, at: stamp)
                if fact is DeviationOpened { fact.apply(to: &seen, at: stamp) }
            }
            facts += following
        }
        return facts
    }
}

/// A field of an entry was corrected.
package struct EntryCorrected: Fact {
    package static let kind = "entry.corrected/1"
    package var thing: ThingID
    package var entry: UInt64
    package var field: String
    package var value: String
    package var reason: String
    package var witness: PersonID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let found = try? site.correctableEntry(entry, of: thing),
            let field = site.fields(of: found).first(where: { $0.name == field }),
            let old = field.read(site), field.write(&site, value, stamp),
            let new = field.read(site)
        else { return }
        site.corrections[thing.text, default: []].append(
            Correction(
                entry: entry, field: field.name, old: old, new: new, reason: reason,
                witness: witness, stamp: stamp))
    }
}

extension SiteState {
    /// The names of the fields that may be corrected of the entry `number`, where it recorded something
    /// of `thing`.
    package func correctableFields(of number: UInt64, in thing: ThingID) -> [String] {
        guard let entry = try? correctableEntry(number, of: thing) else { return [] }
        return fields(of: entry).map(\.name)
    }

    /// The corrections of entries of a batch, lot, shipment, patient or donor, oldest first.
    package func corrections<T>(of thing: Identifier<T>) -> [Correction] {
        corrections[thing.text] ?? []
    }
}
