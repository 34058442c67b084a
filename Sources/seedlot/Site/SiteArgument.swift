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

    /// Opens a site, lets `body` work with it, and closes its ledger.
    static func withSite<Value>(
        _ folder: SiteFolder, clock: any SiteClock = SystemClock(),
        _ body: (Site) async throws -> Value
    ) async throws -> Value {
        let storage: SQLiteLedgerStorage
        do throws(StorageError) {
            storage = try SQLiteLedgerStorage(path: folder.ledger.path, access: .creating)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        // Closing folds the write-ahead log into the file, so that a copy of the file is whole.
        defer { try? storage.close() }
        let site: Site
        do throws(SiteOpeningError) {
            site = try await Site(folder: folder, storage: storage, clock: clock) { count in
                Terminal.progress("replaying the ledger: \(count) facts")
            }
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        Terminal.endProgress()
        return try await body(site)
    }

    /// Opens a site to look at it: replays the ledger and writes nothing.
    static func state(of folder: SiteFolder) async throws -> SiteState {
        let storage = try reading(folder)
        var state = SiteState()
        do throws(SiteOpeningError) {
            try await Site.replay(storage, upTo: .max) { entry, fact, stamp in
                state.apply(fact, at: stamp)
                if entry.index % 4096 == 0 {
                    Terminal.progress("replaying the ledger: \(entry.index) facts")
                }
            }
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        Terminal.endProgress()
        return state
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
