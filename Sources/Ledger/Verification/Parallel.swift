internal import Foundation

/// Spreads work over the processors.
enum Parallel {
    /// How many tasks keep all processors busy.
    static let workers = ProcessInfo.processInfo.activeProcessorCount

    /// `transform` of each element, in order; in parts of at least `grain` elements.
    static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], grain: Int, _ transform: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        let size = max(grain, (elements.count + workers - 1) / workers)
        guard elements.count > size else { return elements.map(transform) }
        return await withTaskGroup(of: (Int, [Result]).self) { group in
            for start in stride(from: 0, to: elements.count, by: size) {
                group.addTask {
                    (start, elements[start..<min(start + size, elements.count)].map(transform))
                }
            }
            var parts: [(Int, [Result])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
