/// One year of an umbilical-cord MSC product: each batch is grown from a cord of its own over
/// several passages, filled and tested, and shares isolators, incubator places, operators and a
/// laboratory with the others.
///
/// The published figures behind the defaults are described in the reference page on simulation;
/// densities and prices are plausible choices of a small site. Hours, cells, cm², EUR.
public struct UmbilicalCordCampaign: Hashable, Sendable {
    /// Batches, and hours between their starts.
    public var batches = 24
    /// Hours between starts.
    public var interval = 336.0
    /// Donors, each for an equal run of batches.
    public var donors = 4
    /// Hours of the day between which work begins.
    public var opens = 8.0
    /// The end of them.
    public var closes = 16.0
    /// Hours that order those who wait for a morning, times the number of the batch.
    public var stagger = 0.01
    /// Isolators.
    public var isolators = 2
    /// Incubator places.
    public var incubatorPlaces = 40
    /// Operators.
    public var operators = 4
    /// Test laboratories.
    public var laboratories = 1
    /// Cells that come out of a cord: median, and deviations of the logarithm.
    public var cellsPerCord = 4.0e6
    /// Between batches.
    public var yieldSpreadBatch = 0.35
    /// Between donors.
    public var yieldSpreadDonor = 0.40
    /// How cells grow.
    public var growth = CampaignGrowth(
        doublingTime: 32, slope: 0.04, sdLogDonor: 0.12, sdLogBatch: 0.06, sdLogPassage: 0.05,
        lag: 12, attachment: 0.85, seedingDensity: 4000, harvestDensity: 25000,
        maximumDensity: 40000)
    /// Hours until cells have grown out of the tissue, and the deviation of the logarithm.
    public var outgrowth = 240.0
    /// The deviation of its logarithm.
    public var outgrowthSpread = 0.20
    /// The share recovered at harvest.
    public var recovery = Distribution.clampedNormal(mean: 0.92, sd: 0.04, from: 0.5, to: 0.99)
    /// Area there is in each passage, cm².
    public var areas = [1000.0, 2544, 6360, 12720, 25440, 50880]
    /// Area in one incubator place, cm².
    public var areaPerPlace = 3180.0
    /// Median hours to seed each passage.
    public var seedingHours = [4.0, 1.5, 2.0, 2.5, 3.0, 4.0]
    /// Median hours to harvest each passage.
    public var harvestHours = [2.5, 2.0, 2.5, 3.0, 4.0, 6.0]
    /// Median hours to feed each passage.
    public var feedHours = [1.0, 0.75, 1.0, 1.0, 1.5, 2.0]
    /// Median hours to fill, and to test.
    public var fillHours = 6.0
    /// Median hours to test.
    public var testHours = 20.0
    /// Deviation of the logarithm of all these.
    public var hoursSpread = 0.15
    /// Hours between feeds.
    public var feedEvery = 72.0
    /// Feeds at most.
    public var feedsAtMost = 5
    /// A culture that takes longer has failed, hours.
    public var growthLimit = 384.0
    /// Hours until the sterility test is read.
    public var sterilityHours = 336.0
    /// Probability of contamination in an open operation.
    public var contamination = 0.0015
    /// Probability that a batch is out of specification.
    public var outOfSpecification = 0.04
    /// How cells become vials and doses.
    public var filling = Filling(
        cellsPerVial: 50e6, overfill: 1.10, recovery: 0.85, cellsPerDose: 70e6)
    /// EUR for the medium on a cm², once.
    public var mediumCost = 0.06
    /// EUR for a cm² of vessel.
    public var vesselCost = 0.09
    /// EUR for an hour of an operator.
    public var operatorCost = 60.0
    /// EUR for an hour of an isolator.
    public var isolatorCost = 90.0
    /// EUR for a day of an incubator place.
    public var placeCostPerDay = 6.0
    /// EUR for the tests of a batch.
    public var testCost = 18000.0
    /// EUR for a cord.
    public var cordCost = 1500.0
    /// EUR for a vial.
    public var vialCost = 12.0
    /// EUR for the site in the year.
    public var fixedCost = 1.6e6

    /// The campaign with its defaults.
    public init() {}

