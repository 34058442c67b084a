import Diagnostics
import ProductDefinition
import Quantities

extension CheckSubject {
    var product: Definition.Product { definition.product }

    /// Where to point when something is missing as a whole.
    var place: SourcePosition { definition.product.position }

    var stages: [Definition.Stage] { definition.process?.stages ?? [] }

    /// Whether the cells are mesenchymal stromal cells, from tissue or from a pluripotent line.
    var isMSC: Bool {
        switch product.cellType?.value {
        case .mesenchymalStromalCells, .pluripotentDerivedMesenchymalCells: true
        default: false
        }
    }

    /// Whether the cells come from a pluripotent line.
    var isPluripotentDerived: Bool {
        switch product.cellSource?.value {
        case .embryonicStemCells, .inducedPluripotentStemCells: true
        default: product.cellType?.value == .pluripotentDerivedMesenchymalCells
        }
    }

    /// Whether the line was reprogrammed.
    var isInduced: Bool {
        product.cellSource?.value == .inducedPluripotentStemCells
            || definition.cellLine?.reprogramming != nil
    }

    /// Whether each product begins with donated tissue.
    var startsFromTissue: Bool {
        switch product.cellSource?.value {
        case .umbilicalCord, .cordBlood, .boneMarrow, .adiposeTissue, .placenta, .otherTissue: true
        case .embryonicStemCells, .inducedPluripotentStemCells: false
        case nil: definition.donors != nil
        }
    }

    /// Whether the donor is a newborn.
    var startsFromBirthTissue: Bool {
        switch product.cellSource?.value {
        case .umbilicalCord, .cordBlood, .placenta: true
        default: false
        }
    }

    /// Whether an antibiotic is among the materials.
    var usesAntibiotic: Bool {
        definition.materials.contains { $0.isAntibiotic }
    }

    /// The most viable cells in one dose: the upper end of the range, for the heaviest patient.
    var largestDoseCells: Double? {
        guard let dose = product.dose else { return nil }
        let quantity = dose.range?.value.upper ?? dose.target.value
        if let cells = quantity.amount("cells") { return cells }
        guard let perKilogram = quantity.amount("cells/kg") else { return nil }
        guard let weight = dose.patientWeight?.value.upper?.amount("kg") else { return nil }
        return perKilogram * weight
    }
}

extension Definition.Material {
    var isAntibiotic: Bool {
        [.antibiotic, .betaLactamAntibiotic].contains(materialClass?.value)
    }

    /// Whether it goes into the product or its culture, rather than around it.
    var isRawOrExcipient: Bool { [.rawMaterial, .excipient].contains(role.value) }

    /// Whether it was made from people or animals, as far as the definition says.
    var isFromHumanOrAnimal: Bool { [.human, .animal].contains(origin?.kind.value) }

    /// Whether materials of its class come from living things as a rule.
    var isOfBiologicalClass: Bool {
        switch materialClass?.value {
        case .tissue, .cells, .serum, .plateletLysate, .albumin, .growthFactor, .enzyme, .matrix,
            .antibody, .anticoagulant:
            true
        default: false
        }
    }
}
