import Diagnostics

/// The answers of a definition to the questions of classification, and where they lead.
struct ClassificationAnswers {
    /// A question that can be answered yes or no.
    enum Question: Int, CaseIterable {
        case viableCells, nucleicAcid, effectFromNucleicAcid, vaccine, deadCellsAct
        case manipulated, sameFunction, tissueAction, bodyAction, device

        /// The key of the definition that answers it.
        var key: String {
            switch self {
            case .viableCells: "viable-cells"
            case .nucleicAcid: "recombinant-nucleic-acid"
            case .effectFromNucleicAcid: "effect-from-nucleic-acid"
            case .vaccine: "infectious-disease-vaccine"
            case .deadCellsAct: "non-viable-cells-act"
            case .manipulated: "substantially-manipulated"
            case .sameFunction: "same-essential-function"
            case .tissueAction, .bodyAction: "actions"
            case .device: "device"
            }
        }
    }

    /// An answer with where it comes from.
    struct Answer {
        var value: Bool
        var basis: String
        var position: SourcePosition?
    }

    private var answers: [Question: Answer] = [:]

    init(_ definition: Definition) {
        guard let given = definition.product.classification else {
            answers[.manipulated] = Self.manipulation(in: definition)
            return
        }
        declare(.viableCells, given.hasViableCells)
        declare(.nucleicAcid, given.hasRecombinantNucleicAcid)
        declare(.effectFromNucleicAcid, given.effectComesFromNucleicAcid)
        declare(.vaccine, given.isInfectiousDiseaseVaccine)
        declare(.deadCellsAct, given.nonViableCellsAct)
        declare(.manipulated, given.isSubstantiallyManipulated)
        declare(.sameFunction, given.hasSameEssentialFunction)
        if answers[.manipulated] == nil {
            answers[.manipulated] = Self.manipulation(in: definition)
        }
        if let first = given.actions.first {
            let tissue: Set<Definition.IntendedAction> = [.regenerate, .repair, .replace]
            let words = given.actions.map(\.rawValue).joined(separator: ", ")
            let position = first.position
            answers[.tissueAction] = Answer(
                value: given.actions.contains { tissue.contains($0.value) },
                basis: "declared: \(words)", position: position)
            answers[.bodyAction] = Answer(
                value: given.actions.contains { !tissue.contains($0.value) },
                basis: "declared: \(words)", position: position)
        }
        // A classification that names no device declares that there is none.
        answers[.device] =
            given.device.map {
                Answer(
                    value: $0.isIntegral?.value ?? true, basis: "declared: \($0.name)",
                    position: $0.position)
            } ?? Answer(value: false, basis: "no device is declared", position: given.position)
    }

    private mutating func declare(_ question: Question, _ flag: Located<Bool>?) {
        answers[question] = flag.map {
            Answer(value: $0.value, basis: "declared", position: $0.position)
        }
    }

    /// Culture and differentiation are not in the list of Regulation 1394/2007 Annex I; cutting,
    /// washing, separating, freezing and the like are. Other operations settle nothing.
    private static func manipulation(in definition: Definition) -> Answer? {
        let operations = (definition.process?.stages ?? []).flatMap(\.operations)
        let beyond: Set<Definition.OperationKind> = [.culture, .differentiate]
        guard let operation = operations.first(where: { beyond.contains($0.kind.value) }) else {
            return nil
        }
        return Answer(
            value: true,
            basis: "the process has '\(operation.id)', a step of "
                + "\(operation.kind.rawValue == "culture" ? "culture" : "differentiation")",
            position: operation.position)
    }

    // MARK: Where the answers lead

    /// Every class that some answer to the open questions gives.
    var outcomes: [Definition.ATMPClass] {
        let found = Self.outcomes(answers.mapValues(\.value))
        return Definition.ATMPClass.allCases.filter(found.contains)
    }

    /// The open questions whose answer would change the outcome, by their keys.
    var decisiveUnanswered: [String] {
        let known = answers.mapValues(\.value)
        let all = Self.outcomes(known)
        guard all.count > 1 else { return [] }
        var keys: [String] = []
        for question in Question.allCases where known[question] == nil {
            let narrows = [true, false].contains { value in
                var supposed = known
                supposed[question] = value
                return Self.outcomes(supposed).count < all.count
            }
            if narrows, !keys.contains(question.key) { keys.append(question.key) }
        }
        return keys
    }

