import Cytometry
import Testing

/// TEXT as instruments write it, and as the standard allows it.
@Suite struct FCSTextTests {
    private func read(_ change: (inout SyntheticFCS) -> Void) throws -> FCSDataSet {
        var file = SyntheticFCS()
        change(&file)
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.storedValues(of: 1) == [2, 4, 6])
        return set
    }

    @Test(arguments: [
        "/", "|", "\\", "!", "*", ",", ".", "~", " ", "\t", "\r", "\n", "\u{C}", "\u{1E}",
        "\u{1}", "A",
    ])
    func anyCharacterDelimits(delimiter: Unicode.Scalar) throws {
        let mark = String(delimiter)
        let set = try read {
            $0.delimiter = delimiter
            $0.set("NOTE", "a\(mark)b\(mark)\(mark)c")
            $0.set("LAST", "end\(mark)")
        }
        #expect(set.warnings.isEmpty, "\(set.warnings)")
        #expect(set.keywords["NOTE"] == "a\(mark)b\(mark)\(mark)c")
        // Blanks around a value are no part of it.
        #expect(set.keywords["LAST"] == (delimiter.value > 32 ? "end\(mark)" : "end"))
    }

    @Test func namesAreFoundInAnyCaseAndBetweenBlanks() throws {
        let set = try read {
            $0.set("$PAR", nil)
            $0.keywords.append(("      $pAr  ", "   2 "))
            $0.keywords.append(("Operator", "  J  "))
        }
        #expect(set.keywords["OPERATOR"] == "J")
        #expect(set.keywords["$par"] == "2")
    }

    /// Only a leading `$` belongs to a keyword; those in values are text.
    @Test func aDollarInAValueStays() throws {
        #expect(try read { $0.set("$COM", "cost $5 $") }.keywords["$COM"] == "cost $5 $")
    }

    @Test func namesOutsideASCIIAreReadInEitherEncoding() throws {
        #expect(try read { $0.set("$P1S", "β-actin µ") }.parameters[0].label == "β-actin µ")
        // The same sign as Latin-1 writes it: one byte that is no UTF-8.
        var bytes = Array("~$P1S~?m~".utf8)
        bytes[bytes.count - 3] = 0xB5
        var file = SyntheticFCS()
        file.set("$P1S", "Xm")
        let place = try #require(
            file.bytes.indices.first { file.bytes[$0...].starts(with: Array("Xm/".utf8)) })
        var whole = file.bytes
        whole[place] = 0xB5
        #expect(try FCSFile.read(FileBytes(whole))[0].parameters[0].label == "µm")
    }

    @Test(arguments: ["", "   ", "\0\0\0\0", "\r\n"])
    func whatFollowsTheLastDelimiterIsPadding(tail: String) throws {
        #expect(try read { $0.textTail = tail }.warnings.isEmpty)
    }

    @Test func aMissingLastDelimiterIsReported() throws {
        // The tail ends the last pair: name, delimiter, value and nothing after.
        let set = try read { $0.textTail = "LAST/value" }
        #expect(set.keywords["LAST"] == "value")
        #expect(set.warnings.contains { $0.code == .text })
    }

    @Test func aWordWithoutAValueIsReported() throws {
        let set = try read { $0.textTail = "ORPHAN/" }
        #expect(set.warnings.contains { $0.message.contains("'ORPHAN' has no value") })
    }

    @Test func emptyValuesDoNotShiftWhatFollows() throws {
        let set = try read {
            $0.keywords.insert(("EMPTY", ""), at: 0)
            $0.keywords.insert(("$P1S", ""), at: 5)
        }
        #expect(set.keywords["EMPTY"] == "")
        #expect(set.parameters[0].label == nil)
        #expect(set.warnings.contains { $0.code == .text })
    }

    @Test func theFirstOfTwoValuesCounts() throws {
        let set = try read { $0.keywords.append(("$par", "7")) }
        #expect(set.parameters.count == 2)
        #expect(set.warnings.contains { $0.code == .duplicateKeyword })
    }

    // MARK: Supplemental TEXT

    /// A file with a further TEXT segment behind DATA.
    private func supplemented(_ text: String, begin: String? = nil) throws -> FCSDataSet {
        var file = SyntheticFCS()
        file.set("$BEGINSTEXT", "00000000")
        file.set("$ENDSTEXT", "00000000")
        let first = file.bytes.count
        func padded(_ value: Int) -> String { String("0000000\(value)".suffix(8)) }
        file.set("$BEGINSTEXT", begin ?? padded(first))
        file.set("$ENDSTEXT", padded(first + text.utf8.count - 1))
        return try FCSFile.read(FileBytes(file.bytes + Array(text.utf8)))[0]
    }

    @Test(arguments: ["/$OP/J//K/X/1/", "$OP/J//K/X/1/"])
    func aSupplementMayLeaveItsFirstDelimiterOut(text: String) throws {
        let set = try supplemented(text)
        #expect(set.keywords["$OP"] == "J/K" && set.keywords["X"] == "1")
        #expect(set.eventCount == 3)
    }

    @Test(arguments: ["99999999", "nowhere"])
    func aSupplementOutsideTheFileIsLeftOutAndReported(begin: String) throws {
        let set = try supplemented("/$OP/J/", begin: begin)
        #expect(set.keywords["$OP"] == nil && set.eventCount == 3)
        #expect(set.warnings.contains { $0.code == .offsets })
    }

    /// Some writers repeat the range of TEXT itself.
    @Test func aSupplementThatIsTheTextIsReadOnce() throws {
        var file = SyntheticFCS()
        file.set("$BEGINSTEXT", "58")
        file.set("$ENDSTEXT", "00000000")
        let end = 57 + file.bytes.count - 58 - file.data.count
        file.set("$ENDSTEXT", String("0000000\(end)".suffix(8)))
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.warnings.isEmpty, "\(set.warnings)")
    }
}
