package import Facility
package import Ledger

/// A list of commands, one a line, performed as named people in the scenario's own time.
///
/// ```
/// {"passwords": {"operator-1": "…", "reviewer": "…"}}
/// {"at": "2026-01-05T08:00:00Z", "as": "operator-1", "do": "donor.register", "with": {"donor": "D-1"}}
/// ```
///
/// A line may carry `"newPassword"` (for a person it enrols) and `"expect"`, the code of the
/// refusal it must meet. Empty lines and lines that begin with `#` are passed over. In `with`, the
/// value `{"$folder": "PATH"}` stands for the definition in a folder, and `{"$file": "PATH"}` for a
/// file that is kept beside the ledger, both relative to the scenario; `{"$head": "entries"}` and
/// `{"$head": "root"}` stand for the ledger as it is before the line, as a backup of that moment has it.
package struct Scenario: Sendable {
    /// People's passwords: a scenario signs as several people.
    package var passwords: [PersonID: String] = [:]
    package var lines: [Line] = []
    /// The files that lines name, by digest.
    private var files: [Digest: (name: String, bytes: [UInt8])] = [:]

    /// One command of a scenario.
    package struct Line: Sendable {
        /// The line's number in the file, from 1.
        package var number: Int
        package var at: Timestamp
        package var person: PersonID
        package var command: String
        package var body: JSONValue
        package var newPassword: String?
        /// The code of the refusal the line must meet; `nil` when it must be performed.
        package var expectedRefusal: String?
    }

    /// Lines of a scenario at most: ten years of a busy site.
    package static let linesMax = 1_000_000

    /// Reads a scenario.
    ///
    /// - Parameter folder: where the definitions and files lie that lines name.
    package init(
        reading text: String, in folder: ScenarioFolder
    ) throws(ScenarioError) {
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard lines.count < Self.linesMax else {
                throw ScenarioError(line: number, "more than \(Self.linesMax) lines")
            }
            let json: JSONValue
            do throws(JSONError) {
                json = try JSONValue(parsing: Array(line.utf8))
            } catch {
                throw ScenarioError(line: number, column: error.column, error.fact)
            }
            try read(json, number, in: folder)
        }
    }

    private mutating func read(
        _ json: JSONValue, _ number: Int, in folder: ScenarioFolder
    ) throws(ScenarioError) {
        guard case .object(var members) = json else {
            throw ScenarioError(line: number, "a line is a JSON object, not \(json.kindName)")
        }
        if let passwords = members["passwords"]?.objectValue {
            for (person, password) in passwords {
                guard let person = PersonID(person), let password = password.stringValue else {
                    throw ScenarioError(line: number, "'\(person)' has no password as text")
                }
                self.passwords[person] = password
            }
            members["passwords"] = nil
            if members.isEmpty { return }
        }
        let known: Set<String> = ["at", "as", "do", "with", "newPassword", "expect"]
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw ScenarioError(
                line: number, "'\(unknown)' is not one of \(known.sorted().joined(separator: ", "))"
            )
        }
        guard let at = members["at"]?.stringValue.flatMap({ Timestamp($0) }) else {
            throw ScenarioError(line: number, "'at' is no instant such as 2026-01-05T08:00:00Z")
        }
        guard let person = members["as"]?.stringValue.flatMap({ PersonID($0) }) else {
            throw ScenarioError(line: number, "'as' names nobody")
        }
        guard let command = members["do"]?.stringValue else {
            throw ScenarioError(line: number, "'do' names no command")
        }
        lines.append(
            Line(
                number: number, at: at, person: person, command: command,
                body: try expand(members["with"] ?? .object([:]), number, in: folder),
                newPassword: members["newPassword"]?.stringValue,
                expectedRefusal: members["expect"]?.stringValue))
    }

    /// `json` with every `{"$folder": PATH}` and `{"$file": PATH}` replaced by what it stands for.
    private mutating func expand(
        _ json: JSONValue, _ number: Int, in folder: ScenarioFolder
    ) throws(ScenarioError) -> JSONValue {
        if case .array(let elements) = json {
            var expanded: [JSONValue] = []
            for element in elements { expanded.append(try expand(element, number, in: folder)) }
            return .array(expanded)
        }
        guard case .object(var members) = json else { return json }
        do throws(ScenarioFolderError) {
            if let path = members["$folder"]?.stringValue {
                return .array(
                    try folder.definition(at: path).map {
                        ["name": .string($0.name), "text": .string($0.text)]
                    })
            }
            if let path = members["$file"]?.stringValue {
                let file = try folder.file(at: path)
                let digest = Digest.sha256(of: file.bytes)
                files[digest] = file
                return ["name": .string(file.name), "digest": .string(digest.hex)]
            }
        } catch {
            let path = (members["$folder"] ?? members["$file"])?.stringValue ?? ""
            throw ScenarioError(line: number, "'\(path)' cannot be read: \(error)")
        }
        for (name, value) in members {
            members[name] = try expand(value, number, in: folder)
        }
        return .object(members)
    }
}

