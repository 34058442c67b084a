import Foundation

// Reads the graph that `genealogy.py` wrote, and traces from the nodes it names.
//
// Usage: GenealogyBench EDGES STARTS
// EDGES: lines "parent child". STARTS: lines "back|forward node".

guard CommandLine.arguments.count == 3,
    let edges = try? String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8),
    let starts = try? String(contentsOfFile: CommandLine.arguments[2], encoding: .utf8)
else {
    print("usage: GenealogyBench EDGES STARTS")
    exit(2)
}

func milliseconds(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let time = clock.measure(body)
    return Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3
}

func report(_ name: String, _ times: [Double], reached: Int) {
    let sorted = times.sorted()
    func text(_ value: Double) -> String { String(format: "%.3f", value) }
    let padded = name.padding(toLength: 34, withPad: " ", startingAt: 0)
    print(
        "\(padded) min \(text(sorted[0])) median \(text(sorted[sorted.count / 2])) "
            + "max \(text(sorted[sorted.count - 1])) ms, reached \(reached)")
}

/// Keeps a value alive whatever the optimiser thinks of it.
@inline(never) func keep<T>(_ value: T) {}

let pairs = edges.split(separator: "\n").map { line -> (String, String) in
    let parts = line.split(separator: " ")
    return (String(parts[0]), String(parts[1]))
}
var genealogy = Genealogy()
let built = milliseconds { for (parent, child) in pairs { genealogy.link(parent, to: child) } }
print("seedlot build \(Int(built)) ms, \(genealogy.nodeCount) things, \(genealogy.edgeCount) edges")

// A site takes a snapshot after every commit: what a link costs beside one.
var snapshots: [Genealogy] = []
let beside = milliseconds {
    for number in 0..<1_000 {
        snapshots = [genealogy]
        genealogy.link("0", to: "new-\(number)")
    }
}
print("seedlot link beside a snapshot \(String(format: "%.1f", beside)) µs")

for direction in [Genealogy.Direction.back, .forward] {
    let nodes = starts.split(separator: "\n").filter { $0.hasPrefix(direction.rawValue + " ") }
        .map { String($0.split(separator: " ")[1]) }
    var whole: [Double] = []
    var counted: [Double] = []
    var reached: [Int] = []
    for _ in 0..<7 {
        for node in nodes {
            whole.append(milliseconds { keep(genealogy.trace(from: node, direction)) })
            counted.append(
                milliseconds { reached.append(genealogy.reachCount(from: node, direction)) })
        }
    }
    let middle = reached.sorted()[reached.count / 2]
    report("seedlot \(direction.rawValue), names and depths", whole, reached: middle)
    report("seedlot \(direction.rawValue), counted", counted, reached: middle)
}
