/// Enrols a person with the roles they have at the site.
package struct EnrolPerson: Command {
    package static let name = "people.enrol"
    package static let summary = "Enrol a person with the roles they have at the site."
    package static let permission = Permission.managePeople
    package static let takesNewPassword = true
    package static let help = [
        "person": "the identifier the person signs in with",
        "printedName": "the name as it is printed on records and covered by signatures",
        "roles": "what the person may be at the site",
    ]

    package var person: PersonID
    package var printedName: String
    package var roles: [Role]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(person)
        try requireText(printedName, "printedName")
        try requireCompatible(roles)
        return [PersonEnrolled(person: person, printedName: printedName, roles: roles)]
    }
}

/// A person was enrolled.
package struct PersonEnrolled: Fact {
    package static let kind = "people.enrolled/1"
    package var person: PersonID
    package var printedName: String
    package var roles: [Role]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[person.text] = .person
        site.people[person] = Person(
            id: person, name: printedName, roles: Set(roles), isActive: true,
            enrolled: stamp, keys: [stamp])
    }
}

/// Gives a person other roles.
package struct AssignRoles: Command {
    package static let name = "people.assign-roles"
    package static let summary = "Give a person other roles; an empty list ends their access."
    package static let permission = Permission.managePeople
    package static let help = [
        "person": "whose roles change",
        "roles": "all roles the person has from now on",
        "reason": "why the roles change",
    ]

    package var person: PersonID
    package var roles: [Role]
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        try requireText(reason, "reason")
        try requireCompatible(roles)
        let administrators = site.people.values.filter { $0.may(.managePeople) }
        if administrators.map(\.id) == [person.id], !roles.contains(.administrator) {
            throw Rejection(
                "people.last-administrator", "'\(person.id)' is the only administrator",
                help: "enrol another administrator first")
        }
        return [RolesAssigned(person: person.id, roles: roles, reason: reason)]
    }
}

/// A person's roles changed.
package struct RolesAssigned: Fact {
    package static let kind = "people.roles-assigned/1"
    package var person: PersonID
    package var roles: [Role]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.roles = Set(roles)
        site.people[person]?.isActive = !roles.isEmpty
    }
}

/// Refuses roles that one person must not have together: whoever keeps the accounts has no say
/// over product, and production and quality are separate (EU GMP Part IV §3; 21 CFR 211.22).
private func requireCompatible(_ roles: [Role]) throws(Rejection) {
    let roles = Set(roles)
    let production: Set<Role> = [.operator_, .supervisor]
    let quality: Set<Role> = [.qualityControl, .qualityAssurance, .qualifiedPerson]
    if roles.contains(.administrator), roles.count > 1 {
        throw Rejection(
            "people.administrator-over-product",
            "an administrator keeps the accounts and has no other role",
            help: "enrol a second account for the other role")
    }
    if !roles.isDisjoint(with: production), !roles.isDisjoint(with: quality) {
        throw Rejection(
            "people.production-and-quality",
            "one person is not both in production and in quality",
            help: "separate the roles", rule: "production-qc-separate")
    }
}
