/// Ends a person's access: they have left the site.
package struct LeavePerson: Command {
    package static let name = "people.leave"
    package static let summary = "End a person's access; their records and signatures stay valid."
    package static let permission = Permission.managePeople
    package static let help = ["person": "who leaves", "reason": "why access ends"]

    package var person: PersonID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        try requireText(reason, "reason")
        guard person.isActive else {
            throw Rejection("people.inactive", "'\(person.id)' has no access any more")
        }
        let administrators = site.people.values.filter { $0.may(.managePeople) }
        guard administrators.map(\.id) != [person.id] else {
            throw Rejection(
                "people.last-administrator", "'\(person.id)' is the only administrator",
                help: "enrol another administrator first")
        }
        return [PersonLeft(person: person.id, reason: reason)]
    }
}

/// A person left.
package struct PersonLeft: Fact {
    package static let kind = "people.left/1"
    package var person: PersonID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.roles = []
        site.people[person]?.isActive = false
        site.people[person]?.left = stamp
        for office in Office.allCases where site.heads[office]?.person == person {
            site.heads[office] = nil
        }
    }
}
