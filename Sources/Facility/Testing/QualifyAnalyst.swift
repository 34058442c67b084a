/// What shows that a person can do a test.
package struct AnalystQualification: Sendable, Hashable, Codable {
    package var person: PersonID
    /// The version of the method.
    package var version: String
    /// The record: runs beside a qualified analyst, a spiked sample.
    package var document: String
    /// The last day it holds; `nil` when it holds as long as the version does.
    package var expires: CalendarDate?
    package var stamp: Stamp
}

extension TestMethod {
    /// Whether `person` was qualified for `version` at `instant`.
    package func isQualified(
        _ person: PersonID, for version: Version, at instant: Timestamp
    ) -> Bool {
        analysts.contains {
            $0.person == person && $0.version == version.name && $0.stamp.happened <= instant
                && ($0.expires.map { $0 >= instant.date } ?? true)
        }
    }
}

/// Records that a person was trained in a version of a test method and found able to do it.
///
/// A new version asks for a new qualification, as a new version of a batch record does for training
/// (EU GMP Part I 2.10, 6.9; 21 CFR 211.25).
package struct QualifyAnalyst: Command {
    package static let name = "testing.qualify-analyst"
    package static let summary = "Record that a person can do the version of a method in force."
    package static let permission = Permission.train
    package static let help = [
        "method": "which method", "person": "who was qualified; another person records it",
        "document": "the record of training and of the runs that were judged",
        "expires": "the last day it holds, if it ends",
    ]

    package var method: String
    package var person: PersonID
    package var document: String
    package var expires: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let method = try site.method(method)
        let person = try site.person(person)
        try requireText(document, "document")
        guard person.id != moment.person else {
            throw Rejection(
                "people.own-training", "nobody records their own training",
                help: "the trainer records it", rule: "training-current")
        }
        guard person.isActive, person.may(.test) else {
            throw Rejection(
                "testing.no-analyst", "'\(person.id)' records no results",
                help: "assign the role of an analyst first: people.assign-roles")
        }
        if let expires, expires < moment.happened.date {
            throw Rejection(
                "people.training-over", "training that held until \(expires) is over",
                help: "enter the last day it holds")
        }
        guard let version = method.version(at: moment.happened) else {
            throw Rejection(
                "testing.method-later",
                "no version of '\(method.id)' was in force at \(moment.happened)",
                help: "enter when the person was qualified")
        }
        return [
            AnalystQualified(
                method: method.id, version: version.name, person: person.id, document: document,
                expires: expires)
        ]
    }
}

/// A person was found able to do a test.
package struct AnalystQualified: Fact {
    package static let kind = "testing.analyst-qualified/1"
    package var method: String
    package var version: String
    package var person: PersonID
    package var document: String
    package var expires: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.methods[method]?.analysts.append(
            AnalystQualification(
                person: person, version: version, document: document, expires: expires,
                stamp: stamp))
    }
}

extension SiteState {
    /// A registered method.
    package func method(_ id: String) throws(Rejection) -> TestMethod {
        if let method = methods[id] { return method }
        throw Rejection(
            "testing.method-not-registered", "the site has registered no method '\(id)'",
            help: didYouMean(id, in: methods)
                ?? "register it first: testing.register-method")
    }
}
