import Foundation

/// Runs the programs that this room owns: the page setter, the word processor's writer, the code
/// drawer and the packer.
///
/// Each run has a folder of its own that nobody else can read, an environment of a few fixed words,
/// no shell, bounded input, output, time and file size. Nothing of what it is given names a place
/// outside of it, and proxies that lead nowhere stand in the environment, so that a program that
/// tried to fetch something would not get far.
package struct Converter: Sendable {
    /// A program of Debian.
    package enum Program: String, CaseIterable, Sendable {
        case weasyprint, pandoc, zint, gzip
        case rasterizer = "rsvg-convert"

        /// The Debian package it comes in.
        package var debianPackage: String {
            self == .rasterizer ? "librsvg2-bin" : rawValue
        }
    }

    /// What one run may take.
    package struct Limits: Sendable {
        /// Bytes handed to a program: a batch record of a thousand pages.
        package var inputBytes = 64 << 20
        /// Bytes taken from a program.
        package var outputBytes = 128 << 20
        /// Seconds a run may last. A page takes about a tenth of a second; a busy machine takes its
        /// time.
        package var seconds = 300

        /// The ordinary limits.
        package init() {}
    }

    private let folders: [String]
    package var limits: Limits

    /// A converter that finds its programs in `folders`.
    package init(folders: [String] = ["/usr/bin", "/bin"], limits: Limits = Limits()) {
        self.folders = folders
        self.limits = limits
    }

    /// The path of `program`.
    private func path(of program: Program) throws(ConversionError) -> String {
        for folder in folders {
            let path = "\(folder)/\(program.rawValue)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw .missing(program: program.rawValue, debianPackage: program.debianPackage)
    }

    /// Whether `program` is there.
    package func has(_ program: Program) -> Bool { (try? path(of: program)) != nil }

    /// Runs `program` with `input` on its standard input, and gives what it writes on its standard
    /// output.
    ///
    /// - Parameter epoch: the instant the program takes for now where it writes a date, in seconds
    ///   since 1970 (SOURCE_DATE_EPOCH, reproducible-builds.org).
    package func run(
        _ program: Program, _ arguments: [String], input: [UInt8] = [], epoch: Int64 = 0
    ) throws(ConversionError) -> [UInt8] {
        let path = try path(of: program)
        guard input.count <= limits.inputBytes else {
            throw .inputTooLarge(
                program: program.rawValue, bytes: input.count, limit: limits.inputBytes)
        }
        let folder = try privateFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.currentDirectoryURL = folder
        process.environment = Self.environment(in: folder, epoch: epoch)
        // `prlimit` (util-linux) lets the kernel keep the bounds where it is there.
        let guardian = "/usr/bin/prlimit"
        if FileManager.default.isExecutableFile(atPath: guardian) {
            process.executableURL = URL(filePath: guardian)
            process.arguments =
                [
                    "--fsize=\(limits.outputBytes)", "--cpu=\(limits.seconds)", "--core=0", path,
                ] + arguments
        } else {
            process.executableURL = URL(filePath: path)
            process.arguments = arguments
        }
        let output = folder.appending(path: "output")
        let complaints = folder.appending(path: "complaints")
        do {
            let source = folder.appending(path: "input")
            try Data(input).write(to: source)
            for file in [output, complaints] { try Data().write(to: file) }
            process.standardInput = try FileHandle(forReadingFrom: source)
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: complaints)
        } catch {
            throw .noFolder("\(error)")
        }
        try start(process, program)
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw .failed(
                program: program.rawValue, status: Int(process.terminationStatus),
                message: Self.lastLine(of: complaints))
        }
        guard let written = try? FileHandle(forReadingFrom: output),
            let data = try? written.read(upToCount: limits.outputBytes + 1) ?? Data()
        else { throw .unexpectedOutput(program: program.rawValue, expected: "anything") }
        guard data.count <= limits.outputBytes else {
            throw .outputTooLarge(program: program.rawValue, limit: limits.outputBytes)
        }
        return [UInt8](data)
    }

    /// Runs to the end, or ends it when its time is over.
    private func start(_ process: Process, _ program: Program) throws(ConversionError) {
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw .failed(program: program.rawValue, status: -1, message: "\(error)")
        }
        guard ended.wait(timeout: .now() + .seconds(limits.seconds)) == .timedOut else { return }
        process.terminate()
        if ended.wait(timeout: .now() + .seconds(2)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            _ = ended.wait(timeout: .now() + .seconds(10))
        }
        throw .timedOut(program: program.rawValue, seconds: limits.seconds)
    }

    private func privateFolder() throws(ConversionError) -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-paper-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .noFolder("\(error)")
        }
        return folder
    }

    private static func environment(in folder: URL, epoch: Int64) -> [String: String] {
        let nowhere = "http://127.0.0.1:9"
        return [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.path,
            "LANG": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "\(epoch)",
            "PYTHONHASHSEED": "0", "http_proxy": nowhere, "https_proxy": nowhere,
        ]
    }

    /// The last line a program complained with, short enough for a message.
    private static func lastLine(of file: URL) -> String {
        guard let handle = try? FileHandle(forReadingFrom: file),
            let data = try? handle.read(upToCount: 16_384)
        else { return "" }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return String((lines.last ?? "").prefix(300))
    }
}
