import Guidance
package import Ledger
package import Quantities

package typealias MasterRecordID = Identifier<MasterRecord>

/// One registered version of a product definition, as the site executes it.
///
/// What a batch needs of the definition stands in the ledger itself, stage by stage: the record
/// of a batch can be read and judged without any file, at any later time.
package struct MasterRecord: Sendable, Codable {
    package var id: MasterRecordID
    /// What the definition calls the product.
    package var product: MasterProduct
    package var stages: [MasterStage] = []
    package var banks: [MasterBank] = []
    package var specifications: [MasterSpecification] = []
    package var studies: [MasterStudy] = []
    /// The programme of aseptic process simulations; `nil` when the definition has none.
    package var simulation: MasterSimulation?
    /// The text the version was read from, by digest.
    package var sources: [DefinitionSource]
    package var registered: Stamp
    /// `nil` until a QA reviewer approved the version for execution.
    package var approved: Stamp?
    /// Why and when the version was taken out of use; `nil` while batches may be opened of it.
    package var retired: Retirement?

    /// How a version went out of use.
    package struct Retirement: Sendable, Hashable, Codable {
        package var reason: String
        package var stamp: Stamp
    }

    /// SHA-256 over the sources of the version: of the lines that `sha256sum FILES` prints, with the
    /// files in the order of their names. Anyone who holds the files can work it out:
    /// `LC_ALL=C sha256sum *.yaml | sha256sum`.
    package var digest: Digest {
        let lines = sources.sorted {
            Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8))
        }
        .map { "\($0.sha256)  \($0.name)\n" }
        return Digest.sha256(of: Array(lines.joined().utf8))
    }

    /// The stage called `id`.
    package func stage(_ id: String) -> MasterStage? { stages.first { $0.id == id } }

    /// The bank called `id`.
    package func bank(_ id: String) -> MasterBank? { banks.first { $0.id == id } }

    /// The specification called `id`.
    package func specification(_ id: String) -> MasterSpecification? {
        specifications.first { $0.id == id }
    }
}

/// What the definition says of the product as a whole.
package struct MasterProduct: Codable, Hashable, Sendable {
    /// The product's identifier in the definition.
    package var id: String
    package var name: String
    package var version: String
    /// The development phase whose limits apply.
    package var phase: String

    /// Whether it is authorised and sold, not on trial.
    package var isCommercial: Bool { phase == DevelopmentPhase.commercial.rawValue }

    /// Viable cells in one container, as filled.
    package var cellsPerContainer: Quantity?
    /// Volume in one container, and how much more than that is filled.
    package var fillVolume: Quantity?
    package var overfill: Quantity?
    /// Time from fill to expiry.
    package var shelfLife: Quantity?
    /// Time a thawed dose may wait.
    package var inUseTime: Quantity?
    /// Dose, in cells or cells per kilogram of body weight.
    package var dose: Quantity?
    /// Storage condition as printed on the label.
    package var storage: String?
    /// The specification of the finished product.
    package var specification: String?
    /// Whose cells the patient receives: allogeneic, autologous or matched.
    package var origin: String?
    /// The codes of where it is made, tried or sold.
    package var jurisdictions: [String]?
    /// Doses that may be given, in cells or cells per kilogram.
    package var doseRange: QuantityRange?
    /// Body weights the dose was worked out for.
    package var patientWeight: QuantityRange?
    /// Temperature of storage and transport.
    package var storageTemperature: QuantityRange?
    /// The most cumulative population doublings at release.
    package var maximumDoublings: Quantity?
    /// Validated freeze-thaw cycles in a lineage.
    package var maximumFreezeThaw: Int?
    /// True when cells of several donors may be pooled.
    package var poolsDonors: Bool?
    /// True when the tissue counts as rich in viable leukocytes.
    package var isLeukocyteRich: Bool?
    /// Time and temperature within which donated tissue has to arrive.
    package var tissueTransportTime: QuantityRange?
    package var tissueTransportTemperature: QuantityRange?
    /// The largest share of released doses that may come from one donor.
    package var maximumDonorShare: Quantity?
    /// How it is given, as the definition names the route.
    package var route: String?
    /// True for mesenchymal stromal cells of the umbilical cord.
    package var isCordMSC: Bool?
    /// What it holds besides cells.
    package var excipients: [String]?
    /// Critical growth components of which each new lot is tried out beside the lot in use.
    package var lotTestedMaterials: [String]?
    /// How patients are followed, hazard by hazard.
    package var followUp: [MasterFollowUp]?
    /// The trials in which it is given, by id.
    package var trials: [String]?
    /// Approved risk assessments that are looked at again by a day.
    package var riskReviews: [MasterRiskReview]?
    /// Gaps of the transfer that are open.
    package var transferGaps: [MasterTransferGap]?
    /// Items of the transfer that the definition answers or gives a day.
    package var transferTasks: [MasterTransferTask]?
    /// True when the process is transferred from another unit.
    package var isTransferred: Bool?
    /// Mixtures that are made at the site.
    package var preparations: [MasterPreparation]?
    /// How long the delivery of a material takes, and how long its stock is to last without.
    package var supplies: [MasterSupply]?
}

