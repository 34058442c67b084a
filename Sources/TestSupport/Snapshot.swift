public import Foundation
public import Testing

/// Compares `text` with the golden file `name` beside the test, and shows the first line that
/// differs. `UPDATE_SNAPSHOTS=1` rewrites the file; the change is then reviewed as a diff.
public func expectSnapshot(
    _ text: String, named name: String, beside file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let golden = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
        do {
            try FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: golden)
        } catch {
            Issue.record("cannot write \(golden.path): \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
        Issue.record(
            "no golden file '\(name)': run with UPDATE_SNAPSHOTS=1 and review it",
            sourceLocation: sourceLocation)
        return
    }
    guard expected != text else { return }
    let (old, new) = (
        expected.split(separator: "\n", omittingEmptySubsequences: false),
        text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(old, new).prefix { $0 == $1 }.count
    Issue.record(
        """
        '\(name)' differs at line \(line + 1):
        golden: \(line < old.count ? String(old[line]) : "(end)")
        now:    \(line < new.count ? String(new[line]) : "(end)")
        """, sourceLocation: sourceLocation)
}

/// The folder `Fixtures` beside the calling test file.
public func fixtures(beside file: String = #filePath) -> URL {
    URL(filePath: file).deletingLastPathComponent().appending(path: "Fixtures")
}
