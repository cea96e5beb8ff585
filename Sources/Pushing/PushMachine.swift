import GreffierProtocol

/// What became of a document that was pushed.
public enum PushOutcome: Equatable, Sendable {
    /// It is on stable storage.
    case accepted
    /// The broker knew it already.
    case known(DocumentState)
    /// The broker does not want it.
    case refused(Refused)
    /// Waited for: it ended, or is held.
    case ended(Outcome)
    /// The broker was busy until the deadline.
    case busy(Busy)
    /// Nobody answered.
    case unreachable
}

extension PushOutcome {
    /// Whether the broker has the document.
    public var isReceipt: Bool {
        switch self {
        case .accepted, .known, .ended: true
        case .refused, .busy, .unreachable: false
        }
    }

    /// What became of the document, in one word.
    public var word: String {
        switch self {
        case .accepted: "accepted"
        case .known: "known"
        case .refused: "refused"
        case .ended(let outcome): outcome.state.rawValue
        case .busy: "busy"
        case .unreachable: "unreachable"
        }
    }
}

/// A pusher's side of the conversation with the broker, without sockets, files or clocks.
///
/// A bounded number of documents is under way. An answer that does not come is asked for again: pushing the same
/// document twice is pushing it once. Times are milliseconds of a clock that only goes forward.
struct PushMachine {
    /// What must be done next.
    enum Action: Equatable {
        /// Send the `SUBMIT` of the document with this number.
        case submit(Int)
        /// Ask for the outcome of the document with this number.
        case askOutcome(Int)
        /// The document with this number has come to its end here.
        case finish(Int, PushOutcome)
    }

    /// How to push.
    struct Settings {
        /// How many documents may be under way.
        var window = 64
        /// How many bytes the documents under way may have that the broker has not accepted; one may have more.
        var windowBytes = 32 << 20
        /// How long to wait for an answer before sending again, in milliseconds.
        var answerMilliseconds = 15_000
        /// Whether to wait for each document's end.
        var waitsForOutcome = false
        /// How long busy answers may go on, in milliseconds; nil is for ever.
        var busyDeadlineMilliseconds: Int?
        /// How long to wait at least while the broker's store fails, in milliseconds.
        var failingStoreMilliseconds = 1_000
        /// How long nobody may be there before all is given up, in milliseconds.
        var unreachableMilliseconds = 10_000
        /// How long a broker that is there may say nothing, in milliseconds: it may wait for its database as long as that.
        var silentMilliseconds = 45_000
    }

    private struct Entry {
        /// The bytes of its document; none once it was accepted, as they are not sent again.
        var bytes: Int
        var sentAt: Int
        var isAccepted = false
        var firstBusyAt: Int?
        var notBefore = 0
        /// How often in a row the broker did not wait with its answer for the document's end as it was asked to.
        var hastyAnswers = 0
    }

    private let settings: Settings
    private var entries: [Int: Entry] = [:]
    /// How many entries have ``Entry/firstBusyAt``.
    private var busyCount = 0
    /// Before this time no entry is due; it may be earlier than the first that is.
    private var nextDue = Int.max
    private var lastHeard: Int
    /// Whether a broker is there, and why it could take no document when it was last busy.
    private var isConnected = false
    private var busyReason: String?
    /// The bytes of all entries.
    private var bytes = 0
    /// Connections that ended one after the other without a word from the broker.
    private var fruitlessConnections = 0
    private var random: any RandomNumberGenerator & Sendable

    init(_ settings: Settings, random: any RandomNumberGenerator & Sendable, now: Int) {
        self.settings = settings
        self.random = random
        lastHeard = now
    }

    /// Whether another document may be begun. While the broker is busy none is.
    var hasRoom: Bool {
        entries.count < settings.window && bytes < settings.windowBytes && busyCount == 0
    }

    /// Whether documents are under way.
    var isIdle: Bool { entries.isEmpty }

    /// Begins to push the document with a new number and so many bytes.
    mutating func begin(_ number: Int, bytes: Int = 0, now: Int) -> [Action] {
        if entries.isEmpty { lastHeard = now }
        put(Entry(bytes: bytes, sentAt: now), number)
        return [.submit(number)]
    }

    /// The broker answered about the document with this number.
    mutating func answered(_ number: Int, _ message: MessageFromBroker, now: Int) -> [Action] {
        heard(now: now)
        guard var entry = entries[number] else { return [] }
        switch message {
        case .accepted:
            guard settings.waitsForOutcome else { return finish(number, .accepted) }
            (entry.isAccepted, entry.bytes) = (true, 0)
        case .known(let known):
            guard settings.waitsForOutcome else { return finish(number, .known(known.state)) }
            (entry.isAccepted, entry.bytes) = (true, 0)
        case .refused(let refused) where refused.code == .storeFailing:
            // Nothing is wrong with the document: whoever mends the disk need not push it again.
            let wait = settings.failingStoreMilliseconds
            return wasBusy(number, Busy(reason: refused.message, retryAfterMilliseconds: wait), now: now)
        case .refused(let refused): return finish(number, .refused(refused))
        case .busy(let busy): return wasBusy(number, busy, now: now)
        case .outcome(let outcome):
            if outcome.state.isFinal || outcome.state == .held { return finish(number, .ended(outcome)) }
            if now - entry.sentAt < Self.hastyMilliseconds { return wasHasty(number, now: now) }
            entry.hastyAnswers = 0
        default: return []
        }
        entry.sentAt = now
        entry.firstBusyAt = nil
        put(entry, number)
        return [.askOutcome(number)]
    }

    /// An answer that comes sooner was not waited with: the broker has no room for one more who waits.
    private static let hastyMilliseconds = 500
    private static let longestPause = 30_000

