package import Ledger

extension AuditTrail.Replacement {
    /// Which facts replace each other's values: what a person sees as one value that changes is, in
    /// the ledger, a row of facts about the same thing. The last one before a fact is its old value.
    ///
    /// Kinds stand without their versions. Facts that add to a record and replace nothing, such as
    /// a further count or a second calibration, are not here.
    package static let all: [Self] = [
        Self(
            kinds: ["batch.parameter-recorded", "batch.parameter-corrected"],
            identity: ["batch", "step", "parameter"]),
        Self(kinds: ["people.enrolled", "people.roles-assigned"], identity: ["person"]),
        Self(kinds: ["people.head-appointed"], identity: ["office"]),
        Self(kinds: ["room.condition-changed"], identity: ["room"]),
        Self(kinds: ["equipment.service-changed"], identity: ["equipment"]),
        Self(kinds: ["environment.limits-set"], identity: ["place", "method"]),
        Self(kinds: ["material.moved"], identity: ["lot"]),
        Self(kinds: ["container.moved"], identity: ["container"]),
        Self(kinds: ["event.due-moved"], identity: ["event"]),
        Self(kinds: ["deviation.classified"], identity: ["deviation"]),
        Self(kinds: ["patient.follow-up-planned"], identity: ["patient", "hazard"]),
    ]
}
