import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// The site a command works on.
struct SiteArgument: ParsableArguments {
    @Argument(help: "The site's folder.", completion: .directory)
    var site: String

    /// The site's state now.
    func state() async throws -> SiteState {
        try await SiteDoor.state(of: try SiteDoor.folder(site))
    }
}

/// Opens sites for the command line: the one place that chooses the storage engine, the clock and
/// the keys.
enum SiteDoor {
    /// Opens the folder of a site.
    static func folder(_ path: String) throws -> SiteFolder {
        do throws(SiteFolderError) {
            return try SiteFolder(opening: URL(filePath: path))
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    /// The key a site's checkpoints are verified with.
    static func verifier(of folder: SiteFolder) throws -> NoteVerifier {
        do throws(SiteFolderError) {
            return try folder.verifier()
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    /// The ledger of a site, to be read.
    static func reading(_ folder: SiteFolder) throws -> SQLiteLedgerStorage {
        do throws(StorageError) {
            return try SQLiteLedgerStorage(path: folder.ledger.path, access: .reading)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    /// Does something while a site is opened; told how many facts were replayed so far.
    typealias Meanwhile = (
        _ open: (_ report: @escaping @Sendable (UInt64) -> Void) async throws -> Site
    ) async throws -> Site

    /// Opens a site, lets `body` work with it, and closes its ledger.
    static func withSite<Value>(
        _ folder: SiteFolder, clock: any SiteClock = SystemClock(),
        meanwhile: Meanwhile = { try await $0 { _ in } }, _ body: (Site) async throws -> Value
    ) async throws -> Value {
        let storage: SQLiteLedgerStorage
        do throws(StorageError) {
            storage = try SQLiteLedgerStorage(path: folder.ledger.path, access: .creating)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        // Closing folds the write-ahead log into the file, so that a copy of the file is whole.
        defer { try? storage.close() }
        let site = try await meanwhile { report in
            do throws(SiteOpeningError) {
                return try await Site(folder: folder, storage: storage, clock: clock) { count in
                    Terminal.progress("replaying the ledger: \(count) facts")
                    report(count)
                }
            } catch {
                throw Complaint(error.message, wayOut: error.help)
            }
        }
        Terminal.endProgress()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(site))
            // A cache: a site that cannot keep one only starts more slowly.
            try? await site.keepSnapshotBeforeClosing()
        } catch {
            outcome = .failure(error)
        }
        // What cannot be signed now is signed when the site is opened next.
        try? await site.signCheckpoint()
        return try outcome.get()
    }

    /// Opens a site to look at it: replays the ledger from its newest snapshot and writes nothing.
    ///
    /// - Parameter end: only the entries before this one.
    static func state(
        of folder: SiteFolder, before end: UInt64 = .max
    ) async throws -> SiteState {
        let storage = try reading(folder)
        let state: SiteState
        do throws(SiteOpeningError) {
            state = try await Site.state(before: end, of: folder, in: storage) {
                Terminal.progress("replaying the ledger: \($0) facts")
            }
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        Terminal.endProgress()
        return state
    }
}

extension SiteDoor {
    /// Signs a checkpoint over entries that a crash, or the moment of a copy, left under none, when
    /// they are the site's own. Where anything is wrong with them, verification says what.
    static func signEnd(of folder: SiteFolder) async throws {
        let reading = try reading(folder)
        let end = try await Complaint.wrapping { try await reading.end() }
        try? reading.close()
        guard end.head.size > end.signedSize, let signer = try? folder.signer() else {
            return
        }
        let storage = try SQLiteLedgerStorage(path: folder.ledger.path, access: .writing)
        defer { try? storage.close() }
        let writer = try? await LedgerWriter(
            storage: storage, signer: signer, origin: folder.profile.origin, signingDelay: nil)
        try? await writer?.signCheckpoint()
    }

    /// How many entries a site's ledger has, or had at a time.
    static func entryCount(of folder: SiteFolder, at time: Timestamp? = nil) async throws -> UInt64
    {
        let storage = try reading(folder)
        do throws(SiteOpeningError) {
            return try await Site.entryCount(at: time ?? .latest, in: storage)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }
}

extension Site {
    /// Performs a request; a refusal becomes a complaint of the command line.
    func performOrComplain(_ request: Request) async throws -> Receipt {
        do throws(Refusal) {
            return try await perform(request)
        } catch {
            let rule = error.rule.map { " (rule \($0))" } ?? ""
            throw Complaint(error.message + rule, wayOut: error.help)
        }
    }
}
