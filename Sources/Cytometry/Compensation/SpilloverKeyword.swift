/// The spillover that a file carries in its keywords, under the names that instruments use.
struct SpilloverKeyword {
    var keyword: String
    var matrix: SpectrumMatrix
    /// What departs from the standard.
    var remark: String?

    /// Keywords with a matrix, in the order in which they are believed.
    private static let names = ["$SPILLOVER", "SPILL", "SPILLOVER", "$COMP", "DET_SPILL"]

    /// The first matrix of the file; nil when it has none.
    static func read(
        _ keywords: FCSKeywords, parameters: [FCSParameter]
    ) throws(CompensationError) -> SpilloverKeyword? {
        var problem: CompensationError?
        for name in names {
            guard let value = keywords[name], !value.isEmpty, value != "0" else { continue }
            do throws(CompensationError) {
                return name == "$COMP"
                    ? try comp(value, parameters) : try spillover(name, value, parameters)
            } catch {
                // DET_SPILL names detectors, not parameters: an instrument's private matter.
                if name != "DET_SPILL", problem == nil { problem = error }
            }
        }
        if let problem { throw problem }
        return try percentages(keywords, parameters)
    }

    /// `n, names…, n² coefficients` (FCS 3.1, 3.2.20).
    private static func spillover(
        _ keyword: String, _ value: String, _ parameters: [FCSParameter]
    ) throws(CompensationError) -> SpilloverKeyword {
        let raw = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let words = raw.map(FCSNumber.trimmed)
        guard let count = words.first.flatMap(FCSNumber.integer), count > 0,
            count <= SpectrumMatrix.detectorsMax
        else {
            throw .init(.keyword, "\(keyword) does not begin with a number of parameters")
        }
        var needed = 1 + count + count * count
        if words.count == needed + 1, words.last == "" { needed += 1 }
        guard words.count == needed else {
            throw .init(
                .keyword,
                "\(keyword) has \(words.count) fields, a matrix of \(count) parameters has "
                    + "\(1 + count + count * count)")
        }
        let (names, byNumber) = resolve(Array(words[1...count]), parameters)
        let numbers = words[(count + 1)..<(1 + count + count * count)]
        var rows: [[Double]] = []
        for row in 0..<count {
            var values: [Double] = []
            for column in 0..<count {
                let word = numbers[numbers.startIndex + row * count + column]
                guard let number = FCSNumber.decimal(word) else {
                    throw .init(
                        .keyword,
                        "\(keyword) holds '\(word.prefix(20))' in row \(row + 1), not a "
                            + "number")
                }
                values.append(number)
            }
            rows.append(values)
        }
        var remark: String?
        if byNumber {
            remark = "\(keyword) names parameters by number"
        } else if raw != words {
            remark = "\(keyword) has blanks around its fields"
        }
        return SpilloverKeyword(
            keyword: keyword,
            matrix: try SpectrumMatrix(fluorochromes: names, detectors: names, coefficients: rows),
            remark: remark)
    }

    /// Names of parameters, also where the file gives their numbers.
    private static func resolve(
        _ words: [String], _ parameters: [FCSParameter]
    ) -> (names: [String], byNumber: Bool) {
        let known = Set(parameters.map(\.name))
        guard !words.contains(where: known.contains) else { return (words, false) }
        let numbers = words.map { FCSNumber.integer($0) ?? 0 }
        guard numbers.allSatisfy({ (1...parameters.count).contains($0) }) else {
            return (words, false)
        }
        return (numbers.map { parameters[$0 - 1].name }, true)
    }

