import Cytometry
import Foundation
import Testing
import TestSupport

@Suite struct FlowJoTests {
    static let folder = fixtures().appending(path: "flowjo")

    private func samples(_ file: String) throws -> [FlowJoSample] {
        try FlowJoWorkspace.read([UInt8](Data(contentsOf: Self.folder.appending(path: file))))
    }

    private var line: FCSDataSet {
        get throws {
            let path = fixtures().appending(path: "fcs-real/fk_data_set_simple_line_100.fcs").path
            return try FCSFile.open(path: path)[0]
        }
    }

    @Test func theEllipseHoldsAsManyEventsAsInFlowJo() throws {
        let sample = try samples("single_ellipse_51_events.wsp")[0]
        #expect(sample.recordedCounts["ellipse1"] == 51)
        let result = try GatingPlan(sample.strategy, on: line).run()
        #expect(result.population("ellipse1")?.count == 51)
    }

    @Test func polygonAndRectangleAreTakenOver() throws {
        let sample = try samples("simple_poly_and_rect.wsp")[0]
        let result = try GatingPlan(sample.strategy, on: line).run()
        #expect(result.populations.map(\.id) == ["poly1", "rect1"])
        // The line of events runs just above both gates, within the bin that FlowJo rounds to:
        // what FlowJo counts inside is outside.
        #expect(result.populations.map(\.count) == [0, 0])
        let lower = EventTable(names: ["channel_A", "channel_B"], columns: [[1e5], [1.2e5]])
        let inside = try GatingPlan(sample.strategy, on: lower).run()
        #expect(inside.populations.map(\.count) == [1, 1])
    }

    @Test func quadrantsAreRectanglesWithoutLimitsOutside() throws {
        let sample = try samples("simple_diamond_example_quad_gate.wsp")[0]
        #expect(sample.strategy.gates.count == 4)
        #expect(sample.recordedCounts["Q1: channel_A- , channel_B+"] == 49_671)
        let x = [0.0, 1e5, 1e5, 0], y = [1e5, 1e5, 0.0, 0]
        let table = EventTable(names: ["channel_A", "channel_B"], columns: [x, y])
        let result = try GatingPlan(sample.strategy, on: table).run()
        #expect(result.populations.map(\.count) == [1, 1, 1, 1])
    }

    @Test func theBiexponentialTableIsFlowJos() throws {
        // Three entries of a table that FlowJo exported, to its six digits.
        let text = """
            <Workspace version="20.0" xmlns:t="urn:t"><SampleList><Sample><Transformations>
            <t:biex t:length="256" t:maxRange="262144.000029" t:neg="1" t:width="-7.943282"
              t:pos="4.41854"><t:parameter t:name="X"/></t:biex>
            </Transformations></Sample></SampleList></Workspace>
            """
        let scale = try #require(
            try FlowJoWorkspace.read(Array(text.utf8))[0].strategy.transforms["X"])
        for (entry, value) in [(0.0, -865.899), (1, -863.451), (24, -809.117), (1096, 0)] {
            #expect(abs(scale.inverse(entry / 4096) - value) < 1e-3)
            #expect(abs(scale(value) - entry / 4096) < 1e-6)
        }
    }

    @Test func otherDocumentsAreRefused() {
        #expect(throws: GatingError.self) { try FlowJoWorkspace.read(Array("<a/>".utf8)) }
        #expect(throws: GatingError.self) { try GatingDocument(Array("<a/>".utf8)) }
    }

    /// FlowJo 9 and earlier describe gates in a form of their own.
    @Test(arguments: ["9.2", "9.7.6", "8.0"])
    func workspacesOfEarlierVersionsAreRefusedWithAWayOut(version: String) {
        let old = """
            <?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE Workspace>
            <Workspace version="2.0" flowJoVersion="\(version)"><SampleList/></Workspace>
            """
        let error = #expect(throws: GatingError.self) { try GatingDocument(Array(old.utf8)) }
        #expect(error?.code == .version)
        #expect(error?.message.contains("FlowJo '\(version)'") == true)
        #expect(error?.remedy?.contains("FlowJo 10") == true)
    }

    @Test func theRootElementTellsWhichDocumentItIs() throws {
        func bytes(_ path: String) throws -> [UInt8] {
            try [UInt8](Data(contentsOf: fixtures().appending(path: path)))
        }
        let workspace = try GatingDocument(try bytes("flowjo/simple_poly_and_rect.wsp"))
        #expect(try workspace.strategy(for: "any.fcs").gates.map(\.id) == ["poly1", "rect1"])
        let gates = try GatingDocument(try bytes("gating-ml/gml_poly1_gate.xml"))
        #expect(try gates.strategy(for: nil).gates.map(\.id) == ["Polygon1"])
        let two = """
            <Workspace><SampleList><Sample><SampleNode name="a.fcs"/></Sample>
            <Sample><SampleNode name="b.fcs"/></Sample></SampleList></Workspace>
            """
        let error = #expect(throws: GatingError.self) {
            try GatingDocument(Array(two.utf8)).strategy(for: "c.fcs")
        }
        #expect(error?.remedy == "it has: a.fcs, b.fcs")
    }
}
