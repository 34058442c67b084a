import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// A request over HTTP; a request of a person to the site is an `Operations.Request`.
typealias Request = Hummingbird.Request

/// What every page stands on: the running site, who is signed in, and the frame around pages.
struct Reception: Sendable {
    let site: Site
    let sessions: SessionStore
    let cookie: SessionCookie
    /// Gives that many bytes nobody can guess.
    let randomBytes: @Sendable (Int) -> [UInt8]
    /// Forms that were refused a moment ago.
    let refusals: RefusalDesk
    /// Which entries of the ledger name what.
    let trail: TrailIndex
    /// Where keys are opened with passwords.
    let keys = WorkDesk.forKeys()
    /// Where the whole ledger is read.
    let archive = WorkDesk.forTheLedger()
    /// What pages of the whole site are made of.
    let workedOut = WorkedOut()
    /// The past that was looked at last.
    let past = PastState()
    /// Failures of one network address; a whole site may stand behind one.
    let failuresByAddress = AttemptLimiter(allowed: 60, window: 600)

    /// Seconds since 1970, by the clock of the site.
    var now: Int64 { site.now.milliseconds / 1000 }

    /// The site as the frame shows it to whoever has `session`.
    func setting(for session: SessionStore.Session?) -> PageFrame.Setting {
        let state = site.state
        let person = session.flatMap { session in
            PersonID(session.person).flatMap { state.people[$0] }.map {
                PageFrame.Setting.Person(
                    id: $0.id.text, name: $0.name, roles: $0.rolesInWords,
                    formToken: FormToken.masked(session.formToken, pad: randomBytes(32)))
            }
        }
        return PageFrame.Setting(
            site: state.name ?? site.folder.profile.name, ledgerSize: Int(state.entryCount),
            now: site.now.description, person: person)
    }

    /// The one who asks, with the site as it stands now.
    func viewer(_ context: SignedInContext) throws -> Viewer {
        let state = site.state
        guard let person = PersonID(context.person).flatMap({ state.people[$0] }), person.isActive
        else {
            throw WebFault.signInNeeded
        }
        return Viewer(
            person: person, state: state, now: site.now,
            pass: FormPass(
                token: FormToken.masked(
                    context.visit.session.formToken, pad: randomBytes(32)),
                key: Digest.sha256(of: randomBytes(32)).hex),
            refused: context.visit.refused.flatMap {
                refusals.form($0, of: context.visit.secret, at: self.now)
            }, files: site.folder.files)
    }

    /// Entries replayed at most for a look at the past, beyond the nearest snapshot: some seconds
    /// of work.
    private static let replayedMax: UInt64 = 500_000

    /// The one who asks, with the site as it stood before the entry that the address names as
    /// `as-of`, where it names one. In the past everything can be read and nothing done.
    func viewer(_ context: SignedInContext, asking request: Request) async throws -> Viewer {
        var viewer = try viewer(context)
        guard let text = request.query("as-of") else { return viewer }
        guard let end = UInt64(text), end <= viewer.state.entryCount else {
            throw WebFault.notFound("entry '\(text.prefix(40))'")
        }
        let replayed = site.entriesToReplay(before: end)
        guard replayed <= Self.replayedMax else {
            throw WebFault(
                status: .conflict, code: "past-too-long",
                message: "\(replayed) entries would have to be replayed",
                details: "at most \(Self.replayedMax) are replayed for a page",
                hint: "'seedlot state --as-of' replays as many as there are")
        }
        viewer.state = try await past.state(before: end, of: site, at: archive)
        viewer.asOf = end
        return viewer
    }

    /// A page in its frame.
    func page(
        _ title: String, in place: Place?, trail: [(title: String, link: Link)] = [],
        for viewer: Viewer, status: HTTPResponse.Status = .ok,
        content: (inout HTML) -> Void
    ) -> Response {
        let frame = PageFrame(
            title: title,
            setting: PageFrame.Setting(
                site: viewer.state.name ?? site.folder.profile.name,
                ledgerSize: Int(viewer.state.entryCount), now: viewer.now.description,
                person: .init(
                    id: viewer.person.id.text, name: viewer.person.name,
                    roles: viewer.person.rolesInWords, formToken: viewer.pass.token)),
            place: place, trail: trail, isPast: viewer.asOf != nil)
        let html = frame.page { html in
            if let end = viewer.asOf {
                html.add(
                    Notice(
                        .attention, "The past: the site as it stood before entry \(end).",
                        detail: "Everything can be read here and nothing done."))
            }
            content(&html)
        }
        return .page(html, status: status)
    }

    /// A list: as a page, or as the file that the address asks for.
    func list<Row>(
        _ listing: Listing<Row>, titled title: String, in place: Place?,
        trail: [(title: String, link: Link)] = [], request: Request, for viewer: Viewer,
        above: (inout HTML) -> Void = { _ in }, below: (inout HTML) -> Void = { _ in }
    ) -> Response {
        if let file = listing.file(asked: request) { return file }
        return page(title, in: place, trail: trail, for: viewer) { html in
            above(&html)
            html.add(listing)
            below(&html)
        }
    }
}

extension Listing {
    /// The list as a file, when `request` asks for one: CSV for a spreadsheet, JSON for a program.
    func file(asked request: Request) -> Response? {
        switch request.query("format") {
        case "csv": csvFile
        case "json": .json(json)
        default: nil
        }
    }

    /// The list as a CSV file: a short one whole, a long one row by row as it is taken.
    private var csvFile: Response {
        let (name, type) = ("\(noun).csv", "text/csv; charset=utf-8")
        guard found.count > Self.rowsSentWhole else {
            return .file(Array(csv().joined().utf8), named: name, type: type)
        }
        // The columns are closures over one value of the site, read by the one task that writes
        // the answer.
        nonisolated(unsafe) let listing = self
        var response = Response.file([], named: name, type: type)
        response.headers[.contentLength] = nil
        response.body = ResponseBody { writer in
            for part in listing.csv() { try await writer.write(ByteBuffer(string: part)) }
            try await writer.finish(nil)
        }
        return response
    }

    /// Rows of a file that is made whole, and compressed on its way: some hundred thousand bytes.
    private static var rowsSentWhole: Int { 2000 }
}

/// The one who asks, and the site as it stood when the question came: one page, one state.
struct Viewer: Sendable {
    let person: Person
    fileprivate(set) var state: SiteState
    let now: Timestamp
    let pass: FormPass
    /// A form of this page that was refused a moment ago, or whose files were read.
    let refused: RefusedForm?
    /// The files that are kept beside the ledger.
    let files: ContentStore
    /// The entry before which the site is seen; nil for the present.
    fileprivate(set) var asOf: UInt64?

    /// `link` as it stood when the viewer looks: a reader of the past stays in it.
    func sameTime(_ link: Link) -> Address {
        let address = Address(link)
        return asOf.map { address.adding("as-of", String($0)) } ?? address
    }

    /// Whether the viewer may give commands of `type`.
    func may(_ type: any Command.Type) -> Bool { asOf == nil && person.may(type.permission) }
}

extension Person {
    /// The roles in words, in one order.
    var rolesInWords: String {
        roles.isEmpty ? "no access" : roles.sorted().map(\.title).joined(separator: ", ")
    }
}
