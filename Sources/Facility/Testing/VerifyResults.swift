package import Ledger

/// Confirms results as the second person: the raw data, the calculation and the transcription.
///
/// EU GMP Part I 6.17 (vii); 21 CFR 211.194(a)(8). What was verified and is corrected afterwards is
/// verified again.
package struct VerifyResults: Command {
    package static let name = "testing.verify-results"
    package static let summary =
        "Confirm results as the second person, against their raw data."
    package static let permission = Permission.verifyResults
    package static let signature: SignatureMeaning? = .verified
    package static let help = [
        "subject": "the batch, bank, lot or study that was tested",
        "tests":
            "the tests whose results were held against the raw data; all that wait when left out",
    ]

    package var subject: ThingID
    package var tests: [String]?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let waiting = try site.unverifiedResults(of: subject)
        let others = Set(waiting.filter { $0.waits(for: moment.person) }.map(\.test))
        let named = tests ?? others.sorted()
        guard Set(named).count == named.count else {
            throw Rejection("testing.named-twice", "'tests' names a test twice")
        }
        for test in named {
            guard waiting.contains(where: { $0.test == test }) else {
                throw Rejection(
                    "testing.nothing-to-verify", "no result of '\(test)' waits to be verified",
                    help: didYouMean(test, among: Set(waiting.map(\.test))))
            }
            guard others.contains(test) else {
                throw Rejection(
                    "testing.own-result", "'\(moment.person)' recorded the result of '\(test)'",
                    help: "a second person verifies it", rule: "critical-entry-checked")
            }
        }
        guard !named.isEmpty else {
            throw Rejection(
                waiting.isEmpty ? "testing.nothing-to-verify" : "testing.own-result",
                waiting.isEmpty
                    ? "no result of '\(subject)' waits to be verified"
                    : "'\(moment.person)' recorded every result of '\(subject)' that waits",
                help: waiting.isEmpty ? nil : "a second person verifies them",
                rule: waiting.isEmpty ? nil : "critical-entry-checked")
        }
        return [ResultsVerified(subject: subject, tests: named)]
    }
}

/// Results were confirmed by a second person.
package struct ResultsVerified: Fact {
    package static let kind = "testing.results-verified/1"
    package var subject: ThingID
    package var tests: [String]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[subject.naming(Batch.self)]?.results.verify(tests, at: stamp)
        site.banks[subject.naming(Bank.self)]?.tests.verify(tests, at: stamp)
        site.lots[subject.naming(Lot.self)]?.results.verify(tests, at: stamp)
        site.studies[subject.naming(Study.self)]?.results.verify(tests, at: stamp)
    }
}

extension SiteState {
    /// The results in force of a batch, a bank, a lot or a study that no second person has verified.
    package func unverifiedResults(
        of subject: ThingID
    ) throws(Rejection) -> [any InvestigatedResult] {
        switch things[subject.text] {
        case .batch: return try batch(subject.naming(Batch.self)).results.filter(\.isUnverified)
        case .bank: return try bank(subject.naming(Bank.self)).tests.filter(\.isUnverified)
        case .lot: return try lot(subject.naming(Lot.self)).results.filter(\.isUnverified)
        case .study: return try study(subject.naming(Study.self)).results.filter(\.isUnverified)
        default:
            throw Rejection(
                "testing.subject", "'\(subject)' is no batch, bank, lot or study",
                help: "name what was tested")
        }
    }

    /// Refuses a decision on what has a result that one person alone has seen, from confirmatory
    /// trials on.
    ///
    /// - Parameter master: the version whose phase says so; `nil` for what serves every product, where
    ///   the version in use that is furthest does.
    func requireVerified(_ subject: ThingID, of master: MasterRecord?) throws(Rejection) {
        let rule = "critical-entry-checked"
        let isBound =
            master.map { binds(rule, on: $0) } ?? currentVersions.contains { binds(rule, on: $0) }
        guard isBound else { return }
        let waiting = Set(try unverifiedResults(of: subject).map(\.test)).sorted()
        guard !waiting.isEmpty else { return }
        throw Rejection(
            "release.results-unverified",
            "results of '\(subject)' that no second person verified: "
                + waiting.joined(separator: ", "),
            help: "hold them against their raw data: testing.verify-results", rule: rule)
    }
}
