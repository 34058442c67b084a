// One target for each reader that takes bytes from strangers. Compiled together with the sources
// of the room, so that AddressSanitizer sees its unsafe loops.
import Foundation

/// Which reader is under test, from the environment's `FUZZ_TARGET`.
private let target: @Sendable (_ bytes: [UInt8]) -> Void = {
    switch ProcessInfo.processInfo.environment["FUZZ_TARGET"] {
    case "fcs": fuzzFCS
    case "text": fuzzText
    case "data": fuzzData
    case "gating": fuzzGating
    case "panel": fuzzPanel
    case let name:
        fatalError("FUZZ_TARGET is '\(name ?? "")', expected fcs, text, data, gating or panel")
    }
}()

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Whole FCS files: HEADER, TEXT, DATA and spillover.
private func fuzzFCS(_ bytes: [UInt8]) {
    let file = FileBytes(bytes)
    for damage in [FCSFile.Damage.refuse, .salvage] {
        guard let sets = try? FCSFile.read(file, damage: damage) else { continue }
        for set in sets.prefix(4) {
            for index in set.parameters.indices.prefix(8) {
                _ = set.scaleValues(of: index)
                _ = set.exactIntegers(of: index)
            }
            _ = set.timesInSeconds()
            _ = try? set.spillover()?.condition()
        }
    }
}

/// TEXT behind a HEADER that is always right, with DATA after it: what a fuzzer changes is TEXT.
private func fuzzText(_ bytes: [UInt8]) {
    let end = 57 + bytes.count
    let fields = [58, end, end + 1, end + 64, 0, 0].map { String("       \($0)".suffix(8)) }
    fuzzFCS(Array("FCS3.1    \(fields.joined())".utf8) + bytes + (0..<64))
}

/// Files in order, of any layout: every number must be read as it was written.
private func fuzzData(_ bytes: [UInt8]) {
    if let difference = FramedFCS(bytes).difference() { fatalError(difference) }
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
