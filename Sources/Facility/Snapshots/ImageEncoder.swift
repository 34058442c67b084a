/// Writes a value as an image: its fields one after the other, without their names.
///
/// A site of a million facts is a few million fields. Names, braces and quotes would be most of the
/// bytes and most of the time, and a cache needs none of them: an image is read only by the program
/// that wrote it, and whoever reads it knows the types. What a synthesised conformance to `Codable`
/// writes in the order of its declaration is read back in the same order. Text is written once and
/// named by number after that: identifiers stand in many places.
package enum StateImage {
    /// The bytes of `value`.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let sink = ImageSink()
        try sink.write(value)
        return sink.bytes
    }
}

/// Where the bytes of an image gather.
final class ImageSink {
    private(set) var bytes: [UInt8] = []
    private var texts: [String: Int] = [:]
    /// What was found of each type.
    private var isOrdered: [ObjectIdentifier: Bool] = [:]

    func write(byte: UInt8) { bytes.append(byte) }

    /// Seven bits a byte, the lowest first; small numbers of either sign take one byte.
    func write(integer: Int64) {
        var rest = UInt64(bitPattern: integer << 1 ^ integer >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    func write(text: String) {
        if let number = texts[text] { return write(integer: Int64(number)) }
        write(integer: Int64(texts.count))
        texts[text] = texts.count
        write(integer: Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Types are compared before anything is cast: asking every value whether it is ordered by its
    /// keys takes longer than writing it, so that is asked once of every type.
    func write<T: Encodable>(_ value: T) throws {
        if T.self == String.self, let text = value as? String { return write(text: text) }
        if T.self == Timestamp.self, let instant = value as? Timestamp {
            return write(integer: instant.milliseconds)
        }
        if T.self == CalendarDate.self, let day = value as? CalendarDate {
            return write(integer: Int64(day.daysSinceEpoch))
        }
        let type = ObjectIdentifier(T.self)
        if isOrdered[type] ?? true {
            let ordered = value as? any ImageOrdered
            isOrdered[type] = ordered != nil
            if let ordered { return try ordered.write(to: self) }
        }
        try value.encode(to: ImageEncoder(sink: self))
    }

    /// Leaves room for the number of members of a list that is not known yet.
    func reserveCount() -> Int {
        bytes.append(contentsOf: [0, 0, 0, 0])
        return bytes.count - 4
    }

    func write(count: Int, at place: Int) {
        for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: count >> (8 * byte)) }
    }
}

/// A collection without an order of its own: its image has that of its keys, so that equal states
/// have equal images.
protocol ImageOrdered {
    func write(to sink: ImageSink) throws
    init(from source: ImageSource) throws
}

extension Dictionary: ImageOrdered where Key == String, Value: Codable {
    func write(to sink: ImageSink) throws {
        sink.write(integer: Int64(count))
        for (key, value) in sorted(by: { $0.key < $1.key }) {
            sink.write(text: key)
            try sink.write(value)
        }
    }

    init(from source: ImageSource) throws {
        self.init()
        for _ in 0..<(try source.count()) {
            let key = try source.text()
            self[key] = try source.read(Value.self)
        }
    }
}

extension Set: ImageOrdered where Element: Codable & Comparable {
    func write(to sink: ImageSink) throws { try sink.write(sorted()) }
    init(from source: ImageSource) throws { self.init(try source.read([Element].self)) }
}

private struct ImageEncoder: Encoder {
    let sink: ImageSink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Keyed<Key>(sink: sink))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { Listed(sink: sink) }
    func singleValueContainer() -> any SingleValueEncodingContainer { Single(sink: sink) }

    /// Fields in the order they are written; one that may be missing follows a byte that says.
    private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let sink: ImageSink
        var codingPath: [any CodingKey] { [] }

        mutating func encodeNil(forKey key: Key) throws { sink.write(byte: 0) }
        mutating func encode(_ value: Bool, forKey key: Key) throws {
            sink.write(byte: value ? 1 : 0)
        }
        mutating func encode(_ value: Int, forKey key: Key) throws {
            sink.write(integer: Int64(value))
        }
        mutating func encode(_ value: String, forKey key: Key) throws { sink.write(text: value) }
        mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
            try sink.write(value)
        }
        mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
            try optional(value)
        }
        mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
            try optional(value)
        }
        private func optional(_ value: (some Encodable)?) throws {
            sink.write(byte: value == nil ? 0 : 1)
            if let value { try sink.write(value) }
        }

        /// The payload of a case of an enumeration: the only thing whose name is written.
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            sink.write(text: key.stringValue)
            return KeyedEncodingContainer(Keyed<Nested>(sink: sink))
        }
        mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            Listed(sink: sink)
        }
        mutating func superEncoder() -> any Encoder { ImageEncoder(sink: sink) }
        mutating func superEncoder(forKey key: Key) -> any Encoder { ImageEncoder(sink: sink) }
    }

    /// A list: its number of members, then the members.
    private struct Listed: UnkeyedEncodingContainer {
        let sink: ImageSink
        let place: Int
        private(set) var count = 0
        var codingPath: [any CodingKey] { [] }

        init(sink: ImageSink) {
            self.sink = sink
            place = sink.reserveCount()
        }

        private mutating func grow() {
            count += 1
            sink.write(count: count, at: place)
        }
        mutating func encodeNil() throws {
            grow()
            sink.write(byte: 0)
        }
        mutating func encode<T: Encodable>(_ value: T) throws {
            grow()
            try sink.write(value)
        }
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> {
            grow()
            return KeyedEncodingContainer(Keyed<Nested>(sink: sink))
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            grow()
            return Listed(sink: sink)
        }
        mutating func superEncoder() -> any Encoder {
            grow()
            return ImageEncoder(sink: sink)
        }
    }

    private struct Single: SingleValueEncodingContainer {
        let sink: ImageSink
        var codingPath: [any CodingKey] { [] }

        mutating func encodeNil() throws { sink.write(byte: 0) }
        mutating func encode(_ value: Bool) throws { sink.write(byte: value ? 1 : 0) }
        mutating func encode(_ value: String) throws { sink.write(text: value) }
        mutating func encode(_ value: Double) throws {
            sink.write(integer: Int64(bitPattern: value.bitPattern))
        }
        mutating func encode(_ value: Float) throws { try encode(Double(value)) }
        mutating func encode(_ value: Int) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: Int8) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: Int16) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: Int32) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: Int64) throws { sink.write(integer: value) }
        mutating func encode(_ value: UInt) throws {
            sink.write(integer: Int64(bitPattern: UInt64(value)))
        }
        mutating func encode(_ value: UInt8) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: UInt16) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: UInt32) throws { sink.write(integer: Int64(value)) }
        mutating func encode(_ value: UInt64) throws {
            sink.write(integer: Int64(bitPattern: value))
        }
        mutating func encode<T: Encodable>(_ value: T) throws { try sink.write(value) }
    }
}
