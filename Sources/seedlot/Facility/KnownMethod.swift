import Facility

extension SiteState {
    /// The test method `id`, or a complaint that names those the site has.
    func knownMethod(_ id: String) throws -> TestMethod {
        guard let method = methods[id] else {
            throw Complaint(
                "the site has no test method '\(id)'",
                wayOut: "methods are \(methods.keys.sorted().joined(separator: ", "))")
        }
        return method
    }
}
