import Foundation

/// Keeps the broker's memory bounded against peers that send messages without end: libzmq keeps an unfinished message
/// whole, however large, and past the limits of single frames nobody can tell it to stop.
struct MemoryGuard {
    /// What is to be done.
    enum Measure: Equatable {
        /// Cut connections that together occupy so many bytes.
        case cut(bytes: Int)
        /// Open the sockets anew.
        case reopen
    }

    /// Ticks of the broker that a measure is given to have an effect.
    private static let patience = 1
    private static let firstPause = 100
    private static let longestPause = 6_000

    private let mark: Int
    private var ticksSinceCut: Int?
    private var cuts = 0
    private var pause = MemoryGuard.firstPause
    private var ticksUntilReopening = 0

    init(mark: Int) {
        self.mark = mark
    }

    /// What is to be done about so many bytes of memory; to be asked on every tick.
    mutating func measure(_ bytes: Int) -> Measure? {
        ticksUntilReopening = max(0, ticksUntilReopening - 1)
        guard bytes > mark else {
            (ticksSinceCut, cuts) = (nil, 0)
            if ticksUntilReopening == 0 { pause = Self.firstPause }
            return nil
        }
        if let ticks = ticksSinceCut, ticks < Self.patience {
            ticksSinceCut = ticks + 1
            return nil
        }
        ticksSinceCut = 0
        cuts += 1
        guard cuts > 10 else { return .cut(bytes: bytes - mark / 4 * 3) }
        guard ticksUntilReopening == 0 else { return nil }
        (cuts, ticksUntilReopening, pause) = (0, pause, min(2 * pause, Self.longestPause))
        return .reopen
    }

    /// The memory that this process occupies, in bytes (proc(5), statm).
    static func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let words = text.split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
    }
}
