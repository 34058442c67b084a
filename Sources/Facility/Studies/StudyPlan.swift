package import Quantities

/// A stability study as the definition plans it.
package struct MasterStudy: Codable, Hashable, Sendable {
    package var id: String
    package var name: String
    /// What is studied, as the definition says: drug product, bank.
    package var subject: String
    /// When it is tested.
    package var points: [Quantity]
    /// The assays, by their ids.
    package var tests: [String]
    package var containersPerPoint: Int?
    package var protocolNumber: String?

    /// The points in whole months; those of days and hours have no day of their own at the site.
    package var months: [Int] {
        guard let month = try? Unit("months") else { return [] }
        return points.compactMap { point in
            guard let value = try? point.doubleValue(in: month), (0...360).contains(value),
                abs(value - value.rounded()) < 1e-6
            else { return nil }
            return Int(value.rounded())
        }
    }
}

/// A stability study of a registered version.
package struct DefinitionStudyRegistered: Fact {
    package static let kind = "definition.study-registered/1"
    package var definition: MasterRecordID
    package var study: MasterStudy

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.studies.append(study)
    }
}

/// One test of a study with what its results must be, set before any of them.
package struct StudyTest: Field, Hashable, Sendable {
    package var test: String
    package var criterion: Criterion

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "test", schema: .text(maximum: 200), isRequired: true),
            .init(
                name: "criterion",
                schema: .formatted(form: Criterion.form, example: ">= 70 %"), isRequired: true),
        ])
    }
    package static var sample: StudyTest { StudyTest(test: "", criterion: .reported) }
}

extension SiteState {
    /// The stability studies that the definition plans for `subject`.
    func plannedStudies(of subject: ThingID) -> [MasterStudy] {
        let wanted = things[subject.text] == .bank ? "bank" : "drug product"
        return master(behind: subject)?.studies.filter { $0.subject == wanted } ?? []
    }

    /// The tests of a planned study with the criteria of the specification that `subject` is held
    /// against; an assay without a line there is reported.
    func tests(
        of plan: MasterStudy, for subject: ThingID
    ) throws(Rejection) -> [StudyTest] {
        guard let master = master(behind: subject) else { return [] }
        let specification: String?
        if things[subject.text] == .bank {
            let kind = try bank(subject.naming(Bank.self)).kind
            specification = master.bank(kind)?.specification
        } else {
            specification = master.product.specification
        }
        let lines = specification.flatMap(master.specification)?.tests ?? []
        return plan.tests.flatMap { assay -> [StudyTest] in
            let found = lines.filter { $0.assay == assay || $0.id == assay }
            guard !found.isEmpty else { return [StudyTest(test: assay, criterion: .reported)] }
            return found.map { StudyTest(test: $0.id, criterion: $0.criterion) }
        }
    }
}
