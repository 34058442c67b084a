/// The fields of an adverse event that may be corrected, and what follows.
extension SiteState {
    static func fieldsOfEvent(_ patient: PatientID, _ index: Int) -> [CorrectableField] {
        [
            CorrectableField(
                "description", isCritical: false, "what happened", parse: text,
                get: { $0.patients[patient]?.events[index].description },
                set: { site, value, _ in
                    site.patients[patient]?.events[index].description = value
                }),
            CorrectableField(
                "grade", "a CTCAE grade from 1 to 5",
                parse: { Int($0).flatMap { (1...5).contains($0) ? $0 : nil } },
                get: { $0.patients[patient]?.events[index].grade },
                set: { site, value, _ in site.patients[patient]?.events[index].grade = value }),
            CorrectableField(
                "relation", "unrelated, possible, probable or certain",
                parse: { EventRelation(rawValue: $0).map(Written.init) },
                get: { ($0.patients[patient]?.events[index].relation).map(Written.init) },
                set: { site, written, _ in
                    site.patients[patient]?.events[index].relation = written.value
                }),
            CorrectableField(
                "onset", "a day, such as 2027-01-31", parse: { CalendarDate($0) },
                get: { $0.patients[patient]?.events[index].onset },
                set: { site, value, _ in
                    site.patients[patient]?.events[index].onset = value
                    site.moveToDoseBefore(value, patient, index)
                }),
            CorrectableField(
                "criteria", "'none', or criteria with commas between them: death, hospitalisation",
                parse: criteria,
                get: { ($0.patients[patient]?.events[index].criteria).map(written) },
                set: { site, written, _ in
                    site.patients[patient]?.events[index].criteria = written.value
                }),
            CorrectableField(
                "isExpected", "true, false or 'not assessed'",
                parse: { text in
                    [true, false, nil].map(written).first { $0.description == text }
                },
                get: { ($0.patients[patient]?.events[index]).map { written($0.isExpected) } },
                set: { site, written, _ in
                    site.patients[patient]?.events[index].isExpected = written.value
                }),
            CorrectableField(
                "dose", "a dose the patient was given",
                parse: { text in
                    ContainerID(text).map { Written($0, as: $0.text) }
                },
                get: { site in
                    (site.patients[patient]?.events[index]).map { event in
                        Written(
                            event.dose ?? ContainerID(unchecked: ""),
                            as: event.dose?.text ?? "not named")
                    }
                },
                set: { site, written, _ in site.move(to: written.value, patient, index) }),
        ]
    }

    private static func criteria(_ text: String) -> Written<[SeriousCriterion]>? {
        if text == "none" { return written([]) }
        let words = text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
        let criteria = words.compactMap { SeriousCriterion(rawValue: String($0)) }
        guard !words.isEmpty, criteria.count == words.count,
            Set(criteria).count == criteria.count
        else { return nil }
        return written(criteria.sorted { $0.rawValue < $1.rawValue })
    }

    private static func written(_ criteria: [SeriousCriterion]) -> Written<[SeriousCriterion]> {
        Written(
            criteria,
            as: criteria.isEmpty ? "none" : criteria.map(\.rawValue).joined(separator: ", "))
    }

    private static func written(_ isExpected: Bool?) -> Written<Bool?> {
        Written(isExpected, as: isExpected.map { "\($0)" } ?? "not assessed")
    }

    /// Lays the event to another dose, and to the market or the trial that dose belongs to.
    private mutating func move(to dose: ContainerID?, _ patient: PatientID, _ index: Int) {
        let isMarketed = dose.map(isMarketed) ?? false
        patients[patient]?.events[index].dose = dose
        patients[patient]?.events[index].isMarketed = isMarketed
    }

    /// An event that began before the dose it was laid to followed an earlier one, if any.
    private mutating func moveToDoseBefore(
        _ onset: CalendarDate, _ patient: PatientID, _ index: Int
    ) {
        guard let record = patients[patient], let dose = record.events[index].dose,
            let given = record.given.last(where: { $0.container == dose }),
            given.stamp.happened.date > onset
        else { return }
        move(
            to: record.given.last { $0.stamp.happened.date <= onset }?.container, patient, index)
    }

    /// What follows from a corrected adverse event: the deviation of what it now is, where that is
    /// another kind of event, follows another dose, or is reported by another day.
    func afterAdverseEvent(
        _ id: PatientID, _ index: Int, in next: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        guard let old = patients[id]?.events[index], let patient = next.patients[id] else {
            return []
        }
        let new = patient.events[index]
        guard new.onset <= moment.now.date, new.grade == 5 || !new.criteria.contains(.death) else {
            throw Rejection(
                "patient.event",
                "grade \(new.grade), onset \(new.onset)"
                    + (new.criteria.contains(.death) ? " and death" : ""),
                help: "the onset is not after today, and the grade of an event that ended in death "
                    + "is 5")
        }
        if let dose = new.dose, !patient.given.contains(where: { $0.container == dose }) {
            throw Rejection(
                "patient.another-dose", "'\(id)' was not given '\(dose)'",
                help: didYouMean(dose.text, among: patient.given.map(\.container.text)))
        }
        guard let cause = new.cause,
            cause != old.cause || new.dose != old.dose || new.reportDue != old.reportDue
        else { return [] }
        return [next.deviation(of: new, cause, patient: id)]
    }
}
