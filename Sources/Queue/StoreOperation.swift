import GreffierProtocol
import Storage

/// What the machine wants done to the rows, as a value that the store's thread executes.
public enum StoreOperation: Sendable {
    /// Keep a document whose bytes have been checked; `isProved` says whether its source was, so that it may see the
    /// document also if another pushed it before. `only` is that source if it may correct its own documents alone.
    case accept(
        Submit, body: any StoredBytes, isProved: Bool = false, only: ExactName? = nil,
        limits: SourceLimits = .none)
    /// Lease waiting jobs.
    case claim(Claim)
    /// Take the results of a leased job.
    case complete(LeasedJob, results: [any StoredBytes], milliseconds: Int)
    /// Take the failure of a leased job.
    case fail(LeasedJob, Failure)
    /// End a lease without a result.
    case giveBack(LeasedJob, GiveBack)
    /// Make delayed documents wait whose time has come.
    case wake
    /// Give up the bytes of documents that ended long ago.
    case purge(Purge)
    /// Remember how long a wall clock has gone on that is not believed.
    case doubt(ClockTrust.Doubt)
    /// Do what an operator wants with a document.
    case act(OperatorAct, DocumentAct)
    /// Pause or resume a stage.
    case pause(StageAct, Bool)
    /// Remember the register that notify writes to.
    case setRegister(String)
    /// Forget that register.
    case forgetRegister(RegisterAct)
    /// Look up documents, or those only that a source pushed.
    case outcome([DocumentID], for: ExactName? = nil)
    /// Count documents, also by age if asked for.
    case count(ages: Bool)
    /// List documents.
    case list(ListRequest)
    /// Show one document and its history, if that source pushed it where one is given.
    case show(DocumentID, for: ExactName? = nil)
    /// Begin documents anew that have ended, or count them.
    case replay(ReplayRequest)
    /// List what operators did.
    case acts(ActsRequest)
    /// Say that this broker lives, and ask what those did that share the store.
    case beat(BeatQuestion)
    /// Take leases of another broker for a worker that came over.
    case adopt([Adoption])

    /// Whether it leases jobs, which only a broker may that lives.
    var isClaim: Bool {
        if case .claim = self { true } else { false }
    }

    /// Bytes that this operation keeps.
    public var bytes: Int {
        switch self {
        case .accept(_, let body, _, _, _): body.count
        case .complete(_, let results, _): results.reduce(0) { $0 + $1.count }
        default: 0
        }
    }
}

/// A lease that passes from one broker to another.
public struct Adoption: Sendable, Hashable {
    /// The token by which its worker knows it.
    public var old: LeaseToken
    /// The token of its row from now on.
    public var new: LeaseToken
}

/// The verbs of operators on one document.
public enum OperatorAct: Sendable, Hashable {
    case hold, release, retry, drop, erase
}

/// Which jobs one worker is to be leased.
public struct Claim: Sendable, Hashable {
    /// Jobs of one source.
    public struct Slot: Sendable, Hashable {
        /// The source.
        public var source: ExactName
        /// A token for each job, ascending.
        public var tokens: [LeaseToken]
    }

    /// The stage.
    public var stage: Stage
    /// Whether a suspect is claimed, of whatever source: then there is one slot with one token.
    public var suspect: Bool
    /// The worker's name for the row.
    public var worker: ExactName
    /// The jobs by source, in the order of the sources' turns.
    public var slots: [Slot]
    /// Bytes of payload to read at most; one job is always taken.
    public var byteBudget: Int
    /// How many documents that may take minutes it takes at most, of those at ingest.
    public var slowJobs = Int.max
    /// How long a document is delayed whose records cannot be read now, in milliseconds.
    public var unreadableDelay: Int
}

/// A job in the hands of a worker: what its row holds that no longer changes until the lease ends.
public struct LeasedJob: Sendable, Hashable {
    /// The row's number.
    public var number: Int64
    /// The document.
    public var id: DocumentID
    /// The stage.
    public var stage: Stage
    /// Which passage through the stages.
    public var generation: Int
    /// Which attempt at the stage, from 1.
    public var attempt: Int
    /// How many attempts at the stage have failed.
    public var failures: Int
    /// Who pushed it.
    public var source: ExactName
    /// The document's bytes.
    public var size: Int
    /// The lease's token.
    public var token: LeaseToken
    /// The worker's name.
    public var worker: ExactName
    /// Whether it is a suspect: its worker holds nothing else.
    public var suspect: Bool
}

