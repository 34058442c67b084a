extension SiteState {
    /// Refuses a command that the acting person may not give.
    ///
    /// Before the site is founded there is nobody who could be asked: only founding is possible.
    package func authorise(
        _ command: some Command, at moment: Moment
    ) throws(Rejection) {
        let type = type(of: command)
        guard name != nil else {
            guard command is FoundSite else {
                throw Rejection("site.not-founded", "the site is not founded yet")
            }
            return
        }
        if command is FoundSite { return }
        guard let person = people[moment.person] else {
            throw Rejection("people.unknown", "'\(moment.person)' is not enrolled")
        }
        guard person.isActive else {
            throw Rejection("people.inactive", "'\(person.id)' has no access any more")
        }
        guard person.may(type.permission) else {
            let needed = type.permission.roles.map(\.title).joined(separator: " or ")
            let own = person.roles.sorted().map(\.title).joined(separator: ", ")
            throw Rejection(
                "people.not-permitted",
                "'\(type.name)' needs the role \(needed); '\(person.id)' is \(own)",
                rule: type.permission == .certify ? "release-by-qp" : nil)
        }
        guard moment.happened <= moment.now else {
            throw Rejection(
                "site.in-future", "\(moment.happened) is after now, \(moment.now)",
                help: "enter when it happened")
        }
    }

    /// Decides a command: authorised, then judged by itself.
    package func decide(
        _ command: some Command, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        try authorise(command, at: moment)
        return try command.decide(on: self, at: moment)
    }
}
