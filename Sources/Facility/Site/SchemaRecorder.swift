/// Reads the fields of a command off its own decoder, so that the schema cannot drift from what
/// is decoded.
///
/// The command's `init(from:)` runs against a decoder that answers every request with a sample
/// and writes down what was asked: name, type, required or not.
enum SchemaRecorder {
    /// The schema of `type`: an object with one member a stored property.
    static func schema<T: Decodable>(of type: T.Type) -> FieldSchema {
        let record = Record()
        do {
            _ = try T(from: RecordingDecoder(record: record))
        } catch {
            preconditionFailure("\(T.self) cannot be described: \(error)")
        }
        return .object(record.fields)
    }

    private final class Record {
        var fields: [FieldSchema.NamedField] = []

        func add<T: Decodable>(_ name: String, _ type: T.Type, required: Bool) throws -> T? {
            let schema: FieldSchema
            var sample: T?
            if let field = T.self as? any Field.Type {
                schema = field.fieldSchema
                sample = field.sample as? T
            } else {
                let inner = Record()
                sample = try T(from: RecordingDecoder(record: inner))
                schema = .object(inner.fields)
            }
            fields.append(.init(name: name, schema: schema, isRequired: required))
            return sample
        }
    }

    private struct RecordingDecoder: Decoder {
        let record: Record
        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
            KeyedDecodingContainer(RecordingContainer(record: record))
        }

        func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
            throw unsupported("a list of its own")
        }

        func singleValueContainer() throws -> any SingleValueDecodingContainer {
            throw unsupported("a single value that is no Field")
        }
    }

    private struct RecordingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let record: Record
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) throws -> Bool { false }

        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
            try required(type, key)
        }

        func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
            try optional(type, key)
        }

        func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
            try optional(type, key)
        }

        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
            try optional(type, key)
        }

        func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
            try optional(type, key)
        }

        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
            try optional(type, key)
        }

        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
            try required(type, key)
        }
        func decode(_ type: String.Type, forKey key: Key) throws -> String {
            try required(type, key)
        }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
            try required(type, key)
        }
        // Binary floating point has no place in a record: quantities are exact and carry units.
        func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
            throw unsupported("a Double")
        }
        func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
            throw unsupported("a Float")
        }
        func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
            throw unsupported("an Int8")
        }
        func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
            throw unsupported("an Int16")
        }
        func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
            throw unsupported("an Int32")
        }
        func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
            throw unsupported("an Int64")
        }
        func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
            throw unsupported("a UInt")
        }
        func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
            throw unsupported("a UInt8")
        }
        func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
            throw unsupported("a UInt16")
        }
        func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
            throw unsupported("a UInt32")
        }
        func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
            try required(type, key)
        }

        private func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
            _ = try record.add(key.stringValue, type, required: false)
            return nil
        }

        private func required<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
            guard let sample = try record.add(key.stringValue, type, required: true) else {
                throw unsupported("field '\(key.stringValue)'")
            }
            return sample
        }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<NestedKey> {
            throw unsupported("a nested container")
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw unsupported("a nested container")
        }
        func superDecoder() throws -> any Decoder { throw unsupported("a super decoder") }
        func superDecoder(forKey key: Key) throws -> any Decoder {
            throw unsupported("a super decoder")
        }
    }

    private static func unsupported(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "a command cannot hold \(what)"))
    }
}
