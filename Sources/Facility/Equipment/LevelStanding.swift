package import Quantities

/// A vessel of nitrogen as it stands: for lists and programs.
package struct LevelStanding: Encodable, Sendable {
    package var unit: EquipmentID
    package var name: String
    /// The lowest of the last readings; `nil` before the first.
    package var level: Quantity?
    package var read: Timestamp?
    /// `within`, `alert` or `action`.
    package var verdict: String?
    package var alert: Quantity
    package var action: Quantity
    package var everyHours: Int
    /// When it is read again at the latest.
    package var due: Timestamp
}

extension SiteState {
    /// The vessels whose nitrogen level is read, in the order of their names.
    package func levelStandings() -> [LevelStanding] {
        equipment.inOrder.compactMap { piece in
            guard piece.isInService, let limit = piece.levelLimits.last,
                let due = piece.nextLevelReading
            else { return nil }
            let last = piece.levels.last
            return LevelStanding(
                unit: piece.id, name: piece.name, level: last?.lowest, read: last?.to,
                verdict: last.map { limit.verdict(on: $0.lowest).rawValue }, alert: limit.alert,
                action: limit.action, everyHours: limit.everyHours, due: due)
        }
    }
}
