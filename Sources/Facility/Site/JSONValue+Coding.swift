import Foundation
package import Ledger

// Facts and commands are Codable structures of strings, whole numbers, booleans, lists and
// objects. Foundation's coders do the walking; the bytes that reach the ledger are always the
// canonical ones, written by `JSONValue`.

extension JSONValue {
    /// The JSON form of a command, a fact or a document.
    package init(encoding value: some Encodable) throws {
        try self.init(parsing: JSONEncoder().encode(value))
    }

    /// Reads a command, a fact or a document from its JSON form.
    package func decoded<T: Decodable>(as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(canonicalBytes()))
    }
}
