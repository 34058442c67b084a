import Foundation
import Ledger

/// A site's public key as people hand it over: as text, in a file, or in the site's `site.json`.
enum VerifierKey {
    /// Reads a key from `text`, or from the file `text` names.
    static func read(_ text: String) throws -> NoteVerifier {
        var line = text
        if FileManager.default.fileExists(atPath: text) {
            guard let content = try? String(contentsOfFile: text, encoding: .utf8) else {
                throw Complaint("'\(text)' cannot be read", wayOut: "check the path")
            }
            line = content.trimmingCharacters(in: .whitespacesAndNewlines)
            if let json = try? JSONValue(parsing: Array(line.utf8)),
                let key = json["verifier"]?.stringValue
            {
                line = key
            }
        }
        do throws(NoteError) {
            return try NoteVerifier(vkey: line)
        } catch {
            guard error != .privateKey else { throw Complaint(error) }
            throw Complaint(
                "'\(line.prefix(60))' is no public key of a site: \(error.message)",
                wayOut: "'seedlot init' prints the key; it also stands in the site's site.json")
        }
    }
}