/// What is wrong with a scenario, and where.
package struct ScenarioError: Error, Hashable, CustomStringConvertible {
    package var line: Int
    package var column: Int?
    package var message: String

    init(line: Int, column: Int? = nil, _ message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        column.map { "line \(line), column \($0): \(message)" } ?? "line \(line): \(message)"
    }
}

extension Scenario {
    /// Performs the lines on `site`, whose clock is `clock`, and stops at the first that does not
    /// go as written.
    ///
    /// Each person's key is opened once: a scenario is one sitting of people who are all present.
    package func play(
        on site: Site, clock: SetClock, progress: (Line) -> Void = { _ in }
    ) async throws(ScenarioError) {
        var keys: [PersonID: PersonSigningKey] = [:]
        for line in lines {
            clock.set(line.at)
            progress(line)
            let refusal = await perform(line, on: site, keys: &keys)
            switch (refusal, line.expectedRefusal) {
            case (nil, nil): continue
            case (let refusal?, let expected?) where refusal.code == expected: continue
            case (let refusal?, nil):
                throw ScenarioError(line: line.number, "\(line.command): \(refusal)")
            case (let refusal?, let expected?):
                throw ScenarioError(
                    line: line.number,
                    "\(line.command): refused with '\(refusal.code)', not '\(expected)': \(refusal)"
                )
            case (nil, let expected?):
                throw ScenarioError(
                    line: line.number, "\(line.command): performed, '\(expected)' was expected")
            }
        }
    }

    private func perform(
        _ line: Line, on site: Site, keys: inout [PersonID: PersonSigningKey]
    ) async -> Refusal? {
        do throws(Refusal) {
            let body = try await Self.naming(headOf: site, in: line.body)
            let command: any Command
            do throws(CommandProblem) {
                command = try CommandCatalogue.decode(line.command, from: body)
            } catch {
                throw .problem(error)
            }
            do throws(ContentStoreError) {
                for file in (command as? any NamesStoredFiles)?.storedFiles ?? [] {
                    guard let known = files[file.digest] else { continue }
                    _ = try site.folder.files.keep(known.bytes, name: known.name)
                }
            } catch {
                throw .files(error)
            }
            var request = Request(command, by: line.person, newPassword: line.newPassword)
            if type(of: command).signature != nil {
                if keys[line.person] == nil, let password = passwords[line.person] {
                    keys[line.person] = try await site.unlock(
                        line.person, password: password)
                }
                if let key = keys[line.person] { request.authentication = .key(key) }
            }
            _ = try await site.perform(request)
            return nil
        } catch {
            return error
        }
    }

    /// `body` with the size and the root of the site's ledger where it asks for them.
    private static func naming(
        headOf site: Site, in body: JSONValue
    ) async throws(Refusal) -> JSONValue {
        guard case .object(var members) = body,
            members.values.contains(where: { $0["$head"] != nil })
        else { return body }
        let head: LedgerHead
        do throws(StorageError) {
            head = try await site.storage.head()
        } catch {
            throw .storage(error)
        }
        for (name, value) in members {
            switch value["$head"]?.stringValue {
            case "entries": members[name] = .number(Double(head.size))
            case "root": members[name] = .string(head.root.hex)
            default: continue
            }
        }
        return .object(members)
    }
}
