import Deadlines
import Foundation
import GreffierProtocol
import Locks
import Register
import Storage
import WorkerRuntime

/// The work of the last stage: the Report enters the register. All jobs at hand share one transaction.
struct NotifyProcessor: JobProcessor {
    let register: Register
    let now: @Sendable () -> UTCInstant
    /// Called after documents were registered, so that their alerts need not wait.
    let registered: @Sendable () -> Void
    /// Called when a newer program has changed the register: this one must end.
    let outdated: @Sendable (StorageError) -> Void
    private let outage = Outage()

    init(
        register: Register, now: @escaping @Sendable () -> UTCInstant, registered: @escaping @Sendable () -> Void,
        outdated: @escaping @Sendable (StorageError) -> Void
    ) {
        self.register = register
        self.now = now
        self.registered = registered
        self.outdated = outdated
    }

    func process(_ jobs: [LeasedJob]) -> [JobResult] {
        let read = jobs.map(Self.registration)
        let batch = read.compactMap { try? $0.get() }
        var results = register(batch).makeIterator()
        registered()
        return read.map { registration in
            switch registration {
            case .success: results.next() ?? .done([])
            case .failure(let refusal): refusal.result
            }
        }
    }

    /// Why a job cannot be registered.
    private struct Refusal: Error {
        let result: JobResult
    }

    private static func registration(_ job: LeasedJob) -> Result<Registration, Refusal> {
        guard job.payload.count == Stage.notify.jobFrames, job.job.stage == .notify else {
            return .failure(Refusal(result: .wrongJob(job.job)))
        }
        do throws(RegisterError) {
            return .success(
                try Registration(
                    document: job.job.id, generation: job.job.generation, description: job.job.document,
                    report: job.payload[0].copyBytes(), extract: job.payload[1].copyBytes()))
        } catch {
            let message = BoundedText("\(error)")
            return .failure(Refusal(result: .failed(code: "bad-report", message: message, retry: false)))
        }
    }

    /// The code of a failure of the register's database or of this host's disk, which says nothing about the documents; nor does
    /// a database that is written anew, or copied. A file that is missing may be one document's.
    private static func code(ofHost error: any Error) -> String? {
        switch error {
        case StorageError.unreachable, RegisterError.bodiesUnreachable: "register-away"
        case StorageError.busy: "register-busy"
        case StorageError.diskFull, StorageError.inputOutput: "register-disk"
        case StorageError.newerSchema: "register-newer"
        case RegisterError.inputOutput(_, _, let errno) where errno != ENOENT: "register-disk"
        default: nil
        }
    }

    private func register(_ batch: [Registration]) -> [JobResult] {
        guard !batch.isEmpty else { return [] }
        do {
            _ = try register.register(batch, now: now())
            outage.end()
            return batch.map { _ in .done([]) }
        } catch {
            if let error = error as? StorageError, error.isNewerSchema { outdated(error) }
            if let code = Self.code(ofHost: error) {
                // The documents wait, and nothing is counted against them.
                let message = BoundedText("\(error)")
                let wait = outage.wait(now: .now)
                return batch.map { _ in .unable(code: code, message: message, consequence: .wait, wait: wait) }
            }
            // One of them may be the cause: alone, each shows whether it is.
            guard batch.count == 1 else { return batch.flatMap { register([$0]) } }
            return [.failed(code: "register-failing", message: BoundedText("\(error)"), retry: true)]
        }
    }
}

/// How long documents wait for a register that is away: as long again as it has been, so that a short outage costs little
/// and a long one few attempts.
final class Outage: Sendable {
    private static let shortest = 5_000
    private let start = Lock<ContinuousClock.Instant?>(nil)

    /// The register fails at `now`; answers the wait in milliseconds.
    func wait(now: ContinuousClock.Instant) -> Int {
        start.withLock { start in
            let since = start ?? now
            start = since
            return max(Self.shortest, Int((now - since) / .milliseconds(1)))
        }
    }

    /// The register takes documents again.
    func end() { start.withLock { $0 = nil } }
}
