/// A result with what it was found with, as a trace and a recall show it.
package struct TestedWith: Codable, Hashable, Sendable {
    /// The batch, the bank or the lot that was tested, or the study it was tested for.
    package var subject: String
    package var test: String
    package var result: String
    package var reference: String
    /// False once an investigation found the laboratory at fault.
    package var counts: Bool
    /// Who recorded it.
    package var person: String
    package var instruments: [String]
    package var reagents: [String]
}

extension SiteState {
    /// The results of the batches, banks and studies among `nodes` that name an instrument or a reagent; from
    /// an instrument or a reagent, those that name it. Linear in the results looked at.
    func testsMet(from id: String, by nodes: [String]) -> [TestedWith] {
        let uses: [TestUse]? =
            switch things[id] {
            case .equipment: equipment[.init(unchecked: id)]?.tests
            case .lot: lots[.init(unchecked: id)]?.tests
            default: nil
            }
        if let uses {
            var seen: Set<ThingID> = []
            return tests(of: id)
                + uses.filter { seen.insert($0.subject).inserted }.flatMap { use in
                    tests(of: use.subject.text).filter {
                        $0.instruments.contains(id) || $0.reagents.contains(id)
                    }
                }
        }
        return nodes.flatMap(tests)
    }

    /// The results of a batch, a bank, a lot or a study that name what they were found with, oldest first.
    private func tests(of id: String) -> [TestedWith] {
        switch things[id] {
        case .batch:
            tested(id, batches[.init(unchecked: id)]?.results) + cytometry(of: id)
        case .study: tested(id, studies[.init(unchecked: id)]?.results)
        case .bank: tested(id, banks[.init(unchecked: id)]?.tests)
        case .lot: tested(id, lots[.init(unchecked: id)]?.results)
        default: []
        }
    }

    private func tested(_ subject: String, _ results: [some InvestigatedResult]?) -> [TestedWith] {
        (results ?? []).compactMap { result in
            result.run.map {
                TestedWith(
                    subject, result.test, result.observation, result.reference, $0, result.stamp,
                    counts: result.isInForce)
            }
        }
    }

    /// What cytometers gave for a batch, where it is named what they were run with.
    private func cytometry(of batch: String) -> [TestedWith] {
        cytometryAnalyses.inOrder.flatMap { analysis in
            analysis.results.filter { $0.batch.text == batch }.compactMap { result in
                result.run.map {
                    TestedWith(
                        batch, result.test ?? analysis.id.text, .words(result.verdict.rawValue),
                        result.sample.name, $0, result.stamp, counts: true)
                }
            }
        }
    }
}

extension TestedWith {
    fileprivate init(
        _ subject: String, _ test: String, _ observation: Observation, _ reference: String,
        _ run: TestRun, _ stamp: Stamp, counts: Bool
    ) {
        self.init(
            subject: subject, test: test, result: observation.description, reference: reference,
            counts: counts, person: stamp.person.text, instruments: run.instruments.map(\.text),
            reagents: run.reagents.map(\.lot.text))
    }

    /// It in words: `B-2, viability 91 % (QC-7) with NC-202-1, lot R-7, by analyst-1`.
    package var description: String {
        let with = instruments + reagents.map { "lot \($0)" }
        return "\(subject), \(test) \(result) (\(reference))" + (counts ? "" : ", does not count")
            + " with \(with.joined(separator: ", ")), by \(person)"
    }
}