    /// The campaign as a plan.
    public var plan: CampaignPlan {
        var plan = CampaignPlan(
            name: "umbilical-cord MSC, one year",
            schedule: CampaignSchedule(
                batches: batches, starts: .every(interval), stagger: stagger),
            material: StartingMaterial(
                origin: .tissue(
                    medianCells: cellsPerCord, sdLogDonor: yieldSpreadDonor,
                    sdLogBatch: yieldSpreadBatch),
                donors: .donors(donors), cost: cordCost),
            growth: growth,
            resources: [
                CampaignResource(
                    id: "incubator", name: "incubator places", units: incubatorPlaces,
                    costPerHour: placeCostPerDay / 24),
                CampaignResource(
                    id: "isolator", name: "isolators", units: isolators,
                    costPerHour: isolatorCost),
                CampaignResource(
                    id: "operator", name: "operators", units: operators,
                    costPerHour: operatorCost),
                CampaignResource(id: "laboratory", name: "test laboratory", units: laboratories),
            ],
            calendar: WorkCalendar(opens: opens, closes: closes),
            steps: areas.indices.flatMap(passage) + finish,
            filling: filling, fixedCost: fixedCost)
        plan.draws = drawLayout
        return plan
    }

    private func work(
        _ label: String, _ operators: Int, _ hours: Double
    ) -> CampaignOperation {
        var operation = CampaignOperation(
            label,
            crew: [
                CampaignOperation.Use("isolator", 1), CampaignOperation.Use("operator", operators),
            ],
            duration: .lognormal(median: hours, sdLog: hoursSpread))
        operation.contamination = contamination
        return operation
    }

    private func passage(_ index: Int) -> [CampaignStep] {
        var seed = work("seed", 2, seedingHours[index])
        seed.costPerArea = mediumCost + vesselCost
        var culture = CampaignCulture(
            passage: index,
            kind: index == 0
                ? .outgrowth(median: outgrowth, sdLog: outgrowthSpread) : .expansion,
            limit: growthLimit)
        culture.feedEvery = feedEvery
        culture.feedsAtMost = feedsAtMost
        var feed = work("feed", 1, feedHours[index])
        feed.costPerArea = mediumCost
        culture.feed = feed
        var harvest = work("harvest", 2, harvestHours[index])
        if index > 0 { harvest.effect = .harvest(recovery: recovery) }
        harvest.vacates = true
        harvest.isCheckpoint = true
        return [
            CampaignStep(
                "vessels-\(index)",
                .occupy(
                    Occupancy(
                        resource: "incubator", seeded: index == 0 ? .whole : .byCells,
                        area: areas[index], areaPerUnit: areaPerPlace))),
            CampaignStep("seed-\(index)", .operate(seed)),
            CampaignStep("culture-\(index)", .culture(culture)),
            CampaignStep("harvest-\(index)", .operate(harvest)),
        ]
    }

    private var finish: [CampaignStep] {
        var fill = work("fill", 2, fillHours)
        fill.effect = .fill
        fill.costPerVial = vialCost
        var test = CampaignOperation(
            "qc", crew: [CampaignOperation.Use("laboratory", 1)],
            duration: .lognormal(median: testHours, sdLog: hoursSpread), startsInShift: false)
        test.cost = testCost
        return [
            CampaignStep("fill", .operate(fill)),
            CampaignStep("test", .operate(test)),
            CampaignStep("sterility", .wait(.fixed(sterilityHours), label: "qc_hold")),
            CampaignStep("release", .release(outOfSpecification: outOfSpecification)),
        ]
    }

    /// The slots of this campaign were numbered before steps had names: sixteen for each passage,
    /// after six for the batch.
    private var drawLayout: DrawLayout {
        var numbers: [String: UInt64] = [
            "donor/yield": 0, "donor/doubling-time": 1, "batch/doubling-time": 0,
            "batch/yield": 1, "fill/duration": 2, "test/duration": 3, "fill/contamination": 4,
            "release/out-of-specification": 5,
        ]
        for index in areas.indices {
            let first = UInt64(6 + 16 * index)
            numbers["culture-\(index)/growth"] = first
            numbers["harvest-\(index)/recovery"] = first + 1
            numbers["seed-\(index)/duration"] = first + 2
            numbers["harvest-\(index)/duration"] = first + 3
            numbers["seed-\(index)/contamination"] = first + 9
            numbers["harvest-\(index)/contamination"] = first + 10
            for feed in 0..<min(feedsAtMost, 5) {
                let turn = feed == 0 ? "" : "/\(feed + 1)"
                numbers["culture-\(index)/feed/duration\(turn)"] = first + 4 + UInt64(feed)
                numbers["culture-\(index)/feed/contamination\(turn)"] = first + 11 + UInt64(feed)
            }
        }
        return DrawLayout(
            firstDonor: 10, firstBatch: 100,
            pinned: numbers.compactMapValues(DrawSlot.init(number:)))
    }
}
