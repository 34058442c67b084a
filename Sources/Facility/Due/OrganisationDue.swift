/// Authorisations, agreements and audits of other organisations.
enum OrganisationDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.organisations.inOrder.flatMap { organisation in
            authorisations(organisation) + agreements(organisation) + audits(organisation)
        }
    }

    /// For each activity, the permit that holds longest.
    private static func authorisations(_ organisation: Organisation) -> [DueItem] {
        organisation.activities.compactMap { activity in
            let latest = organisation.authorisations.filter { $0.activities.contains(activity) }
                .map(\.until).max()
            return latest.map {
                DueItem(
                    .authorisation, organisation.id.text,
                    "see the new authorisation of \(organisation.name) for \(activity.rawValue)",
                    due: $0, rule: "procurement-site-authorised")
            }
        }
    }

    private static func agreements(_ organisation: Organisation) -> [DueItem] {
        AgreementTopic.allCases.compactMap { topic in
            let latest = organisation.agreements.filter { $0.topics.contains(topic) }
                .map(\.until).max()
            return latest.map {
                DueItem(
                    .agreement, organisation.id.text,
                    "renew the agreement with \(organisation.name) on \(topic.rawValue)", due: $0,
                    rule: "quality-agreement")
            }
        }
    }

    private static func audits(_ organisation: Organisation) -> [DueItem] {
        let isCritical = organisation.approval?.isCritical ?? false
        guard isCritical || !organisation.audits.isEmpty else { return [] }
        return [
            DueItem(
                .audit, organisation.id.text, "audit \(organisation.name)",
                due: organisation.audits.last.flatMap { $0.passed ? $0.until : nil },
                rule: "supplier-audit-interval")
        ]
    }
}
