/// The questions people ask of every plan, answered from it.
public struct PlanAnswers: Codable, Sendable {
    /// When each bank runs out.
    public var banks: [BankDepletion]
    /// How often a batch fails.
    public var failures: BatchFailure
    /// A quarter of a year without delivery, for what is dearest and what has one source.
    public var suppliers: [SupplierOutage]
    /// Scale-out or scale-up at this dose and demand; empty where the dose is not counted in cells.
    public var scale: [ScaleQuestion.Answer]
    /// Cells in a year from which a stirred tank is cheaper than planar vessels.
    public var breakEven: Double?

    /// Days of the outage that is asked about.
    public static let outageDays = 90.0

    /// The answers for the plan `made` of `plan`.
    public init(_ made: Plan, _ plan: PlanningCase) {
        banks = made.banks.map { bank in
            BankDepletion.of(
                bank, vialsPerUse: plan.banks.first { $0.id == bank.bank }?.vialsPerUse ?? 1)
        }
        failures = BatchFailure.of(made, plan.failures)
        let asked =
            made.materials.filter(\.isSingleSource) + made.materials.filter { !$0.isSingleSource }
        suppliers = asked.prefix(6).map {
            SupplierOutage.of($0, days: Self.outageDays, in: made)
        }
        let cells =
            plan.dose.cells * plan.dose.deadVolumeFactor
            * (plan.dose.isPerKilogram ? plan.demand.weight?.mean ?? 0 : 1)
        var question = ScaleQuestion(
            dose: cells, demand: made.doses.administrations / made.options.years)
        question.overhead = plan.fixedCostPerYear
        question.failure = 1 - made.batch.success
        scale = question.answers()
        breakEven = question.breakEven()
    }

    /// The answers, for a person.
    public var text: String {
        var page = PlanText()
        page.section("Questions")
        for bank in banks {
            page.row(
                "\(bank.bank) runs out",
                bank.years.map { "in \(PlanNumber.text($0)) y" } ?? "never", "by its \(bank.limit)")
        }
        page.row(
            "failed batches", PlanNumber.text(failures.expected),
            "expected; at most \(failures.most95) in 95 % of periods; at least one with "
                + "\(PlanNumber.text(failures.atLeastOne * 100)) %; "
                + "\(PlanNumber.text(failures.contamination * 100)) % of batches are contaminated, "
                + "\(PlanNumber.text(failures.other * 100)) % fail otherwise")
        for outage in suppliers where outage.batchesLost > 0 {
            page.row(
                "no \(outage.material) for \(PlanNumber.text(outage.days)) d",
                PlanNumber.text(outage.batchesLost),
                "batches not started, \(PlanNumber.text(outage.administrationsLost)) "
                    + "administrations not made; stock lasts "
                    + "\(PlanNumber.text(outage.coveredDays)) d")
        }
        if let best = scale.first {
            page.row(
                "cheapest expansion", PlanNumber.whole(best.costPerDose),
                "an administration with \(best.technology), \(best.lots) lots of "
                    + "\(best.unitsPerLot); generic prices of 2024"
                    + (breakEven.map {
                        ", tanks are cheaper from \(PlanNumber.text($0)) cells a year"
                    } ?? ""))
        }
        return page.text
    }
}
