import GreffierProtocol
import Storage

/// When the bytes of documents go that have ended.
extension QueueMachine {
    /// How often it is looked whether something is to go, and how soon again after a full batch, in milliseconds: intake
    /// has the store for itself in between.
    private static let purgeInterval = 60_000
    private static let purgePause = 500
    /// How often all of the history is looked through for what is old, in milliseconds.
    private static let historyInterval = 86_400_000
    /// Documents of one batch.
    private static let purgedAtOnce = 100

    mutating func purge() {
        watchWallClock()
        guard let retention = settings.retention, mode == .running, !isPurging, nextPurge <= now.monotonic else {
            return
        }
        isPurging = true
        let doubt = clockTrust.doubt(wallSeconds: now.wallSeconds, milliseconds: now.monotonic.milliseconds)
        if let doubt { return store(.doubt(doubt), .purge) }
        var purge = Purge(endedBefore: now.wallSeconds - retention, limit: Self.purgedAtOnce)
        if let kept = settings.auditRetention, nextHistoryPurge <= now.monotonic {
            purge.toldBefore = now.wallSeconds - kept
        }
        store(.purge(purge), .purge)
    }

    mutating func purged(_ result: Result<StoreAnswer, StorageError>) {
        isPurging = false
        nextPurge = max(nextPurge, now.monotonic + Self.purgeInterval)
        guard case .success(.purged(let count, let history)) = result else { return }
        if history == .looked { nextHistoryPurge = now.monotonic + Self.historyInterval }
        if count > 0 {
            log(
                .info, "bytes of ended documents were given up, as `retention.documents` says",
                ["documents": "\(count)"])
        }
        if count == Self.purgedAtOnce || history == .more { nextPurge = now.monotonic + Self.purgePause }
    }

    private mutating func watchWallClock() {
        let step = clockTrust.look(wallSeconds: now.wallSeconds, milliseconds: now.monotonic.milliseconds)
        guard let step, settings.retention != nil else { return }
        log(
            .warning,
            "the clock was set, or this host was at rest for days: nothing is purged for a day of its new time",
            ["seconds": "\(step)"])
    }
}
