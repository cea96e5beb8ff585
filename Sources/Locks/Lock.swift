internal import Glibc

/// A value that only one thread at a time can reach.
///
/// It does what `Synchronization.Mutex` does, on a POSIX mutex: ThreadSanitizer understands POSIX mutexes and reports
/// races on Linux for `Mutex` where there are none, which would make its findings worthless. Being a class, it can be
/// shared without wrapping it in one.
///
/// The lock is not recursive: taking it again from inside `withLock` never returns. Never wait for anything inside it.
///
/// Sendable without the compiler's proof: the value is reached only through `withLock`, between lock and unlock of the
/// mutex, and `sending` keeps what goes in and comes out from being shared with anyone else.
public final class Lock<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    /// A lock around a first value.
    public init(_ value: consuming sending Value) {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
        Self.require(pthread_mutex_init(mutex, nil), "initialise")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Runs `body` alone with the value and returns what it returns; an error of `body` is passed on.
    public func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        Self.require(pthread_mutex_lock(mutex), "lock")
        defer { Self.require(pthread_mutex_unlock(mutex), "unlock") }
        return try body(&value.pointee)
    }

    /// POSIX mutexes of the default kind fail only through misuse or an exhausted system at creation.
    private static func require(_ code: Int32, _ operation: StaticString) {
        guard code == 0 else { fatalError("A mutex failed to \(operation): error number \(code).") }
    }
}
