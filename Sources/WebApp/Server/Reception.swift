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

    /// Seconds since 1970, by the clock of the site.
    var now: Int64 { site.now.milliseconds / 1000 }

    /// The site as the frame shows it to whoever has `session`.
    func setting(for session: SessionStore.Session?) -> PageFrame.Setting {
        let state = site.state
        let person = session.flatMap { session in
            PersonID(session.person).flatMap { state.people[$0] }.map {
                PageFrame.Setting.Person(
                    id: $0.id.text, name: $0.name, roles: $0.rolesInWords,
                    formToken: session.formToken)
            }
        }
        return PageFrame.Setting(
            site: state.name ?? site.folder.profile.name, ledgerSize: Int(state.entryCount),
            person: person)
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
                token: context.visit.session.formToken,
                key: Digest.sha256(of: randomBytes(32)).hex))
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
                ledgerSize: Int(viewer.state.entryCount),
                person: .init(
                    id: viewer.person.id.text, name: viewer.person.name,
                    roles: viewer.person.rolesInWords, formToken: viewer.pass.token)),
            place: place, trail: trail)
        return .page(frame.page(content: content), status: status)
    }

    /// A list: as a page, or as a CSV file when the address asks for one.
    func list<Row>(
        _ listing: Listing<Row>, titled title: String, in place: Place, request: Request,
        for viewer: Viewer, above: (inout HTML) -> Void = { _ in }
    ) -> Response {
        if request.query("format") == "csv" {
            return .file(
                Array(listing.csv().utf8), named: "\(listing.noun).csv",
                type: "text/csv; charset=utf-8")
        }
        return page(title, in: place, for: viewer) { html in
            above(&html)
            html.add(listing)
        }
    }
}

/// The one who asks, and the site as it stood when the question came: one page, one state.
struct Viewer: Sendable {
    let person: Person
    let state: SiteState
    let now: Timestamp
    let pass: FormPass

    /// Whether the viewer may give commands of `type`.
    func may(_ type: any Command.Type) -> Bool { person.may(type.permission) }
}

extension Person {
    /// The roles in words, in one order.
    var rolesInWords: String {
        roles.isEmpty ? "no access" : roles.sorted().map(\.title).joined(separator: ", ")
    }
}
