import Guidance

/// An assessment of how a person gowns, by eye and by plates (EU GMP Annex 1 7.4).
package struct GowningAssessment: Sendable, Hashable, Codable {
    package var grade: AreaGrade
    package var looksRight: Bool
    package var plates: [GowningPlate]
    package var stamp: Stamp

    /// Months until a person is assessed again (Annex 1 7.4: at least annually).
    package static let intervalMonths = 12

    /// Whether the person passed: judged by eye, and no plate above the limit of the grade.
    package var passes: Bool { looksRight && plates.allSatisfy { $0.meetsLimit(of: grade) } }

    /// The last day it holds.
    package var expires: CalendarDate {
        stamp.happened.date.advanced(byMonths: Self.intervalMonths)
    }
}

/// A plate taken off a gowned person.
package struct GowningPlate: Field, Sendable, Hashable {
    package var site: GowningSite
    /// Colonies on the plate.
    package var colonies: Int

    /// Whether it stays within Annex 1 9.30 Table 6: gloves by the limit for gloves, the gown by
    /// the one for contact plates.
    func meetsLimit(of grade: AreaGrade) -> Bool {
        guard let grade = grade.cleanroom else { return true }
        let method: CleanroomLimits.ViableMethod =
            switch site {
            case .leftGlove, .rightGlove: .glovePrint
            default: .contactPlate
            }
        guard let limit = CleanroomLimits.viable(grade: grade, method: method) else { return true }
        return colonies <= limit
    }

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: GowningPlate { GowningPlate(site: .leftGlove, colonies: 0) }
}

/// Where a plate is taken off a gowned person.
package enum GowningSite: String, Choice, Sendable, Hashable {
    case leftGlove = "left-glove"
    case rightGlove = "right-glove"
    case forearm, chest, hood, mask
}

/// Records an assessment of a person's gowning for a grade.
package struct AssessGowning: Command {
    package static let name = "people.assess-gowning"
    package static let summary = "Record an assessment of a person's gowning, by eye and by plates."
    package static let permission = Permission.test
    package static let help = [
        "person": "who was assessed", "grade": "the grade of the area gowned for",
        "looksRight": "whether the gowning was right to the eye",
        "plates": "colonies on each plate, with the site it was taken from",
    ]

    package var person: PersonID
    package var grade: AreaGrade
    package var looksRight: Bool
    package var plates: [GowningPlate]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        guard person.id != moment.person else {
            throw Rejection(
                "people.own-gowning", "nobody assesses their own gowning",
                help: "another analyst records it", rule: "gowning-annual")
        }
        let sites = Set(plates.map(\.site))
        guard sites.isSuperset(of: [.leftGlove, .rightGlove]), sites.count > 2 else {
            throw Rejection(
                "people.gowning-plates",
                "both gloves and at least one place of the gown are needed",
                help: "enter every plate that was taken", rule: "gowning-annual")
        }
        return [
            GowningAssessed(
                person: person.id, grade: grade, looksRight: looksRight, plates: plates)
        ]
    }
}

/// A person's gowning was assessed.
package struct GowningAssessed: Fact {
    package static let kind = "people.gowning-assessed/1"
    package var person: PersonID
    package var grade: AreaGrade
    package var looksRight: Bool
    package var plates: [GowningPlate]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.gowning.append(
            GowningAssessment(grade: grade, looksRight: looksRight, plates: plates, stamp: stamp))
    }
}

extension Person {
    /// The last day this person may enter an area of `grade`; `nil` without a passed assessment,
    /// or when the latest one was failed.
    package func gowned(for grade: AreaGrade) -> CalendarDate? {
        let latest = gowning.last { $0.grade >= grade }
        return latest.flatMap { $0.passes ? $0.expires : nil }
    }
}
