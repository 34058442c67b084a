/// Which bytes of the file hold the events, and how they are laid out.
///
/// HEADER and TEXT both state where DATA begins and ends, and in real files they contradict each
/// other in either direction. A statement is believed when the segment lies inside the file,
/// overlaps no TEXT, and is as long as `$TOT` events of one of the possible layouts, or one byte
/// longer, a very common slip. When both pass, HEADER counts; every disagreement is reported.
struct FCSDataPlacement {
    var range: Range<Int>
    var layout: FCSLayout
    var events: Int
    var warnings: [FCSWarning] = []

    /// No file is longer; larger offsets are taken for this one, so that sums do not overflow.
    private static let offsetMax = 1 << 60

    private struct Candidate {
        var source: String
        var segment: FCSSegment
        var offset: Int?
    }

    private struct Match {
        var candidate: Candidate
        var layout: FCSLayout
        var rank: Int
    }

    /// - Parameter salvage: read the whole events of a file that ends early instead of refusing.
    static func find(
        header: FCSHeader, start: Int, keywords: FCSKeywords, layouts: [FCSLayout],
        fileLength: Int, salvage: Bool
    ) throws(FCSReadError) -> FCSDataPlacement {
        let total = try statedTotal(keywords, header)
        if total == 0 || (total == nil && header.data == nil && keywords["$BEGINDATA"] == nil) {
            return FCSDataPlacement(range: start..<start, layout: layouts[0], events: 0)
        }
        let candidates = candidates(
            header, start, keywords, layouts[0], total: total, fileLength: fileLength)
        guard !candidates.isEmpty else {
            throw .init(
                .data, at: start + 26, "neither HEADER nor TEXT says where DATA begins")
        }
        if case .delimited = layouts[0] {
            return try delimited(candidates, header, total: total, fileLength: fileLength)
        }
        let matches = matches(candidates, layouts, header, total: total, fileLength: fileLength)
        guard let best = matches.min(by: { $0.rank < $1.rank }) else {
            return try unmatched(
                candidates, header, layouts[0], total: total, fileLength: fileLength,
                salvage: salvage)
        }
        let segment = best.candidate.segment
        let events = total ?? best.layout.events(in: segment.length)
        guard let length = best.layout.byteCount(events: events) else {
            throw .init(.limit, at: nil, "\(events) events do not fit into any file")
        }
        var result = FCSDataPlacement(
            range: segment.first..<(segment.first + length), layout: best.layout, events: events)
        result.report(best, candidates, layouts.count > 1, length)
        return result
    }

    private static func statedTotal(
        _ keywords: FCSKeywords, _ header: FCSHeader
    ) throws(FCSReadError) -> Int? {
        guard let entry = keywords.entry("$TOT") else {
            // $TOT was optional in FCS 2.0; the length of DATA tells.
            if header.version == .fcs20 { return nil }
            throw .missing("$TOT", textAt: header.text.first)
        }
        guard let total = FCSNumber.integer(entry.value) else {
            throw .value("$TOT", entry.value, expected: "a number of events", at: entry.offset)
        }
        return total
    }

    private static func candidates(
        _ header: FCSHeader, _ start: Int, _ keywords: FCSKeywords, _ layout: FCSLayout,
        total: Int?, fileLength: Int
    ) -> [Candidate] {
        var result: [Candidate] = []
        func completed(_ segment: FCSSegment) -> FCSSegment? {
            guard segment.last < 0 else { return segment }
            guard let total, let length = layout.byteCount(events: total),
                length <= fileLength, segment.first <= fileLength
            else { return nil }
            return FCSSegment(first: segment.first, last: segment.first + length - 1)
        }
        if let data = header.data, let segment = completed(data) {
            result.append(Candidate(source: "HEADER", segment: segment, offset: start + 26))
        }
        if let begin = keywords.entry("$BEGINDATA"), let first = FCSNumber.integer(begin.value),
            first > 0
        {
            let end = keywords["$ENDDATA"].flatMap { FCSNumber.integer($0) } ?? 0
            let last = end > 0 ? start + min(end, offsetMax) : -1
            let stated = FCSSegment(first: start + min(first, offsetMax), last: last)
            if let segment = completed(stated) {
                result.append(Candidate(source: "TEXT", segment: segment, offset: begin.offset))
            }
        }
        return result
    }

