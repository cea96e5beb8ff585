import Deadlines
import Foundation
import GreffierProtocol
import Register
import Storage
import WorkerRuntime

/// The work of the last stage: the Report enters the register. All jobs at hand share one transaction.
struct NotifyProcessor: JobProcessor {
    let register: Register
    let now: @Sendable () -> UTCInstant
    /// Called after documents were registered, so that their alerts need not wait.
    let registered: @Sendable () -> Void

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
        case RegisterError.inputOutput(_, _, let errno) where errno != ENOENT: "register-disk"
        default: nil
        }
    }

    private func register(_ batch: [Registration]) -> [JobResult] {
        guard !batch.isEmpty else { return [] }
        do {
            _ = try register.register(batch, now: now())
            return batch.map { _ in .done([]) }
        } catch {
            if let code = Self.code(ofHost: error) {
                // The documents wait, and nothing is counted against them.
                let message = BoundedText("\(error)")
                return batch.map { _ in .unable(code: code, message: message, consequence: .wait) }
            }
            // One of them may be the cause: alone, each shows whether it is.
            guard batch.count == 1 else { return batch.flatMap { register([$0]) } }
            return [.failed(code: "register-failing", message: BoundedText("\(error)"), retry: true)]
        }
    }
}
