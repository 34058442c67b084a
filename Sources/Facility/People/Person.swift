/// Someone who works with the site under their own name.
package struct Person: Sendable, Codable {
    package var id: PersonID
    /// The name as it is printed on records and covered by signatures.
    package var name: String
    package var roles: Set<Role>
    /// False once the person has left: their records and signatures stay valid.
    package var isActive: Bool
    package var enrolled: Stamp
    /// The keys the person signs with, oldest first: each from the entry that announced it.
    package var keys: [Stamp] = []
    /// What the person was trained in, oldest first.
    package var training: [Training] = []
    /// Versions of documents the person was trained in, oldest first.
    package var readings: [DocumentTraining] = []
    /// Assessments of gowning, oldest first.
    package var gowning: [GowningAssessment] = []
    /// Signing in and failing to.
    package var access = AccessRecord()
    package var left: Stamp?

    /// What this person may do today.
    package func may(_ permission: Permission) -> Bool {
        isActive && roles.contains { $0.permissions.contains(permission) }
    }

    /// The entry that announced the key in force when `entry` was recorded.
    package func keyEntry(at entry: UInt64) -> UInt64 {
        keys.last { $0.entry <= entry }?.entry ?? enrolled.entry
    }
}
