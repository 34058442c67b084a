import Quantities

extension StateImage {
    /// The value whose image `bytes` are.
    ///
    /// - Throws: `ImageError` for bytes that are no image of a `T`. Whatever the bytes are, nothing
    ///   beyond them is read and no more is reserved than they can hold.
    package static func decode<T: Decodable>(
        _ type: T.Type = T.self, from bytes: ArraySlice<UInt8>
    ) throws -> T {
        let source = ImageSource(bytes)
        let value = try source.read(type)
        guard source.isAtEnd else { throw ImageError.damaged(at: source.place) }
        return value
    }
}

/// Why bytes are no image.
package enum ImageError: Error, Hashable, CustomStringConvertible {
    case damaged(at: Int)

    package var description: String {
        switch self {
        case .damaged(let place): "the image is damaged at byte \(place)"
        }
    }
}

/// The bytes of an image and how far they are read.
final class ImageSource {
    private let bytes: ArraySlice<UInt8>
    private(set) var place: Int
    private var texts: [String] = []
    /// Quantities that were read before, by the number of their text: most occur many times.
    private var quantities: [Int: Quantity] = [:]
    /// What was found of each type.
    private var isOrdered: [ObjectIdentifier: Bool] = [:]

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    var isAtEnd: Bool { place == bytes.endIndex }
    private var damage: ImageError { .damaged(at: place - bytes.startIndex) }

    func byte() throws -> UInt8 {
        guard place < bytes.endIndex else { throw damage }
        defer { place += 1 }
        return bytes[place]
    }

    func integer() throws -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 64 else { throw damage }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { break }
            shift += 7
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// How many members follow: never more than there are bytes left.
    func count() throws -> Int {
        let count = try integer()
        guard (0...Int64(bytes.endIndex - place)).contains(count) else { throw damage }
        return Int(count)
    }

    func listCount() throws -> Int {
        var count = 0
        for shift in 0..<4 { count |= Int(try byte()) << (8 * shift) }
        return count
    }

    private func textNumber() throws -> Int {
        let number = try integer()
        guard (0...Int64(texts.count)).contains(number) else { throw damage }
        if number == texts.count {
            let length = try count()
            texts.append(String(decoding: bytes[place..<(place + length)], as: UTF8.self))
            place += length
        }
        return Int(number)
    }

    func text() throws -> String { texts[try textNumber()] }

    /// The text that follows, without going past it: one met for the first time is met again.
    func nextText() throws -> String {
        let (start, known) = (place, texts.count)
        let text = try text()
        if texts.count > known { texts.removeLast() }
        place = start
        return text
    }

    func read<T: Decodable>(_ type: T.Type) throws -> T {
        if type == String.self { return try cast(try text()) }
        if type == Timestamp.self { return try cast(Timestamp(milliseconds: try integer())) }
        if type == Quantity.self {
            let number = try textNumber()
            if let known = quantities[number] { return try cast(known) }
            let quantity = try Quantity(texts[number])
            quantities[number] = quantity
            return try cast(quantity)
        }
        if type == CalendarDate.self {
            return try cast(CalendarDate(daysSinceEpoch: Int(try integer())))
        }
        // Asked once of every type: it takes longer than reading most values.
        let name = ObjectIdentifier(type)
        if isOrdered[name] ?? true {
            let ordered = type as? any ImageOrdered.Type
            isOrdered[name] = ordered != nil
            if let ordered { return try cast(ordered.init(from: self)) }
        }
        return try T(from: ImageDecoder(source: self))
    }

    private func cast<T>(_ value: some Any) throws -> T {
        guard let value = value as? T else { throw damage }
        return value
    }
}

private struct ImageDecoder: Decoder {
    let source: ImageSource
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(source: source))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try Listed(source: source)
    }
    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        Single(source: source)
    }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let source: ImageSource
        var codingPath: [any CodingKey] { [] }

        /// Asked for by enumerations alone: the case that follows.
        var allKeys: [Key] {
            guard let name = try? source.nextText() else { return [] }
            return Key(stringValue: name).map { [$0] } ?? []
        }
        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) throws -> Bool { try source.byte() == 0 }
        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try source.byte() == 1 }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
            Int(try source.integer())
        }
        func decode(_ type: String.Type, forKey key: Key) throws -> String { try source.text() }
        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
            try source.read(type)
        }
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
            try optional(type)
        }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
            try optional(type)
        }
        func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
            try optional(type)
        }
        func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
            try optional(type)
        }
        func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
            try optional(type)
        }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
            try optional(type)
        }
        func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
            try optional(type)
        }
        private func optional<T: Decodable>(_ type: T.Type) throws -> T? {
            try source.byte() == 0 ? nil : try source.read(type)
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            _ = try source.text()
            return KeyedDecodingContainer(Keyed<Nested>(source: source))
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try Listed(source: source)
        }
        func superDecoder() throws -> any Decoder { ImageDecoder(source: source) }
        func superDecoder(forKey key: Key) throws -> any Decoder { ImageDecoder(source: source) }
    }

    private struct Listed: UnkeyedDecodingContainer {
        let source: ImageSource
        let count: Int?
        private(set) var currentIndex = 0
        var codingPath: [any CodingKey] { [] }
        var isAtEnd: Bool { currentIndex >= (count ?? 0) }

        init(source: ImageSource) throws {
            self.source = source
            count = try source.listCount()
        }

        mutating func decodeNil() throws -> Bool { false }
        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            currentIndex += 1
            return try source.read(type)
        }
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> {
            currentIndex += 1
            return KeyedDecodingContainer(Keyed<Nested>(source: source))
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            currentIndex += 1
            return try Listed(source: source)
        }
        mutating func superDecoder() throws -> any Decoder {
            currentIndex += 1
            return ImageDecoder(source: source)
        }
    }

    private struct Single: SingleValueDecodingContainer {
        let source: ImageSource
        var codingPath: [any CodingKey] { [] }

        private func whole<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
            let value = try source.integer()
            guard let value = T(exactly: value) else { throw ImageError.damaged(at: source.place) }
            return value
        }
        func decodeNil() -> Bool { false }
        func decode(_ type: Bool.Type) throws -> Bool { try source.byte() == 1 }
        func decode(_ type: String.Type) throws -> String { try source.text() }
        func decode(_ type: Double.Type) throws -> Double {
            Double(bitPattern: UInt64(bitPattern: try source.integer()))
        }
        func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
        func decode(_ type: Int.Type) throws -> Int { try whole(type) }
        func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
        func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
        func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
        func decode(_ type: Int64.Type) throws -> Int64 { try source.integer() }
        func decode(_ type: UInt.Type) throws -> UInt {
            UInt(UInt64(bitPattern: try source.integer()))
        }
        func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
        func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
        func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
        func decode(_ type: UInt64.Type) throws -> UInt64 {
            UInt64(bitPattern: try source.integer())
        }
        func decode<T: Decodable>(_ type: T.Type) throws -> T { try source.read(type) }
    }
}
