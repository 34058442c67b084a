/// Analysts who were qualified for a method and are not for its version in force.
enum MethodDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.methods.inOrder.flatMap { method -> [DueItem] in
            guard let version = method.versions.last else { return [] }
            return Set(method.analysts.map(\.person)).sorted().compactMap { id in
                guard let person = site.people[id], person.isActive, person.may(.test) else {
                    return nil
                }
                let records = method.analysts.filter {
                    $0.person == id && $0.version == version.name
                }
                // A record without an end holds as long as the version does.
                guard !records.contains(where: { $0.expires == nil }) else { return nil }
                return DueItem(
                    .training, id.text,
                    "qualify \(person.name) for version \(version.name) of \(method.id)",
                    due: records.compactMap(\.expires).max(), rule: "training-current")
            }
        }
    }
}
