/// A result of release testing.
package struct TestResult: Sendable, Hashable, Codable {
    /// The line of the specification it answers.
    package var test: String
    package var observation: Observation
    /// The laboratory's number for the run or the sample.
    package var reference: String
    package var stamp: Stamp
    /// The sample that was tested.
    package var sample: SampleID?
    /// The raw data it was read off, kept beside the ledger: a plate, a chromatogram, a report.
    package var raw: [StoredFile]?
    /// What it was tested with; `nil` when nothing was named.
    package var run: TestRun?
    /// The second person who held it against its raw data.
    package var verified: Stamp?
    /// Why it does not count, when an investigation found the laboratory at fault.
    package var invalidated: Invalidation?

    /// The end of a result that the laboratory caused.
    package struct Invalidation: Sendable, Hashable, Codable {
        package var deviation: DeviationID
        package var reason: String
        package var stamp: Stamp
    }
}

/// How a batch stands to one line of its specification.
package struct TestStanding: Sendable, Hashable {
    package var test: MasterTest
    /// Every result recorded, oldest first; the last that was not invalidated is in force.
    package var results: [TestResult]
    package var verdict: Verdict

    /// The result that counts.
    package var inForce: TestResult? { results.last(where: \.isInForce) }

    package enum Verdict: String, Sendable, Hashable, Codable {
        case pending, passes, fails, reported
    }
}

extension SiteState {
    /// The specification the containers of a batch are held against.
    package func specification(for batch: Batch) throws(Rejection) -> MasterSpecification? {
        let master = try master(batch.master)
        let id: String?
        switch try stage(of: batch).output {
        case .bank(let bank): id = master.bank(bank)?.specification
        case .product: id = master.product.specification
        case .startingMaterial: id = nil
        }
        guard var specification = id.flatMap(master.specification) else { return nil }
        // The need for more tests of what was reprocessed is decided beforehand, in the definition.
        if !wasReprocessed(batch) {
            specification.tests.removeAll { $0.isAfterReprocessing == true }
        }
        return specification
    }

    /// How a batch stands to each line of its specification.
    package func standings(of batch: Batch) throws(Rejection) -> [TestStanding] {
        guard let specification = try specification(for: batch) else { return [] }
        var standings: [TestStanding] = []
        for test in specification.tests {
            let results = batch.results.filter { $0.test == test.id }
            var verdict = TestStanding.Verdict.pending
            if let last = results.last(where: \.isInForce) {
                switch try test.criterion.isMet(by: last.observation) {
                case true?: verdict = .passes
                case false?: verdict = .fails
                case nil: verdict = .reported
                }
            }
            standings.append(TestStanding(test: test, results: results, verdict: verdict))
        }
        return standings
    }
}

