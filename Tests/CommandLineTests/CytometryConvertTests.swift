import Foundation
import Testing

/// What a file holds decides how it is converted, not what its name ends in.
@Suite struct CytometryConvertTests {
    private static let panel = Shell.root.appending(path: "Tests/CytometryTests/Fixtures/msc-panel")

    @Test func gatesAreKnownByTheirContent() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appending(path: "gates"), folder.appending(path: "o"))
        try FileManager.default.copyItem(
            at: Self.panel.appending(path: "msc_gates.gml.xml"), to: input)
        let converted = try Shell.seedlot("cytometry", "convert", input.path, output.path)
        #expect(converted.code == 0, "\(converted.error)")
        let written = try String(contentsOf: output, encoding: .utf8)
        #expect(written.contains("Gating-ML") && written.contains("PolygonGate"))
    }

    @Test func eventsAreKnownByTheirContent() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output) = (folder.appending(path: "e.xml"), folder.appending(path: "o"))
        try FileManager.default.copyItem(
            at: Self.panel.appending(path: "I1_FMO_PE-A.fcs"), to: input)
        let converted = try Shell.seedlot("cytometry", "convert", input.path, output.path)
        #expect(converted.code == 0, "\(converted.error)")
        #expect(try Data(contentsOf: output).prefix(6) == Data("FCS3.1".utf8))
    }
}
