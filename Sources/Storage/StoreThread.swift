import Foundation
import Locks

/// The store's own thread: whatever waits when it comes free goes into one transaction with one commit.
///
/// Completions run on this thread, after the commit is durable and in the order of submission.
public final class StoreThread: Sendable {
    /// What one batch takes at most.
    public struct Limits: Sendable {
        /// Units of work.
        public var units = 512
        /// Bytes that the units announced.
        public var bytes = 16 << 20
        /// Operations of a batch after which the store counts as busy: then the next batch gathers for a while, since each
        /// commit costs as much as several operations.
        public var busyOperations = 6
        /// How long after the end of a busy batch the next one begins, in microseconds.
        public var gatherMicroseconds = 6_000
        /// Bytes that wait for no gathering.
        public var gatheredBytes = 4 << 20

        /// The defaults.
        public init() {}
    }

    private struct Unit: Sendable {
        let bytes: Int
        let operations: Int
        let run: @Sendable (StoreTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Unit] = []
        var stopping = false
        var failure: StorageError?
    }

    private let store: Store
    private let limits: Limits
    private let state = Lock(State())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let afterBatch: @Sendable () -> Void

    /// Starts the thread. `afterBatch` runs once after the completions of each batch, to wake who waits for them.
    public init(store: Store, limits: Limits = Limits(), afterBatch: @escaping @Sendable () -> Void = {}) {
        self.store = store
        self.limits = limits
        self.afterBatch = afterBatch
        let thread = Thread { [self] in run() }
        thread.name = "greffier.store"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Hands over a unit of work and the numbers of bytes and of operations that it keeps. It must check before it changes, or throw: a
    /// unit that throws is undone alone. When the commit fails, every unit of the batch gets its error.
    public func submit<Result: Sendable>(
        bytes: Int = 0, operations: Int = 1,
        _ work: @escaping @Sendable (StoreTransaction) throws -> Result,
        completion: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        let unit = Unit(
            bytes: bytes, operations: operations,
            run: { transaction in
                let result = try work(transaction)
                return { completion(.success(result)) }
            },
            fail: { completion(.failure($0)) })
        let refusal: StorageError? = state.withLock { state in
            if let failure = state.failure { return failure }
            if state.stopping { return .closed(reason: "the program ends") }
            state.waiting.append(unit)
            return nil
        }
        if let refusal {
            completion(.failure(refusal))
        } else {
            wake.signal()
        }
    }

    /// Finishes what was submitted and ends the thread. Must not be called from a completion.
    public func stop() {
        let first = state.withLock { state in
            defer { state.stopping = true }
            return !state.stopping
        }
        guard first else { return }
        wake.signal()
        ended.wait()
    }

    private func run() {
        var isBusy = false
        while true {
            wake.wait()
            if isBusy { gather() }
            let (batch, stopping) = take()
            if !batch.isEmpty {
                commit(batch)
                afterBatch()
                isBusy = batch.reduce(0) { $0 + $1.operations } >= limits.busyOperations
            } else if stopping {
                break
            }
        }
        ended.signal()
    }

    /// Lets more work come before the next commit, unless the program ends or much is waiting.
    private func gather() {
        let isFull = state.withLock { state in
            state.stopping || state.waiting.reduce(0) { $0 + $1.bytes } >= limits.gatheredBytes
        }
        if !isFull { usleep(useconds_t(limits.gatherMicroseconds)) }
    }

    private func take() -> ([Unit], Bool) {
        state.withLock { state in
            var bytes = 0
            let end =
                state.waiting.prefix(limits.units).firstIndex { unit in
                    defer { bytes += unit.bytes }
                    return bytes > 0 && bytes + unit.bytes > limits.bytes
                } ?? min(limits.units, state.waiting.count)
            let batch = Array(state.waiting[..<end])
            state.waiting.removeFirst(end)
            if !state.waiting.isEmpty || state.stopping { wake.signal() }
            return (batch, state.stopping)
        }
    }

    private func commit(_ batch: [Unit]) {
        if let failure = state.withLock({ $0.failure }) {
            batch.forEach { $0.fail(failure) }
            return
        }
        do {
            let completions = try store.batch { runner in
                try batch.map { unit in try StoreThread.completion(of: unit, in: runner) }
            }
            completions.forEach { $0() }
        } catch {
            note(error)
            batch.forEach { $0.fail(error) }
        }
    }

    /// What to call after the commit: the unit's completion, or its own failure. A disk's failure ends the batch.
    private static func completion(of unit: Unit, in runner: BatchRunner) throws -> @Sendable () -> Void {
        do {
            return try runner(unit.run)
        } catch let error as StorageError where error.failsBatch {
            throw error
        } catch {
            return { unit.fail(error) }
        }
    }

    /// After a failed write or synchronization nobody knows what the disk holds: nothing more is taken until the
    /// store has been opened anew. A full disk is no such failure.
    private func note(_ error: any Error) {
        guard let error = error as? StorageError, error.needsReopening else { return }
        state.withLock { $0.failure = .closed(reason: "\(error)") }
    }
}

extension StorageError {
    var failsBatch: Bool {
        switch self {
        case .diskFull, .inputOutput, .damagedDatabase, .closed, .busy, .unreachable, .superseded, .newerSchema: true
        default: false
        }
    }

    /// True when the store must be opened anew (restart the program) before anything else is written.
    public var needsReopening: Bool {
        switch self {
        case .inputOutput, .damagedDatabase, .closed, .superseded, .newerSchema: true
        default: false
        }
    }
}
