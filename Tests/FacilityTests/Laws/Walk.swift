import Facility
import Foundation
import Ledger
import Quantities
import TestSupport

/// A random walk of commands that often make sense, by people who often may.
///
/// It begins somewhere in a tour and goes on with it; beside it a thread of another tour begins at
/// some line of its own, with identifiers of its own. So batches come to their end. In between,
/// commands of any kind name any things, and lines are changed, given by others, given twice and
/// left out.
struct Walk {
    private(set) var site: TestSite
    private(set) var generator: SeededGenerator
    private(set) var coverage = Coverage()
    private let corpus: Corpus
    private var threads: [Thread] = []
    private var known = Known()

    /// A tour that goes on here, with the names its things have here.
    private struct Thread {
        var script: Int
        var next: Int
        var names: [String: String] = [:]
        /// True where it began: things have the names they have in the tour.
        var isAtHome = false
    }

    /// The identifiers of the site by what they name, as of an entry.
    private struct Known {
        var entryCount = UInt64.max
        var all: [String] = []
        var byKind: [Thing: [String]] = [:]
    }

    /// - Parameter tour: the tour it begins in; `nil` for any.
    init(of corpus: Corpus, generator: SeededGenerator, beginningIn tour: Int? = nil) {
        self.corpus = corpus
        self.generator = generator
        // Every tour is as likely to be begun as another, however long it is.
        let script =
            tour ?? Int.random(in: 0..<corpus.scripts.count, using: &self.generator)
        let opening = corpus.openings.filter { $0.script == script }
            .randomElement(using: &self.generator)!
        site = opening.site
        threads = [Thread(script: opening.script, next: opening.next, isAtHome: true), thread()]
    }

    private mutating func thread() -> Thread {
        let script = int(0...(corpus.scripts.count - 1))
        let isWhole = chance(1, in: 2)
        return Thread(
            script: script, next: isWhole ? 0 : int(0...(corpus.scripts[script].count - 1)))
    }

    mutating func step() throws {
        if chance(1, in: 80) { site.wait(days: Int64(int(1...40))) }
        if chance(1, in: 8) { try settle() }
        guard chance(3, in: 4) else {
            let type = CommandCatalogue.all.randomElement(using: &generator)!
            guard let lines = corpus.byName[type.name] else { return }
            var names: [String: String] = [:]
            let line = lines.randomElement(using: &generator)!
            return try give(line, &names, isAtHome: chance(1, in: 2), faithfully: false)
        }
        let index = chance(2, in: 3) ? 0 : 1
        var thread = threads[index]
        let isFaithful = chance(7, in: 8)
        let line = corpus.scripts[thread.script][thread.next]
        try give(line, &thread.names, isAtHome: thread.isAtHome, faithfully: isFaithful)
        // What was changed is tried again as it should be, and sometimes twice or not at all.
        if isFaithful { thread.next += chance(1, in: 30) ? int(0...2) : 1 }
        threads[index] = thread
        if thread.next >= corpus.scripts[thread.script].count { threads[index] = self.thread() }
    }

    /// Closes an open deviation, as a site does: what it is about stands still until then.
    private mutating func settle() throws {
        let open = site.state.deviations.values.filter(\.isOpen).map(\.id.text).sorted()
        guard let deviation = open.randomElement(using: &generator) else { return }
        let body: JSONValue = [
            "deviation": .string(deviation), "rootCause": "found", "impact": "none",
            "disposition": chance(1, in: 10) ? "reject" : "acceptable",
        ]
        let command = try CommandCatalogue.decode("deviation.close", from: body)
        do {
            try site.perform(command, as: "reviewer")
            coverage.accepted["deviation.close", default: 0] += 1
        } catch let rejection as Rejection {
            coverage.codes[rejection.code, default: 0] += 1
        }
    }

    /// Gives the command of `line` here, and checks that a refusal changes nothing.
    private mutating func give(
        _ line: Corpus.Line, _ names: inout [String: String], isAtHome: Bool, faithfully: Bool
    ) throws {
        // Reading a whole definition takes as long as a hundred other commands.
        if line.name == "definition.register", chance(5, in: 6) { return }
        refreshKnown()
        var body = fitted(line, &names, isAtHome)
        if !faithfully { body = changed(body, line) }
        let command: any Command
        do throws(CommandProblem) {
            command = try CommandCatalogue.decode(line.name, from: body)
        } catch {
            try require(!error.problems.isEmpty, "unread without a reason")
            coverage.unread[line.name, default: 0] += 1
            return
        }
        var person = line.person
        if !faithfully, chance(1, in: 3) {
            person = known.byKind[.person]?.randomElement(using: &generator) ?? person
        }
        let lateness = line.now.milliseconds - line.happened.milliseconds
        var happened = Timestamp(milliseconds: site.now.milliseconds + 60_000 - lateness)
        if !faithfully, chance(1, in: 3) {
            happened = happened.advanced(bySeconds: -Int64(int(0...200_000)))
        }
        let image = chance(1, in: 40) ? try StateImage.encode(site.state) : nil
        let (count, entries) = (site.state.entryCount, site.entries.count)
        do {
            try site.perform(command, as: person, happened: happened)
            coverage.accepted[line.name, default: 0] += 1
        } catch let rejection as Rejection {
            coverage.refused[line.name, default: 0] += 1
            coverage.codes[rejection.code, default: 0] += 1
            try require(!rejection.message.isEmpty, "refused without a reason")
            try require(site.entries.count == entries, "a refusal recorded something")
            try require(site.state.entryCount == count, "a refusal changed the state")
            if let image {
                try require(try StateImage.encode(site.state) == image, "a refusal left a trace")
            }
        }
    }

