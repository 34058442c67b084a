import Cytometry
import Foundation
import Testing
import TestSupport

/// Documents changed at random are read or refused, and what is read can be applied.
@Suite struct GatingFuzzTests {
    @Test func mutatedGatingMLIsReadOrRefused() throws {
        let folder = GatingMLTests.folder
        let seeds = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".xml") }.sorted()
            .map { try [UInt8](Data(contentsOf: folder.appending(path: $0))) }
        let names = ["FSC-H", "SSC-H", "FL1-H", "FL2-H", "FL3-H", "FL2-A", "FL4-H", "X", "Y"]
        let table = EventTable(
            names: names, columns: names.map { _ in [0, 1, -1, 1e6, .nan, .infinity] })
        forAll(cases: 1000) { random in
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            guard let strategy = try? GatingML.read(bytes) else { return }
            _ = GatingML.write(strategy)
            guard let plan = try? GatingPlan(strategy, on: table) else { return }
            for population in plan.run().populations {
                try require(
                    population.count <= population.parentCount,
                    "'\(population.id)' has \(population.count) of \(population.parentCount)")
            }
        }
    }

    @Test func mutatedWorkspacesAreReadOrRefused() throws {
        let folder = FlowJoTests.folder
        let seeds = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { try [UInt8](Data(contentsOf: folder.appending(path: $0))) }
        forAll(cases: 60) { random in
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            _ = try? FlowJoWorkspace.read(bytes)
        }
    }

    @Test func mutatedPanelsAreReadOrRefused() throws {
        let url = fixtures().appending(path: "panels/uc-msc-identity.json")
        let seed = try [UInt8](Data(contentsOf: url))
        forAll(cases: 500) { random in
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            _ = try? MarkerPanel(json: bytes)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard bytes.count > 40 else { return }
        let place = Int.random(in: 0..<(bytes.count - 30), using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1:
            // Most damage that is still XML stands in numbers.
            let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
            if let digit = digits.randomElement(using: &random) {
                bytes[digit] = [45, 46, 48, 57, 101].randomElement(using: &random) ?? 48
            }
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place..<(place + Int.random(in: 1...30, using: &random)))
        case 4: bytes.insert(contentsOf: bytes[place..<(place + 30)], at: place)
        default:
            let words = ["nan", "inf", "1e308", "-1e308", "0", "FCS", "<a/>", "&lt;"]
            bytes.insert(contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: place)
        }
    }
}
