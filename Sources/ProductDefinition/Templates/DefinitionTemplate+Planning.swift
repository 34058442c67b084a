extension DefinitionTemplate {
    /// What a campaign is planned, simulated and priced with.
    ///
    /// - Parameters:
    ///   - growth: the lines of the growth model.
    ///   - starting: lines on what cells are isolated from; may be empty.
    ///   - failures: further lines on what goes wrong.
    ///   - demand: patients a year and what each is given.
    static func planning(
        growth: String, starting: String = "", failures: String = "", demand: String
    ) -> String {
        """
        # The numbers a campaign is planned and simulated with: seedlot plan, seedlot simulate. Give
        # materials and equipment a price, and the plan says what a dose costs.
        planning:
          growth:
        \(growth)
            source: general
        \(starting)  failures:
            contamination-per-open-operation: { value: 0.2 %, range: 0.02..2 %, source: general }
            release-failure: { value: 10 %, range: 2..25 %, source: general }
        \(failures)    source: general
          demand:
        \(demand)
            service-level: 95 %
            safety-stock: 90 d
            source: general
          calendar: { days: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday], from: "08:00", to: "17:00", overtime: 2 h }
          batches-per-year: 12
          success-rate: { value: 85 %, source: general }
          fixed-cost: { value: 1500000 EUR/year, range: 800000..3000000 EUR/year, source: general }
          productive-hours: 1575 h # 225 days of 7 hours at the bench
          operating-days: 350
          source: general

        """
    }

    /// Growth of cord MSC, and a cord with the cells that come out of it.
    static let cordPlanning = planning(
        growth: """
                doubling-time: { value: 32 h, normal: 26..38 h, range: 20..60 h, distribution: lognormal, source: general }
                doubling-time-slope: 0.04
                donor-spread: 0.12
                batch-spread: 0.06
                passage-spread: 0.05
                lag: { value: 12 h, normal: 6..24 h, range: 0..36 h, source: general }
                lag-after-thaw: { value: 24 h, source: general }
                attachment: { value: 85 %, normal: 75..95 %, range: 60..100 %, source: general }
                seeding-density: { value: 3000 cells/cm2, normal: 2500..3500 cells/cm2, range: 2000..5000 cells/cm2, source: general }
                harvest-density: { value: 27000 cells/cm2, normal: 22000..32000 cells/cm2, range: 18000..40000 cells/cm2, source: general }
                maximum-density: { value: 42000 cells/cm2, range: 30000..60000 cells/cm2, source: general }
                harvest-recovery: { value: 92 %, spread: 4 %, range: 75..100 %, source: general }
                medium-per-area: { value: 0.2 mL/cm2, range: 0.15..0.30 mL/cm2, source: general }
            """,
        starting: """
              isolation-yield: { value: 1.0e6 cells/g, range: 1.0e4..4.7e6 cells/g, log-spread: 0.53, source: general }
              donor-eligible: { value: 65 %, source: general }

            """,
        demand: """
                patients: { value: 40 patients/year, distribution: poisson, source: general }
                administrations: { value: 2 doses/patient, range: 1..4 doses/patient, source: mebarki-2021 }
            \(patientWeight)
            """)

    /// Growth of a pluripotent line up to its differentiation, which has its own yield.
    static func pluripotentPlanning(dosedByWeight: Bool) -> String {
        planning(
            growth: """
                    doubling-time: { value: 24 h, normal: 20..28 h, range: 18..36 h, distribution: lognormal, source: general }
                    donor-spread: 0.08
                    batch-spread: 0.08
                    passage-spread: 0.06
                    lag: { value: 12 h, range: 6..36 h, source: general }
                    attachment: { value: 75 %, range: 50..95 %, source: general }
                    seeding-density: { value: 30000 cells/cm2, range: 15000..60000 cells/cm2, source: general }
                    maximum-density: { value: 300000 cells/cm2, range: 150000..500000 cells/cm2, source: general }
                    harvest-recovery: { value: 90 %, spread: 5 %, range: 75..100 %, source: general }
                    medium-per-area: { value: 0.2 mL/cm2, range: 0.15..0.30 mL/cm2, source: general }
                """,
            failures: """
                    differentiation-failure: { value: 15 %, range: 2..40 %, source: general }

                """,
            demand: """
                    patients: { value: 20 patients/year, distribution: poisson, source: general }
                    administrations: { value: 1 doses/patient, source: general }\
                \(dosedByWeight ? "\n" + patientWeight : "")
                """)
    }

    private static let patientWeight = """
            patient-weight: { value: 75 kg, spread: 15 kg, range: 40..130 kg, distribution: lognormal, source: general }
        """
}
