package import Ledger

/// Someone who works with the site under their own name.
package struct Person: Sendable {
    package var id: PersonID
    /// The name as it is printed on records and covered by signatures.
    package var name: String
    package var roles: Set<Role>
    /// False once the person has left: their records and signatures stay valid.
    package var isActive: Bool
    /// The public key signatures are checked with; `nil` for a person who never signs.
    package var key: PersonKeyNotice?
    package var enrolled: Stamp

    /// What this person may do today.
    package func may(_ permission: Permission) -> Bool {
        isActive && roles.contains { $0.permissions.contains(permission) }
    }
}

/// The public half of a person's signing key, as it stands in the ledger.
package struct PersonKeyNotice: Hashable, Sendable, Codable {
    /// The key's identifier.
    package var id: String
    /// The Ed25519 public key in base64.
    package var publicKey: String

    /// A notice of the key `id`.
    package init(id: String, publicKey: String) {
        self.id = id
        self.publicKey = publicKey
    }
}

extension PersonKeyNotice: Field {
    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: PersonKeyNotice { PersonKeyNotice(id: "", publicKey: "") }
}
