/// Records a meeting with an authority, a vendor or a partner.
package struct RecordMeeting: Command {
    package static let name = "meeting.record"
    package static let summary =
        "Record a meeting with an authority or a vendor: questions, answers and commitments."
    package static let permission = Permission.review
    package static let help = [
        "meeting": "the number of the meeting", "kind": "with whom it was held",
        "with": "the authority; the vendor or partner by its number at the site or its name",
        "subject": "what it was about", "held": "the day of the meeting",
        "participants": "who took part, of both sides", "minutes": "the number of the minutes",
        "questions": "what was asked, with the answers that were given",
        "commitments": "what was promised, by which day, and whether by the other side",
    ]

    /// Questions and commitments of one meeting at most: it is one entry of the ledger.
    package static let pointsMax = 20

    package var meeting: MeetingID
    package var kind: MeetingKind
    package var with: String
    package var subject: String
    package var held: CalendarDate
    package var participants: String
    package var minutes: String?
    package var questions: [AskedQuestion]
    package var commitments: [MeetingCommitment]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(meeting)
        try requireText(with, "with")
        try requireText(subject, "subject")
        try requireText(participants, "participants")
        if let minutes { try requireText(minutes, "minutes") }
        let today = moment.now.date
        guard held <= today else {
            throw Rejection(
                "meeting.to-come", "the meeting is on \(held), today is \(today)",
                help: "record it when it was held")
        }
        guard questions.count <= Self.pointsMax, commitments.count <= Self.pointsMax else {
            throw Rejection(
                "meeting.too-long",
                "\(questions.count) questions and \(commitments.count) commitments, at most "
                    + "\(Self.pointsMax) each",
                help: "record the rest as a meeting of its own")
        }
        for asked in questions {
            try requireText(asked.question, "question")
            if let answer = asked.answer { try requireText(answer, "answer") }
        }
        for commitment in commitments {
            try requireText(commitment.task, "task")
            guard commitment.due >= held else {
                throw Rejection(
                    "meeting.due-before",
                    "'\(commitment.task.prefix(80))' is due on \(commitment.due), before the "
                        + "meeting on \(held)",
                    help: "enter the day that was agreed")
            }
        }
        return [
            MeetingRecorded(
                meeting: meeting, kind: kind, with: with, subject: subject, held: held,
                participants: participants, minutes: minutes, questions: questions)
        ]
            + commitments.enumerated().map { offset, commitment in
                ObligationRecorded(
                    obligation: site.nextObligation(after: offset),
                    kind: commitment.isTheirs == true ? .partnerCommitment : .commitment,
                    authorisation: with, task: commitment.task, due: commitment.due,
                    meeting: meeting)
            }
    }
}

/// A meeting was held.
package struct MeetingRecorded: Fact {
    package static let kind = "meeting.recorded/1"
    package var meeting: MeetingID
    package var kind: MeetingKind
    package var with: String
    package var subject: String
    package var held: CalendarDate
    package var participants: String
    package var minutes: String?
    package var questions: [AskedQuestion]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[meeting.text] = .meeting
        site.meetings[meeting] = Meeting(
            id: meeting, kind: kind, with: with, subject: subject, held: held,
            participants: participants, minutes: minutes,
            questions: questions.map {
                MeetingQuestion(
                    question: $0.question, answer: $0.answer,
                    answered: $0.answer == nil ? nil : stamp)
            }, recorded: stamp)
    }
}

/// Records the answer to a question that a meeting left open.
package struct RecordAnswer: Command {
    package static let name = "meeting.record-answer"
    package static let summary = "Record the answer to a question that a meeting left open."
    package static let permission = Permission.review
    package static let help = [
        "meeting": "which meeting", "question": "the number of the question, from 1",
        "answer": "what was answered, and in which letter",
    ]

    package var meeting: MeetingID
    package var question: Int
    package var answer: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let meeting = try site.meeting(meeting)
        try requireText(answer, "answer")
        guard meeting.questions.indices.contains(question - 1) else {
            throw Rejection(
                "meeting.no-question",
                "'\(meeting.id)' has \(meeting.questions.count) questions, none is number "
                    + "\(question)",
                help: "questions count from 1")
        }
        guard meeting.questions[question - 1].answer == nil else {
            throw Rejection(
                "meeting.answered",
                "question \(question) of '\(meeting.id)' was answered before",
                help: "what was said later belongs to a meeting of its own: meeting.record")
        }
        return [MeetingAnswered(meeting: meeting.id, question: question, answer: answer)]
    }
}

/// A question of a meeting was answered.
package struct MeetingAnswered: Fact {
    package static let kind = "meeting.answered/1"
    package var meeting: MeetingID
    /// The number of the question, from 1.
    package var question: Int
    package var answer: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard site.meetings[meeting]?.questions.indices.contains(question - 1) == true else {
            return
        }
        site.meetings[meeting]?.questions[question - 1].answer = answer
        site.meetings[meeting]?.questions[question - 1].answered = stamp
    }
}
