/// What may stand in a place of a definition: the description that the reader's tables give of
/// themselves, from which the JSON Schema and the reference page are made.
indirect enum Shape: Sendable {
    case text
    case identifier
    case flag
    case whole
    case number
    case date
    /// A quantity: what it measures, and an example.
    case quantity(Measure)
    case range(Measure)
    case limit
    case choice([String])
    case reference([Reading.Namespace])
    case list(Shape)
    case record(RecordShape)
    /// One of several, the shortest way of writing first.
    case either([Shape])
}

/// The description of a mapping.
struct RecordShape: Sendable {
    /// What one is called, in the singular: "parameter".
    var name: String
    /// What it is for, in one sentence.
    var summary: String
    /// Its keys; asked for when needed, because records hold records.
    var fields: @Sendable () -> [FieldShape]
}

/// The description of one key.
struct FieldShape: Sendable {
    var key: String
    var summary: String
    var isRequired: Bool
    var shape: Shape
}

/// What was read, in a form that can be compared without knowing its type.
indirect enum Outline: Sendable {
    case value(String)
    case list([Outline])
    case record(Record)

    struct Record: Sendable {
        /// What it is called: "parameter".
        var name: String
        /// The id, or the name, by which it is found again in another version.
        var label: String?
        var fields: [(key: String, value: Outline)]
    }
}
