import Testing

@testable import Charts

/// The pictures of a store say in words what they show.
@Suite struct StorageMapTests {
    @Test func aBoxSaysWhatIsTakenAndWhatIsFree() {
        let summary = PictureSamples.box.picture().summary
        #expect(summary.hasPrefix("25 positions, 17 taken, 8 free. "))
        #expect(summary.contains("position 7: WCB-26-001-7, on hold"))
    }

    @Test func racksSayWhatTheyHoldAndHowItStands() {
        let summary = PictureSamples.racks.picture().summary
        #expect(summary.hasPrefix("A: 120 containers, 120 released. "))
        #expect(
            summary.contains(
                "B: 62 containers, 2 rejected or on hold, 20 in quarantine, 40 released"))
        #expect(summary.hasSuffix("C: 0 containers"))
    }
}
