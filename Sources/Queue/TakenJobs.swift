import GreffierProtocol

/// The jobs that a claim takes: as many as its bytes allow, one at least, and of those that may take minutes only as many as
/// its worker does at once, behind all the others.
struct TakenJobs {
    private let claim: Claim
    private var quick: [ClaimedJob] = []
    private var slow: [ClaimedJob] = []
    private var bytes = 0
    /// How many jobs of each source are left for another claim.
    private(set) var unserved: [ExactName: Int] = [:]

    init(_ claim: Claim) {
        self.claim = claim
    }

    var jobs: [ClaimedJob] { quick + slow }

    /// Whether a document that may take minutes may be taken, whatever its size.
    var hasRoomForSlow: Bool { quick.isEmpty && slow.isEmpty || slow.count < claim.slowJobs }

    /// Whether a job with so many bytes of payload may be taken, as far as that shows before they are read.
    func hasRoom(for bytes: Int) -> Bool {
        hasRoom(for: bytes, isSlow: claim.stage == .ingest && Pace.isSlow(bytes: bytes))
    }

    func hasRoom(for bytes: Int, isSlow: Bool) -> Bool {
        guard !quick.isEmpty || !slow.isEmpty else { return true }
        return self.bytes + bytes <= claim.byteBudget && (!isSlow || slow.count < claim.slowJobs)
    }

    mutating func add(_ job: ClaimedJob, bytes: Int) {
        self.bytes += bytes
        if job.isSlow { slow.append(job) } else { quick.append(job) }
    }

    mutating func leave(_ source: ExactName) {
        unserved[source, default: 0] += 1
    }
}
