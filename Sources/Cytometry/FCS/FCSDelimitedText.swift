/// Numbers of `$DATATYPE/A/` with `$PnB/*/`: decimal text separated by blanks or commas.
enum FCSDelimitedText {
    static func columns(
        _ bytes: [UInt8], at offset: Int, parameters: Int, events: Int
    ) throws(FCSReadError) -> [[Double]] {
        let (needed, overflow) = parameters.multipliedReportingOverflow(by: events)
        // Every number takes a digit and a separator, so this bounds the memory asked for below.
        guard !overflow, needed <= (bytes.count + 1) / 2 else {
            throw .init(
                .data, at: offset,
                "DATA has \(bytes.count) characters, \(events) events of \(parameters) numbers "
                    + "need at least twice as many as there are numbers")
        }
        var columns = [[Double]](repeating: [], count: parameters)
        for index in columns.indices { columns[index].reserveCapacity(events) }
        var position = 0
        var filled = 0
        while filled < needed {
            while position < bytes.count, isSeparator(bytes[position]) { position += 1 }
            let begin = position
            while position < bytes.count, !isSeparator(bytes[position]) { position += 1 }
            guard begin < position else {
                throw .init(
                    .truncated, at: offset + position,
                    "DATA ends after \(filled) numbers, \(events) events of \(parameters) "
                        + "parameters have \(needed)")
            }
            let word = String(decoding: bytes[begin..<position], as: UTF8.self)
            guard let value = FCSNumber.decimal(word) else {
                throw .init(
                    .data, at: offset + begin, "DATA holds '\(word.prefix(20))', not a number")
            }
            columns[filled % parameters].append(value)
            filled += 1
        }
        return columns
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte <= 32 || byte == 44 }
}
