/// An office that one person holds.
package enum Office: String, Choice, Sendable, Hashable, Comparable {
    case production
    case qualityControl = "quality-control"

    package static func < (left: Office, right: Office) -> Bool { left.rawValue < right.rawValue }

    /// The roles of which its holder has at least one.
    var roles: Set<Role> {
        switch self {
        case .production: [.supervisor]
        case .qualityControl: [.qualityControl, .qualityAssurance]
        }
    }

    /// The office in words.
    package var title: String {
        switch self {
        case .production: "head of production"
        case .qualityControl: "head of quality control"
        }
    }
}

/// Who holds an office, and since when.
package struct Head: Sendable, Hashable, Codable {
    package var person: PersonID
    package var appointed: Stamp
}

/// Appoints the head of production or of quality control (EU GMP Part IV §3; Annex 13 3.3).
package struct AppointHead: Command {
    package static let name = "people.appoint-head"
    package static let summary = "Appoint the head of production or of quality control."
    package static let permission = Permission.managePeople
    package static let help = [
        "office": "production or quality control", "person": "who holds the office from now on",
    ]

    package var office: Office
    package var person: PersonID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        for other in Office.allCases where other != office {
            if let head = site.heads[other], head.person == person.id {
                throw Rejection(
                    "people.heads-not-separate", "'\(person.id)' is \(other.title)",
                    help: "appoint another person", rule: "production-qc-separate")
            }
        }
        guard person.isActive, !person.roles.isDisjoint(with: office.roles) else {
            let needed = office.roles.map(\.title).sorted().joined(separator: " or ")
            throw Rejection(
                "people.head-without-role", "'\(person.id)' is no \(needed)",
                help: "assign the role first, or appoint another person",
                rule: "production-qc-separate")
        }
        return [HeadAppointed(office: office, person: person.id)]
    }
}

/// A head was appointed.
package struct HeadAppointed: Fact {
    package static let kind = "people.head-appointed/1"
    package var office: Office
    package var person: PersonID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.heads[office] = Head(person: person, appointed: stamp)
    }
}

extension SiteState {
    /// Refuses production while the site has not both heads: two people, both with access and
    /// with a role of their office.
    func requireHeads() throws(Rejection) {
        for office in Office.allCases {
            guard let head = heads[office], let person = people[head.person], person.isActive,
                !person.roles.isDisjoint(with: office.roles)
            else {
                throw Rejection(
                    "people.head-missing", "nobody is \(office.title)",
                    help: "an administrator appoints one: people.appoint-head",
                    rule: "production-qc-separate")
            }
        }
    }
}
