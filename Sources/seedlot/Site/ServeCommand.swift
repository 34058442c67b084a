import ArgumentParser
import Foundation
import Operations
import WebApp

/// Where a site is served.
struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on; beyond loopback, add --tls or --behind-tls.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes any that is free.")
    var port = 8080

    @Flag(help: "Serve TLS, with the certificate given or one the site makes for itself.")
    var tls = false

    @Option(help: "The certificate chain to serve TLS with (PEM).", completion: .file())
    var certificate: String?

    @Option(help: "The private key of the certificate (PEM).", completion: .file())
    var key: String?

    @Option(
        name: .customLong("name"),
        help: "A host name or address that a self-made certificate is to hold; may be repeated.")
    var names: [String] = []

    @Flag(
        name: .customLong("behind-tls"),
        help: "A proxy in front serves TLS: cookies are marked secure and HSTS is sent.")
    var isBehindTLS = false

    @Option(
        name: .customLong("ready-file"),
        help: "A file that gets the address once the site answers.", completion: .file())
    var readyFile: String?

    /// How the site in `folder` is served.
    private func configuration(of folder: SiteFolder) throws -> WebServer.Configuration {
        guard (0...65_535).contains(port) else {
            throw Complaint.misuse("the port is \(port), ports are 0 to 65535")
        }
        if let readyFile {
            // Whoever waits for this file would wait for ever: better not to begin.
            let folder = URL(filePath: readyFile).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw Complaint(
                    "'\(readyFile)' cannot be written",
                    wayOut: "name a file in a folder that exists")
            }
        }
        var configuration = WebServer.Configuration()
        configuration.host = host
        configuration.port = port
        configuration.isBehindTLS = isBehindTLS
        configuration.program = "seedlot \(SeedlotVersion.current)"
        configuration.certificate = try certificateFiles(of: folder)
        return configuration
    }

    /// Opens the site in `folder` and serves it until the process is told to stop. While it is
    /// being opened, whoever asks is told to wait.
    ///
    /// - Parameter announce: called with the site and its address once it answers.
    func serve(
        _ folder: SiteFolder, clock: any SiteClock = SystemClock(),
        announce: @escaping @Sendable (Site, String) -> Void
    ) async throws {
        let configuration = try configuration(of: folder)
        if !isLoopback, !tls, !isBehindTLS {
            Terminal.error(
                "warning: '\(host)' is reached from the network without TLS: passwords can be "
                    + "read along; use --tls, or --behind-tls with a proxy in front")
        }
        let scheme = tls ? "https" : "http"
        let lock = try ServingLock(profile: folder.url.appending(path: "site.json").path)
        defer { withExtendedLifetime(lock) {} }
        let (host, readyFile) = (host, readyFile)
        do {
            let opening = OpeningServer(of: folder.profile.name, configuration: configuration)
            try await SiteDoor.withSite(
                folder, clock: clock, meanwhile: { try await opening.serve(while: $0) }
            ) { site in
                // Ended and waited for before the ledger is closed.
                async let _ = Self.follow(site)
                try await run(
                    WebServer(site: site, configuration: configuration), host, scheme, readyFile
                ) { announce(site, $0) }
            }
        } catch let problem as WebServer.CertificateProblem {
            throw Complaint(
                problem.description, wayOut: "give a PEM certificate chain and its key")
        } catch  where "\(error)".contains("Address already in use") {
            throw Complaint(
                "port \(port) of '\(host)' is in use",
                wayOut: "choose another with --port; 0 takes any that is free")
        } catch  where "\(error)".contains("UnknownHost") {
            throw Complaint(
                "there is no address '\(host)'",
                wayOut: "give --host a name or an address of this machine")
        }
    }

    /// Shows on every page what 'perform' records beside the server, within seconds.
    private static func follow(_ site: Site) async {
        while (try? await Task.sleep(for: .seconds(2))) != nil {
            // A ledger that cannot be read shows itself to whoever asks for it.
            try? await site.follow()
        }
    }

    private func run(
        _ server: WebServer, _ host: String, _ scheme: String, _ readyFile: String?,
        _ announce: @escaping @Sendable (String) -> Void
    ) async throws {
        try await server.run { port in
            let address = "\(scheme)://\(host):\(port)/"
            announce(address)
            guard let readyFile else { return }
            do {
                try Data("\(address)\n".utf8).write(to: URL(filePath: readyFile), options: .atomic)
            } catch {
                Terminal.error("error: '\(readyFile)' cannot be written; check the path")
            }
        }
    }
}

extension ServeOptions {
    private var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// The certificate to serve with: the one given, or the site's own; nil without TLS.
    private func certificateFiles(of folder: SiteFolder) throws -> WebServer.CertificateFiles? {
        guard tls else {
            guard certificate == nil, key == nil, names.isEmpty else {
                throw Complaint.misuse(
                    "a certificate is named and TLS is not asked for",
                    wayOut: "add --tls")
            }
            return nil
        }
        switch (certificate, key) {
        case (let chain?, let key?): return .init(chain: chain, key: key)
        case (nil, nil):
            var all = ["localhost", "127.0.0.1", "::1", ProcessInfo.processInfo.hostName]
            if !["0.0.0.0", "::"].contains(host) { all.append(host) }
            all += names
            var seen: Set<String> = []
            return try SelfMadeCertificate.files(
                in: folder.url.appending(path: "keys"),
                names: all.filter { !$0.isEmpty && seen.insert($0).inserted })
        default:
            throw Complaint.misuse(
                "of --certificate and --key one is missing", wayOut: "give both, or neither")
        }
    }
}

/// `seedlot serve SITE`: the site in a browser.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve a site to browsers and programs.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        try await options.serve(folder) { _, address in
            print("'\(folder.profile.name)' is at \(address)")
            fflush(nil)
        }
    }
}