    // MARK: Making a line fit

    /// The body of `line` with identifiers, instants and days of this site.
    private mutating func fitted(
        _ line: Corpus.Line, _ names: inout [String: String], _ isAtHome: Bool
    ) -> JSONValue {
        var body = line.body.rewritten(for: line.schema) { name, schema, value in
            guard let text = value.stringValue else { return value }
            switch schema {
            case PersonID.fieldSchema:
                return .string(identifier(text, line.names[text] ?? nil, &names, isAtHome))
            case Timestamp.fieldSchema:
                guard let then = Timestamp(text) else { return value }
                let shift = site.now.milliseconds + 60_000 - line.now.milliseconds
                return .string(
                    Timestamp(milliseconds: then.milliseconds + shift).description)
            case CalendarDate.fieldSchema:
                guard let then = CalendarDate(text) else { return value }
                let shift = site.now.date.daysSinceEpoch - line.now.date.daysSinceEpoch
                return .string(then.advanced(byDays: shift).description)
            default: return value
            }
        }
        // What a reviewer answers is read off the record.
        if let batch = body["batch"]?.stringValue.flatMap({ site.state.batches[.init($0)!] }) {
            answer(line.name, batch, &body)
        }
        return body
    }

    private mutating func answer(_ name: String, _ batch: Batch, _ body: inout JSONValue) {
        guard case .object(var members) = body else { return }
        switch name {
        case "batch.dispose-exception":
            let open = site.state.exceptions(of: batch).filter(\.isOpen).map(\.id)
            if let id = open.randomElement(using: &generator) { members["exception"] = .string(id) }
        case "batch.confirm-points":
            let points = try? site.state.certificationPoints(of: batch, on: site.now.date)
            members["clauses"] = .array(
                (points ?? []).filter { $0.answer == .open }.map { .string($0.clause) })
        default: return
        }
        body = .object(members)
    }

    /// What stands here for an identifier of a tour that names a thing of `kind`, or a new one.
    private mutating func identifier(
        _ text: String, _ kind: Thing?, _ names: inout [String: String], _ isAtHome: Bool
    ) -> String {
        guard let kind else {
            if chance(1, in: 60), let other = known.all.randomElement(using: &generator) {
                return other
            }
            if isAtHome, site.state.things[text] == nil { return text }
            let new = names[text] ?? "N\(site.entries.count)-\(int(0...9_999))"
            names[text] = new
            return new
        }
        if chance(1, in: 40) { return any(kind) ?? text }
        // The doses of a batch carry its name: a batch with another name has other doses.
        var name = names[text]
        if name == nil {
            let stems = names.keys.filter { text.hasPrefix($0 + "-") }
            if let stem = stems.max(by: { ($0.count, $0) < ($1.count, $1) }) {
                name = names[stem]! + text.dropFirst(stem.count)
            }
        }
        if let name, site.state.things[name] == kind { return name }
        let isSame = site.state.things[text] == kind
        let usuallySame = kind == .person || kind == .master || kind == .organisation
        if isSame, isAtHome || chance(usuallySame ? 19 : 8, in: 20) { return text }
        let other = any(kind) ?? text
        // A thread goes on with what it has once chosen.
        names[text] = other
        return other
    }

    private mutating func any(_ kind: Thing) -> String? {
        let all = known.byKind[kind] ?? []
        // What was made last is most often still of use.
        if chance(1, in: 3) { return all.last }
        return (chance(1, in: 100) ? known.all : all).randomElement(using: &generator)
    }

    private mutating func refreshKnown() {
        guard known.entryCount != site.state.entryCount else { return }
        known.entryCount = site.state.entryCount
        known.all = site.state.things.keys.sorted()
        known.byKind = Dictionary(grouping: known.all) { site.state.things[$0]! }
    }

    // MARK: Changing a line

    /// `body` with one of its fields as in another line, left out, or with something else in it.
    private mutating func changed(_ body: JSONValue, _ line: Corpus.Line) -> JSONValue {
        guard case .object(var members) = body,
            let field = members.keys.sorted().randomElement(using: &generator),
            let other = corpus.byName[line.name]?.randomElement(using: &generator)
        else { return body }
        switch int(0...9) {
        case 0: members[field] = nil
        case 1...4: members[field] = other.body[field]
        default:
            if let text = members[field]?.stringValue, let quantity = try? Quantity(text) {
                let amount = "\(int(0...1_500))"
                members[field] = .string("\(amount) \(quantity.unit)")
            } else if let number = members[field]?.integerValue {
                members[field] = .number(Double(number + int(-2...40)))
            }
        }
        return .object(members)
    }

    private mutating func chance(_ hits: Int, in all: Int) -> Bool {
        Int.random(in: 0..<all, using: &generator) < hits
    }

    private mutating func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }
}
