import Cytometry
import Testing

/// Where DATA stands when HEADER and TEXT disagree, and how data sets follow each other.
@Suite struct FCSOffsetTests {
    private func read(_ change: (inout SyntheticFCS) -> Void) throws -> FCSDataSet {
        var file = SyntheticFCS()
        change(&file)
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.storedValues(of: 0) == [1, 3, 5] && set.storedValues(of: 1) == [2, 4, 6])
        return set
    }

    private var begin: Int {
        let file = SyntheticFCS()
        return file.bytes.count - file.data.count
    }

    /// Eight digits do not hold the offsets of a long file; then TEXT has them.
    @Test(arguments: [
        ("       0", "       0"), ("        ", "        "), ("       0", "      -1"),
        ("********", "********"),
    ])
    func aHeaderWithoutOffsetsLeavesThemToTheText(first: String, last: String) throws {
        #expect(try read { $0.headerDataText = (first, last) }.warnings.isEmpty)
    }

    @Test func aHeaderWithABeginAloneTakesTheLengthFromTheEvents() throws {
        let set = try read {
            $0.textDataOff = nil
            $0.headerData = ($0.bytes.count - $0.data.count, 0)
        }
        #expect(set.eventCount == 3)
    }

    @Test(arguments: [(7, 0), (-40, 0), (0, -4), (-40, -40), (99_999, 99_999)])
    func theHeaderIsRightWhereTheTextCannotBe(first: Int, last: Int) throws {
        let set = try read { $0.textDataOff = (first, last) }
        #expect(set.warnings.contains { $0.code == .offsets })
    }

    @Test(arguments: [(7, 0), (-40, 0), (0, -4), (99_999, 99_999)])
    func theTextIsRightWhereTheHeaderCannotBe(first: Int, last: Int) throws {
        let end = begin + 23
        let set = try read { $0.headerData = (begin + first, end + last) }
        #expect(set.warnings.contains { $0.code == .offsets })
    }

    /// The slip of taking the last byte for the one after it.
    @Test func anEndOneTooLargeChangesNothing() throws {
        let set = try read {
            $0.headerData = (begin, begin + 24)
            $0.textDataOff = (0, 1)
        }
        #expect(set.warnings.contains { $0.code == .offsets })
    }

    /// Older instruments write one data set in the form of an older version and the next one in
    /// that of a newer; offsets count from the start of their own data set.
    @Test func dataSetsOfSeveralVersionsFollowEachOther() throws {
        var first = SyntheticFCS()
        first.version = "FCS2.0"
        first.set("$NEXTDATA", "00000000")
        first.set("$NEXTDATA", String("0000000\(first.bytes.count + 5)".suffix(8)))
        var second = SyntheticFCS()
        second.version = "FCS3.0"
        second.set("$TOT", "1")
        second.data = Array(second.data.suffix(8))
        let gap = [UInt8](repeating: 0, count: 5)
        let sets = try FCSFile.read(FileBytes(first.bytes + gap + second.bytes))
        #expect(sets.map(\.version) == [.fcs20, .fcs30])
        #expect(sets.map(\.eventCount) == [3, 1])
        #expect(sets[1].storedValues(of: 0) == [5] && sets[1].storedValues(of: 1) == [6])
        #expect(sets[1].offset == first.bytes.count + 5)
    }

    @Test func aTextBehindItsDataIsRead() throws {
        let file = SyntheticFCS()
        let text = Array(file.bytes[58..<begin])
        var moved = text
        // The same text with DATA at byte 58 and itself behind.
        let words = String(decoding: text, as: UTF8.self)
            .replacing("\(begin)/", with: "58/".leftPadded("\(begin)/".count))
            .replacing("\(begin + 23)/", with: "81/".leftPadded("\(begin + 23)/".count))
        moved = Array(words.utf8)
        let fields = [82, 81 + moved.count, 58, 81, 0, 0].map { String("       \($0)".suffix(8)) }
        let bytes = Array("FCS3.0    \(fields.joined())".utf8) + file.data + moved
        let set = try FCSFile.read(FileBytes(bytes))[0]
        #expect(set.storedValues(of: 1) == [2, 4, 6])
        #expect(set.warnings.isEmpty, "\(set.warnings)")
    }
}

extension String {
    fileprivate func leftPadded(_ length: Int) -> String {
        String(repeating: "0", count: max(0, length - count)) + self
    }
}
