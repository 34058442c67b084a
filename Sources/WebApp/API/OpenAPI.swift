import Facility
import Ledger

/// The description of the API for programs (OpenAPI 3.1), derived from the command catalogue.
enum OpenAPI {
    /// The document of the site called `site`.
    static func document(site: String) -> JSONValue {
        var paths: [String: JSONValue] = [
            Link.apiSession.path: [
                "post": operation(
                    "openSession", "Sign in and get a token.", body: session, answer: "201",
                    gives: object([
                        "token": text, "person": text,
                        "roles": ["type": "array", "items": text],
                    ]), isOpen: true),
                "delete": operation("closeSession", "Sign out.", answer: "204"),
            ],
            Link.apiCommands.path: [
                "get": operation(
                    "listCommands", "List the commands.", answer: "200",
                    gives: object(["commands": ["type": "array", "items": ["type": "object"]]]))
            ],
            "\(Link.api.path)/files/{name}": [
                "parameters": [parameter("name", "The name of the file.")],
                "put": operation(
                    "keepFile", "Keep the body as a file under its SHA-256.",
                    body: ["type": "string", "format": "binary"],
                    bodyType: "application/octet-stream", answer: "201",
                    gives: object([
                        "digest": text, "name": text, "size": ["type": "integer"],
                    ])),
            ],
            "\(Link.api.path)/documents/{document}/file": [
                "parameters": [parameter("document", "The number of a document.")],
                "get": operation(
                    "fetchDocument", "The file of a document: of the version in force.",
                    parameters: [
                        parameter(
                            .init(name: "version", summary: "Another version, by its number."),
                            in: "query")
                    ], answer: "200", gives: ["type": "string", "format": "binary"]),
            ],
            "\(Link.api.path)/things/{id}": [
                "parameters": [parameter("id", "An identifier, as a label carries it.")],
                "get": operation(
                    "describeThing", "What an identifier names.", answer: "200",
                    gives: object([
                        "id": text, "kind": text, "description": text, "page": text,
                    ])),
            ],
            "\(Link.api.path)/trace/{id}": [
                "parameters": [parameter("id", "An identifier, as a label carries it.")],
                "get": operation(
                    "trace", "What a thing was made from and what was made from it.",
                    answer: "200", gives: ["type": "object"]),
            ],
            "\(Link.api.path)/entries/{index}": [
                "parameters": [parameter("index", "The number of an entry of the ledger.")],
                "get": operation(
                    "readEntry", "The bytes of an entry of the ledger.", answer: "200",
                    gives: ["type": "object"]),
            ],
        ]
        for view in APIView.all { paths["\(Link.api.path)/\(view.path)"] = path(of: view) }
        for list in lists {
            paths[list.link.path] = [
                "get": operation(
                    "list-\(list.noun.replacing(" ", with: "-"))", "List the \(list.noun).",
                    parameters: listParameters, answer: "200",
                    gives: object([
                        "columns": ["type": "array", "items": ["type": "object"]],
                        "rows": ["type": "array", "items": ["type": "object"]],
                    ]), orAlso: ["text/html", "text/csv"])
            ]
        }
        paths.merge(planning) { $1 }
        for type in CommandCatalogue.all {
            paths[Link.apiCommand(type.name).path] = [
                "get": operation(
                    "describe-\(type.name)", "The JSON Schema of the command.", answer: "200",
                    gives: ["type": "object"]),
                "post": operation(
                    type.name, type.summary, body: request(of: type), answer: "201",
                    gives: object([
                        "request": text, "firstEntry": ["type": "integer"],
                        "kinds": ["type": "array", "items": text],
                    ])),
            ]
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string("Seedlot at \(site)"), "version": "1",
                "description": .string(
                    "Every command and view of the site. Errors are objects with code, message, "
                        + "details and hint, the rule that was not kept and what is wrong by "
                        + "field; the code is a promise."),
            ],
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["error": error],
            ],
            "security": [["token": []]],
        ]
    }

    /// The questions of the planning pages.
    private static var planning: [String: JSONValue] {
        func path(_ kind: Link) -> String {
            kind.path.replacing("%7B", with: "{").replacing("%7D", with: "}")
        }
        func get(
            _ id: String, _ summary: String, _ entries: [PlanningQuery.Entry],
            later: JSONValue? = nil
        ) -> JSONValue {
            let parameters = entries.map { entry -> JSONValue in
                [
                    "name": .string(entry.name), "in": "query",
                    "description": .string(
                        entry.label + (entry.unit.map { ", \($0)" } ?? "")
                            + (entry.help.map { ". \($0)" } ?? "")),
                    "schema": [
                        "type": entry.isWhole ? "integer" : "number",
                        "minimum": .number(entry.range.lowerBound),
                        "maximum": .number(entry.range.upperBound),
                    ],
                ]
            }
            return [
                "parameters": .array(
                    [parameter("definition", "A registered definition.")] + parameters),
                "get": operation(
                    id, summary, answer: "200", gives: ["type": "object"], later: later),
            ]
        }
        return [
            path(.apiPlan("{definition}")): get(
                "plan", "What a definition would need, give and cost.",
                PlannedDefinition.entries(of: nil)),
            path(.apiYear("{definition}")): get(
                "simulateYear",
                "A year simulated many times; 202 while it is under way: ask again.",
                YearQuestion.entries,
                later: object([
                    "underway": object([
                        "done": ["type": "integer", "minimum": 0],
                        "asked": ["type": "integer", "minimum": 1],
                    ])
                ])),
            path(.apiLearning("{definition}")): get(
                "learn", "What the records say of the numbers that are planned with.", []),
        ]
    }

    private static let text: JSONValue = ["type": "string"]

    /// An object with `properties`, all of which are always there.
    private static func object(_ properties: [String: JSONValue]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.keys.sorted().map { .string($0) }),
        ]
    }

    private static func parameter(_ name: String, _ description: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "description": .string(description), "schema": ["type": "string", "minLength": 1],
        ]
    }

    private static func path(of view: APIView) -> JSONValue {
        var members: [String: JSONValue] = [
            "get": operation(
                "read-\(view.name)", view.summary,
                parameters: view.query.map { parameter($0, in: "query") }, answer: "200",
                gives: ["type": "object"])
        ]
        if let subject = view.subject {
            members["parameters"] = [parameter(subject.name, subject.summary)]
        }
        return .object(members)
    }

    private static func parameter(_ word: APIView.Parameter, in place: String) -> JSONValue {
        var schema: [String: JSONValue] = ["type": "string"]
        if let format = word.format { schema["format"] = .string(format) }
        return [
            "name": .string(word.name), "in": .string(place),
            "description": .string(word.summary), "schema": .object(schema),
        ]
    }

    /// The lists that pages show and programs read.
    private static let lists: [(link: Link, noun: String)] = [
        (.batches, "batches"), (.definitions, "definitions"), (.donors, "donors"),
        (.banks, "banks"), (.materials, "lots"), (.samples, "samples"), (.studies, "studies"),
        (.rooms, "rooms"), (.equipment, "equipment"), (.simulations, "simulations"),
        (.organisations, "organisations"), (.obligations, "obligations"),
        (.meetings, "meetings"), (.systemChecks, "system checks"),
        (.documents, "documents"),
        (.selfInspections, "self-inspections"), (.events, "events"), (.orders, "orders"),
        (.shipments, "shipments"), (.patients, "patients"), (.people, "people"),
        (.testing, "tests"), (.methods, "methods"), (.trends, "attributes"),
        (.due, "tasks"), (.rules, "rules"),
    ]

    private static let listParameters: [JSONValue] = [
        [
            "name": "format", "in": "query",
            "description":
                "'json' for a program, 'csv' for a spreadsheet; without it, the page.",
            "schema": ["enum": ["json", "csv"]],
        ],
        parameter(
            .init(name: "q", summary: "Words that a row must hold, all of them."), in: "query"),
        parameter(.init(name: "sort", summary: "The key of the column to sort by."), in: "query"),
        parameter(
            .init(name: "order", summary: "'descending' turns the order around."), in: "query"),
    ]

    private static func operation(
        _ id: String, _ summary: String, parameters: [JSONValue] = [], body: JSONValue? = nil,
        bodyType: String = "application/json", answer: String, gives: JSONValue? = nil,
        later: JSONValue? = nil, orAlso texts: [String] = [], isOpen: Bool = false
    ) -> JSONValue {
        var content: [String: JSONValue] = [:]
        var refusal: [String: JSONValue] = [
            "application/json": ["schema": ["$ref": "#/components/schemas/error"]]
        ]
        if let gives { content["application/json"] = ["schema": gives] }
        for type in texts {
            content[type] = ["schema": text]
            refusal[type] = ["schema": text]
        }
        var done: [String: JSONValue] = ["description": "done"]
        if !content.isEmpty { done["content"] = .object(content) }
        var responses: [String: JSONValue] = [
            answer: .object(done),
            "default": ["description": "refused", "content": .object(refusal)],
        ]
        if let later {
            responses["202"] = [
                "description": "under way: ask again after the seconds of Retry-After",
                "content": ["application/json": ["schema": later]],
            ]
        }
        var members: [String: JSONValue] = [
            "operationId": .string(id), "summary": .string(summary),
            "responses": .object(responses),
        ]
        if let body {
            members["requestBody"] = [
                "required": true,
                "content": .object([bodyType: ["schema": body]]),
            ]
        }
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if isOpen { members["security"] = [] }
        return .object(members)
    }

    private static func request(of type: any Command.Type) -> JSONValue {
        var required: [JSONValue] = ["with"]
        if type.signature != nil { required.append("password") }
        return [
            "type": "object",
            "properties": [
                "with": type.jsonSchema,
                "password": ["type": "string"],
                "newPassword": ["type": "string"],
                "happened": ["type": "string", "format": "date-time"],
            ],
            "required": .array(required),
        ]
    }

    private static let session: JSONValue = [
        "type": "object",
        "properties": ["person": ["type": "string"], "password": ["type": "string"]],
        "required": ["person", "password"],
    ]

    private static let error: JSONValue = [
        "type": "object",
        "properties": [
            "error": [
                "type": "object",
                "properties": [
                    "code": ["type": "string"], "message": ["type": "string"],
                    "details": ["type": "string"], "hint": ["type": "string"],
                    "rule": [
                        "type": "string",
                        "description": "the rule that was not kept: /rules/{rule} says why",
                    ],
                    "problems": [
                        "type": "object",
                        "description": "what is wrong, by field of the command",
                        "additionalProperties": ["type": "string"],
                    ],
                ],
                "required": ["code", "message"],
            ]
        ],
        "required": ["error"],
    ]
}