/// A failure as a worker reported it, and what becomes of the document.
public struct Failure: Sendable, Hashable {
    /// What becomes of it.
    public enum Consequence: Sendable, Hashable {
        /// Another attempt after so many milliseconds.
        case delay(milliseconds: Int)
        /// Another attempt after so many milliseconds, as if this one had not been: its host is at fault.
        case wait(milliseconds: Int)
        /// The dead-letter list.
        case hold
        /// The end: it is no deliberation.
        case refuse
    }

    /// Why, for scripts.
    public var code: String
    /// Why, for people.
    public var message: BoundedText
    /// What becomes of the document.
    public var consequence: Consequence
    /// How long the attempt took, in milliseconds.
    public var milliseconds: Int
}

/// Why a lease ends without a result.
public enum GiveBack: Sendable, Hashable {
    /// The worker never got it or ended in order: nothing is held against the document.
    case unused
    /// Its worker died while it held several jobs: the next lease is alone.
    case suspect(Death)
    /// Its worker died while it held this job alone. So many such deaths within so many milliseconds, and it is held.
    case died(Death, limit: Int, window: Int)

    /// How a worker was lost.
    public enum Death: Sendable, Hashable {
        /// It fell silent.
        case silence
        /// It lives, and the job outlived the longest lease.
        case overtime
    }
}

/// Waiting jobs of one source at a stage.
public struct WaitingJobs: Sendable, Hashable {
    /// The stage.
    public var stage: Stage
    /// The source.
    public var source: ExactName
    /// Whether they are suspects.
    public var suspect: Bool
    /// How many.
    public var count: Int
}

/// A job that was leased, with what its worker needs.
public struct ClaimedJob: Sendable {
    /// The lease.
    public var lease: LeasedJob
    /// What the pusher said of the document.
    public var description: DocumentDescription
    /// The payload frames of its `JOB`.
    public var payload: [any StoredBytes]
    /// Whether it may take minutes.
    public var isSlow = false
}

/// What the store answers to an operation.
public enum StoreAnswer: Sendable {
    /// The document is kept; which passage through the stages begins.
    case accepted(generation: Int)
    /// The document was known in this state; nothing was changed.
    case known(DocumentState)
    /// Its source occupies too much; nothing was changed.
    case sourceFull(SourceExcess)
    /// What it is to replace is another's document; nothing was changed.
    case foreign(DocumentID)
    /// The jobs that were leased; sources left unserved for want of room, and documents that had to be held or delayed.
    case claimed([ClaimedJob], unserved: [ExactName: Int], setAside: [Outcome])
    /// The stage is paused: nothing was leased.
    case paused
    /// The document moved; where jobs wait now because of it.
    case moved(Outcome, waiting: WaitingJobs?)
    /// The lease does not stand: nothing was changed.
    case stale
    /// No document has this id.
    case unknownDocument
    /// That cannot be done in this state; nothing was changed.
    case wrongState(DocumentState)
    /// The document was erased: it does not come back, and nothing was changed.
    case erased
    /// The document has ended and its bytes are gone: nothing was changed.
    case unkept
    /// The bytes of so many documents were given up, and how far the history was looked through.
    case purged(Int, history: HistoryPurge)
    /// Documents that wait again, and whether others are still delayed.
    case woken([WaitingJobs], more: Bool)
    /// Done, nothing to tell.
    case done
    /// Where documents are; ids without a document are left out.
    case outcomes([Outcome])
    /// How many documents are where, and who shares the store.
    case counts(StoreCounts)
    /// A page of documents.
    case list(DocumentList)
    /// One document and its history.
    case history(DocumentHistory)
    /// What begins anew, and where jobs wait now because of it.
    case replayed(Replayed, waiting: [WaitingJobs])
    /// A page of what operators did.
    case acts(ActList)
    /// What those did that share the store.
    case beat(Beat)
    /// The leases as they stand now, in the order of what was asked for; nil for what has ended.
    case adopted([LeasedJob?])
}

/// What a `STATUS` says of the store.
public struct StoreCounts: Sendable {
    /// How many documents are at each stage in each state.
    public var documents: [StageCount]
    /// How old they are, if that was asked for.
    public var ages: [StageAges]?
    /// The brokers that share the store; nil where a broker is alone on it.
    public var brokers: [BrokerStatus]?
}

/// The clocks by which an operation writes its rows.
public struct OperationTime: Sendable, Hashable {
    /// Seconds since 1970 UTC, for people.
    public var wallSeconds: Int
    /// The queue's own time: milliseconds that a broker ran, over all its starts. Delays are kept on it.
    public var queueMilliseconds: Int

    /// A reading of both.
    public init(wallSeconds: Int, queueMilliseconds: Int) {
        self.wallSeconds = wallSeconds
        self.queueMilliseconds = queueMilliseconds
    }
}
