import Foundation
import Planner
import TestSupport

/// The golden campaign and the loads of the same model, computed with SimPy 4.1.2.
enum SimulationGolden {
    static let seed: UInt32 = 20_260_101

    struct Load: Decodable {
        let name: String
        let changes: [String: Value]
        let rows: [[Double]]
    }

    /// A number or a list of them.
    enum Value: Decodable {
        case number(Double)
        case list([Double])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .list(try container.decode([Double].self))
            }
        }
    }

    private struct Model: Decodable {
        struct Load: Decodable {
            let batches: Int
            let interval_h: Double
        }
        let base: Load
        let heavy: Load
        let params: [String: Value]
    }

    /// The campaign as the golden file describes it, with every constant taken from the file.
    static func campaign() throws -> UmbilicalCordCampaign {
        let model = try JSONDecoder().decode(
            Model.self,
            from: Data(contentsOf: fixtures().appending(path: "campaign_golden_model.json")))
        var campaign = UmbilicalCordCampaign()
        campaign.batches = model.base.batches
        campaign.interval = model.base.interval_h
        campaign.change(model.params)
        return campaign
    }

    static func loads() throws -> [Load] {
        try JSONDecoder().decode(
            [Load].self, from: Data(contentsOf: fixtures().appending(path: "campaign_loads.json")))
    }

    /// Lines of a table after its heading.
    static func table(_ name: String) throws -> [[Substring]] {
        let text = try String(contentsOf: fixtures().appending(path: name), encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }

    /// The numbers of a replication in the order of the golden table.
    static func row(_ run: CampaignReplication) -> [Double] {
        [
            run.doses, run.vials, run.cost, run.released, run.losses[.contamination] ?? -1,
            run.losses[.growth] ?? -1, run.losses[.outOfSpecification] ?? -1, run.makespan,
            run.busy["operator"] ?? -1, run.busy["isolator"] ?? -1, run.busy["incubator"] ?? -1,
            run.waiting, run.cycle, run.cells,
        ]
    }
}

extension UmbilicalCordCampaign {
    /// Sets parameters by the names they have in the golden file.
    mutating func change(_ values: [String: SimulationGolden.Value]) {
        func number(_ name: String) -> Double? {
            if case .number(let value)? = values[name] { value } else { nil }
        }
        func list(_ name: String) -> [Double]? {
            if case .list(let value)? = values[name] { value } else { nil }
        }
        func set(_ path: WritableKeyPath<Self, Double>, _ name: String) {
            if let value = number(name) { self[keyPath: path] = value }
        }
        func count(_ path: WritableKeyPath<Self, Int>, _ name: String) {
            if let value = number(name) { self[keyPath: path] = Int(value) }
        }
        func lists(_ path: WritableKeyPath<Self, [Double]>, _ name: String) {
            if let value = list(name) { self[keyPath: path] = value }
        }
        count(\.batches, "NB")
        count(\.donors, "NDONOR")
        count(\.isolators, "CAP_ISO")
        count(\.incubatorPlaces, "CAP_INC")
        count(\.operators, "CAP_OPS")
        count(\.laboratories, "CAP_QC")
        count(\.feedsAtMost, "MAX_FEED")
        set(\.interval, "BATCH_INTERVAL")
        set(\.opens, "WORK_OPEN")
        set(\.closes, "WORK_CLOSE")
        set(\.stagger, "JITTER")
        set(\.cellsPerCord, "Y0")
        set(\.yieldSpreadBatch, "SIG_Y")
        set(\.yieldSpreadDonor, "SIG_Y_DONOR")
        set(\.growth.doublingTime, "DT0")
        set(\.growth.slope, "DT_SLOPE")
        set(\.growth.sdLogDonor, "SIG_DT_DONOR")
        set(\.growth.sdLogBatch, "SIG_DT_BATCH")
        set(\.growth.sdLogPassage, "SIG_DT_PASS")
        set(\.growth.lag, "LAG")
        set(\.growth.attachment, "ATT")
        set(\.growth.seedingDensity, "SEED_D")
        set(\.growth.harvestDensity, "CONF_D")
        set(\.growth.maximumDensity, "MAX_D")
        set(\.outgrowth, "EXPLANT_T")
        set(\.outgrowthSpread, "SIG_EXPL")
        if case .clampedNormal(let mean, let sd, let low, let high) = recovery {
            recovery = .clampedNormal(
                mean: number("REC_MEAN") ?? mean, sd: number("REC_SD") ?? sd, from: low, to: high)
        }
        lists(\.areas, "AREA_CAP")
        set(\.areaPerPlace, "SLOT_AREA")
        lists(\.seedingHours, "D_SEED")
        lists(\.harvestHours, "D_HARV")
        lists(\.feedHours, "D_FEED")
        set(\.fillHours, "D_FILL")
        set(\.testHours, "D_QC")
        set(\.hoursSpread, "SIG_OP")
        set(\.feedEvery, "FEED_EVERY")
        set(\.growthLimit, "MAX_GROWTH")
        set(\.sterilityHours, "QC_HOLD")
        set(\.contamination, "P_CONT_OPEN")
        set(\.outOfSpecification, "P_OOS")
        set(\.filling.cellsPerVial, "VIAL")
        set(\.filling.overfill, "OVERFILL")
        set(\.filling.recovery, "CRYO_REC")
        set(\.filling.cellsPerDose, "CELLS_PER_DOSE")
        set(\.mediumCost, "C_MED")
        set(\.vesselCost, "C_VES")
        set(\.operatorCost, "C_OPH")
        set(\.isolatorCost, "C_ISOH")
        set(\.placeCostPerDay, "C_SLOTD")
        set(\.testCost, "C_QC_BATCH")
        set(\.cordCost, "C_CORD")
        set(\.vialCost, "C_FILL_VIAL")
        set(\.fixedCost, "C_FIXED")
    }
}
