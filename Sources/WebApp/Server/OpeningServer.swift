import HTTPTypes
import Hummingbird
import Ledger
package import Logging
import Synchronization

/// Answers at the door while a site is being opened, which takes some seconds for a million
/// entries without a snapshot: those who watch over the process hear that it lives and is not
/// ready, and people are told to wait.
package final class OpeningServer: Sendable {
    private let configuration: WebServer.Configuration
    private let name: String
    private let logger: Logger
    private let replayed = Mutex<UInt64>(0)

    /// A server at the place where the site called `name` will be.
    package init(
        of name: String, configuration: WebServer.Configuration,
        logger: Logger = Logger(label: "seedlot.web")
    ) {
        self.name = name
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until `open` has opened the site, and leaves the port to the server of the site.
    ///
    /// - Parameter open: opens the site, and reports how many entries it has replayed so far.
    package func serve<Site>(
        while open: (_ report: @escaping @Sendable (UInt64) -> Void) async throws -> Site
    ) async throws -> Site {
        // On any free port nobody could know where to ask.
        guard configuration.port != 0 else { return try await open { _ in } }
        let application = Application(
            router: router(), server: try configuration.http(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "seedlot"),
            logger: logger)
        // A port that is taken is reported by the server of the site, which meets it again.
        let serving = Task { try? await application.runService(gracefulShutdownSignals: []) }
        do {
            let site = try await open { count in self.replayed.withLock { $0 = count } }
            serving.cancel()
            await serving.value
            return site
        } catch {
            serving.cancel()
            await serving.value
            throw error
        }
    }

    private func router() -> Router<VisitorContext> {
        let router = Router(context: VisitorContext.self)
        router.middlewares.add(SecurityHeaders(usesTLS: configuration.usesTLS))
        AssetRoutes().add(to: router)
        router.get("healthz") { _, _ in Response.json(["status": "ok"]) }
        router.get("readyz") { _, _ in self.notReady }
        router.get("api/**") { _, _ in self.notReady }
        router.get("**") { _, _ in self.page }
        return router
    }

    private var notReady: Response {
        let count = Double(replayed.withLock { $0 })
        return waiting(
            .json(
                ["status": "opening", "entries": .number(count)], status: .serviceUnavailable))
    }

    private var page: Response {
        let frame = PageFrame(
            title: "Opening",
            setting: PageFrame.Setting(site: name, ledgerSize: 0, now: "", person: nil), place: nil)
        let count = replayed.withLock { $0 }
        let html = frame.page { html in
            html(.section, .class("fault")) { html in
                html(.h1, text: "The site is being opened")
                html(.p, text: "\(count) entries of its ledger were read so far.")
                html(.p, .class("help"), text: "Reload the page in a few seconds.")
            }
        }
        return waiting(.page(html, status: .serviceUnavailable))
    }

    private func waiting(_ response: Response) -> Response {
        var response = response
        response.headers[.retryAfter] = "2"
        return response
    }
}
