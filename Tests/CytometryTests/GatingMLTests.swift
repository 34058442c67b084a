import Cytometry
import Foundation
import Testing
import TestSupport

/// The compliance suite of Gating-ML 2.0 and further cases, gate by gate and event by event.
@Suite struct GatingMLTests {
    struct Case: Decodable {
        struct Gate: Decodable {
            var count: Int
            var events: Int
            var truth: String
        }
        var fcs: String
        var gates: [String: Gate]
    }
    struct Members: Decodable {
        var events: Int
        var bits: String
    }

    static let folder = fixtures().appending(path: "gating-ml")
    static let cases = decode([String: Case].self, "truth.json")
    static let members = decode([String: Members].self, "truth-bits.json")

    static func decode<Value: Decodable>(_ type: [String: Value].Type, _ name: String) -> [String:
        Value]
    {
        let data = (try? Data(contentsOf: folder.appending(path: name))) ?? Data()
        return (try? JSONDecoder().decode(type, from: data)) ?? [:]
    }

    static func strategy(_ file: String) throws -> GatingStrategy {
        try GatingML.read([UInt8](Data(contentsOf: folder.appending(path: file))))
    }

    @Test func theTruthIsThere() { #expect(Self.cases.count == 35 && Self.members.count == 44) }

    @Test(arguments: cases.keys.sorted())
    func agreesOnEveryEvent(file: String) throws {
        let truth = try #require(Self.cases[file])
        let events = try #require(
            try FCSFile.open(path: Self.folder.appending(path: truth.fcs).path).first)
        let strategy = try Self.strategy(file)
        let result = try GatingPlan(strategy, on: events).run()
        for (id, gate) in truth.gates {
            let population = try #require(result.population(id), "\(file): no population \(id)")
            #expect(population.count == gate.count, "\(file) \(id)")
            #expect(population.eventCount == gate.events)
            let name = gate.truth.split(separator: "/").last.map(String.init) ?? ""
            let wanted = try #require(Self.members[name], "\(name)")
            let bits = try #require(Data(base64Encoded: wanted.bits))
            let actual = try #require(result.members(of: id))
            let differing = (0..<wanted.events).filter {
                actual[$0] != (bits[$0 / 8] >> UInt8($0 % 8) & 1 == 1)
            }
            #expect(differing.isEmpty, "\(file) \(id): events \(differing.prefix(5)) differ")
        }
    }

    @Test(arguments: cases.keys.sorted())
    func whatIsWrittenReadsBackTheSame(file: String) throws {
        let strategy = try Self.strategy(file)
        let again = try GatingML.read([UInt8](GatingML.write(strategy).utf8))
        #expect(again.gates == strategy.gates)
        #expect(again.transforms == strategy.transforms)
        #expect(again.ratios == strategy.ratios)
        #expect(again.matrices == strategy.matrices)
    }