    /// `n, n² coefficients` over the first n parameters (FCS 3.0, `$COMP`).
    private static func comp(
        _ value: String, _ parameters: [FCSParameter]
    ) throws(CompensationError) -> SpilloverKeyword {
        let words = value.split(separator: ",", omittingEmptySubsequences: false)
            .map { FCSNumber.trimmed(String($0)) }
        guard let count = words.first.flatMap(FCSNumber.integer), count > 0,
            count <= parameters.count, count <= SpectrumMatrix.detectorsMax,
            words.count == 1 + count * count
        else { throw .init(.keyword, "$COMP is not a number n followed by n² coefficients") }
        var rows: [[Double]] = []
        for row in 0..<count {
            let numbers = words[(1 + row * count)..<(1 + (row + 1) * count)].map {
                FCSNumber.decimal($0)
            }
            guard numbers.allSatisfy({ $0 != nil }) else {
                throw .init(.keyword, "$COMP holds something that is not a number")
            }
            rows.append(numbers.compactMap { $0 })
        }
        let names = parameters.prefix(count).map(\.name)
        return SpilloverKeyword(
            keyword: "$COMP",
            matrix: try SpectrumMatrix(fluorochromes: names, detectors: names, coefficients: rows))
    }

    /// `$DFCiTOj`: percent of parameter i to take off parameter j (FCS 2.0).
    private static func percentages(
        _ keywords: FCSKeywords, _ parameters: [FCSParameter]
    ) throws(CompensationError) -> SpilloverKeyword? {
        var spills: [(from: Int, to: Int, fraction: Double)] = []
        for entry in keywords.entries {
            let name = entry.name.uppercased()
            guard name.hasPrefix("$DFC") else { continue }
            let ends = name.dropFirst(4).split(separator: "T", maxSplits: 1)
            guard ends.count == 2, ends[1].first == "O",
                let from = FCSNumber.integer(String(ends[0])),
                let to = FCSNumber.integer(String(ends[1].dropFirst())),
                (1...parameters.count).contains(from), (1...parameters.count).contains(to),
                let percent = FCSNumber.decimal(entry.value)
            else { throw .init(.keyword, "\(name.prefix(40)) is '\(entry.value.prefix(40))'") }
            if percent != 0 { spills.append((from - 1, to - 1, percent / 100)) }
        }
        guard !spills.isEmpty else { return nil }
        let involved = Set(spills.flatMap { [$0.from, $0.to] }).sorted()
        guard involved.count <= SpectrumMatrix.detectorsMax else {
            throw .init(.keyword, "$DFCiTOj names \(involved.count) parameters")
        }
        let place = Dictionary(
            uniqueKeysWithValues: involved.enumerated().map { ($1, $0) })
        var rows = (0..<involved.count).map { row in
            (0..<involved.count).map { row == $0 ? 1.0 : 0 }
        }
        for spill in spills { rows[place[spill.from]!][place[spill.to]!] = spill.fraction }
        let names = involved.map { parameters[$0].name }
        return SpilloverKeyword(
            keyword: "$DFCiTOj",
            matrix: try SpectrumMatrix(fluorochromes: names, detectors: names, coefficients: rows))
    }
}

extension FCSDataSet {
    /// The spillover that the file carries, or nil when it has none.
    ///
    /// Read from `$SPILLOVER` (FCS 3.1), `SPILL`, `SPILLOVER`, `$COMP` (3.0), `$DFCiTOj` (2.0)
    /// or `DET_SPILL`, in this order. Whether its channels exist is checked when it is applied.
    public func spillover() throws(CompensationError) -> SpectrumMatrix? {
        try SpilloverKeyword.read(keywords, parameters: parameters)?.matrix
    }

    /// Why the events may be compensated already, although the file still carries a spillover
    /// matrix; nil when nothing says so. Compensating twice gives wrong numbers without any sign.
    public var signOfEarlierCompensation: String? {
        if let name = parameters.first(where: {
            $0.name.hasPrefix("Comp-") || ($0.name.hasPrefix("<") && $0.name.hasSuffix(">"))
        })?.name {
            return "parameter '\(name)' is named as compensated"
        }
        // flowCore writes "applied" when it has undone $PnE, and "custom" when a user has changed
        // the values.
        if let value = keywords["TRANSFORMATION"], value.lowercased() == "custom" {
            return "keyword TRANSFORMATION is '\(value)'"
        }
        return nil
    }
}
