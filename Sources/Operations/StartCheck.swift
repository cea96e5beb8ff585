import Foundation
import Logging

/// The cheap part of `greffier doctor`: a program runs it beside its work when it starts, and says in one line what is wrong.
public struct StartCheck: Sendable {
    /// What a program's store says of itself.
    public struct Stored: Sendable {
        /// When the newest change in it was written, in seconds since 1970 UTC; nil when there is none.
        public var latest: Int?
        /// What is damaged in it, each as a sentence.
        public var damages: [String]

        /// A store's answers.
        public init(latest: Int? = nil, damages: [String] = []) {
            self.latest = latest
            self.damages = damages
        }
    }

    /// How far the clocks of two hosts may be apart, in seconds.
    public static let clockTolerance = 300

    private let folder: String
    private let keptBytes: Int
    private let now: @Sendable () -> Int

    /// A check of this host.
    public init(_ configuration: Configuration, _ clock: WallClock) {
        folder = configuration.dataFolder
        keptBytes = configuration.limits.freeDiskBytes
        now = { clock.now() }
    }

    /// What is wrong, each as a sentence with its cure.
    public func problems(of stored: () throws -> Stored = { Stored() }) -> [String] {
        var problems: [String] = []
        if let free = freeBytes, free < keptBytes {
            problems.append("only \(free >> 20) MiB of disk are free, \(keptBytes >> 20) are kept: make room")
        }
        do {
            let stored = try stored()
            problems += stored.damages.map { "\($0): stop the program, keep a copy, restore a backup" }
            if let latest = stored.latest, latest > now() + Self.clockTolerance {
                problems.append(
                    "the clock is \(latest - now()) s behind what is stored: set it by NTP (timedatectl set-ntp true)")
            }
        } catch {
            problems.append("what is stored cannot be looked at: \(error)")
        }
        return problems
    }

    /// Looks on a thread of its own, and writes at most one line.
    public func begin(_ logger: Logger, of stored: @escaping @Sendable () throws -> Stored = { Stored() }) {
        Thread.detachNewThread {
            let problems = problems(of: stored)
            guard !problems.isEmpty else { return }
            logger.error(
                "something is wrong on this host: `greffier doctor` looks at all of it",
                metadata: ["what": "\(problems.joined(separator: "; "))"])
        }
    }

    private var freeBytes: Int? {
        var status = statvfs()
        return statvfs(folder, &status) == 0 ? Int(status.f_bavail) * Int(status.f_frsize) : nil
    }
}