    /// Asks again after a pause that grows.
    private mutating func wasHasty(_ number: Int, now: Int) -> [Action] {
        guard var entry = entries[number] else { return [] }
        let pause = min(1_000 << min(entry.hastyAnswers, 10), Self.longestPause)
        entry.hastyAnswers += 1
        entry.firstBusyAt = nil
        entry.notBefore = now + pause + Int.random(in: 0...pause, using: &random)
        put(entry, number)
        return []
    }

    /// Something was heard from the broker that is about no document.
    mutating func heard(now: Int) {
        lastHeard = now
        fruitlessConnections = 0
    }

    /// A broker is there now, or is gone.
    mutating func connected(_ isConnected: Bool, now: Int) {
        // Who was there until now has not been away for as long as it was silent.
        if self.isConnected, !isConnected, fruitlessConnections <= Self.fruitlessLimit { lastHeard = now }
        self.isConnected = isConnected
    }

    /// What is waited for, if that lasts: in a few words.
    func delay(now: Int) -> String? {
        if busyCount > 0 { return busyReason }
        guard !entries.isEmpty, !waitsOnly, now - lastHeard >= Self.noticedSilence else { return nil }
        return isConnected ? "the broker is there and does not answer" : "no broker is there"
    }

    private static let noticedSilence = 3_000

    /// The connection was made anew: what was under way may be lost.
    mutating func reconnected(now: Int) -> [Action] {
        fruitlessConnections += 1
        if fruitlessConnections <= Self.fruitlessLimit { lastHeard = now }
        if fruitlessConnections == Self.fruitlessLimit, let number = largest {
            return refuseTooLarge(number) + againAll(now: now)
        }
        return againAll(now: now)
    }

    /// After so many connections that ended without a word somebody hangs up on what is sent: libzmq does that to a frame
    /// beyond its limit. Only a large document can be one; a broker that ends again and again is unreachable.
    private static let fruitlessLimit = 3
    private static let largeBytes = 1 << 20

    private var largest: Int? {
        entries.filter { $0.value.bytes >= Self.largeBytes }.max { $0.value.bytes < $1.value.bytes }?.key
    }

    private mutating func refuseTooLarge(_ number: Int) -> [Action] {
        let message: BoundedText = """
            the broker hung up \(Self.fruitlessLimit) times while this document, the largest under way, was sent: it takes \
            no document of \(entries[number]?.bytes ?? 0) bytes, split it or raise the broker's limit
            """
        return finish(number, .refused(Refused(code: .tooLarge, message: message)))
    }

    private mutating func againAll(now: Int) -> [Action] {
        entries.keys.sorted().filter { entries[$0]?.firstBusyAt == nil }.map { again($0, now: now) }
    }

    /// Time passes.
    mutating func tick(now: Int) -> [Action] {
        if isUnreachable(now: now) {
            return entries.keys.sorted().flatMap { finish($0, .unreachable) }
        }
        guard now >= nextDue else { return [] }
        let actions = entries.filter { due($0.value) <= now }.keys.sorted().map { again($0, now: now) }
        nextDue = entries.values.map(due).min() ?? Int.max
        return actions
    }

    private func isUnreachable(now: Int) -> Bool {
        guard !entries.isEmpty else { return false }
        let limit = isConnected ? settings.silentMilliseconds : settings.unreachableMilliseconds
        return now - lastHeard >= (waitsOnly ? max(limit, 6 * settings.unreachableMilliseconds) : limit)
    }

    /// When an entry's message is sent again.
    private func due(_ entry: Entry) -> Int {
        entry.notBefore > 0 ? entry.notBefore : entry.sentAt + settings.answerMilliseconds
    }

    /// All changes of entries pass here, so that what is kept beside them stays true.
    private mutating func put(_ entry: Entry?, _ number: Int) {
        let old = entries.updateOrRemove(entry, forKey: number)
        busyCount += (entry?.firstBusyAt == nil ? 0 : 1) - (old?.firstBusyAt == nil ? 0 : 1)
        bytes += (entry?.bytes ?? 0) - (old?.bytes ?? 0)
        if let entry { nextDue = min(nextDue, due(entry)) }
    }

    /// Whether all that is under way is accepted already: then silence is no failure for a longer while.
    private var waitsOnly: Bool {
        entries.values.allSatisfy(\.isAccepted) && !entries.isEmpty
    }

    private mutating func again(_ number: Int, now: Int) -> Action {
        guard var entry = entries[number] else { return .submit(number) }
        entry.sentAt = now
        entry.notBefore = 0
        put(entry, number)
        return entry.isAccepted ? .askOutcome(number) : .submit(number)
    }

    private mutating func wasBusy(_ number: Int, _ busy: Busy, now: Int) -> [Action] {
        guard var entry = entries[number] else { return [] }
        let since = entry.firstBusyAt ?? now
        if let deadline = settings.busyDeadlineMilliseconds, now + busy.retryAfterMilliseconds - since > deadline {
            return finish(number, .busy(busy))
        }
        let wait = max(10, busy.retryAfterMilliseconds)
        busyReason = busy.reason.text
        entry.firstBusyAt = since
        entry.notBefore = now + wait + Int.random(in: 0...wait, using: &random)
        put(entry, number)
        return []
    }

    private mutating func finish(_ number: Int, _ outcome: PushOutcome) -> [Action] {
        put(nil, number)
        return [.finish(number, outcome)]
    }
}

extension Dictionary {
    /// Sets the value, or removes it for nil; answers the old one.
    fileprivate mutating func updateOrRemove(_ value: Value?, forKey key: Key) -> Value? {
        if let value { updateValue(value, forKey: key) } else { removeValue(forKey: key) }
    }
}
