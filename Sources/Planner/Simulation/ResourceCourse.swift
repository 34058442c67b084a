/// How much of a resource is used, week by week: means over replications.
public struct ResourceCourse: Hashable, Sendable, Codable {
    /// Its id.
    public let id: String
    /// What it is called.
    public let name: String
    /// How many there are.
    public let units: Int
    /// Whether it is kept through nights and weekends, so that its weeks have 168 hours each; the
    /// others are counted against the hours in which work may begin.
    public let isKept: Bool
    /// The share in use in each week from the start; above 1 where work runs on after the shift
    /// in which it began.
    public let weeks: [Double]

    /// The greatest of them.
    public var peak: Double { weeks.max() ?? 0 }
}

extension CampaignSimulation {
    /// Weeks that are told at most: ten years.
    public static let weeksAtMost = 520
    /// Operations and stays that are looked at for a course at most; a campaign with more batches
    /// is looked at in fewer replications.
    private static let usesAtMost = 4_000_000

    /// The use of each resource over time, from replications 0 to `replications` − 1.
    ///
    /// These replications are run once more with all their operations, since a run of many keeps
    /// sums alone.
    /// - Parameters:
    ///   - replications: at least 1; fewer are run when they hold very many operations.
    ///   - shouldStop: asked before each replication; what was run until then is told.
    public func resourceCourses(
        replications: Int, shouldStop: () -> Bool = { false }
    ) -> [ResourceCourse] {
        let week = 168.0
        let resources = campaign.plan.resources
        let places = Dictionary(
            uniqueKeysWithValues: resources.enumerated().map { ($1.id, $0) })
        var busy = [[Double]](repeating: [], count: resources.count)
        var last = 0.0
        var (runs, uses) = (0, 0)
        while runs < replications, uses < Self.usesAtMost, !shouldStop() {
            let run = replication(UInt64(runs), traced: true)
            runs += 1
            uses += run.uses.count
            for use in run.uses {
                guard let place = places[use.resource] else { continue }
                last = max(last, use.end)
                var from = use.start
                while from < use.end {
                    let number = Int(min(from / week, Double(Self.weeksAtMost)))
                    guard number < Self.weeksAtMost else { break }
                    let until = min(use.end, Double(number + 1) * week)
                    let missing = number + 1 - busy[place].count
                    if missing > 0 { busy[place] += [Double](repeating: 0, count: missing) }
                    busy[place][number] += Double(use.units) * (until - from)
                    from = until
                }
            }
        }
        let kept = Set(
            campaign.plan.steps.compactMap { step -> String? in
                if case .occupy(let occupancy) = step.action { occupancy.resource } else { nil }
            })
        let count = Int(min((last / week).rounded(.up), Double(Self.weeksAtMost)))
        let openUntil = (0...count).map {
            campaign.plan.calendar.openHours(until: Double($0) * week)
        }
        return resources.enumerated().map { place, resource in
            let isKept = kept.contains(resource.id)
            let weeks = (0..<count).map { number -> Double in
                let hours = isKept ? week : openUntil[number + 1] - openUntil[number]
                let used = number < busy[place].count ? busy[place][number] : 0
                // A week of shutdown has no hours; what runs on into it is shown as one shift.
                return used / (Double(max(runs, 1) * resource.units) * max(hours, 8))
            }
            return ResourceCourse(
                id: resource.id, name: resource.name, units: resource.units, isKept: isKept,
                weeks: weeks)
        }
    }
}