/// What the definition says of the stock of a material.
package struct MasterSupply: Codable, Hashable, Sendable {
    package var material: String
    /// The time from order to delivery.
    package var leadTime: Quantity?
    /// How long the stock lasts without delivery.
    package var safetyStock: Quantity?

    /// Days of use below which it is ordered: those the delivery takes and those kept in hand.
    package var reorderDays: Double {
        guard let day = try? Unit("d") else { return 0 }
        return [leadTime, safetyStock].compactMap { try? $0?.doubleValue(in: day) }.reduce(0, +)
    }
}

/// A risk assessment and the day by which it is reviewed.
package struct MasterRiskReview: Codable, Hashable, Sendable {
    package var assessment: String
    package var due: CalendarDate
}

/// A gap found in a technology transfer that is not closed.
package struct MasterTransferGap: Codable, Hashable, Sendable {
    package var name: String
    package var owner: String?
    package var due: CalendarDate?
}

/// What the definition says of an item of a technology transfer.
package struct MasterTransferTask: Codable, Hashable, Sendable {
    /// The item, such as TT-05.
    package var item: String
    /// Who answers for it at the receiving unit.
    package var owner: String?
    package var due: CalendarDate?
    /// Evidence that the receiving unit accepted.
    package var accepted: [String]
}

/// A stage of the process: what one batch record covers.
package struct MasterStage: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    /// What the stage starts from.
    package var input: StageMaterial
    /// What it gives.
    package var output: StageMaterial
    package var steps: [MasterStep]
    /// What the label of a filled container says, in the words of the definition.
    package var labelText: String?
    /// The ways back that are allowed; `nil` when there is none.
    package var reprocessing: [MasterReprocessing]?
    /// Viable cells that a gram of tissue is meant to give; `nil` when nothing is said.
    package var isolationYield: QuantityRange?

    package func step(_ id: String) -> MasterStep? { steps.first { $0.id == id } }

    /// The steps that are done before `step` starts: those it names, or all that stand before it.
    package func predecessors(of step: MasterStep) -> [MasterStep] {
        let earlier = steps.prefix { $0.id != step.id }
        guard let after = step.after else { return Array(earlier) }
        return earlier.filter { after.contains($0.id) }
    }
}

/// A way back that the definition allows.
package struct MasterReprocessing: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    /// The step after which it may be decided.
    package var after: String
    /// The step that is done again first.
    package var backTo: String
    package var condition: String
    /// How often in one batch.
    package var maximum: Int
    /// The longest time from the end of `after` to the decision.
    package var within: Quantity?
}

/// What a stage starts from or gives.
package enum StageMaterial: Hashable, Sendable {
    /// The donated starting material, by its material id.
    case startingMaterial(String)
    /// Vials of a bank, by its id.
    case bank(String)
    /// The finished product.
    case product
}

extension StageMaterial: Codable, TextCoded {
    static let form = "'material ID', 'bank ID' or 'product'"

    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("material", let id?): self = .startingMaterial(id)
        case ("bank", let id?): self = .bank(id)
        case ("product", nil): self = .product
        default: return nil
        }
    }

    package var description: String {
        switch self {
        case .startingMaterial(let id): "material \(id)"
        case .bank(let id): "bank \(id)"
        case .product: "product"
        }
    }
}

/// A unit operation as the operator meets it.
package struct MasterStep: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var instruction: String?
    /// The steps that come before it; `nil` for all that stand before it.
    package var after: [String]?
    package var room: String?
    package var equipment: [String]
    package var parameters: [MasterParameter]
    package var checks: [MasterCheck]
    package var materials: [MasterMaterialUse]
    /// True when a second person verifies the step before the next may start.
    package var needsVerification: Bool
    /// True when the step fills the containers the stage gives.
    package var fillsContainers: Bool
    /// True when the line must be cleared before the step starts.
    package var needsLineClearance: Bool?
    /// True when the product is open to the air.
    package var isOpen: Bool?
    /// The grade of the room the definition names.
    package var roomGrade: AreaGrade?
    /// The grade of air at the product.
    package var localGrade: AreaGrade?
    /// The longest time the product may be open, validated.
    package var openTime: Quantity?
    /// How long the cells may wait afterwards; `nil` when nothing is said.
    package var holds: [MasterHold]?

    package func parameter(_ id: String) -> MasterParameter? { parameters.first { $0.id == id } }
    package func check(_ id: String) -> MasterCheck? { checks.first { $0.id == id } }
}

