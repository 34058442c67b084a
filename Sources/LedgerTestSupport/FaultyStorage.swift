public import Ledger
internal import Synchronization
internal import TestSupport

/// A disk with a ledger on it, which can lose its power.
public protocol StorageDevice: Sendable {
    /// Opens the ledger as it now lies on the disk; made when there is none.
    func open() async throws(StorageError) -> any LedgerStorageEngine

    /// Runs `append` and leaves the disk as if the power had gone at the point that `fault` names.
    func crash(
        _ fault: StorageFault, seed: UInt64,
        during append: @Sendable () async throws(StorageError) -> Void
    ) async
}

/// An engine whose appends meet the faults of a schedule.
public final class FaultyStorage: LedgerStorageEngine {
    private struct State {
        var schedule: FaultSchedule
        var generator: SeededGenerator
        var hasCrashed = false
    }

    private let device: any StorageDevice
    private let engine: any LedgerStorageEngine
    private let state: Mutex<State>

    /// `engine`, which `device` opened, with the faults of `schedule`.
    public init(
        _ engine: any LedgerStorageEngine, on device: any StorageDevice,
        schedule: FaultSchedule, seed: UInt64
    ) {
        self.engine = engine
        self.device = device
        state = Mutex(State(schedule: schedule, generator: SeededGenerator(seed: seed)))
    }

    /// The faults still to come.
    public var remaining: FaultSchedule { state.withLock { $0.schedule } }

    /// Appends, or meets the next fault of the schedule.
    public func append(
        _ batch: SealedBatch, after expectedHead: LedgerHead
    ) async throws(StorageError) {
        try requirePower()
        let (fault, seed) = state.withLock { ($0.schedule.next(), $0.generator.next()) }
        switch fault {
        case nil:
            try await engine.append(batch, after: expectedHead)
        case .slowDisk?:
            try? await Task.sleep(for: .milliseconds(2))
            try await engine.append(batch, after: expectedHead)
        case .failBeforeWrite?: throw .unavailable("the disk did not answer")
        case .fullDisk?: throw .full
        case .failAfterWrite?:
            try await engine.append(batch, after: expectedHead)
            throw .outcomeUnknown("the answer was lost")
        case let crash?:
            state.withLock { $0.hasCrashed = true }
            let engine = engine
            await device.crash(crash, seed: seed) { () async throws(StorageError) in
                try await engine.append(batch, after: expectedHead)
            }
            throw .outcomeUnknown("the power is gone")
        }
    }

    /// Reads, unless the power is gone.
    public func entries(
        from index: UInt64, limit: Int
    ) async throws(StorageError) -> [SealedEntry] {
        try requirePower()
        return try await engine.entries(from: index, limit: limit)
    }

    /// Reads, unless the power is gone.
    public func end() async throws(StorageError) -> StoredEnd {
        try requirePower()
        return try await engine.end()
    }

    /// Reads, unless the power is gone.
    public func checkpoints(
        from size: UInt64, limit: Int
    ) async throws(StorageError) -> [StoredCheckpoint] {
        try requirePower()
        return try await engine.checkpoints(from: size, limit: limit)
    }

    /// Reads, unless the power is gone.
    public func tiles(level: Int, indexes: [UInt64]) async throws(StorageError) -> [HashTile] {
        try requirePower()
        return try await engine.tiles(level: level, indexes: indexes)
    }

    /// Reads, unless the power is gone.
    public func tileRoots(
        level: Int, from index: UInt64, limit: Int
    ) async throws(StorageError) -> [Digest] {
        try requirePower()
        return try await engine.tileRoots(level: level, from: index, limit: limit)
    }

    private func requirePower() throws(StorageError) {
        if state.withLock({ $0.hasCrashed }) { throw .unavailable("the power is gone") }
    }
}

/// The memory of a process as a disk: a crash leaves the whole append or nothing of it.
public final class InMemoryDevice: StorageDevice {
    private let storage = InMemoryLedgerStorage()

    /// An empty disk.
    public init() {}

    /// The ledger.
    public func open() async throws(StorageError) -> any LedgerStorageEngine { storage }

    /// Writes everything when the fault comes after the write, else nothing.
    public func crash(
        _ fault: StorageFault, seed: UInt64,
        during append: @Sendable () async throws(StorageError) -> Void
    ) async {
        switch fault {
        case .crashAfterWrite, .crashDuringTidying: try? await append()
        default: break
        }
    }
}
