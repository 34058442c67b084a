public import TestSupport

/// One thing that goes wrong with storage during an append.
public enum StorageFault: String, Hashable, Sendable, CaseIterable {
    /// The append fails before anything is written.
    case failBeforeWrite
    /// Everything is written, but the answer is lost.
    case failAfterWrite
    /// No space is left.
    case fullDisk
    /// The append takes long, and succeeds.
    case slowDisk
    /// The power goes before anything is written.
    case crashBeforeWrite
    /// The power goes while the append is written: any part of it may be on the disk.
    case crashDuringWrite
    /// The power goes when everything is written, before the caller is answered.
    case crashAfterWrite
    /// The power goes while the engine tidies up after a commit.
    case crashDuringTidying

    /// Whether storage must be opened again afterwards.
    public var isCrash: Bool {
        switch self {
        case .crashBeforeWrite, .crashDuringWrite, .crashAfterWrite, .crashDuringTidying: true
        case .failBeforeWrite, .failAfterWrite, .fullDisk, .slowDisk: false
        }
    }
}

/// Which append meets which fault: data, so that a failure can be told and run again.
public struct FaultSchedule: Sendable, CustomStringConvertible {
    /// The fault of each append, in order; nil where nothing goes wrong.
    public var faults: [StorageFault?]

    /// A schedule as written.
    public init(_ faults: [StorageFault?]) { self.faults = faults }

    /// `count` appends, about one in `rarity` of which meets a fault.
    public init(count: Int, rarity: Int, using generator: inout SeededGenerator) {
        faults = (0..<count).map { _ in
            Int.random(in: 0..<rarity, using: &generator) == 0
                ? StorageFault.allCases.randomElement(using: &generator) : nil
        }
    }

    /// The fault of the next append, which is taken off.
    public mutating func next() -> StorageFault? {
        faults.isEmpty ? nil : faults.removeFirst()
    }

    /// The faults by number of the append.
    public var description: String {
        faults.enumerated().compactMap { number, fault in fault.map { "\(number): \($0)" } }
            .joined(separator: ", ")
    }
}
