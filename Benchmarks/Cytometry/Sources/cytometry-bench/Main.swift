import Cytometry
import Foundation

/// `cytometry-bench generate FOLDER EVENTS…`, `read|pass|gate|picture FILE
/// [THREADS]`: one line of JSON
/// for each measurement, in the form of the peers' scripts.
@main
struct Main {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2 else {
            print("cytometry-bench generate FOLDER EVENTS… | read|pass|gate|picture FILE [THREADS]")
            return
        }
        if arguments[0] == "generate" {
            let folder = URL(filePath: arguments[1])
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(GatingML.write(SimulatedPanel.strategy()).utf8)
                .write(to: folder.appending(path: "gates.xml"))
            for count in arguments.dropFirst(2).compactMap({ Int($0) }) {
                try SimulatedPanel.write(
                    count, to: folder.appending(path: "panel-\(count).fcs").path)
            }
            return
        }
        let threads = arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1
        let watch = ContinuousClock()
        var detail = ""
        // Of the work alone, as the peers measure it: not of the start of the process.
        let before = clock()
        let time = try watch.measure { detail = try work(arguments[0], arguments[1], threads) }
        let cpu = Double(clock() - before) / Double(CLOCKS_PER_SEC)
        let seconds =
            Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        print(
            "{\"peer\":\"seedlot_\(arguments[0])_\(threads)t\","
                + "\"seconds\":\(String(format: "%.5f", seconds)),"
                + "\"cpu\":\(String(format: "%.5f", cpu)),"
                + "\"peak_mb\":\(peakMegabytes),"
                + "\(detail)}")
    }

    /// Most memory the process held at any time, mapped pages of the file included.
    private static var peakMegabytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }

    private static func work(_ what: String, _ path: String, _ threads: Int) throws -> String {
        let set = try FCSFile.open(path: path)[0]
        switch what {
        case "read":
            // Every value of every column as Double, in one pass over the file.
            let columns = try ColumnReader(GatingStrategy(gates: []), on: set)
                .values(of: set.channelNames.map { .channel($0) })
            return "\"check\":\(columns.reduce(0) { $0 + ($1.last ?? 0) })"
        case "pass":
            // The same without keeping them: what reading alone costs.
            var sum = 0.0
            var block = [Double](repeating: 0, count: 1024)
            block.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                for first in stride(from: 0, to: set.eventCount, by: 1024) {
                    let events = first..<min(first + 1024, set.eventCount)
                    for channel in set.parameters.indices {
                        set.fill(channel, events, into: base)
                        sum += base[0]
                    }
                    if first % 65_536 == 64_512 { set.release((first - 64_512)..<(first + 1024)) }
                }
            }
            return "\"check\":\(sum)"
        case "gate":
            let result = try GatingPlan(SimulatedPanel.strategy(), on: set)
                .run(threads: threads, membership: false)
            let counts = result.populations.map { "\"\($0.id)\":\($0.count)" }
            return "\"gates\":{\(counts.joined(separator: ","))}"
        case "picture":
            let scale = try ScaleTransform.logicle(t: 262_144, w: 0.7, m: 4.5, a: 0)
            func axis(_ name: String) -> PlotAxis {
                PlotAxis(
                    .channel(name, compensation: .file), scale: scale, low: 0, high: 1,
                    title: name)
            }
            let (x, y) = (axis("APC-A"), axis("FITC-A"))
            let raster = try DensityRaster(
                x: x, y: y, strategy: GatingStrategy(gates: []), source: set)
            let svg = PlotSVG.density(raster, x: x, y: y, title: path)
            return "\"bytes\":\(svg.utf8.count),\"png_bytes\":\(raster.png().count)"
        default: return "\"error\":\"nothing is called \(what)\""
        }
    }
}
