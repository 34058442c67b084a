import ArgumentParser
import Foundation
import Operations
import WebApp

/// Where a site is served.
struct ServeOptions: ParsableArguments {
    @Option(help: "The address to listen on; beyond loopback, put TLS in front.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 takes any that is free.")
    var port = 8080

    @Option(
        name: .customLong("ready-file"),
        help: "A file that gets the address once the site answers.", completion: .file())
    var readyFile: String?

    /// Serves `site` until the process is told to stop.
    ///
    /// - Parameter announce: called with the address once the site answers.
    func serve(_ site: Site, announce: @escaping @Sendable (String) -> Void) async throws {
        guard (0...65_535).contains(port) else {
            throw Complaint.misuse("the port is \(port), ports are 0 to 65535")
        }
        var configuration = WebServer.Configuration()
        configuration.host = host
        configuration.port = port
        let server = WebServer(site: site, configuration: configuration)
        let (host, readyFile) = (host, readyFile)
        try await server.run { port in
            let address = "http://\(host):\(port)/"
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

/// `seedlot serve SITE`: the site in a browser.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve a site to browsers and programs.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var options: ServeOptions

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        try await SiteDoor.withSite(folder) { site in
            try await options.serve(site) { address in
                print("'\(folder.profile.name)' is at \(address)")
                fflush(nil)
            }
        }
    }
}
