import Foundation
import Planner

/// Runs the campaign and prints what `run` compares: task, engine, replications, processor seconds
/// and wall seconds.
///
///     planner-bench TASK REPLICATIONS THREADS
///
/// Tasks: `base` (24 batches), `heavy` (96 batches, four times as often), `rows` (the numbers of
/// each replication of `base`, for comparison with the peers), `rows-heavy`, `memory` (the most
/// memory that `base` held, in place of the seconds).
@main
enum PlannerBench {
    static let seed: UInt32 = 20_260_101

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let replications = Int(arguments[2]),
            let threads = Int(arguments[3])
        else {
            print("planner-bench base|heavy|rows|rows-heavy|memory REPLICATIONS THREADS")
            exit(2)
        }
        var campaign = UmbilicalCordCampaign()
        if arguments[1].hasSuffix("heavy") {
            campaign.batches = 96
            campaign.interval = 84
        }
        let simulation = CampaignSimulation(try Campaign(campaign.plan), seed: seed)
        if arguments[1].hasPrefix("rows") {
            for number in 0..<replications { print(row(simulation.replication(UInt64(number)))) }
            return
        }
        let cpu = processorSeconds()
        let wall = Date()
        _ = try simulation.run(replications: replications, threads: threads)
        let seconds = processorSeconds() - cpu
        if arguments[1] == "memory" {
            print("memory", replications, peakKilobytes(), separator: "\t")
            return
        }
        print(
            arguments[1], "Seedlot, \(threads) thread\(threads == 1 ? "" : "s")", replications,
            seconds, Date().timeIntervalSince(wall), separator: "\t")
    }

    private static func row(_ run: CampaignReplication) -> String {
        let values: [Double] = [
            run.doses, run.vials, run.cost, run.released, run.losses[.contamination] ?? 0,
            run.losses[.growth] ?? 0, run.losses[.outOfSpecification] ?? 0, run.makespan,
            run.busy["operator"] ?? 0, run.busy["isolator"] ?? 0, run.busy["incubator"] ?? 0,
            run.waiting, run.cycle, run.cells,
        ]
        return values.map { "\($0)" }.joined(separator: ",")
    }

    /// The most memory this process has held, in kilobytes.
    private static func peakKilobytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss)
    }

    /// Processor time of all threads of this process so far.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