    private static func matches(
        _ candidates: [Candidate], _ layouts: [FCSLayout], _ header: FCSHeader, total: Int?,
        fileLength: Int
    ) -> [Match] {
        var result: [Match] = []
        for (place, candidate) in candidates.enumerated() {
            let segment = candidate.segment
            guard !segment.overlaps(header.text), segment.first < fileLength else { continue }
            for (preference, layout) in layouts.enumerated() {
                let length: Int
                if let total {
                    guard let needed = layout.byteCount(events: total) else { continue }
                    length = needed
                } else {
                    // Without $TOT whole events must fill the segment.
                    let events = layout.events(in: segment.length)
                    guard events > 0, let needed = layout.byteCount(events: events) else {
                        continue
                    }
                    length = needed
                }
                guard length > 0, length <= fileLength - segment.first else { continue }
                let excess = segment.length - length
                let order = place * 2 + preference
                if excess == 0 || excess == 1 {
                    result.append(Match(candidate: candidate, layout: layout, rank: order))
                } else if excess > 1, preference == 0 {
                    // DATA is longer than its events: padding, the weaker evidence.
                    result.append(Match(candidate: candidate, layout: layout, rank: order + 100))
                }
            }
        }
        return result
    }

    private static func unmatched(
        _ candidates: [Candidate], _ header: FCSHeader, _ layout: FCSLayout, total: Int?,
        fileLength: Int, salvage: Bool
    ) throws(FCSReadError) -> FCSDataPlacement {
        let usable = candidates.filter {
            !$0.segment.overlaps(header.text) && $0.segment.first < fileLength
        }
        guard let best = usable.first else {
            let stated = candidates.map {
                "\($0.source) says \($0.segment.first) to \($0.segment.last)"
            }
            throw .init(
                .data, at: candidates.first?.offset,
                "no stated DATA segment lies inside the file and outside TEXT: "
                    + stated.joined(separator: ", ") + ", the file has \(fileLength) bytes")
        }
        let present = min(best.segment.length, fileLength - best.segment.first)
        let events = layout.events(in: max(present, 0))
        let stated = total.map { "\($0)" } ?? "an unknown number of"
        let isCut = best.segment.last >= fileLength
        let message =
            isCut
            ? "the file ends at byte \(fileLength) inside DATA: \(events) of \(stated) events are "
                + "whole"
            : "$TOT is \(stated) events, DATA from byte \(best.segment.first) to "
                + "\(best.segment.last) holds \(events)"
        guard salvage, events > 0, let length = layout.byteCount(events: events) else {
            throw .init(
                isCut ? .truncated : .data, at: isCut ? fileLength : best.offset, message,
                remedy: events > 0
                    ? "copy the file again, or ask for the whole events to be salvaged" : nil)
        }
        var result = FCSDataPlacement(
            range: best.segment.first..<(best.segment.first + length), layout: layout,
            events: events)
        result.warnings.append(
            FCSWarning(
                code: .events, offset: best.offset, message: message + "; only those were read"))
        return result
    }

    private static func delimited(
        _ candidates: [Candidate], _ header: FCSHeader, total: Int?, fileLength: Int
    ) throws(FCSReadError) -> FCSDataPlacement {
        guard
            let best = candidates.first(where: {
                !$0.segment.overlaps(header.text) && $0.segment.last < fileLength
                    && $0.segment.length > 0
            })
        else {
            throw .init(
                .data, at: candidates.first?.offset, "DATA does not lie inside the file")
        }
        guard let total else { throw .missing("$TOT", textAt: header.text.first) }
        guard total <= best.segment.length else {
            throw .init(
                .data, at: best.offset,
                "$TOT is \(total) events, DATA has \(best.segment.length) characters")
        }
        return FCSDataPlacement(
            range: best.segment.first..<(best.segment.last + 1), layout: .delimited, events: total)
    }

    private mutating func report(
        _ match: Match, _ candidates: [Candidate], _ hasOddWidths: Bool, _ length: Int
    ) {
        func warn(_ code: FCSWarning.Code, _ message: String) {
            warnings.append(
                FCSWarning(code: code, offset: match.candidate.offset, message: message))
        }
        let segment = match.candidate.segment
        for other in candidates where other.segment != segment {
            warn(
                .offsets,
                "\(match.candidate.source) places DATA at \(segment.first) to \(segment.last), "
                    + "\(other.source) at \(other.segment.first) to \(other.segment.last): "
                    + "\(match.candidate.source) was used")
        }
        let excess = segment.length - length
        if excess > 0 {
            warn(
                excess == 1 ? .offsets : .events,
                "DATA is stated to be \(segment.length) bytes, \(events) events take \(length)")
        }
        if hasOddWidths {
            if case .packed = match.layout {
                warn(.width, "parameters are packed without padding, most significant bit first")
            } else {
                warn(
                    .width, "$PnB is no multiple of 8: the length of DATA proves whole bytes")
            }
        }
    }
}
