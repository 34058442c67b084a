/// A test method as it stands: for lists and programs.
package struct MethodStanding: Encodable, Sendable {
    package var method: String
    /// The version in force.
    package var version: String
    package var document: String
    package var instruments: [String]
    package var reagents: [String]
    /// Controls with what they must give for a run to count, such as `reference 80 to 125 %`.
    package var suitability: [String]
    /// How many runs of any version are on the record.
    package var runs: Int
    /// How many of them do not count.
    package var invalidRuns: Int
    /// Who is qualified for that version today, and until when where it ends.
    package var analysts: [Analyst]

    /// Somebody who is qualified.
    package struct Analyst: Encodable, Sendable {
        package var person: PersonID
        package var until: CalendarDate?
    }
}

extension SiteState {
    /// The registered methods on `date`, in the order of their names.
    ///
    /// - Parameter runs: what `methodRuns()` gives, where it is known.
    package func methodStandings(
        on date: CalendarDate, with runs: [String: [MethodRun]]? = nil
    ) -> [MethodStanding] {
        let runs = runs ?? methodRuns()
        return methods.inOrder.compactMap { method in
            guard let version = method.versions.last else { return nil }
            let records = method.analysts.filter {
                $0.version == version.name && ($0.expires.map { $0 >= date } ?? true)
            }
            let people = Set(records.map(\.person)).sorted().map { person in
                let own = records.filter { $0.person == person }.map(\.expires)
                // A record without an end outlasts every other.
                return MethodStanding.Analyst(
                    person: person, until: own.contains(nil) ? nil : own.compactMap(\.self).max())
            }
            let own = runs[method.id] ?? []
            return MethodStanding(
                method: method.id, version: version.name, document: version.document,
                instruments: version.instruments, reagents: version.reagents,
                suitability: (version.suitability ?? []).map { "\($0.test) \($0.criterion)" },
                runs: own.count, invalidRuns: own.count { !$0.counts }, analysts: people)
        }
    }
}