    private static func outcomes(_ known: [Question: Bool]) -> Set<Definition.ATMPClass> {
        // Asking lazily keeps the tree small: a branch ends at the first question that decides.
        func ask(
            _ question: Question, _ known: [Question: Bool],
            _ go: (Bool, [Question: Bool]) -> Set<Definition.ATMPClass>
        ) -> Set<Definition.ATMPClass> {
            if let value = known[question] { return go(value, known) }
            var found: Set<Definition.ATMPClass> = []
            for value in [true, false] {
                var supposed = known
                supposed[question] = value
                found.formUnion(go(value, supposed))
            }
            return found
        }
        func engineered(_ known: [Question: Bool]) -> Set<Definition.ATMPClass> {
            ask(.device, known) { hasDevice, known in
                if hasDevice { return [.combined] }
                return ask(.tissueAction, known) { actsOnTissue, _ in
                    actsOnTissue ? [.tissueEngineered] : [.somaticCellTherapy]
                }
            }
        }
        func cells(_ known: [Question: Bool]) -> Set<Definition.ATMPClass> {
            ask(.viableCells, known) { isViable, known in
                if !isViable {
                    return ask(.deadCellsAct, known) { acts, known in
                        acts ? manipulated(known) : [.notAnATMP]
                    }
                }
                return manipulated(known)
            }
        }
        func manipulated(_ known: [Question: Bool]) -> Set<Definition.ATMPClass> {
            ask(.manipulated, known) { isManipulated, known in
                if isManipulated { return engineered(known) }
                return ask(.sameFunction, known) { isSame, known in
                    isSame ? [.notAnATMP] : engineered(known)
                }
            }
        }
        return ask(.nucleicAcid, known) { hasNucleicAcid, known in
            guard hasNucleicAcid else { return cells(known) }
            return ask(.effectFromNucleicAcid, known) { isEffect, known in
                guard isEffect else { return cells(known) }
                return ask(.vaccine, known) { isVaccine, known in
                    isVaccine ? cells(known) : [.geneTherapy]
                }
            }
        }
    }

    // MARK: The chain as it is told

    /// The questions that are asked on the way to the outcome.
    var steps: [Classification.Step] {
        var steps = [
            step(
                .viableCells,
                "does it contain living cells or tissue, or recombinant nucleic acid, or dead cells "
                    + "that act pharmacologically, immunologically or metabolically?",
                clause: "Directive 2001/83/EC Annex I Part IV; Regulation 1394/2007 Art. 2(1)",
                yes: "it can be an ATMP", no: "without any of them it is not an ATMP"),
            step(
                .effectFromNucleicAcid,
                "does its effect come from a recombinant nucleic acid or what that expresses, other "
                    + "than as a vaccine against infection?",
                clause: "Directive 2001/83/EC Annex I Part IV 2.1; Regulation 1394/2007 Art. 2(5)",
                yes: "gene therapy, whatever else it is", no: "it is no gene therapy"),
        ]
        if answers[.nucleicAcid]?.value == false {
            steps[1].answer = false
            steps[1].basis = "declared: no recombinant nucleic acid"
            steps[1].position = answers[.nucleicAcid]?.position
            steps[1].consequence = "it is no gene therapy"
        }
        if answers[.viableCells]?.value != true, answers[.nucleicAcid]?.value == true {
            steps[0].answer = true
            steps[0].basis = "declared: recombinant nucleic acid"
            steps[0].consequence = "it can be an ATMP"
        }
        if answers[.viableCells]?.value == false, answers[.deadCellsAct]?.value == true {
            steps[0].answer = true
            steps[0].basis = "declared: dead cells that act"
            steps[0].consequence = "it can be an ATMP"
        }
        if outcomes == [.geneTherapy] || steps[0].answer == false { return steps }
        steps.append(
            step(
                .manipulated,
                "are the cells manipulated beyond cutting, washing, separating, freezing and the "
                    + "like?",
                clause: "Regulation 1394/2007 Art. 2(1)(c) and Annex I",
                yes: "the cells are engineered", no: "it depends on what they do in the recipient"))
        if answers[.manipulated]?.value != true {
            steps.append(
                step(
                    .sameFunction, "do they have the same essential function as in the donor?",
                    clause:
                        "Regulation 1394/2007 Art. 2(1)(c); Directive 2001/83/EC Annex I Part IV "
                        + "2.2",
                    yes: "not an ATMP, when not manipulated either", no: "the cells are engineered")
            )
        }
        if outcomes == [.notAnATMP] { return steps }
        steps.append(
            step(
                .tissueAction, "is it meant to regenerate, repair or replace tissue?",
                clause: "Regulation 1394/2007 Art. 2(1)(b) and 2(4); Directive 2001/83/EC Annex I "
                    + "Part IV 2.2",
                yes: "tissue engineered, also when it acts otherwise as well",
                no:
                    "somatic cell therapy, by its pharmacological, immunological or metabolic action"
            ))
        steps.append(
            step(
                .device, "is a medical device an integral part of it?",
                clause: "Regulation 1394/2007 Art. 2(1)(d)", yes: "combined ATMP",
                no: "not a combined ATMP"))
        return steps
    }

    private func step(
        _ question: Question, _ text: String, clause: String, yes: String, no: String
    ) -> Classification.Step {
        let answer = answers[question]
        return Classification.Step(
            question: text, answer: answer?.value,
            basis: answer?.basis ?? "say it with '\(question.key)' in 'product: classification:'",
            clause: clause,
            consequence: answer.map { $0.value ? yes : no } ?? "if yes: \(yes); if no: \(no)",
            position: answer?.position)
    }
}
