/// One line of the validation master plan: what has to be shown to work, and how that stands.
package struct ValidationStanding: Codable, Hashable, Sendable {
    package var area: ValidationArea
    /// The product, room, equipment or method, by its id.
    package var subject: String
    /// What is validated, in words.
    package var what: String
    package var status: Status
    /// The study or report that shows it; empty where nothing does.
    package var evidence: String
    /// The last day it holds, for what is repeated.
    package var until: CalendarDate?

    /// How a line stands.
    package enum Status: String, Codable, Hashable, Sendable, CaseIterable {
        case validated, underway, failed, overdue, open
    }
}

/// What a validation master plan covers (EU GMP Annex 15 1.4-1.6; Zhang & Stacey 2022, section 4).
package enum ValidationArea: String, Codable, Hashable, Sendable, CaseIterable {
    case process
    case asepticProcess = "aseptic-process"
    case method, transport, label, cleaning, room, equipment
}

extension SiteState {
    /// The validation master plan on `date`: the current versions of every product with their
    /// process, aseptic handling, methods, transport and label, then cleaning, rooms and equipment.
    package func validationPlan(on date: CalendarDate) -> [ValidationStanding] {
        let products = currentVersions.sorted { $0.product.id < $1.product.id }.flatMap {
            validations(of: $0)
        }
        let due = PremisesDue.due(for: self, on: date) + SimulationDue.due(for: self, on: date)
        let repeated = due.compactMap { repeating($0, on: date) }
        return (products + cleaning() + repeated).sorted {
            (place(of: $0.area), $0.subject, $0.what) < (place(of: $1.area), $1.subject, $1.what)
        }
    }

    private func place(of area: ValidationArea) -> Int {
        ValidationArea.allCases.firstIndex(of: area) ?? 0
    }

    // MARK: Products

    private func validations(of master: MasterRecord) -> [ValidationStanding] {
        let product = master.product.id
        func line(
            _ area: ValidationArea, _ kind: StudyKind, _ what: String
        ) -> ValidationStanding {
            standing(area, product, what, studies(of: kind, about: product))
        }
        return [
            line(.process, .processValidation, "the process of \(master.product.name)"),
            line(.transport, .transportValidation, "the way to the patient"),
            line(.label, .labelValidation, "label and closure at the storage temperature"),
        ] + methods(of: master)
    }

    /// Each method of the product's specification: by a study that tested it, or as the definition
    /// says it was validated.
    private func methods(of master: MasterRecord) -> [ValidationStanding] {
        let tests = master.product.specification.flatMap(master.specification)?.tests ?? []
        let studies = studies(of: .methodValidation, about: master.product.id)
        var seen: Set<String> = []
        return tests.filter { seen.insert($0.methodID).inserted }.map { test in
            let own = studies.filter { study in
                study.tests.contains { $0.test == test.id || $0.test == test.methodID }
            }
            let what = "method for \(test.attribute)"
            guard own.isEmpty, let said = test.validation, !said.isEmpty else {
                return standing(.method, test.methodID, what, own)
            }
            return ValidationStanding(
                area: .method, subject: test.methodID, what: what, status: .validated,
                evidence: "\(said), as \(master.id) says", until: nil)
        }
    }

    /// The studies of `kind` about a version, a batch or a bank of `product`, oldest first.
    private func studies(of kind: StudyKind, about product: String) -> [Study] {
        studies.values.filter { study in
            study.kind == kind && master(behind: study.subject)?.product.id == product
        }.sorted { $0.opened.entry < $1.opened.entry }
    }

    /// The last study speaks; one that was stopped or missed its criteria is no proof.
    private func standing(
        _ area: ValidationArea, _ subject: String, _ what: String, _ studies: [Study]
    ) -> ValidationStanding {
        guard let last = studies.last else {
            return ValidationStanding(
                area: area, subject: subject, what: what, status: .open, evidence: "", until: nil)
        }
        let status: ValidationStanding.Status =
            last.conclusion.map { $0.isMet ? .validated : .failed } ?? .underway
        return ValidationStanding(
            area: area, subject: subject, what: what, status: status,
            evidence: "\(last.id) of \(last.subject)", until: nil)
    }

    // MARK: Premises

    /// Cleaning and disinfection of each clean room, and of whatever else a study is about.
    private func cleaning() -> [ValidationStanding] {
        let done = Dictionary(
            grouping: studies.values.filter { $0.kind == .cleaningValidation }
                .sorted { $0.opened.entry < $1.opened.entry }, by: \.subject.text)
        let rooms = rooms.values.filter { $0.grade.cleanroom != nil }.map(\.id.text)
        return Set(rooms + done.keys).sorted().map {
            standing(.cleaning, $0, "cleaning and disinfection", done[$0] ?? [])
        }
    }

    /// What holds for a time and is done again.
    private func repeating(_ item: DueItem, on date: CalendarDate) -> ValidationStanding? {
        let (area, evidence): (ValidationArea, String?)
        switch item.kind {
        case .roomQualification:
            (area, evidence) = (
                .room, rooms[.init(unchecked: item.subject)]?.qualifications.last?.report
            )
        case .equipmentQualification:
            (area, evidence) = (
                .equipment, equipment[.init(unchecked: item.subject)]?.qualifications.last?.report
            )
        case .simulation where currentVersions.contains { $0.product.id == item.subject }:
            (area, evidence) = (.asepticProcess, nil)
        default: return nil
        }
        return ValidationStanding(
            area: area, subject: item.subject, what: item.task,
            status: item.due == nil ? .open : item.isOverdue(on: date) ? .overdue : .validated,
            evidence: evidence ?? "", until: item.due)
    }
}
