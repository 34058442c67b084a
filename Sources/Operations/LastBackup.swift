package import Facility
import Foundation
package import Ledger

/// The newest copy that was made of a site, as noted beside its ledger.
///
/// No fact of the site: whoever runs the machine makes copies, mostly by a timer, and nobody signs for
/// one. The note lets pages and monitoring tell how old the newest is (EU GMP Annex 11 7.2: regular
/// back-ups of all relevant data). It says nothing of whether the copy can be restored; a trial
/// restore does.
package struct LastBackup: Hashable, Sendable {
    /// When the copy was whole, by the clock of the machine.
    package var made: Timestamp
    /// The head of the ledger in the copy.
    package var head: LedgerHead

    /// A copy of the ledger as of `head`.
    package init(made: Timestamp, head: LedgerHead) {
        self.made = made
        self.head = head
    }
}

extension SiteFolder {
    private var backupNote: URL { url.appending(path: "last-backup.json") }
    /// The note is some 150 bytes; what is longer was not written here.
    private static let backupNoteBytesMax = 4096

    /// The newest copy that is known of; `nil` without one, or when the note cannot be read.
    package var lastBackup: LastBackup? {
        guard let file = try? FileHandle(forReadingFrom: backupNote),
            let bytes = try? file.read(upToCount: Self.backupNoteBytesMax),
            let note = try? JSONValue(parsing: [UInt8](bytes)),
            let made = note["made"]?.stringValue.flatMap(Timestamp.init),
            let entries = note["entries"]?.integerValue.flatMap(UInt64.init(exactly:)),
            let root = note["root"]?.stringValue.flatMap(Digest.init(hex:))
        else { return nil }
        return LastBackup(made: made, head: LedgerHead(size: entries, root: root))
    }

    /// Notes the newest copy, in place of the one before.
    package func note(_ backup: LastBackup) throws(SiteFolderError) {
        let note: JSONValue = [
            "made": .string(backup.made.description), "entries": .number(Double(backup.head.size)),
            "root": .string(backup.head.root.hex),
        ]
        do {
            try Data(note.canonicalBytes()).write(to: backupNote, options: .atomic)
        } catch {
            throw .unwritable(backupNote.path, reason: Self.reason(error))
        }
    }
}
