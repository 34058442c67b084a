/// One run of a test method: what its controls gave, what it was a test of, and whether it counts.
///
/// A run is known by the laboratory's number. What several samples gave in one run is recorded
/// sample by sample under that number, with the same controls: it is one run, and a control of it
/// one point of its chart.
package struct MethodRun: Sendable, Hashable {
    package var reference: String
    /// The batches, banks, lots and studies it was a test of, in the order they were entered.
    package var subjects: [ThingID]
    /// What controls gave, each reading once.
    package var readings: [ControlReading]
    /// Why it does not count: a control missed its criterion, it was spoilt, or an investigation
    /// found the laboratory at fault; `nil` when it counts.
    package var invalid: String?
    /// When it was entered first.
    package var stamp: Stamp

    package var counts: Bool { invalid == nil }
}

extension SiteState {
    /// The runs of every method whose results are on the record, in the order they were done.
    ///
    /// Linear in the results of the site.
    package func methodRuns() -> [String: [MethodRun]] {
        var found = RunCollector()
        for batch in batches.values {
            guard !batch.results.isEmpty, let own = (try? specification(for: batch)) ?? nil
            else { continue }
            for result in batch.results {
                found.add(
                    result, by: own.test(result.test)?.methodID ?? result.test, of: batch.id.text)
            }
        }
        for bank in banks.values {
            let lines = definition(of: bank)?.tests ?? []
            for result in bank.tests {
                let said = lines.first { $0.test == result.test }
                found.add(result, by: said?.assay ?? result.test, of: bank.id.text)
            }
        }
        for lot in lots.values {
            for result in lot.results { found.add(result, by: result.test, of: lot.id.text) }
        }
        for study in studies.values {
            for result in study.results {
                found.add(result, by: method(of: result.test, in: study), of: study.id.text)
            }
        }
        for analysis in cytometryAnalyses.values {
            for result in analysis.results {
                let line = batches[result.batch].flatMap { (try? specification(for: $0)) ?? nil }
                    .flatMap { own in result.test.flatMap(own.test) }
                found.add(
                    line?.methodID ?? analysis.id.text, of: result.batch.text, result.sample.name,
                    result.run?.readings ?? [], nil, result.stamp)
            }
        }
        for method in methods.values {
            for run in method.invalidRuns {
                found.add(
                    method.id, of: run.subject.text, run.reference, run.readings, run.reason,
                    run.stamp)
            }
        }
        return found.runs.mapValues { runs in
            runs.values.sorted {
                ($0.stamp.happened, $0.stamp.entry) < ($1.stamp.happened, $1.stamp.entry)
            }
        }
    }

    /// The runs of tests of a batch, a bank, a lot or a study that do not count, oldest first.
    package func invalidRuns(of subject: String) -> [(method: String, run: InvalidRun)] {
        methods.inOrder.flatMap { method in
            method.invalidRuns.filter { $0.subject.text == subject }.map { (method.id, $0) }
        }.sorted { $0.1.stamp.entry < $1.1.stamp.entry }
    }
}

/// Puts results that were found in one run together.
private struct RunCollector {
    /// What is one run: its number, and whether it counts.
    struct Key: Hashable {
        var reference: String
        var counts: Bool
    }

    private(set) var runs: [String: [Key: MethodRun]] = [:]

    mutating func add(_ result: some InvestigatedResult, by method: String, of subject: String) {
        add(
            method, of: subject, result.reference, result.run?.readings ?? [],
            result.invalidated?.reason, result.stamp)
    }

    mutating func add(
        _ method: String, of subject: String, _ reference: String, _ readings: [ControlReading],
        _ invalid: String?, _ stamp: Stamp
    ) {
        let key = Key(reference: reference, counts: invalid == nil)
        let id = ThingID(unchecked: subject)
        var known =
            runs[method]?[key]
            ?? MethodRun(
                reference: reference, subjects: [], readings: [], invalid: invalid, stamp: stamp)
        if !known.subjects.contains(id) { known.subjects.append(id) }
        known.readings += readings.filter { !known.readings.contains($0) }
        if stamp.entry < known.stamp.entry { known.stamp = stamp }
        runs[method, default: [:]][key] = known
    }
}
