import GreffierProtocol
import Storage

/// Names an effect that the machine asked for, so that its result finds back.
public typealias Ticket = Int

/// What happens to the queue.
public enum QueueEvent: Sendable {
    /// A peer said something that is well formed.
    case message(Peer, MessageToBroker, payload: [any StoredBytes])
    /// A peer said something that was dropped because it is beyond the limits of a message; its header could be read.
    case oversized(Peer, MessageToBroker, problem: BoundedText)
    /// The bytes of a document were compared with its id.
    case verified(Ticket, matches: Bool)
    /// The store answered an operation.
    case stored(Ticket, Result<StoreAnswer, StorageError>)
    /// What was to be sent did not leave; `token` is that of a `JOB`.
    case undelivered(Peer, token: LeaseToken?, gone: Bool)
    /// A connection has ended. Its worker is given time to come back; nobody else is.
    case closed(Peer)
    /// The store's disk has so many free bytes, and the documents that have not ended so many in all.
    case measured(freeBytes: Int?, queuedBytes: Int?)
    /// Time has passed; `listening` says whether the broker takes messages at this time, or waits for its disk.
    case tick(listening: Bool)
    /// The list of keys was changed: it has these, each with the stages whose work its owner may do.
    case access([String: Set<Stage>])
    /// The program is to end.
    case drain
}

/// What the machine wants done.
public enum QueueAction: Sendable {
    /// Send a message; what cannot be sent at once comes back as `undelivered`.
    case send(Peer, MessageFromBroker, payload: [any StoredBytes])
    /// Execute an operation, after all that were asked for before.
    case store(Ticket, StoreOperation)
    /// Compare bytes with an id, away from the socket's thread.
    case verify(Ticket, DocumentID, any StoredBytes)
    /// Tell operators.
    case log(QueueNotice)
    /// Everything is settled, or the store failed: the program is to end.
    case stop(failure: StorageError?)
}

/// Something that operators read, as one line.
public struct QueueNotice: Sendable, Hashable {
    /// How grave it is.
    public enum Level: Sendable, Hashable {
        case debug, info, warning, error
    }

    /// How grave it is.
    public var level: Level
    /// One sentence.
    public var message: String
    /// What it is about.
    public var details: [String: String]

    init(_ level: Level, _ message: String, _ details: [String: String] = [:]) {
        self.level = level
        self.message = message
        self.details = details
    }
}
