package import Ledger

/// Confirms results as the second person: the raw data, the calculation and the transcription.
///
/// EU GMP Part I 6.17 (vii); 21 CFR 211.194(a)(8). What was verified and is corrected afterwards is
/// verified again.
package struct VerifyResults: Command {
    package static let name = "testing.verify-results"
    package static let summary =
        "Confirm results of a batch or a bank as the second person, against their raw data."
    package static let permission = Permission.verifyResults
    package static let signature: SignatureMeaning? = .verified
    package static let help = [
        "subject": "the batch or the bank",
        "tests":
            "the tests whose results were held against the raw data; all that wait when left out",
    ]

    package var subject: ThingID
    package var tests: [String]?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let waiting = try site.unverifiedResults(of: subject)
        let named = tests ?? waiting.filter { $0.stamp.person != moment.person }.map(\.test)
        guard Set(named).count == named.count else {
            throw Rejection("testing.named-twice", "'tests' names a test twice")
        }
        for test in named {
            guard let result = waiting.first(where: { $0.test == test }) else {
                throw Rejection(
                    "testing.nothing-to-verify", "no result of '\(test)' waits to be verified",
                    help: didYouMean(test, among: waiting.map(\.test)))
            }
            guard result.stamp.person != moment.person else {
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
    }
}

extension SiteState {
    /// The results in force of a batch or a bank that no second person has verified.
    package func unverifiedResults(
        of subject: ThingID
    ) throws(Rejection) -> [any VerifiedResult] {
        switch things[subject.text] {
        case .batch: return try batch(subject.naming(Batch.self)).results.filter(\.isUnverified)
        case .bank: return try bank(subject.naming(Bank.self)).tests.filter(\.isUnverified)
        default:
            throw Rejection(
                "testing.subject", "'\(subject)' is no batch and no bank",
                help: "name what was tested")
        }
    }

    /// Refuses a decision on a batch or a bank with a result that one person alone has seen, from
    /// confirmatory trials on.
    func requireVerified(_ subject: ThingID, of master: MasterRecordID) throws(Rejection) {
        guard masters[master].map({ binds("critical-entry-checked", on: $0) }) ?? true else {
            return
        }
        let waiting = try unverifiedResults(of: subject).map(\.test)
        guard !waiting.isEmpty else { return }
        throw Rejection(
            "release.results-unverified",
            "results of '\(subject)' that no second person verified: "
                + waiting.joined(separator: ", "),
            help: "hold them against their raw data: testing.verify-results",
            rule: "critical-entry-checked")
    }
}
