import Foundation
import WebApp

/// A certificate that a site makes for itself, for a network that no authority certifies.
///
/// Browsers warn of it until its certificate is trusted on each machine: `tls.crt` is what to hand
/// out. It is made once by OpenSSL and kept beside the site's other keys.
enum SelfMadeCertificate {
    /// Days it lasts: what browsers still take (CA/Browser Forum Baseline Requirements 6.3.2,
    /// 398 days).
    private static let days = 397
    private static let openssl = "/usr/bin/openssl"

    /// The certificate in `folder` for the host names and addresses `names`, made when there is
    /// none or when it ends within a week.
    static func files(
        in folder: URL, names: [String]
    ) throws -> WebServer.CertificateFiles {
        let chain = folder.appending(path: "tls.crt")
        let key = folder.appending(path: "tls.key")
        let files = WebServer.CertificateFiles(chain: chain.path, key: key.path)
        let manager = FileManager.default
        if manager.fileExists(atPath: chain.path), manager.fileExists(atPath: key.path),
            try run(["x509", "-in", chain.path, "-noout", "-checkend", "604800"]) == 0
        {
            return files
        }
        try manager.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        guard
            manager.createFile(
                atPath: key.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else {
            throw Complaint("'\(key.path)' cannot be written", wayOut: "check its permissions")
        }
        let subject = names.map { name in
            (isAddress(name) ? "IP:" : "DNS:") + name
        }.joined(separator: ",")
        let status = try run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-sha256", "-days", "\(days)", "-subj", "/CN=Seedlot site",
            "-addext", "subjectAltName=\(subject)", "-addext", "extendedKeyUsage=serverAuth",
            "-keyout", key.path, "-out", chain.path,
        ])
        guard status == 0 else {
            throw Complaint(
                "no certificate could be made for \(names.joined(separator: ", "))",
                wayOut: "give one: --tls --certificate CHAIN.pem --key KEY.pem")
        }
        return files
    }

    /// Whether `name` is an IP address rather than a host name.
    private static func isAddress(_ name: String) -> Bool {
        name.contains(":") || name.split(separator: ".").allSatisfy { UInt8($0) != nil }
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        guard FileManager.default.isExecutableFile(atPath: openssl) else {
            throw Complaint(
                "there is no '\(openssl)' to make a certificate with",
                wayOut: "install the package openssl, or give a certificate: --certificate, --key")
        }
        let process = Process()
        process.executableURL = URL(filePath: openssl)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
