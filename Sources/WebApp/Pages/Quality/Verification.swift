import Facility

extension Viewer {
    /// The way to hold `results` of `subject` against their raw data, where one was recorded by somebody
    /// else and waits.
    ///
    /// - Parameter test: the one test that is meant; `nil` for all that wait.
    func verifying(
        _ results: [some InvestigatedResult], of subject: String, test: String? = nil,
        returnTo: Link
    ) -> [(title: String, address: Address)] {
        guard results.contains(where: { $0.waits(for: person.id) }) else { return [] }
        var values = ["subject": subject]
        values["tests"] = test
        return actions([VerifyResults.self], values, returnTo: returnTo)
    }
}

extension SiteState {
    /// When a result was recorded and by whom, and who held it against its raw data.
    func recorded(_ result: some InvestigatedResult) -> String {
        signed(result.stamp) + (result.verified.map { "; verified \(signed($0))" } ?? "")
    }
}
