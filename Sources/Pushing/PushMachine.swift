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
        /// How long to wait for an answer before sending again, in milliseconds.
        var answerMilliseconds = 15_000
        /// Whether to wait for each document's end.
        var waitsForOutcome = false
        /// How long busy answers may go on, in milliseconds; nil is for ever.
        var busyDeadlineMilliseconds: Int?
        /// How long nobody may answer before all is given up, in milliseconds.
        var unreachableMilliseconds = 10_000
    }

    private struct Entry {
        var sentAt: Int
        var isAccepted = false
        var firstBusyAt: Int?
        var notBefore = 0
    }

    private let settings: Settings
    private var entries: [Int: Entry] = [:]
    private var lastHeard: Int
    private var random: any RandomNumberGenerator & Sendable

    init(_ settings: Settings, random: any RandomNumberGenerator & Sendable, now: Int) {
        self.settings = settings
        self.random = random
        lastHeard = now
    }

    /// Whether another document may be begun. While the broker is busy none is.
    var hasRoom: Bool {
        entries.count < settings.window && !entries.values.contains { $0.firstBusyAt != nil }
    }

    /// Whether documents are under way.
    var isIdle: Bool { entries.isEmpty }

    /// Begins to push the document with a new number.
    mutating func begin(_ number: Int, now: Int) -> [Action] {
        if entries.isEmpty { lastHeard = now }
        entries[number] = Entry(sentAt: now)
        return [.submit(number)]
    }

    /// The broker answered about the document with this number.
    mutating func answered(_ number: Int, _ message: MessageFromBroker, now: Int) -> [Action] {
        lastHeard = now
        guard var entry = entries[number] else { return [] }
        switch message {
        case .accepted:
            guard settings.waitsForOutcome else { return finish(number, .accepted) }
            entry.isAccepted = true
        case .known(let known):
            guard settings.waitsForOutcome else { return finish(number, .known(known.state)) }
            entry.isAccepted = true
        case .refused(let refused): return finish(number, .refused(refused))
        case .busy(let busy): return wasBusy(number, busy, now: now)
        case .outcome(let outcome):
            if outcome.state.isFinal || outcome.state == .held { return finish(number, .ended(outcome)) }
        default: return []
        }
        entry.sentAt = now
        entry.firstBusyAt = nil
        entries[number] = entry
        return [.askOutcome(number)]
    }

    /// Something was heard from the broker that is about no document.
    mutating func heard(now: Int) {
        lastHeard = now
    }

    /// The connection was made anew: what was under way may be lost.
    mutating func reconnected(now: Int) -> [Action] {
        lastHeard = now
        return entries.keys.sorted().filter { entries[$0]?.firstBusyAt == nil }.map { again($0, now: now) }
    }

    /// Time passes.
    mutating func tick(now: Int) -> [Action] {
        let patience = waitsOnly ? 6 : 1
        if !entries.isEmpty, now - lastHeard >= patience * settings.unreachableMilliseconds {
            return entries.keys.sorted().flatMap { finish($0, .unreachable) }
        }
        var actions: [Action] = []
        for number in entries.keys.sorted() {
            guard let entry = entries[number], now >= entry.notBefore else { continue }
            let isDue = entry.notBefore > 0 || now - entry.sentAt >= settings.answerMilliseconds
            if isDue { actions.append(again(number, now: now)) }
        }
        return actions
    }

    /// Whether all that is under way is accepted already: then silence is no failure for a longer while.
    private var waitsOnly: Bool {
        entries.values.allSatisfy(\.isAccepted) && !entries.isEmpty
    }

    private mutating func again(_ number: Int, now: Int) -> Action {
        entries[number]?.sentAt = now
        entries[number]?.notBefore = 0
        return entries[number]?.isAccepted == true ? .askOutcome(number) : .submit(number)
    }

    private mutating func wasBusy(_ number: Int, _ busy: Busy, now: Int) -> [Action] {
        let since = entries[number]?.firstBusyAt ?? now
        if let deadline = settings.busyDeadlineMilliseconds, now + busy.retryAfterMilliseconds - since > deadline {
            return finish(number, .busy(busy))
        }
        let wait = max(10, busy.retryAfterMilliseconds)
        entries[number]?.firstBusyAt = since
        entries[number]?.notBefore = now + wait + Int.random(in: 0...wait, using: &random)
        return []
    }

    private mutating func finish(_ number: Int, _ outcome: PushOutcome) -> [Action] {
        entries[number] = nil
        return [.finish(number, outcome)]
    }
}
