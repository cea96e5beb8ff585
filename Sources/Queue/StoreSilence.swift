import GreffierProtocol
import Storage

/// What peers are told while the store answers nothing, as a database does that restarts or fails over.
extension QueueMachine {
    /// For how many milliseconds the store has answered nothing though it was asked; nil while it does.
    private var storeSilence: Int? {
        storeQuietSince.map { now.monotonic - $0 }.flatMap { $0 < settings.storePatience ? nil : $0 }
    }

    /// The store was asked something.
    mutating func noteQuestion() {
        storeQuietSince = storeQuietSince ?? now.monotonic
    }

    /// The store answered, or could not be reached for as long as an operation waits for it.
    mutating func noteAnswer(_ result: Result<StoreAnswer, StorageError>) {
        if case .failure(.unreachable) = result { return }
        storeQuietSince = pending.isEmpty ? nil : now.monotonic
    }

    /// Answers a peer who asks for something that only the store knows or does, if the store is away: nothing was done, and
    /// the same may be asked again.
    /// - Returns: whether it was answered.
    mutating func refusesForStore(_ message: MessageToBroker, to peer: Peer) -> Bool {
        guard let silence = storeSilence, !message.isOfWorker else { return false }
        let reason: BoundedText =
            "the store has not answered for \(silence / 1_000) s: the broker goes on by itself once it does"
        if case .submit(let submit) = message {
            let busy = Busy(
                reason: reason, retryAfterMilliseconds: settings.retryAfter, id: submit.id, request: submit.request)
            send(.busy(busy), to: peer)
        } else {
            refuse(.storeFailing, reason, to: peer, id: message.document, request: message.request)
        }
        return true
    }
}

extension MessageToBroker {
    /// What a worker says: it is taken, whenever the store is there again.
    fileprivate var isOfWorker: Bool {
        switch self {
        case .ready, .done, .failed, .heartbeat, .bye: true
        default: false
        }
    }
}
