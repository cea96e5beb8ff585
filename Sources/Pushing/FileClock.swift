import Foundation

/// The clock by which files are settled or not, and a way to wait on it.
public struct FileClock: Sendable {
    /// The time, in milliseconds since 1970 UTC.
    public let milliseconds: @Sendable () -> Int
    /// Waits for so many milliseconds.
    public let wait: @Sendable (Int) -> Void

    /// A clock; without arguments, the system's.
    public init(
        milliseconds: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970 * 1_000) },
        wait: @escaping @Sendable (Int) -> Void = { Thread.sleep(forTimeInterval: Double($0) / 1_000) }
    ) {
        self.milliseconds = milliseconds
        self.wait = wait
    }
}
