import Facility
import Hummingbird
import NIOCore

/// A request by anyone.
struct VisitorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The session of the browser that asks, once it was looked up.
    var visit: Visit?
    /// The network address of the other end, for limits on attempts.
    let peer: String

    /// A session and the secret it is known by.
    struct Visit: Sendable {
        var secret: String
        var session: SessionStore.Session
        /// Whether a cookie carried the secret, which a browser sends by itself, rather than a
        /// header, which only a program sets.
        var isByCookie: Bool
        /// The instrument's token that the request came with, in place of a session.
        var token: AccessToken?
        /// The name of a refused form that the address asks for.
        var refused: String?
    }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}

/// A request by a person who is signed in. A route that needs one is registered for this context,
/// so it cannot be reached, or even written, without.
struct SignedInContext: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let visit: VisitorContext.Visit

    /// Identifier of the person.
    var person: String { visit.session.person }

    init(context: VisitorContext) throws {
        guard let visit = context.visit else { throw WebFault.signInNeeded }
        coreContext = context.coreContext
        self.visit = visit
    }
}
