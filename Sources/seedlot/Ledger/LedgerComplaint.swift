import Foundation
import Ledger

extension Complaint {
    /// There is no checkpoint that could be handed out.
    static let unsigned = Complaint(
        "the site has no signed checkpoint yet",
        wayOut: "record something, or open a site that crashed: it signs what it stored")

    /// A complaint that says what an error of the ledger says.
    init(_ fault: any LedgerFault) { self.init(fault.message, wayOut: fault.help) }

    /// Runs `work`; an error of the ledger, or of the file system, becomes a complaint.
    static func wrapping<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let fault as any LedgerFault {
            Terminal.endProgress()
            throw Complaint(fault)
        } catch let error as CocoaError {
            Terminal.endProgress()
            let path = error.filePath.map { " '\($0)'" } ?? ""
            throw Complaint(
                "cannot read or write\(path): \(error.localizedDescription)",
                wayOut: "check the path, its permissions and the space left")
        }
    }
}

/// Files that the command line reads and writes for the ledger.
enum LedgerFile {
    /// The whole of a file of at most `bytesMax` bytes.
    static func read(_ path: String, bytesMax: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint("'\(path)' cannot be read", wayOut: "check the path")
        }
        defer { try? handle.close() }
        let content: Data
        do {
            // There is nothing to read in an empty file, which is no failure.
            content = try handle.read(upToCount: bytesMax + 1) ?? Data()
        } catch {
            throw Complaint("'\(path)' cannot be read", wayOut: "check the path")
        }
        guard content.count <= bytesMax else {
            throw Complaint("'\(path)' has more than \(bytesMax) bytes")
        }
        return Array(content)
    }

    /// Writes to the file `path`, or to standard output.
    static func write(_ bytes: [UInt8], to path: String?) throws {
        guard let path else {
            FileHandle.standardOutput.write(Data(bytes))
            return
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Complaint("'\(path)' cannot be written", wayOut: "check the folder")
        }
    }
}
