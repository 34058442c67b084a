import Foundation

/// Keeps a second server away from a site: each would answer from a state that the other has
/// left behind.
///
/// The lock lies on the site's own `site.json` and goes with the process, however it ends.
/// `seedlot perform` beside a server is welcome: the server follows what it records.
final class ServingLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of the site whose profile is at `path`.
    ///
    /// - Throws: a complaint when another process serves the site. A file system without locks
    ///   is served without one.
    init(profile path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint("'\(path)' cannot be read", wayOut: "check the folder's permissions")
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(descriptor)
            throw Complaint(
                "another process serves this site",
                wayOut: "stop it first, or use its address; 'perform' works beside a server")
        }
    }

    deinit { close(descriptor) }
}
