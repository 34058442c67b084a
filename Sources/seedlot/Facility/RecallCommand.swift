import ArgumentParser
import Facility

/// `seedlot recall SITE ID`: what a recall has to hold and whom it has to call, in order.
struct RecallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Show what a recall of a lot or donor has to hold and whom to call, in order.",
        discussion: "Nothing is recorded: 'recall.begin' begins a recall.")

    @OptionGroup var site: SiteArgument

    @Argument(help: "The lot, donor, bank, batch or container.")
    var id: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let state = try await site.state()
        let plan: RecallPlan
        do throws(Rejection) {
            plan = try state.recallPlan(of: id)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        guard output.format == .text else { return print(try plan.printedJSON()) }
        print("recall of \(id): \(state.describe(id))")
        list("1. hold what is in stock", plan.quarantine)
        list("   hold the lots", plan.lots)
        list("2. stop batches in work", plan.batchesInWork)
        list("   certified batches concerned", plan.batchesCertified)
        print("\n3. call, in this order:")
        for (number, call) in plan.calls.enumerated() {
            print("   \(number + 1). \(call.whom): \(call.why)")
            let particulars = [
                call.shipment.map { "shipment \($0)" }, call.order.map { "order \($0)" },
                call.patient.map { "patient \($0)" },
                call.containers.isEmpty ? nil : call.containers.joined(separator: ", "),
            ].compactMap { $0 }
            if !particulars.isEmpty { print("      \(particulars.joined(separator: "; "))") }
        }
        list("4. samples that can be tested again", plan.samples)
        list("   results that rest on a recalled reagent", plan.tests.map(\.description))
    }

    private func list(_ title: String, _ ids: [String]) {
        print("\n\(title) (\(ids.count))")
        for id in ids { print("   \(id)") }
    }
}
