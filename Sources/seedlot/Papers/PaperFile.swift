import Documents
import Foundation

/// Writes papers to files and to the terminal.
enum PaperFile {
    /// Writes `bytes` to the file `path`, or to standard output without one.
    static func give(_ bytes: [UInt8], to path: String?) throws {
        guard let path else { return FileHandle.standardOutput.write(Data(bytes)) }
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            throw Complaint("cannot write '\(path)'", wayOut: "choose a folder that exists")
        }
    }

    /// Runs a conversion; what goes wrong becomes a complaint of the command line.
    static func complaining<Value>(
        _ body: () throws(ConversionError) -> Value
    ) throws -> Value {
        do throws(ConversionError) {
            return try body()
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }
}
