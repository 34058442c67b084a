import Charts
import Facility
import Hummingbird

/// `/people` and `/people/{person}`: who works here, with which roles.
struct PeopleRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("people") { request, context in try list(request, context) }
        group.get("people/{person}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .people, of: "people",
            state.people.values.sorted { $0.enrolled.entry < $1.enrolled.entry },
            columns: [
                .link("person", "Identifier", { $0.id.text }, to: { .person($0.id.text) }),
                Column("name", "Name", { $0.name }),
                .status("status", "Access") {
                    $0.isActive ? ("active", .good) : ("ended", .inactive)
                },
                Column("roles", "Roles", { $0.rolesInWords }),
                .instant("enrolled", "Enrolled") { $0.enrolled.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "People", in: .people, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "People", under: "Everyone who signs at this site.",
                    actions: viewer.actions([EnrolPerson.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let person = try viewer.found(
            "person", context.parameters.require("person"), PersonID.init
        ) { id throws(Rejection) in try state.person(id) }
        let id = person.id.text
        return reception.page(id, in: .people, trail: [("People", .people)], for: viewer) { html in
            html.add(
                PageHead(
                    person.name, kind: "Person \(id)",
                    status: person.isActive ? Badge("active", .good) : Badge("ended", .inactive),
                    under: person.rolesInWords,
                    actions: viewer.actions(
                        [AssignRoles.self], ["person": id], returnTo: .person(id))
                        + [
                            (
                                "What they recorded",
                                Address(.audit, query: [.init(name: "person", value: id)])
                            )
                        ]))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Enrolled", state.signed(person.enrolled))
            let permissions = person.roles.flatMap(\.permissions).map(\.rawValue)
            facts.add(
                "May", Set(permissions).sorted().joined(separator: ", ").replacing("-", with: " "))
            html(.section, .class("panel")) { $0.add(facts) }
        }
    }
}
