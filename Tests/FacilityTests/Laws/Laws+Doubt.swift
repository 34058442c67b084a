import Facility
import TestSupport

extension Laws {
    /// Nothing is used or released while a grave deviation about it, or about anything it came from,
    /// is open; and nothing is released that came from what a deviation was closed with rejection of.
    ///
    /// A batch hands its deviations on to the part that is split off it, so what is about a batch that
    /// was split is left to the law on the parts.
    static func isUndisputed(
        _ id: String, isRelease: Bool = false, _ state: SiteState, _ record: Record
    ) throws {
        let split = Set(record.sources.values.flatMap { $0 }.map(\.batch))
        let past = Set(state.genealogy.trace(from: id, .back).map(\.node)).subtracting(split)
            .union([id])
        for deviation in state.deviations.values {
            let about = past.intersection(record.subjects[deviation.id.text] ?? [])
            guard !about.isEmpty else { continue }
            try require(
                !(deviation.isOpen && deviation.grade != .minor),
                "\(id) went on with \(deviation.id) about \(about) open")
            try require(
                !isRelease || deviation.closure?.disposition != .reject,
                "\(id) was released though \(deviation.id) about \(about) was closed with rejection"
            )
        }
    }
}
