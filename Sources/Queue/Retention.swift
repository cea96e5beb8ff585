import GreffierProtocol
import Storage

/// When the bytes of documents go that have ended.
extension QueueMachine {
    /// How often it is looked whether something is to go, and how soon again after a full batch, in milliseconds: intake
    /// has the store for itself in between.
    private static let purgeInterval = 60_000
    private static let purgePause = 500
    /// Documents of one batch.
    private static let purgedAtOnce = 100
    /// A step of the wall clock past which it is not believed for a day: what is erased does not come back.
    private static let greatStep = 3_600_000
    private static let mistrust = 86_400_000

    mutating func purge() {
        watchWallClock()
        guard let retention = settings.retention, mode == .running, !isPurging, nextPurge <= now.monotonic else {
            return
        }
        isPurging = true
        store(.purge(Purge(endedBefore: now.wallSeconds - retention, limit: Self.purgedAtOnce)), .purge)
    }

    mutating func purged(_ result: Result<StoreAnswer, StorageError>) {
        isPurging = false
        nextPurge = max(nextPurge, now.monotonic + Self.purgeInterval)
        guard case .success(.purged(let count)) = result, count > 0 else { return }
        log(.info, "bytes of ended documents were given up, as `retention.documents` says", ["documents": "\(count)"])
        if count == Self.purgedAtOnce { nextPurge = now.monotonic + Self.purgePause }
    }

    private mutating func watchWallClock() {
        let offset = now.wallSeconds * 1_000 - now.monotonic.milliseconds
        defer { wallOffset = offset }
        guard abs(offset - wallOffset) > Self.greatStep else { return }
        nextPurge = now.monotonic + Self.mistrust
        log(
            .warning, "the clock was set: nothing is purged for a day of its new time",
            ["seconds": "\((offset - wallOffset) / 1_000)"])
    }
}
