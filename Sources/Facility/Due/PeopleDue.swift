/// Training in the newest approved version of each product and document, gowning, and the two heads.
enum PeopleDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        let workers = site.people.values.filter { $0.may(.execute) }
        return workers.flatMap { training(of: $0, site, date) + gowning(of: $0, site) }
            + documents(site) + offices(site)
    }

    private static func training(
        of person: Person, _ site: SiteState, _ date: CalendarDate
    ) -> [DueItem] {
        site.currentVersions.compactMap { master in
            let records = person.training.filter { $0.definition == master.id }
            let task = "train \(person.name) in \(master.id)"
            // A record without an end holds as long as the version does.
            guard !records.contains(where: { $0.expires == nil }) else { return nil }
            return DueItem(
                .training, person.id.text, task, due: records.compactMap(\.expires).max(),
                rule: "training-current")
        }
    }

    /// Whoever works by a document is trained in its version approved last, by the day it takes effect:
    /// people of the roles that read it, and whoever was trained in a version before.
    private static func documents(_ site: SiteState) -> [DueItem] {
        site.documents.inOrder.filter { $0.withdrawn == nil }.flatMap { document in
            guard let version = document.lastApproved, let approval = version.approval else {
                return [DueItem]()
            }
            return site.people.inOrder.compactMap { person in
                let readings = person.readings.filter { $0.document == document.id }
                guard person.isActive,
                    !readings.isEmpty || !person.roles.isDisjoint(with: document.readers)
                else { return nil }
                let current = readings.filter { $0.version == version.number }
                guard !current.contains(where: { $0.expires == nil }) else { return nil }
                return DueItem(
                    .training, person.id.text,
                    "train \(person.name) in version \(version.number) of \(document.id), "
                        + document.title,
                    due: current.compactMap(\.expires).max() ?? approval.effective,
                    rule: "training-current")
            }
        }
    }

    /// Whoever was assessed once is assessed again; who never was does not enter.
    private static func gowning(of person: Person, _ site: SiteState) -> [DueItem] {
        guard let latest = person.gowning.last else { return [] }
        return [
            DueItem(
                .gowning, person.id.text,
                "assess the gowning of \(person.name) for grade \(latest.grade.rawValue)",
                due: latest.passes ? latest.expires : nil, rule: "gowning-annual")
        ]
    }

    private static func offices(_ site: SiteState) -> [DueItem] {
        guard site.name != nil else { return [] }
        return Office.allCases.filter { office in
            let head = site.heads[office].flatMap { site.people[$0.person] }
            return head.map { !$0.isActive || $0.roles.isDisjoint(with: office.roles) } ?? true
        }.map { office in
            DueItem(
                .office, office.rawValue, "appoint the \(office.title)", due: nil,
                rule: "production-qc-separate")
        }
    }
}
