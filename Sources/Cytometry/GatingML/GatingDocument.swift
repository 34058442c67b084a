/// A document of gates, which its root element tells apart: Gating-ML 2.0 for any file, or a
/// FlowJo workspace with gates for each of its samples.
public enum GatingDocument: Sendable {
    /// The gates of a Gating-ML document.
    case gatingML(GatingStrategy)
    /// The samples of a FlowJo workspace.
    case workspace([FlowJoSample])

    /// Reads either kind.
    ///
    /// - Throws: `GatingError` with the line of the cause.
    public init(_ bytes: [UInt8]) throws(GatingError) {
        let root = try XMLDocument.root(of: bytes)
        self =
            root.name == "Workspace"
            ? .workspace(try FlowJoWorkspace.read(root)) : .gatingML(try GatingML.read(root))
    }

    /// The gates for the file of this name. A workspace of one sample serves any file.
    public func strategy(for file: String?) throws(GatingError) -> GatingStrategy {
        switch self {
        case .gatingML(let strategy): return strategy
        case .workspace(let samples):
            let found = samples.first { $0.name == file } ?? (samples.count == 1 ? samples[0] : nil)
            guard let found else {
                throw .init(
                    .unknownReference, "the workspace has no sample '\(file ?? "")'",
                    remedy: "it has: \(samples.map(\.name).joined(separator: ", "))")
            }
            return found.strategy
        }
    }
}