/// The programme of aseptic process simulations (EU GMP Annex 1 9.33-9.47).
package struct MasterSimulation: Codable, Hashable, Sendable {
    /// The steps it covers.
    package var covers: [String]
    /// The interventions a run includes.
    package var interventions: [String]
    /// Units to be filled in a run.
    package var units: Int?
    /// How long the longest process takes.
    package var duration: Quantity?
    /// Consecutive passes before the first use.
    package var initialRuns: Int?
    /// Months between runs.
    package var intervalMonths: Int?
    /// Months within which each operator takes part again.
    package var operatorIntervalMonths: Int?
    /// True when the product is filled by hand.
    package var isManual: Bool
}

/// A process parameter with its ranges.
package struct MasterParameter: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    /// The unit values are entered in when the operator types a bare number.
    package var unit: String
    package var target: Quantity?
    /// Normal operating range.
    package var normal: QuantityRange?
    /// Proven acceptable range.
    package var proven: QuantityRange?
    package var isCritical: Bool
    /// True when the site works the value out from entered counts.
    package var isCalculated: Bool?
    /// How the site works it out; `nil` where it does not know how, and the value is entered.
    package var calculation: Calculation?
}

/// An in-process control with its acceptance criterion.
package struct MasterCheck: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var criterion: Criterion
    /// What the definition says to do when it is not met.
    package var action: String?
    /// The rule of the catalogue that asks for it; `nil` for one of the definition's own.
    package var rule: String?
}

/// A material a step uses.
package struct MasterMaterialUse: Codable, Hashable, Sendable {
    package var material: String
    package var quantity: Quantity?
    /// The share of the quantity by which what is used may differ; `nil` for the usual tenth.
    package var tolerance: Quantity?
}

/// A bank the process makes or starts from.
package struct MasterBank: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var tier: BankTier
    package var cellsPerVial: Quantity?
    package var maximumDoublings: Quantity?
    package var specification: String?
    /// Vials one batch takes, and vials that are never used for production.
    package var vialsPerUse: Int?
    package var reserveVials: Int?
    /// What the bank is made from: a material or another bank.
    package var madeFrom: String?
    /// The passage at which it is frozen.
    package var passage: Int?
    /// True for a bank of a continuous pluripotent line.
    package var isPluripotent: Bool?
    /// What the definition says of lines of the bank test matrix; `nil` in versions registered before
    /// this was kept.
    package var tests: [MasterBankTest]?
}

/// What the definition says of one line of the bank test matrix.
package struct MasterBankTest: Codable, Hashable, Sendable {
    /// The line of the matrix, by id.
    package var test: String
    /// Whether the bank is tested for it; `nil` leaves it to the matrix.
    package var isNeeded: Bool?
    /// The assay that answers it.
    package var assay: String?
    /// Why it is not needed.
    package var reason: String?
}

/// Master or working.
package enum BankTier: String, Codable, Hashable, Sendable, CaseIterable {
    case seed, master, working
    case endOfProduction = "end-of-production"

    package var title: String {
        switch self {
        case .seed: "seed stock"
        case .master: "master cell bank"
        case .working: "working cell bank"
        case .endOfProduction: "end-of-production cells"
        }
    }
}

/// A specification with the limits of the phase the version was registered for.
package struct MasterSpecification: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    package var tests: [MasterTest]
    /// Where a release in two stages is authorised; `nil` when it is not.
    package var twoStageRelease: String?
    /// When sterility samples are taken.
    package var sterilityPoints: [SamplePoint]?
    /// How much is tested for sterility.
    package var sterilityVolume: Quantity?

    package func test(_ id: String) -> MasterTest? { tests.first { $0.id == id } }
}

/// One line of a specification.
package struct MasterTest: Codable, Hashable, Sendable {
    package var id: String
    package var attribute: String
    /// identity, purity, potency, safety or quantity.
    package var category: String
    package var assay: String?
    /// What the definition calls the method.
    package var method: String?
    /// The clause of a pharmacopoeia the method follows.
    package var compendial: String?
    /// How far the method is validated.
    package var validation: String?
    package var criterion: Criterion
    /// True when its result comes after the first stage of a two-stage release.
    package var isSecondStage: Bool?
    /// True when only a batch that was reprocessed is tested.
    package var isAfterReprocessing: Bool?
}

/// The text of one file of a definition, by digest.
package struct DefinitionSource: Codable, Hashable, Sendable {
    package var name: String
    package var sha256: String
    package var size: Int
}
