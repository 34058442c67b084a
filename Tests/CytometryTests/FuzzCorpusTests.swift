import Cytometry
import Foundation
import Testing
import TestSupport

/// Inputs that libFuzzer kept because each takes another way through a reader
/// (`Fuzzing/Cytometry/run`): none of them crashes one.
@Suite struct FuzzCorpusTests {
    private static func inputs(_ target: String) throws -> [[UInt8]] {
        let folder = fixtures().appending(path: "fuzz/\(target)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { try [UInt8](Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test func everyFCSInputIsReadOrRefused() throws {
        let inputs = try Self.inputs("fcs")
        #expect(inputs.count > 100)
        for bytes in inputs { Self.readOrRefused(bytes) }
    }

    @Test func everyTextIsReadOrRefused() throws {
        let inputs = try Self.inputs("text")
        #expect(inputs.count > 50)
        for text in inputs {
            let end = 57 + text.count
            let fields = [58, end, end + 1, end + 64, 0, 0].map { String("       \($0)".suffix(8)) }
            Self.readOrRefused(Array("FCS3.1    \(fields.joined())".utf8) + text + (0..<64))
        }
    }

    @Test func everyLayoutIsReadAsItWasWritten() throws {
        let inputs = try Self.inputs("data")
        #expect(inputs.count > 50)
        for bytes in inputs { #expect(FramedFCS(bytes).difference() == nil) }
    }

    private static func readOrRefused(_ bytes: [UInt8]) {
        for damage in [FCSFile.Damage.refuse, .salvage] {
            guard let sets = try? FCSFile.read(FileBytes(bytes), damage: damage) else { continue }
            for set in sets.prefix(4) {
                for index in set.parameters.indices.prefix(8) {
                    #expect(set.scaleValues(of: index).count == set.eventCount)
                }
                _ = set.timesInSeconds()
                _ = try? set.spillover()?.condition()
            }
        }
    }

    @Test func everyGatingInputIsReadOrRefused() throws {
        let inputs = try Self.inputs("gating")
        #expect(inputs.count > 50)
        let names = ["FSC-H", "SSC-H", "FL1-H", "FL2-H", "FL3-H", "FL2-A", "FL4-H", "X", "Y"]
        let table = EventTable(
            names: names, columns: names.map { _ in [0, 1, -1, 1e6, .nan, .infinity, 300] })
        for bytes in inputs {
            _ = try? FlowJoWorkspace.read(bytes)
            guard let strategy = try? GatingML.read(bytes) else { continue }
            _ = GatingML.write(strategy)
            guard let plan = try? GatingPlan(strategy, on: table) else { continue }
            #expect(plan.run().populations.allSatisfy { $0.count <= $0.parentCount })
        }
    }

    @Test func everyPanelInputIsReadOrRefused() throws {
        let inputs = try Self.inputs("panel")
        #expect(inputs.count > 50)
        for bytes in inputs {
            guard let panel = try? MarkerPanel(json: bytes) else { continue }
            _ = PanelReview.review(panel)
        }
    }
}
