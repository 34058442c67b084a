/// Results of a batch that do not say what they were found with, for the review by exception.
extension SiteState {
    /// What a reviewer reads of runs without an instrument.
    ///
    /// Where the site's method asks for instruments or reagents, such a result was recorded before
    /// the method was: quality decides on each. Where the site has registered no method, one line
    /// names them all and waits for nobody. What a laboratory outside tested stands in its report.
    func runsToJudge(
        of batch: Batch
    ) -> [(stamp: Stamp, id: String, description: String, settled: String?)] {
        let unnamed = batch.results.filter { result in
            result.isInForce && result.run?.instruments.isEmpty != false
                && !isOutside(result.sample)
        }
        guard let last = unnamed.last,
            let tests = (try? specification(for: batch))?.map(\.tests)
        else { return [] }
        var found: [(stamp: Stamp, id: String, description: String, settled: String?)] = []
        var unregistered: [String] = []
        for result in unnamed {
            guard let test = tests.first(where: { $0.id == result.test }) else { continue }
            let stamp = result.stamp
            let method = methods[test.methodID]
            let atTheTime = method?.version(at: stamp.happened, before: stamp.entry)
            guard atTheTime == nil else { continue }
            let before = batch.reviewed?.entry ?? .max
            let later = method?.versions.first { $0.stamp.entry < before }
            guard let later, !(later.instruments + later.reagents).isEmpty else {
                unregistered.append(test.attribute)
                continue
            }
            found.append(
                (
                    stamp, "run-\(stamp.entry)",
                    "\(test.attribute) \(result.observation) names no instrument; its method was "
                        + "registered afterwards", nil
                ))
        }
        guard !unregistered.isEmpty else { return found }
        return found + [
            (
                last.stamp, "runs-unnamed",
                "no instrument is named for \(unregistered.joined(separator: ", "))",
                "the site has registered no method for them"
            )
        ]
    }
}
