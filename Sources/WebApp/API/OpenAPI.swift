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
                    isOpen: true),
                "delete": operation("closeSession", "Sign out.", answer: "204"),
            ],
            Link.apiCommands.path: [
                "get": operation("listCommands", "List the commands.", answer: "200")
            ],
        ]
        for type in CommandCatalogue.all {
            paths[Link.apiCommand(type.name).path] = [
                "get": operation(
                    "describe-\(type.name)", "The JSON Schema of the command.", answer: "200"),
                "post": operation(
                    type.name, type.summary, body: request(of: type), answer: "201"),
            ]
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string("Seedlot at \(site)"), "version": "1",
                "description": .string(
                    "Every command of the site. Errors are objects with code, message, "
                        + "details and hint; the code is a promise."),
            ],
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["error": error],
            ],
            "security": [["token": []]],
        ]
    }

    private static func operation(
        _ id: String, _ summary: String, body: JSONValue? = nil, answer: String,
        isOpen: Bool = false
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .string(id), "summary": .string(summary),
            "responses": [
                answer: ["description": "done"],
                "default": [
                    "description": "refused",
                    "content": [
                        "application/json": ["schema": ["$ref": "#/components/schemas/error"]]
                    ],
                ],
            ],
        ]
        if let body {
            members["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": body]],
            ]
        }
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
                ],
                "required": ["code", "message"],
            ]
        ],
        "required": ["error"],
    ]
}
