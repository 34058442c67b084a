import Foundation
import Testing

/// `timestamp`, with OpenSSL as the authority.
@Suite struct TimestampCommandTests {
    @Test func aStampedCheckpointBindsTheSite() throws {
        let site = try SmallSite()
        let authority = try Authority(in: site.folder)
        let none = try Shell.seedlot(
            "timestamp", "verify", site.path, "--authority", authority.certificate)
        #expect(none.code == 1)
        #expect(none.error.contains("the site has no time stamps yet"))

        let request = try Shell.seedlot("timestamp", "request", site.path)
        #expect(request.code == 0, "\(request.error)")
        let query = request.output.trimmingCharacters(in: .newlines)
        #expect(query.hasSuffix("/timestamps/8.tsq"))
        let again = try Shell.seedlot("timestamp", "request", site.path, "--format", "json")
        #expect(again.output.contains("\"checkpoint\" : 8"))
        let answer = try authority.stamp(query)
        let kept = try Shell.seedlot(
            "timestamp", "add", site.path, answer, "--authority", authority.certificate)
        #expect(kept.code == 0, "\(kept.error)")
        #expect(kept.output.hasPrefix("checkpoint 8 was stamped at 20"))
        let second = try Shell.seedlot("timestamp", "request", site.path)
        #expect(second.code == 1)
        #expect(
            second.error == "error: checkpoint 8, the newest, has a time stamp already; make a "
                + "request when the ledger has grown\n")

        try site.goOn()
        let verified = try Shell.seedlot(
            "timestamp", "verify", site.path, "--authority", authority.certificate)
        #expect(verified.code == 0, "\(verified.error)")
        #expect(verified.output.hasSuffix("the ledger extends every stamped checkpoint\n"))
        let read = try Shell.seedlot(
            "timestamp", "verify", site.path, "--authority", authority.certificate, "--format",
            "json")
        #expect(read.code == 0)
        #expect(read.output.contains("\"intact\" : true"))

        // Another authority is not believed, and the answer to another request is not taken.
        let stranger = try Authority(in: site.folder, name: "stranger")
        let distrusted = try Shell.seedlot(
            "timestamp", "verify", site.path, "--authority", stranger.certificate)
        #expect(distrusted.code == 1)
        #expect(distrusted.error.hasPrefix("error: stamp of checkpoint 8: "))
        _ = try Shell.seedlot("timestamp", "request", site.path)
        try FileManager.default.removeItem(atPath: "\(site.path)/timestamps/8.tsq")
        let misplaced = try Shell.seedlot(
            "timestamp", "add", site.path, answer, "--authority", authority.certificate)
        #expect(misplaced.code == 1)
        #expect(misplaced.error.contains("stamp of checkpoint 9: "), "\(misplaced.error)")
    }

    @Test func badAnswersAreExplained() throws {
        let site = try SmallSite()
        let authority = try Authority(in: site.folder)
        let file = site.beside("answer.tsr")
        try Data("no time stamp".utf8).write(to: URL(filePath: file))
        let early = try Shell.seedlot(
            "timestamp", "add", site.path, file, "--authority", authority.certificate)
        #expect(early.code == 1)
        #expect(early.error.contains("there is no request in"))
        _ = try Shell.seedlot("timestamp", "request", site.path)
        let malformed = try Shell.seedlot(
            "timestamp", "add", site.path, file, "--authority", authority.certificate)
        #expect(malformed.code == 1)
        #expect(malformed.error.hasPrefix("error: stamp of checkpoint 8: "), "\(malformed.error)")
        let noKey = try Shell.seedlot("timestamp", "add", site.path, file, "--authority", file)
        #expect(noKey.code == 1)
        #expect(noKey.error.contains("is no certificate"))
    }
}

/// A time-stamping authority of `openssl ts`, good for a day.
private struct Authority {
    let folder: String
    var certificate: String { "\(folder)/tsa.pem" }

    init(in parent: URL, name: String = "authority") throws {
        folder = parent.appending(path: name).path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        try """
        [req]
        distinguished_name = name
        prompt = no
        x509_extensions = stamps
        [name]
        CN = \(name)
        [stamps]
        extendedKeyUsage = critical,timeStamping
        keyUsage = critical,digitalSignature
        [tsa]
        default_tsa = tsa_default
        [tsa_default]
        serial = serial
        default_policy = 1.2.3.4.1
        digests = sha256
        signer_digest = sha256
        """.write(toFile: "\(folder)/openssl.cnf", atomically: true, encoding: .utf8)
        try "01\n".write(toFile: "\(folder)/serial", atomically: true, encoding: .utf8)
        try openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "2", "-config", "openssl.cnf")
    }

    /// The answer to the request in the file `query`.
    func stamp(_ query: String) throws -> String {
        try openssl(
            "ts", "-reply", "-config", "openssl.cnf", "-queryfile", query, "-signer", "tsa.pem",
            "-inkey", "tsa.key", "-out", "answer.tsr")
        return "\(folder)/answer.tsr"
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
    }
}
