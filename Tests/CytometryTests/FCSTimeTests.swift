import Cytometry
import Testing

@Suite struct FCSTimeTests {
    private func file(_ change: (inout SyntheticFCS) -> Void) throws -> FCSDataSet {
        var file = SyntheticFCS()
        file.set("$P2N", "Time")
        change(&file)
        return try FCSFile.read(FileBytes(file.bytes))[0]
    }

    @Test func timeIsTheStoredNumberTimesTheStep() throws {
        let set = try file {
            $0.set("$TIMESTEP", "0.5")
            $0.set("$P2G", "0.01")
        }
        #expect(set.scaleValues(of: 1) == [1, 2, 3])
        #expect(set.warnings.isEmpty)
    }

    @Test(arguments: [
        ("10:00:00", "10:00:08", 8.0), ("23:59:58", "00:00:02", 4),
        ("10:00:00.50", "10:00:01", 0.5),
        ("10:00:00:30", "10:00:01:00", 0.5),
    ])
    func clockTimesStandInForAMissingStep(begin: String, end: String, seconds: Double) throws {
        let set = try file {
            $0.set("$BTIM", begin)
            $0.set("$ETIM", end)
        }
        // Gates are drawn on the stored times, 2, 4 and 6.
        #expect(set.scaleValues(of: 1) == [2, 4, 6])
        let times = try #require(set.timesInSeconds())
        #expect(abs(times.values[2] - times.values[0] - seconds) < 1e-12)
        #expect(times.isEstimated)
    }

    @Test(arguments: ["Time", "TIME", "time", "HDR-T", "hdr-t", "T1"])
    func theTimeGoesByManyNames(name: String) throws {
        let set = try file {
            $0.set("$P2N", name)
            $0.set("$TIMESTEP", "0.5")
        }
        #expect(set.parameters[1].isTime && !set.parameters[0].isTime)
        #expect(set.scaleValues(of: 1) == [1, 2, 3])
    }

    /// FCS 3.2 says what a parameter measures, whatever its name.
    @Test func theTypeOfAParameterNamesTheTime() throws {
        let set = try file {
            $0.version = "FCS3.2"
            $0.set("$P2N", "Clock")
            $0.set("$P2TYPE", "Time")
            $0.set("$TIMESTEP", "2")
        }
        #expect(set.scaleValues(of: 1) == [4, 8, 12])
    }

    /// As on Beckman Coulter instruments: the lower word begins anew, the upper counts how often.
    @Test func aTimeOfTwoWordsIsPutTogether() throws {
        var file = SyntheticFCS()
        file.set("$DATATYPE", "I")
        for number in 1...2 {
            file.set("$P\(number)B", "16")
            file.set("$P\(number)R", "1024")
        }
        file.set("$P1N", "TIME")
        file.set("$P2N", "TIME2")
        file.set("$P2S", "Time MSW")
        file.set("$TIMESTEP", "0.5")
        // 1000, 1023 and, one turn later, 2.
        file.data = [0xE8, 3, 0, 0, 0xFF, 3, 0, 0, 2, 0, 1, 0]
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.timesInSeconds()?.values == [500, 511.5, 513])
        #expect(set.scaleValues(of: 0) == [500, 511.5, 1])
    }

    @Test(arguments: ["xxxxxxxxx", "0", "-1"])
    func aStepThatIsNoNumberLeavesTheStoredTimes(step: String) throws {
        let set = try file { $0.set("$TIMESTEP", step) }
        #expect(set.scaleValues(of: 1) == [2, 4, 6])
        #expect(set.warnings.contains { $0.message.contains("kept as stored") })
    }
}
