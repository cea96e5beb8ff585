import ZeroMQ

/// How often each key was refused or told to come later in the last while, so that one whose owner goes on regardless is
/// sent away for some time: what it costs to answer it is taken from the others.
struct Offences {
    /// What was answered.
    enum Offence {
        /// A message was refused whose bytes were read in vain.
        case refused(bytes: Int)
        /// A message came that is to come later: several honest pushers with one key get some of those at a time.
        case busy
        /// The memory of the broker was filled with what nobody could read.
        case flood

        fileprivate var cost: Int {
            switch self {
            case .refused(let bytes): 3 * (1 + bytes / Offences.bytesOfOne)
            case .busy: 1
            case .flood: Offences.allowance + 1
            }
        }

        fileprivate var firstBan: Int {
            if case .flood = self { 30_000 } else { 10_000 }
        }
    }

    /// What a key may use up in ``window``: one for each `BUSY`, three for each refusal and every 64 KiB that were read in
    /// vain. A pusher that keeps to what `BUSY` says stays far below.
    static let allowance = 6_000
    static let window = 10_000
    private static let bytesOfOne = 64 << 10
    private static let longestBan = 320_000
    /// Ended bans that count towards the length of the next one.
    private static let memory = 600_000

    private struct Account {
        var used = 0
        var windowEnd: Int
        var bans = 0
        var lastBan = 0
    }

    private var accounts: [CurvePublicKey: Account] = [:]

    /// Notes what a key was answered. While it is sent away nothing counts: what comes then was on its way before.
    /// - Returns: until when its owner is not let in any more, in milliseconds of the clock of `now`; nil if that is not
    ///   so.
    mutating func note(_ key: CurvePublicKey, _ offence: Offence, now: Int) -> Int? {
        forgetOld(now: now)
        var account = accounts[key] ?? Account(windowEnd: now + Self.window)
        guard now >= account.lastBan else { return nil }
        defer { accounts[key] = account }
        if now >= account.windowEnd { (account.used, account.windowEnd) = (0, now + Self.window) }
        account.used += offence.cost
        guard account.used > Self.allowance else { return nil }
        if now - account.lastBan > Self.memory { account.bans = 0 }
        let length = min(offence.firstBan << min(account.bans, 10), Self.longestBan)
        (account.used, account.bans, account.lastBan) = (0, account.bans + 1, now + length)
        return now + length
    }

    /// Keys are on the list, which bounds them; those that behave need no account.
    private mutating func forgetOld(now: Int) {
        guard accounts.count > 1_000 else { return }
        accounts = accounts.filter { now < $0.value.windowEnd || now - $0.value.lastBan <= Self.memory }
    }
}
