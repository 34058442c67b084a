/// Someone who works with the site under their own name.
package struct Person: Sendable {
    package var id: PersonID
    /// The name as it is printed on records and covered by signatures.
    package var name: String
    package var roles: Set<Role>
    /// False once the person has left: their records and signatures stay valid.
    package var isActive: Bool
    package var enrolled: Stamp

    /// What this person may do today.
    package func may(_ permission: Permission) -> Bool {
        isActive && roles.contains { $0.permissions.contains(permission) }
    }
}