/// Records a result of release testing and judges it against the specification.
package struct RecordResult: Command, NamesStoredFiles {
    package static let name = "testing.record-result"
    package static let summary =
        "Record a test result of a batch; one outside the specification opens a deviation."
    package static let permission = Permission.test
    package static let help = [
        "batch": "which batch", "test": "the line of the specification",
        "observation": "what was found: a number with its unit, or words",
        "reference": "the laboratory's number for the run or the sample",
        "sample": "the sample that was tested, when it has a number of the site",
        "raw": "the raw data: the reader's file, a scan, the laboratory's report",
        "instruments": TestRun.instrumentsHelp, "reagents": TestRun.reagentsHelp,
        "suitability": TestRun.suitabilityHelp,
    ]

    package var batch: BatchID
    package var test: String
    package var observation: Observation
    package var reference: String
    package var sample: SampleID?
    package var raw: [StoredFile]?
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    /// Files of one result at most: names of 200 bytes and digests stay well within the 65,535 bytes
    /// of an entry.
    static let filesMax = 40

    /// Refuses more files of a run than an entry holds.
    static func requireFew(_ files: [StoredFile]) throws(Rejection) {
        guard files.count <= filesMax else {
            throw Rejection(
                "testing.raw-files", "\(files.count) files, at most \(filesMax)",
                help: "put the files of one run into an archive")
        }
    }

    package var storedFiles: [StoredFile] { raw ?? [] }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(reference, "reference")
        try Self.requireFew(storedFiles)
        let isSecondStage = batch.status == .certified && batch.openTests.contains(test)
        guard !batch.status.isFinal || isSecondStage else {
            throw Rejection(
                "testing.batch-disposed", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "record it under a stability study or a complaint")
        }
        guard !batch.outputs.isEmpty else {
            throw Rejection(
                "testing.nothing-to-test", "'\(batch.id)' has filled no container yet")
        }
        let standings = try site.standings(of: batch)
        guard let standing = standings.first(where: { $0.test.id == test }) else {
            let tests = standings.map(\.test.id)
            throw Rejection(
                "testing.unknown-test", "the specification of '\(batch.id)' has no test '\(test)'",
                help: didYouMean(test, among: tests))
        }
        if standing.results.last?.isInForce == true {
            // A result stands. Only one that an investigation invalidated is followed by a repeat;
            // testing into compliance is refused.
            throw Rejection(
                "testing.result-stands", "'\(test)' has a result: \(standing.verdict.rawValue)",
                help: "a typing error is corrected: entry.correct; a repeat needs the result to be "
                    + "invalidated: oos.invalidate-result",
                rule: "release-all-pass")
        }
        if let sample { try site.requireTested(sample, of: batch) }
        try site.requireRun(
            of: standing.test.methodID, with: instruments, and: reagents,
            reading: suitability, on: sample,
            for: site.masters[batch.master], at: moment)
        let met = try standing.test.criterion.isMet(by: observation)
        let recorded = ResultRecorded(
            batch: batch.id, test: test, observation: observation, reference: reference,
            sample: sample, raw: storedFiles.isEmpty ? nil : raw, instruments: instruments,
            reagents: reagents, suitability: suitability)
        guard met == false else { return [recorded] }
        let deviation = DeviationOpened(
            deviation: site.nextDeviation(), batch: batch.id, step: test,
            cause: .outOfSpecification,
            description:
                "\(standing.test.attribute): \(observation), criterion \(standing.test.criterion)",
            rule: "release-all-pass")
        guard isSecondStage else { return [recorded, deviation] }
        // Doses may be with patients already: what is left is held, and physicians are told.
        let left = site.inStock(batch.outputs)
        return [recorded, deviation]
            + HoldPlaced.facts(
                holding: left, reason: "second-stage result outside the specification: \(test)",
                source: nil)
    }
}

/// A test result was recorded.
package struct ResultRecorded: Fact {
    package static let kind = "testing.result-recorded/1"
    package var batch: BatchID
    package var test: String
    package var observation: Observation
    package var reference: String
    package var sample: SampleID?
    package var raw: [StoredFile]?
    /// None in the first facts of this kind, and where nothing was named.
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let run = TestRun(instruments, reagents, suitability)
        site.batches[batch]?.results.append(
            TestResult(
                test: test, observation: observation, reference: reference, stamp: stamp,
                sample: sample, raw: raw, run: run))
        site.book(run, of: test, on: batch.naming(Thing.self), at: stamp)
    }
}

extension SiteState {
    /// Refuses a sample that is not of this batch or that no laboratory has received.
    fileprivate func requireTested(_ id: SampleID, of batch: Batch) throws(Rejection) {
        let sample = try sample(id)
        let origins = [batch.id.text] + batch.outputs.map(\.text)
        guard origins.contains(sample.origin.text) else {
            throw Rejection(
                "sample.of-another-batch", "'\(id)' was taken of '\(sample.origin)'",
                help: "check the label of the sample")
        }
        guard sample.holder != nil else {
            throw Rejection(
                "sample.not-received", "no laboratory has received '\(id)'",
                help: "record its arrival first: sample.receive")
        }
    }
}
