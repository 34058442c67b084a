package import Foundation
package import Ledger

/// The files of a site, and what stands in `site.json`.
///
/// ```
/// SITE/site.json              format, name, origin, verifier key
/// SITE/ledger.sqlite          the ledger (the SQLite engine's)
/// SITE/keys/site.key          the key that signs checkpoints; secret, mode 0600
/// SITE/keys/people/           people's sealed keys, mode 0600
/// SITE/keys/incoming/         new keys, until the entry that announces them is durable
/// SITE/files/ab/abcd…         files by SHA-256
/// SITE/last-backup.json       when the newest copy was made, and of what head
/// ```
package struct SiteFolder: Sendable {
    /// The layout this version writes and reads.
    package static let format = 1

    package let url: URL
    package let profile: Profile

    /// What `site.json` holds.
    package struct Profile: Codable, Hashable, Sendable {
        package var format: Int
        /// The name of the site as it is printed on records.
        package var name: String
        /// The origin of the ledger: a name without a scheme, such as `gmp.example.org/site1/ledger`.
        package var origin: String
        /// The public key checkpoints are verified with.
        package var verifier: String
    }

    package var ledger: URL { url.appending(path: "ledger.sqlite") }
    package var siteKey: URL { url.appending(path: "keys/site.key") }
    package var vault: DirectoryKeyVault {
        DirectoryKeyVault(path: url.appending(path: "keys/people").path)
    }
    /// Keys whose announcement may not be in the ledger yet.
    package var incoming: DirectoryKeyVault {
        DirectoryKeyVault(path: url.appending(path: "keys/incoming").path)
    }
    package var files: ContentStore { ContentStore(folder: url.appending(path: "files")) }

    /// Opens the site in `url`.
    package init(opening url: URL) throws(SiteFolderError) {
        let file = url.appending(path: "site.json")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .notASite(url.path)
        }
        let read: Profile
        do {
            read = try JSONDecoder().decode(Profile.self, from: try Data(contentsOf: file))
        } catch {
            throw .unreadable(file.path, reason: Self.reason(error))
        }
        guard read.format <= Self.format else {
            throw .newerFormat(read.format, supported: Self.format)
        }
        self.url = url
        profile = read
    }

    /// Makes the folder of a new site with a new site key.
    package init(
        creating url: URL, name: String, origin: String
    ) throws(SiteFolderError) {
        let contents = try? FileManager.default.contentsOfDirectory(atPath: url.path)
        guard contents?.isEmpty ?? true else { throw .notEmpty(url.path) }
        // The C2SP formats ask for a name that is a URL without its scheme.
        guard !origin.contains("://") else { throw .origin(origin, reason: "it has a scheme") }
        let signer: NoteSigner
        do throws(NoteError) {
            signer = try NoteSigner.generate(name: origin)
        } catch {
            throw .origin(origin, reason: error.message)
        }
        let profile = Profile(
            format: Self.format, name: name, origin: origin, verifier: signer.verifier.vkey)
        do {
            try FileManager.default.createDirectory(
                at: url.appending(path: "keys"), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try PrivateFile.write(
                Array((signer.skey + "\n").utf8), to: url.appending(path: "keys/site.key").path)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(profile).write(to: url.appending(path: "site.json"))
        } catch {
            throw .unwritable(url.path, reason: Self.reason(error))
        }
        self.url = url
        self.profile = profile
    }

    /// What a person can do something about in an error of the file system or of a decoder.
    static func reason(_ error: any Error) -> String {
        if error is DecodingError { return "it is not the JSON of a site" }
        let fault = error as NSError
        if let cause = fault.userInfo[NSUnderlyingErrorKey] as? NSError,
            cause.domain == NSPOSIXErrorDomain
        {
            return String(cString: strerror(Int32(cause.code))).lowercased()
        }
        return fault.localizedDescription
    }

    /// The key that signs checkpoints.
    package func signer() throws(SiteFolderError) -> NoteSigner {
        guard let text = try? String(contentsOf: siteKey, encoding: .utf8) else {
            throw .unreadable(siteKey.path, reason: "the site key cannot be read")
        }
        do throws(NoteError) {
            return try NoteSigner(skey: text.trimmingCharacters(in: .newlines))
        } catch {
            throw .unreadable(siteKey.path, reason: "it does not hold a site key")
        }
    }

    /// The key checkpoints are verified with.
    package func verifier() throws(SiteFolderError) -> NoteVerifier {
        do throws(NoteError) {
            return try NoteVerifier(vkey: profile.verifier)
        } catch {
            throw .unreadable(url.appending(path: "site.json").path, reason: error.message)
        }
    }
}

/// Why a folder is not a site that can be opened or made.
package enum SiteFolderError: Error, Hashable {
    case notASite(String)
    case notEmpty(String)
    case origin(String, reason: String)
    case newerFormat(Int, supported: Int)
    case unreadable(String, reason: String)
    case unwritable(String, reason: String)

    /// What is the case; lower case, no full stop.
    package var message: String {
        switch self {
        case .notASite(let path): "there is no site at '\(path)'"
        case .notEmpty(let path): "the folder '\(path)' is not empty"
        case .origin(let origin, let reason): "'\(origin)' cannot be an origin: \(reason)"
        case .newerFormat(let format, let supported):
            "the site has format \(format), this program knows formats up to \(supported)"
        case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
        case .unwritable(let path, let reason): "'\(path)' cannot be written: \(reason)"
        }
    }

    /// The way out.
    package var help: String {
        switch self {
        case .notASite: "'seedlot init' makes one"
        case .notEmpty: "choose a new folder"
        case .origin: "use a name such as gmp.example.org/site1/ledger"
        case .newerFormat: "use a newer version of this program"
        case .unreadable: "check the path and its permissions"
        case .unwritable: "check the disk and the folder's permissions"
        }
    }
}
