import Facility
import Ledger

/// A site that doubts its material: deviations about things, results that do not count, rejection.
extension TestSite {
    /// A cord of D-1, received and not yet released.
    mutating func receiveSecondCord(
        _ cord: JSONValue = "CORD-2", temperature: JSONValue = "5 °C"
    ) throws {
        try perform(
            "donation.receive", donation(cord: cord, temperature: temperature), as: "operator-1")
    }

    /// Non-reactive results of a sample of D-1 that was taken today.
    mutating func testDonor(
        _ markers: [DonorMarker] = DonorMarker.mandatory + [.natHIV, .natHBV, .natHCV]
    ) throws {
        for marker in markers {
            try perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue), "result": "non-reactive",
                    "sampled": .string(now.date.description), "laboratory": "virology",
                ], as: "analyst")
        }
    }

    /// A line of the donor D-1 with a bank of it, received and not tested.
    mutating func receiveBankOfLine() throws {
        try perform(
            "line.register",
            [
                "line": "LINE-1", "name": "TESTe001-A", "provider": "public bank",
                "consent": "CONSENT-1", "dueDiligence": "DD-1", "strProfile": "STR-1",
                "isInduced": false, "donor": "D-1",
            ], as: "reviewer")
        try perform(
            "line.record-stretch",
            [
                "line": "LINE-1", "fromPassage": 0, "toPassage": 3, "event": "derivation",
                "site": "public bank", "began": "2015-03-02", "materials": "defined medium",
            ], as: "reviewer")
        try perform("bank.receive", Self.arrival(), as: "operator-1")
    }

    /// Every kind of fact about material in doubt.
    static func tourOfDoubt() throws -> TestSite {
        var site = try withBank()
        try site.receiveSecondCord()
        try site.perform(
            "deviation.open",
            ["subjects": ["CORD-2"], "description": "the box came without its seal"],
            as: "operator-1")
        try site.perform(
            "deviation.extend",
            ["deviation": "DEV-0001", "subjects": ["MCS-1-004"], "reason": "came in the same box"],
            as: "operator-2")
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "major", "reason": "identity"], as: "reviewer")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "the courier", "impact": "identity unsure",
                "disposition": "reject",
            ], as: "reviewer")
        try site.perform(
            "donation.reject", ["container": "CORD-2", "reason": "identity unsure"],
            as: "reviewer")
        try site.receiveBankOfLine()
        try site.perform(
            "bank.record-test",
            ["bank": "MCB-9", "test": "sterility", "observation": "growth", "reference": "BT-7"],
            as: "analyst")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": "DEV-0002", "assignableCause": true, "evidence": "the control grew"],
            as: "analyst")
        try site.perform(
            "oos.invalidate-result", ["deviation": "DEV-0002", "reason": "the control grew"],
            as: "reviewer")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0002", "rootCause": "the cabinet", "impact": "none",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.testBank("MCB-9")
        try site.perform(
            "bank.reject", ["bank": "MCB-9", "reason": "the maker withdrew its certificate"],
            as: "reviewer")
        return site
    }
}
