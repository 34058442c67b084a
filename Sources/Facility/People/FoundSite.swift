/// Founds the site and enrols its first administrator: the first facts of every ledger.
package struct FoundSite: Command {
    package static let name = "site.found"
    package static let summary = "Found the site and enrol its first administrator."
    package static let permission = Permission.managePeople
    package static let takesNewPassword = true
    package static let help = [
        "site": "the name of the site as it is printed on records",
        "administrator": "the identifier of the first administrator",
        "printedName": "the administrator's name as it is printed on records",
    ]

    package var site: String
    package var administrator: PersonID
    package var printedName: String

    /// A command to found `site`.
    package init(site: String, administrator: PersonID, printedName: String) {
        self.site = site
        self.administrator = administrator
        self.printedName = printedName
    }

    package func decide(on state: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        if let name = state.name {
            throw Rejection("site.already-founded", "this site was founded as '\(name)'")
        }
        guard moment.person == administrator else {
            throw Rejection(
                "site.founder-is-another", "the site is founded by its first administrator")
        }
        try requireText(site, "site")
        try requireText(printedName, "printedName")
        return [
            SiteFounded(site: site),
            PersonEnrolled(
                person: administrator, printedName: printedName, roles: [.administrator]),
        ]
    }
}

/// The site began.
package struct SiteFounded: Fact {
    package static let kind = "site.founded/1"
    package var site: String

    package func apply(to state: inout SiteState, at stamp: Stamp) { state.name = site }
}

/// Refuses text that says nothing.
func requireText(_ text: String, _ field: String) throws(Rejection) {
    guard text.contains(where: { !$0.isWhitespace }) else {
        throw Rejection("site.text-missing", "'\(field)' is empty", help: "enter it")
    }
}
