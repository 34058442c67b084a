import Facility
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Ledger
package import Logging
import NIOSSL
package import Operations

/// The site in a browser: pages, the API for programs, and live updates, over HTTP.
///
/// What may happen at the site is decided in `Facility` and only there; this room reads requests,
/// asks the running site, and writes pages.
package struct WebServer: Sendable {
    /// How the server is reached and how long sessions last.
    package struct Configuration: Sendable {
        /// The address it listens on. Loopback unless told otherwise: a site is opened to a
        /// network on purpose or not at all.
        package var host = "127.0.0.1"
        /// The port; 0 for any free one.
        package var port = 8080
        /// Whether browsers reach it over TLS at a proxy in front of it.
        package var isBehindTLS = false
        /// The certificate and key it serves TLS with; nil for plain HTTP.
        package var certificate: CertificateFiles?
        /// Seconds without a request after which a session ends.
        package var idleSeconds: Int64 = 30 * 60
        /// Seconds from sign-in after which a session ends.
        package var absoluteSeconds: Int64 = 12 * 3600
        /// The program and version that reports computed here name.
        package var program = "seedlot"

        /// Whether what a browser sees is TLS, here or in front.
        var usesTLS: Bool { isBehindTLS || certificate != nil }

        /// The ordinary configuration.
        package init() {}
    }

    /// Where a certificate chain and its private key lie, both PEM.
    package struct CertificateFiles: Sendable {
        package var chain: String
        package var key: String

        /// The files at these paths.
        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// Why a certificate cannot be used; lower case, no full stop.
    package struct CertificateProblem: Error, CustomStringConvertible {
        package let description: String
    }

    private let site: Site
    private let configuration: Configuration
    private let logger: Logger
    private let reception: Reception
    private let stream: EventStream
    private let meter = RequestMeter()

    /// A server of `site`.
    package init(
        site: Site, configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "seedlot.web")
    ) {
        self.site = site
        self.configuration = configuration
        self.logger = logger
        let random = Self.randomBytes
        reception = Reception(
            site: site,
            sessions: SessionStore(
                limits: .init(
                    idle: configuration.idleSeconds, absolute: configuration.absoluteSeconds),
                randomBytes: random),
            cookie: SessionCookie(usesTLS: configuration.usesTLS), randomBytes: random,
            refusals: RefusalDesk(randomBytes: random), trail: TrailIndex(storage: site.storage))
        stream = EventStream(sizes: { Self.sizes(of: site) })
    }

    /// Serves until the process is asked to stop (SIGTERM, SIGINT) or the task is cancelled;
    /// requests under way are answered first.
    ///
    /// - Parameter ready: called once with the port that is listened on.
    package func run(ready: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let application = Application(
            router: router(), server: try configuration.http(),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "seedlot"),
            onServerRunning: { [reception, site] channel in
                Task { try? await reception.trail.follow(to: site.state.entryCount) }
                await ready(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        try await application.runService()
    }

    /// Every place of the site: the table of contents of this room.
    func router() -> Router<VisitorContext> {
        let router = Router(context: VisitorContext.self)
        let (site, sessions) = (site, reception.sessions)
        let now: @Sendable () -> Int64 = { site.now.milliseconds / 1000 }
        router.middlewares.add(meter)
        router.middlewares.add(Compression())
        router.middlewares.add(SecurityHeaders(usesTLS: configuration.usesTLS))
        router.middlewares.add(
            ErrorPages(
                setting: { [reception] in reception.setting(for: $0) }, sessions: sessions,
                cookie: reception.cookie, now: now))
        router.middlewares.add(OriginCheck())
        router.middlewares.add(
            SessionLookup(
                sessions: sessions, cookie: reception.cookie, now: now,
                token: { InstrumentToken.token($0, in: site.state, at: site.now) },
                failures: reception.failuresByAddress))

        AssetRoutes().add(to: router)
        HealthRoutes(site: site).add(to: router)
        MetricsRoutes(site: site, sessions: sessions, stream: stream, meter: meter)
            .add(to: router)
        SignInRoutes(reception: reception).add(to: router)
        let desk = UploadDesk(folder: site.folder)
        APIRoutes(reception: reception, desk: desk).add(to: router)

        let pages = router.group(context: SignedInContext.self)
        let shelf = DefinitionShelf(files: site.folder.files)
        let planning = PlanningDesk()
        PlanningAPIRoutes(reception: reception, shelf: shelf, desk: planning).add(to: router)
        HomeRoutes(reception: reception).add(to: pages)
        BatchRoutes(reception: reception).add(to: pages)
        ReviewRoutes(reception: reception).add(to: pages)
        StepRoutes(reception: reception, shelf: shelf).add(to: pages)
        CertificateRoutes(reception: reception).add(to: pages)
        PaperRoutes(reception: reception).add(to: pages)
        GenealogyRoutes(reception: reception).add(to: pages)
        LineRoutes(reception: reception).add(to: pages)
        BankRoutes(reception: reception).add(to: pages)
        ContainerRoutes(reception: reception).add(to: pages)
        DonorRoutes(reception: reception).add(to: pages)
        MaterialRoutes(reception: reception).add(to: pages)
        DefinitionRoutes(reception: reception).add(to: pages)
        OrderRoutes(reception: reception).add(to: pages)
        PatientRoutes(reception: reception).add(to: pages)
        TestingRoutes(reception: reception).add(to: pages)
        let gallery = CytometryGallery(store: site.folder.files)
        ResultRoutes(reception: reception, gallery: gallery).add(to: pages)
        PlateRoutes(reception: reception, desk: desk).add(to: pages)
        CytometryReadingRoutes(
            reception: reception, desk: desk, gallery: gallery, software: configuration.program
        ).add(to: pages)
        QualityReviewRoutes(reception: reception).add(to: pages)
        EventRoutes(reception: reception).add(to: pages)
        ObligationRoutes(reception: reception).add(to: pages)
        MeetingRoutes(reception: reception).add(to: pages)
        SystemCheckRoutes(reception: reception).add(to: pages)
        DocumentRoutes(reception: reception).add(to: pages)
        InspectionRoutes(reception: reception).add(to: pages)
        PeopleRoutes(reception: reception).add(to: pages)
        TokenRoutes(reception: reception).add(to: pages)
        FileRoutes(reception: reception, desk: desk).add(to: pages)
        TrainingRoutes(reception: reception).add(to: pages)
        DueRoutes(reception: reception).add(to: pages)
        TrendRoutes(reception: reception).add(to: pages)
        MethodRoutes(reception: reception).add(to: pages)
        RejectionRoutes(reception: reception).add(to: pages)
        StudyRoutes(reception: reception).add(to: pages)
        SampleRoutes(reception: reception).add(to: pages)
        StorageRoutes(reception: reception).add(to: pages)
        EnvironmentRoutes(reception: reception).add(to: pages)
        RoomRoutes(reception: reception).add(to: pages)
        EquipmentRoutes(reception: reception).add(to: pages)
        SimulationRoutes(reception: reception).add(to: pages)
        OrganisationRoutes(reception: reception).add(to: pages)
        RuleRoutes(reception: reception).add(to: pages)
        DefinitionTextRoutes(reception: reception, shelf: shelf).add(to: pages)
        DefinitionDraftRoutes(reception: reception, shelf: shelf, desk: desk).add(to: pages)
        PlanningRoutes(reception: reception, shelf: shelf).add(to: pages)
        SimulatedYearRoutes(reception: reception, shelf: shelf, desk: planning).add(to: pages)
        LearningRoutes(reception: reception, shelf: shelf).add(to: pages)
        AuditRoutes(reception: reception).add(to: pages)
        EntryRoutes(reception: reception).add(to: pages)
        LedgerRoutes(reception: reception).add(to: pages)
        CommandRoutes(reception: reception, desk: desk).add(to: pages)
        pages.get("live") { [stream] _, _ in try stream.response() }
        return router
    }

    /// Bytes from the system's generator: the one place of this room where chance comes in.
    private static let randomBytes: @Sendable (Int) -> [UInt8] = { count in
        // The system gives eight bytes a call.
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }

    /// Seconds between signs of life on a live stream; proxies cut silent connections after a
    /// minute.
    private static let heartbeat = Duration.seconds(15)

    /// The size of the ledger each time it grows, and -1 as a sign of life in between.
    private static func sizes(of site: Site) -> AsyncStream<Int> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Int.self, bufferingPolicy: .bufferingNewest(4))
        let growth = Task {
            continuation.yield(Int(site.state.entryCount))
            for await _ in site.changes() { continuation.yield(Int(site.state.entryCount)) }
            continuation.finish()
        }
        let heartbeat = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.heartbeat)
                continuation.yield(-1)
            }
        }
        continuation.onTermination = { _ in
            growth.cancel()
            heartbeat.cancel()
        }
        return stream
    }
}

extension WebServer.Configuration {
    /// HTTP/1.1, over TLS 1.2 or later where there is a certificate.
    func http() throws -> HTTPServerBuilder {
        guard let files = certificate else { return .http1() }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.chain)
            guard !chain.isEmpty else {
                throw WebServer.CertificateProblem(
                    description: "'\(files.chain)' holds no certificate")
            }
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            tls.applicationProtocols = ["http/1.1"]
            return try .tls(.http1(), tlsConfiguration: tls)
        } catch let problem as WebServer.CertificateProblem {
            throw problem
        } catch {
            throw WebServer.CertificateProblem(
                description:
                    "'\(files.chain)' and '\(files.key)' make no certificate with its key: "
                    + "\(error)")
        }
    }
}
