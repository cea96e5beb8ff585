internal import CZeroMQ
internal import Dispatch
internal import Glibc
internal import Locks

/// A thread of its own for the sockets of a process.
///
/// The body opens the sockets, so they can never be anywhere else, and runs one loop until a command tells it to end:
///
/// ```swift
/// let commands = try Mailbox<Command>(capacity: 1_024)
/// let thread = try SocketThread(name: "broker") {
///     let router = try Socket(.router, in: context)
///     try router.bind(endpoint)
///     var poller = Poller()
///     let incoming = poller.add(router)
///     let wakeUp = poller.add(commands.wakeUp)
///     while isRunning {
///         try poller.wait(timeout: timers.untilNext())
///         if poller.isReadable(wakeUp) { commands.takeAll().forEach(handle) }
///         if poller.isReadable(incoming) {
///             for _ in 0..<100 {
///                 guard let received = try router.receive(limits: limits) else { break }
///                 handle(received)
///             }
///         }
///         timers.runDue()
///     }
/// }
/// try await thread.waitUntilEnd()
/// ```
public final class SocketThread: Sendable {
    private enum State {
        case running([@Sendable (Result<Void, any Error>) -> Void])
        case ended(Result<Void, any Error>)
    }

    /// What the new thread is given.
    private final class Start {
        let thread: SocketThread
        let name: String
        let body: () throws -> Void

        init(thread: SocketThread, name: String, body: @escaping () throws -> Void) {
            self.thread = thread
            self.name = name
            self.body = body
        }
    }

    private let state = Lock(State.running([]))

    /// Starts a thread that runs `body` and ends with it.
    /// - Parameters:
    ///   - name: shown by ps(1) and debuggers; its first 15 bytes count.
    ///   - body: opens and uses the sockets. What it captures must not be used elsewhere, which the compiler checks.
    /// - Throws: `ZeroMQError` when the system has no thread left.
    public init(name: String, body: sending @escaping () throws -> Void) throws(ZeroMQError) {
        let start = Unmanaged.passRetained(Start(thread: self, name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { SocketThread.run($0) }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw .refused(.startThread, code: code)
        }
        pthread_detach(thread)
    }

    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        czmq_name_thread(start.name)
        start.thread.finish(Result { try start.body() })
        return nil
    }

    private func finish(_ result: Result<Void, any Error>) {
        let waiting = state.withLock { state -> [@Sendable (Result<Void, any Error>) -> Void] in
            defer { state = .ended(result) }
            if case .running(let waiting) = state { return waiting }
            return []
        }
        for wake in waiting { wake(result) }
    }

    /// Calls `wake` with the body's end: now if it has ended, else on its thread.
    private func whenEnded(_ wake: @escaping @Sendable (Result<Void, any Error>) -> Void) {
        let result = state.withLock { state -> Result<Void, any Error>? in
            switch state {
            case .running(let waiting):
                state = .running(waiting + [wake])
                return nil
            case .ended(let result):
                return result
            }
        }
        if let result { wake(result) }
    }

    /// Waits until the body has ended, and passes on its error. Cancelling the task does not end the wait: tell the
    /// body to end.
    public func waitUntilEnd() async throws {
        try await withCheckedThrowingContinuation { continuation in
            whenEnded { continuation.resume(with: $0) }
        }
    }

    /// Blocks the calling thread until the body has ended, and passes on its error. Not to be called by the body.
    @available(*, noasync, message: "Use waitUntilEnd().")
    public func join() throws {
        let outcome = Lock<Result<Void, any Error>>(.success(()))
        let ended = DispatchSemaphore(value: 0)
        whenEnded { result in
            outcome.withLock { $0 = result }
            ended.signal()
        }
        ended.wait()
        try outcome.withLock { $0 }.get()
    }
}
