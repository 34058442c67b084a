/// A point of a sampling plan as it stands: for lists and programs.
package struct MonitoringStanding: Encodable, Sendable {
    package var place: PlaceID
    package var grade: AreaGrade
    /// The version of the plan in force.
    package var plan: String
    package var location: String
    package var method: MonitoringMethod
    package var eachOperation: Bool
    package var everyDays: Int?
    package var lastTaken: CalendarDate?
    /// The day by which it is taken again; `nil` when only operations count.
    package var due: CalendarDate?
}

extension SiteState {
    /// Every point of every plan in force, place by place in the order of their names.
    package func monitoringStandings() -> [MonitoringStanding] {
        let samples = LastSamples(of: self)
        let places = monitoringPlans.keys.sorted()
        return places.flatMap { place -> [MonitoringStanding] in
            guard let plan = monitoringPlans[place]?.last else { return [] }
            let grade = (try? self.place(place))?.grade ?? .unclassified
            return plan.points.map { point in
                let last = samples.day(of: point, at: place)
                return MonitoringStanding(
                    place: place, grade: grade, plan: plan.version, location: point.location,
                    method: point.method, eachOperation: point.eachOperation == true,
                    everyDays: point.everyDays, lastTaken: last,
                    due: plan.due(point, lastTaken: last))
            }
        }
    }
}
