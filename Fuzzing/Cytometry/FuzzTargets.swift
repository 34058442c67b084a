// One target for each reader that takes bytes from strangers. Compiled together with the sources
// of the room, so that AddressSanitizer sees its unsafe loops.

#if FUZZ_FCS
/// FCS files: HEADER, TEXT, DATA and spillover.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFCS(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = FileBytes(Array(UnsafeBufferPointer(start: data, count: size)))
    for damage in [FCSFile.Damage.refuse, .salvage] {
        guard let sets = try? FCSFile.read(bytes, damage: damage) else { continue }
        for set in sets.prefix(4) {
            for index in set.parameters.indices.prefix(8) {
                _ = set.scaleValues(of: index)
                _ = set.exactIntegers(of: index)
            }
            _ = try? set.spillover()?.condition()
        }
    }
    return 0
}
#endif

#if FUZZ_GATING
/// Gating-ML documents and FlowJo workspaces, and the application of what they hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGating(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    _ = try? FlowJoWorkspace.read(bytes)
    guard let strategy = try? GatingML.read(bytes) else { return 0 }
    _ = GatingML.write(strategy)
    let names = ["FSC-H", "SSC-H", "FL1-H", "FL2-H", "FL3-H", "FL2-A", "FL4-H", "X", "Y"]
    let table = EventTable(
        names: names, columns: names.map { _ in [0, 1, -1, 1e6, .nan, .infinity, 300] })
    if let plan = try? GatingPlan(strategy, on: table) { _ = plan.run() }
    return 0
}
#endif

#if FUZZ_PANEL
/// Identity panels.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPanel(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if let panel = try? MarkerPanel(json: bytes) { _ = PanelReview.review(panel) }
    return 0
}
#endif
