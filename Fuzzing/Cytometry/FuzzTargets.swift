// One target for each reader that takes bytes from strangers. Compiled together with the sources
// of the room, so that AddressSanitizer sees its unsafe loops.
import Foundation

/// Which reader is under test: `fcs`, `gating` or `panel` in the environment's `FUZZ_TARGET`.
private let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    switch target {
    case "fcs": fuzzFCS(bytes)
    case "gating": fuzzGating(bytes)
    case "panel": fuzzPanel(bytes)
    default: fatalError("FUZZ_TARGET is '\(target)', expected fcs, gating or panel")
    }
    return 0
}

/// FCS files: HEADER, TEXT, DATA and spillover.
private func fuzzFCS(_ bytes: [UInt8]) {
    let file = FileBytes(bytes)
    for damage in [FCSFile.Damage.refuse, .salvage] {
        guard let sets = try? FCSFile.read(file, damage: damage) else { continue }
        for set in sets.prefix(4) {
            for index in set.parameters.indices.prefix(8) {
                _ = set.scaleValues(of: index)
                _ = set.exactIntegers(of: index)
            }
            _ = try? set.spillover()?.condition()
        }
    }
}

/// Gating-ML documents and FlowJo workspaces, and the application of what they hold.
private func fuzzGating(_ bytes: [UInt8]) {
    _ = try? FlowJoWorkspace.read(bytes)
    guard let strategy = try? GatingML.read(bytes) else { return }
    _ = GatingML.write(strategy)
    let names = ["FSC-H", "SSC-H", "FL1-H", "FL2-H", "FL3-H", "FL2-A", "FL4-H", "X", "Y"]
    let table = EventTable(
        names: names, columns: names.map { _ in [0, 1, -1, 1e6, .nan, .infinity, 300] })
    if let plan = try? GatingPlan(strategy, on: table) { _ = plan.run() }
}

/// Identity panels.
private func fuzzPanel(_ bytes: [UInt8]) {
    if let panel = try? MarkerPanel(json: bytes) { _ = PanelReview.review(panel) }
}
