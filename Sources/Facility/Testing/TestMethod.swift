package import Ledger

/// A test method as the site does it: what it is done with, and who may.
///
/// The definition says what a test must show; how a laboratory does it is the laboratory's own, in
/// versions under change control (EU GMP Part I 6.7, 6.15; 21 CFR 211.160(a), 211.194(a)(2)).
package struct TestMethod: Sendable, Codable {
    /// What definitions call it: the assay of a test, or the test itself where it names none.
    package var id: String
    /// The versions, oldest first.
    package var versions: [Version] = []
    /// Who was found able to do it, oldest first.
    package var analysts: [AnalystQualification] = []
    /// Runs that do not count, oldest first.
    package var invalidRuns: [InvalidRun] = []

    /// One version of the procedure.
    package struct Version: Sendable, Hashable, Codable {
        /// What the procedure calls it.
        package var name: String
        package var document: String
        /// Kinds of instruments a run needs, as equipment serves in definitions.
        package var instruments: [String]
        /// Materials of which a run needs a lot.
        package var reagents: [String]
        /// Controls and references of each run, with what they must give for it to count.
        package var suitability: [StudyTest]?
        /// The change that brought it; `nil` for the first.
        package var change: ChangeID?
        package var stamp: Stamp
    }

    /// The version in force at `instant`, as known before `entry`; `nil` before the first.
    package func version(at instant: Timestamp, before entry: UInt64 = .max) -> Version? {
        versions.last { $0.stamp.entry < entry && $0.stamp.happened <= instant }
    }
}

extension MasterTest {
    /// The method it is tested by: its assay, or the test itself where it names none.
    package var methodID: String { assay ?? id }
}

/// Registers a version of a test method: what every run of it is done with.
package struct RegisterMethod: Command {
    package static let name = "testing.register-method"
    package static let summary =
        "Register a version of a test method with the instruments and reagents a run needs."
    package static let permission = Permission.qualify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "method": "the assay as the definition calls it, or the test where it names no assay",
        "version": "the version of the procedure", "document": "the procedure",
        "instruments": "the kinds of instruments a run needs, as equipment serves in definitions",
        "reagents": "the materials of which a run needs a lot",
        "suitability":
            "controls and references of each run, with what they must give for the run to count",
        "change": "the approved change that brings it, when a version is in force",
    ]

    /// Instruments or reagents one method names at most: a run is one entry of the ledger.
    package static let namesMax = 50

    package var method: String
    package var version: String
    package var document: String
    package var instruments: [String]?
    package var reagents: [String]?
    package var suitability: [StudyTest]?
    package var change: ChangeID?

    /// Refuses a list of `things` that names a control twice or none, or is too long.
    static func requireControls(_ names: [String], of things: String) throws(Rejection) {
        let controls = Set(names)
        guard controls.count == names.count, !controls.contains(""), names.count <= namesMax else {
            throw Rejection(
                "testing.controls",
                "\(names.count) \(things) of \(controls.count) controls, at most \(namesMax)",
                help: "enter each control once, by its name")
        }
    }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(version, "version")
        try requireText(document, "document")
        let instruments = instruments ?? []
        let reagents = reagents ?? []
        try site.requireMethod(method)
        guard max(instruments.count, reagents.count) <= Self.namesMax else {
            throw Rejection(
                "testing.method-too-long",
                "'\(method)' names more than \(Self.namesMax) instruments or reagents",
                help: "name those the result rests on")
        }
        try Self.requireControls((suitability ?? []).map(\.test), of: "criteria")
        for reagent in reagents {
            try requireText(reagent, "reagents")
            guard reagent.utf8.count <= Identifier<Lot>.maximumLength else {
                throw Rejection(
                    "testing.method-too-long",
                    "a reagent has \(reagent.utf8.count) bytes, at most "
                        + "\(Identifier<Lot>.maximumLength)",
                    help: "name the material as the definition or the receipt does")
            }
        }
        let kinds = Set(site.equipment.values.map(\.servesAs))
        if let unknown = instruments.first(where: { !kinds.contains($0) }) {
            throw Rejection(
                "testing.instrument-unknown", "no equipment of the site serves as '\(unknown)'",
                help: didYouMean(unknown, among: kinds)
                    ?? "register it first: equipment.register", rule: "equipment-in-date")
        }
        let known = site.methods[method]?.versions ?? []
        guard !known.contains(where: { $0.name == version }) else {
            throw Rejection(
                "testing.method-version", "'\(method)' has a version '\(version)' already",
                help: "a changed procedure is a new version")
        }
        if known.isEmpty {
            if let change { _ = try site.change(change) }
        } else {
            try site.requireChange(
                change, touching: [], to: "method '\(method)'", replacing: known.last?.name ?? "")
        }
        return [
            MethodRegistered(
                method: method, version: version, document: document, instruments: instruments,
                reagents: reagents, suitability: suitability, change: change)
        ]
    }
}

/// A version of a test method was registered.
package struct MethodRegistered: Fact {
    package static let kind = "testing.method-registered/1"
    package var method: String
    package var version: String
    package var document: String
    package var instruments: [String]
    package var reagents: [String]
    package var suitability: [StudyTest]?
    package var change: ChangeID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.methods[method, default: TestMethod(id: method)].versions.append(
            .init(
                name: version, document: document, instruments: instruments, reagents: reagents,
                suitability: suitability, change: change, stamp: stamp))
    }
}

extension SiteState {
    /// Refuses a method by which no registered definition tests anything.
    fileprivate func requireMethod(_ method: String) throws(Rejection) {
        let known = Set(
            masters.values.flatMap { master in
                master.specifications.flatMap(\.tests).map(\.methodID)
                    + master.banks.flatMap { $0.tests ?? [] }.map { $0.assay ?? $0.test }
            })
        guard !known.contains(method) else { return }
        throw Rejection(
            "testing.unknown-method", "no test of a registered definition is done by '\(method)'",
            help: didYouMean(method, among: known)
                ?? "register the definition first: definition.register")
    }

    /// Refuses a new version of what the site laid down that no approved, open change carries.
    ///
    /// - Parameters:
    ///   - things: what the change must touch one of; none when any change will do.
    ///   - subject: what changes, for messages.
    ///   - version: what is in force now.
    func requireChange(
        _ change: ChangeID?, touching things: [ThingID], to subject: String,
        replacing version: String
    ) throws(Rejection) {
        guard let change else {
            throw Rejection(
                "change.missing", "\(subject) is laid down in version '\(version)'",
                help: "name the change control of the new one in 'change': change.propose, then "
                    + "change.approve", rule: "change-controlled")
        }
        let found = try self.change(change)
        guard found.approved != nil, found.isOpen else {
            throw Rejection(
                "change.not-under-way",
                "'\(change)' is \(found.isOpen ? "not approved" : "closed")",
                help: "name a change that is approved and under way", rule: "change-controlled")
        }
        guard things.isEmpty || found.touches.contains(where: things.contains) else {
            throw Rejection(
                "change.of-other", "'\(change)' does not touch \(subject)",
                help: "name the change that lists it", rule: "change-controlled")
        }
    }
}
