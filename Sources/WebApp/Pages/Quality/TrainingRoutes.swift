import Charts
import Facility
import Hummingbird

/// `/training`: who may do what today, as a matrix of people and what each must hold.
struct TrainingRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("training") { request, context in try matrix(request, context) }
    }

    /// Until when something holds: nil for as long as the version does.
    private enum Standing {
        case never
        case over(CalendarDate)
        case until(CalendarDate)
        case always

        func words(on today: CalendarDate) -> (words: String, tone: Tone) {
            switch self {
            case .never: ("none", .inactive)
            case .over(let date): ("over since \(date)", .bad)
            case .until(let date):
                (
                    "until \(date)",
                    date < today.advanced(byDays: DueSoon.days) ? .attention : .good
                )
            case .always: ("holds", .good)
            }
        }
    }

    private func matrix(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let people = state.people.inOrder.filter { $0.isActive && $0.may(.execute) }
        let masters = state.masters.inOrder.filter { $0.approved != nil }
        var columns: [Column<Person>] = [
            .link("person", "Person", { $0.name }, to: { .person($0.id.text) }),
            Column("roles", "Roles", { $0.rolesInWords }),
        ]
        columns += masters.map { master in
            .status(master.id.text, master.id.text) {
                Self.training($0, master, today).words(on: today)
            }
        }
        let grades = Set(state.rooms.values.map(\.grade)).filter { $0.cleanroom != nil }.sorted(
            by: >)
        columns += grades.map { grade in
            .status("gowning-\(grade.rawValue)", "Gowning \(grade.rawValue)") {
                Self.gowning($0, grade, today).words(on: today)
            }
        }
        let products = Set(masters.filter { $0.simulation != nil }.map(\.product.id)).sorted()
        columns += products.map { product in
            .status("simulation-\(product)", "Simulation \(product)") {
                Self.simulation($0, product, state, today).words(on: today)
            }
        }
        let listing = Listing(
            at: .training, of: "people", people, columns: columns,
            query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Training", in: .training, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Training",
                    under: "Who may execute which version, gown for which grade, and "
                        + "took part in a simulation.",
                    actions: viewer.actions(
                        [RecordTraining.self, AssessGowning.self], [:], returnTo: .training)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
        }
    }

    private static func training(
        _ person: Person, _ master: MasterRecord, _ today: CalendarDate
    ) -> Standing {
        let records = person.training.filter { $0.definition == master.id }
        if records.contains(where: { $0.expires == nil }) { return .always }
        guard let last = records.compactMap(\.expires).max() else { return .never }
        return last < today ? .over(last) : .until(last)
    }

    private static func gowning(
        _ person: Person, _ grade: AreaGrade, _ today: CalendarDate
    ) -> Standing {
        guard let until = person.gowned(for: grade) else { return .never }
        return until < today ? .over(until) : .until(until)
    }

    private static func simulation(
        _ person: Person, _ product: String, _ state: SiteState, _ today: CalendarDate
    ) -> Standing {
        let latest = state.simulations.values.filter {
            $0.passes == true && $0.operators.contains(person.id)
                && state.masters[$0.definition]?.product.id == product
        }.map(\.performed.happened.date).max()
        let programme = state.masters.values.filter { $0.product.id == product }
            .compactMap(\.simulation).first
        guard let latest, let programme else { return .never }
        let until = latest.advanced(byMonths: programme.operatorIntervalMonths ?? 12)
        return until < today ? .over(until) : .until(until)
    }
}
