/// Reads one data set that begins at `start` of the file.
struct FCSDataSetReader {
    let bytes: FileBytes
    let start: Int
    let salvage: Bool
    private var warnings: [FCSWarning] = []

    /// Without these there is no data set; of two readings of TEXT the one that has them wins.
    private static let required: Set<String> = [
        "$PAR", "$DATATYPE", "$BYTEORD", "$MODE", "$P1B", "$P1R",
    ]

    init(bytes: FileBytes, start: Int, salvage: Bool) {
        self.bytes = bytes
        self.start = start
        self.salvage = salvage
    }

    mutating func read(textBudget: inout Int) throws(FCSReadError) -> FCSDataSet {
        let header = try FCSHeader.read(bytes, at: start)
        let keywords = try readKeywords(header, &textBudget)
        try checkMode(keywords)
        var parameterReader = FCSParameterReader(
            keywords: keywords, textOffset: header.text.first)
        let parameters = try parameterReader.parameters()
        warnings += parameterReader.warnings
        let orderEntry = keywords.entry("$BYTEORD")
        let layouts = try FCSLayout.candidates(
            parameters, order: orderEntry.flatMap { FCSByteOrder(keyword: $0.value) },
            orderOffset: orderEntry?.offset ?? header.text.first)
        let placement = try FCSDataPlacement.find(
            header: header, start: start, keywords: keywords, layouts: layouts,
            fileLength: bytes.count, salvage: salvage)
        warnings += placement.warnings
        var columns: [[Double]] = []
        if case .delimited = placement.layout {
            columns = try FCSDelimitedText.columns(
                bytes.copy(placement.range), at: placement.range.lowerBound,
                parameters: parameters.count, events: placement.events)
        }
        checkSpillover(keywords, parameters)
        let analysis = readAnalysis(header, keywords, &textBudget)
        return FCSDataSet(
            version: header.version, offset: start, keywords: keywords, analysis: analysis,
            parameters: parameters, eventCount: placement.events, warnings: warnings,
            layout: placement.layout, bytes: bytes, dataRange: placement.range,
            textColumns: columns)
    }

    private mutating func warn(_ code: FCSWarning.Code, _ offset: Int?, _ message: String) {
        warnings.append(FCSWarning(code: code, offset: offset, message: message))
    }

    // MARK: TEXT

    private mutating func readKeywords(
        _ header: FCSHeader, _ budget: inout Int
    ) throws(FCSReadError) -> FCSKeywords {
        let raw = try segment(header.text, "TEXT", &budget)
        let text = FCSTextSegment(raw, at: header.text.first, required: Self.required)
        warnings += text.warnings
        var keywords = FCSKeywords()
        append(text.entries, to: &keywords)
        guard !keywords.entries.isEmpty else {
            throw .init(.text, at: header.text.first, "TEXT holds no keywords")
        }
        let supplement = stated(keywords, "$BEGINSTEXT", "$ENDSTEXT")
        if supplement == nil, let entry = keywords.entry("$BEGINSTEXT"),
            FCSNumber.integer(entry.value) != 0, !entry.value.isEmpty
        {
            warn(
                .offsets, entry.offset,
                "supplemental TEXT is stated at byte '\(entry.value.prefix(20))' to "
                    + "'\(keywords["$ENDSTEXT"]?.prefix(20) ?? "")', which is no place "
                    + "in the file: it was left out")
        }
        if let supplement, supplement.first != header.text.first {
            if supplement.last < bytes.count,
                supplement.length
                    <= min(
                        FCSTextSegment.lengthMax, budget), supplement.length > 1
            {
                budget -= supplement.length
                let more = FCSTextSegment(
                    bytes.copy(supplement.first..<(supplement.last + 1)), at: supplement.first,
                    delimiter: raw.first)
                warnings += more.warnings
                append(more.entries, to: &keywords)
            } else {
                warn(
                    .offsets, keywords.entry("$BEGINSTEXT")?.offset,
                    "supplemental TEXT from \(supplement.first) to \(supplement.last) does not lie "
                        + "inside the file and was left out")
            }
        }
        return keywords
    }

    private func segment(
        _ segment: FCSSegment, _ name: String, _ budget: inout Int
    ) throws(FCSReadError) -> [UInt8] {
        guard segment.length <= FCSTextSegment.lengthMax else {
            throw .init(
                .limit, at: segment.first,
                "\(name) has \(segment.length) bytes, this reader takes "
                    + "\(FCSTextSegment.lengthMax)")
        }
        guard segment.length <= budget else {
            throw .init(
                .limit, at: segment.first, "the TEXT segments of the file overlap each other")
        }
        budget -= segment.length
        return bytes.copy(segment.first..<(segment.last + 1))
    }

    private mutating func append(_ entries: [FCSKeywords.Entry], to keywords: inout FCSKeywords) {
        for entry in entries {
            let earlier = keywords[entry.name]
            guard !keywords.append(entry), earlier != entry.value else { continue }
            warn(
                .duplicateKeyword, entry.offset,
                "keyword '\(entry.name.prefix(40))' occurs again with another value: "
                    + "the first one counts")
        }
    }

    private func stated(_ keywords: FCSKeywords, _ begin: String, _ end: String) -> FCSSegment? {
        guard let first = keywords[begin].flatMap({ FCSNumber.integer($0) }), first > 0,
            let last = keywords[end].flatMap({ FCSNumber.integer($0) }), last >= first,
            last < bytes.count, first < bytes.count
        else { return nil }
        return FCSSegment(first: start + first, last: start + last)
    }

    private func checkMode(_ keywords: FCSKeywords) throws(FCSReadError) {
        guard let entry = keywords.entry("$MODE") else { return }
        guard entry.value.uppercased() == "L" else {
            throw .init(
                .mode, at: entry.offset,
                "$MODE is '\(entry.value.prefix(20))', a histogram without single events",
                remedy: "only list mode (L) can be gated; export the events")
        }
    }

    /// Says at once what will be said again when the matrix is to be used.
    private mutating func checkSpillover(_ keywords: FCSKeywords, _ parameters: [FCSParameter]) {
        do throws(CompensationError) {
            guard let found = try SpilloverKeyword.read(keywords, parameters: parameters) else {
                return
            }
            let offset = keywords.entry(found.keyword)?.offset
            if let remark = found.remark { warn(.spillover, offset, remark) }
            let names = Set(parameters.map(\.name))
            if let absent = found.matrix.detectors.first(where: { !names.contains($0) }) {
                warn(
                    .spillover, offset,
                    "\(found.keyword) names '\(absent)', which is no parameter of the file")
            }
        } catch {
            warn(.spillover, nil, error.message)
        }
    }

    // MARK: ANALYSIS

    private mutating func readAnalysis(
        _ header: FCSHeader, _ keywords: FCSKeywords, _ budget: inout Int
    ) -> FCSKeywords {
        var result = FCSKeywords()
        let segment = stated(keywords, "$BEGINANALYSIS", "$ENDANALYSIS") ?? header.analysis
        guard let segment, segment.first >= start, segment.length > 1, segment.last < bytes.count,
            segment.length <= min(FCSTextSegment.lengthMax, budget)
        else { return result }
        budget -= segment.length
        let raw = bytes.copy(segment.first..<(segment.last + 1))
        // Some instruments reserve the segment and leave it blank.
        guard raw.contains(where: { $0 > 32 }) else { return result }
        for entry in FCSTextSegment(raw, at: segment.first).entries { _ = result.append(entry) }
        return result
    }
}
