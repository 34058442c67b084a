/// Reading FCS files (ISAC Flow Cytometry Standard 2.0, 3.0, 3.1 and 3.2).
///
/// J. Spidlen et al., "Data File Standard for Flow Cytometry, version FCS 3.1", Cytometry A
/// 77A:97–100 (2010), doi:10.1002/cyto.a.20825; version 3.2: Cytometry A 99A:100–102 (2021),
/// doi:10.1002/cyto.a.24225.
public enum FCSFile {
    /// More data sets than this are refused: a loop of `$NEXTDATA` cannot run longer.
    public static let dataSetsMax = 4096

    /// What to do when a file ends before its events do, or what follows its last data set is
    /// not one.
    public enum Damage: Sendable {
        /// Refuse the file.
        case refuse
        /// Read the whole events that are there, and say so in a warning.
        case salvage
    }

    /// The data sets of the file at `path`, mapped into memory.
    public static func open(
        path: String, damage: Damage = .refuse
    ) throws(FCSReadError) -> [FCSDataSet] {
        try read(FileBytes.mapping(path: path), damage: damage)
    }

    /// The data sets of a file, in file order; at least one.
    ///
    /// - Throws: `FCSReadError` with the byte offset of the cause. No input makes it allocate
    ///   more than a small multiple of the file's length.
    public static func read(
        _ bytes: FileBytes, damage: Damage = .refuse
    ) throws(FCSReadError) -> [FCSDataSet] {
        guard bytes.count > 0 else { throw .init(.notFCS, at: 0, "the file is empty") }
        var result: [FCSDataSet] = []
        var start = 0
        // Segments of hostile data sets may overlap, so their sum is bounded, not each alone.
        var textBudget = max(4 * bytes.count, 1 << 20)
        while true {
            do throws(FCSReadError) {
                var reader = FCSDataSetReader(
                    bytes: bytes, start: start, salvage: damage == .salvage)
                result.append(try reader.read(textBudget: &textBudget))
            } catch {
                guard damage == .salvage, !result.isEmpty else { throw error }
                result[result.count - 1].warnings.append(
                    FCSWarning(
                        code: .nextDataSet, offset: error.offset,
                        message: "the next data set could not be read: \(error.message)"))
                return result
            }
            let last = result.count - 1
            guard let next = try next(after: &result[last], in: bytes, damage) else {
                return result
            }
            start = next
            guard result.count < dataSetsMax else {
                throw .init(
                    .limit, at: start, "the file has more than \(dataSetsMax) data sets")
            }
        }
    }

    /// Where the next data set begins. Offsets only ever grow, so no chain can loop.
    private static func next(
        after dataSet: inout FCSDataSet, in bytes: FileBytes, _ damage: Damage
    ) throws(FCSReadError) -> Int? {
        guard let entry = dataSet.keywords.entry("$NEXTDATA") else { return nil }
        guard let next = FCSNumber.integer(entry.value), next >= 0 else {
            dataSet.warnings.append(
                FCSWarning(
                    code: .nextDataSet, offset: entry.offset,
                    message: "$NEXTDATA is '\(entry.value.prefix(40))', which is no offset: "
                        + "nothing is read after this data set"))
            return nil
        }
        guard next != 0 else { return nil }
        let remaining = bytes.count - dataSet.offset
        var problem: String?
        if next < FCSHeader.length {
            problem = "$NEXTDATA is \(next), which lies inside the data set's own HEADER"
        } else if next >= remaining {
            problem = "$NEXTDATA is \(next), the file ends \(remaining) bytes after the data set"
        }
        guard let problem else { return dataSet.offset + next }
        // An offset to the very end says that nothing follows.
        guard damage == .salvage || next == remaining else {
            throw .init(
                .nextDataSet, at: entry.offset, problem,
                remedy: "salvage the file to read the data sets before it")
        }
        dataSet.warnings.append(
            FCSWarning(
                code: .nextDataSet, offset: entry.offset, message: problem + ": nothing follows"))
        return nil
    }
}
