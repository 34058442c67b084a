import ArgumentParser
import Foundation
import Ledger
import Operations

/// `seedlot export`: records in the forms that others read.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a site's records in forms that other programs read.",
        subcommands: [ExportTilesCommand.self])
}

/// `seedlot export tiles SITE DIR`: the ledger as static files for an inspector.
struct ExportTilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Write the ledger as static files that an inspector's own tools verify.",
        discussion: """
            The files follow c2sp.org/tlog-tiles: checkpoint, tile/<level>/<n> and \
            tile/entries/<n>; log.vkey holds the public key.

            Example: seedlot export tiles SITE TILES
            """)

    @OptionGroup var site: SiteArgument

    @Argument(help: "A folder that does not exist yet, or is empty.", completion: .directory)
    var directory: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let verifier = try SiteDoor.verifier(of: folder)
        let present = try? FileManager.default.contentsOfDirectory(atPath: directory)
        guard present?.isEmpty ?? !FileManager.default.fileExists(atPath: directory) else {
            throw Complaint("'\(directory)' is not an empty folder", wayOut: "choose a new one")
        }
        let storage = try SiteDoor.reading(folder)
        var fileCount = 0
        let checkpoint = try await Complaint.wrapping {
            guard try await storage.lastCheckpoint() != nil else { throw Complaint.unsigned }
            return try await TileExport(storage: storage).export { path, bytes in
                let file = URL(filePath: directory).appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
                fileCount += 1
                if fileCount % 256 == 0 { Terminal.progress("\(fileCount) files") }
            }
        }
        Terminal.endProgress()
        try LedgerFile.write(Array("\(verifier.vkey)\n".utf8), to: "\(directory)/log.vkey")
        let summary = Summary(
            entries: checkpoint.size, root: checkpoint.root.hex, files: fileCount + 1)
        switch output.format {
        case .text:
            print(
                "wrote \(summary.entries) entries in \(summary.files) files\nroot \(summary.root)")
        case .json: print(try summary.printedJSON())
        }
    }

    private struct Summary: Encodable {
        var entries: UInt64
        var root: String
        var files: Int
    }
}
