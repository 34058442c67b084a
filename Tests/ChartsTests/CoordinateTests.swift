import Testing

@testable import Charts

@Suite struct CoordinateTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.5, "1.5"), (-1.005, "-1"), (2.04, "2.04"), (10.999, "11"),
        (-0.004, "0"), (0.05, "0.05"), (-12.3, "-12.3"), (.nan, "0"), (.infinity, "10000000"),
        (-.infinity, "-10000000"), (1e300, "10000000"),
    ])
    func hasAtMostTwoDecimals(value: Double, text: String) {
        #expect(coordinate(value) == text)
    }
}