    @Test(arguments: [
        ("bad_version15.xml", GatingError.Code.version, "v1.5"),
        ("bad_selfparent.xml", .cycle, "'A' → 'A'"),
        ("bad_missing_parent.xml", .unknownReference, "'Nowhere'"),
        ("bad_missing_comp.xml", .unknownReference, "'nope'"),
        ("bad_polygon_2_vertices.xml", .shape, "2 vertices"),
        ("bad_logicle_params.xml", .transform, "W ≤ M/2"),
        ("bad_external_entity.xml", .xml, "entities"),
        ("bad_empty.xml", .xml, "empty"),
    ])
    func refusesMalformedDocuments(file: String, code: GatingError.Code, text: String) throws {
        let url = fixtures().appending(path: "malformed-gml/\(file)")
        let bytes = try [UInt8](Data(contentsOf: url))
        let error = #expect(throws: GatingError.self) { try GatingML.read(bytes) }
        #expect(error?.code == code)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }

    @Test func anUnknownChannelIsNamedTogetherWithThoseThatExist() throws {
        let url = fixtures().appending(path: "malformed-gml/bad_missing_channel.xml")
        let strategy = try GatingML.read([UInt8](Data(contentsOf: url)))
        let events = try FCSFile.open(path: Self.folder.appending(path: "data1.fcs").path)[0]
        let error = #expect(throws: GatingError.self) { try GatingPlan(strategy, on: events) }
        #expect(error?.code == .unknownChannel)
        #expect(error?.description.contains("BV999-A") == true)
        #expect(error?.description.contains("FL1-H") == true)
    }

    @Test func otherNamespacePrefixesMeanTheSame() throws {
        let url = fixtures().appending(path: "malformed-gml/odd_other_prefixes.xml")
        let strategy = try GatingML.read([UInt8](Data(contentsOf: url)))
        let events = try FCSFile.open(path: Self.folder.appending(path: "data1.fcs").path)[0]
        #expect(try GatingPlan(strategy, on: events).run().population("R")?.count == 440)
    }

    /// A quadrant is a population like any other: parent of a gate, and operand of a boolean one.
    /// References may come before what they refer to.
    @Test func quadrantsAndForwardReferencesServeAsParentsAndOperands() throws {
        func dimension(_ name: String, _ limits: String = "") -> String {
            "<g:dimension d:compensation-ref=\"uncompensated\" \(limits)>"
                + "<d:fcs-dimension d:name=\"\(name)\"/></g:dimension>"
        }
        func divider(_ id: String, _ name: String) -> String {
            "<g:divider g:id=\"\(id)\" d:compensation-ref=\"uncompensated\">"
                + "<d:fcs-dimension d:name=\"\(name)\"/><g:value>10</g:value></g:divider>"
        }
        func quadrant(_ id: String, _ x: Int, _ y: Int) -> String {
            "<g:Quadrant g:id=\"\(id)\"><g:position g:divider_ref=\"dx\" g:location=\"\(x)\"/>"
                + "<g:position g:divider_ref=\"dy\" g:location=\"\(y)\"/></g:Quadrant>"
        }
        let text = """
            <g:Gating-ML xmlns:g="\(GatingMLTests.namespace)gating"
              xmlns:d="\(GatingMLTests.namespace)datatypes">
            <g:BooleanGate g:id="NotBoth"><g:and>
              <g:gateReference g:ref="PP" g:use-as-complement="true"/>
              <g:gateReference g:ref="Either"/></g:and></g:BooleanGate>
            <g:BooleanGate g:id="Either"><g:or>
              <g:gateReference g:ref="PP"/><g:gateReference g:ref="PN"/></g:or></g:BooleanGate>
            <g:RectangleGate g:id="High" g:parent_id="PP">
              \(dimension("X", "g:min=\"20\""))</g:RectangleGate>
            <g:QuadrantGate g:id="Q">\(divider("dx", "X"))\(divider("dy", "Y"))
              \(quadrant("PP", 15, 15))\(quadrant("PN", 15, 5))</g:QuadrantGate>
            </g:Gating-ML>
            """
        let strategy = try GatingML.read(Array(text.utf8))
        let table = EventTable(
            names: ["X", "Y"],
            columns: [[10, 25, 25, 5, .nan, 20], [10, 9, 30, 30, 30, .infinity]])
        let result = try GatingPlan(strategy, on: table).run()
        #expect(result.members(of: "PP")?.indices == [0, 2])
        #expect(result.members(of: "PN")?.indices == [1])
        #expect(result.members(of: "High")?.indices == [2])
        #expect(result.population("High")?.parentCount == 2)
        #expect(result.members(of: "Either")?.indices == [0, 1, 2])
        #expect(result.members(of: "NotBoth")?.indices == [1])
    }

    private static let namespace = "http://www.isac-net.org/std/Gating-ML/v2.0/"

    @Test func neitherBombsNorDeepNestingHarm() {
        let bomb = """
            <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <x>&b;</x>
            """
        #expect(throws: GatingError.self) { try GatingML.read(Array(bomb.utf8)) }
        let wide = Array(bomb.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(throws: GatingError.self) { try GatingML.read([0xFF, 0xFE] + wide) }
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: GatingError.self) { try GatingML.read(Array(deep.utf8)) }
    }

    @Test func aLongCircleOfParentsIsFound() throws {
        let gates = (0..<5000).map { index in
            Gate(
                id: "g\(index)", parent: "g\((index + 1) % 5000)",
                .rectangle([Gate.Interval(.channel("X"), min: 0)]))
        }
        let error = #expect(throws: GatingError.self) { try GatingStrategy(gates: gates) }
        #expect(error?.code == .cycle)
    }
}
