import Dispatch
import Foundation
import GreffierProtocol
import Locks

/// The threads that do a worker's jobs, and the jobs that wait for them.
final class JobThreads: Sendable {
    private struct State {
        var waiting: [LeasedJob] = []
        var working: Set<LeaseToken> = []
        var isClosed = false
    }

    private let state = Lock(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let batch: Int
    private let processor: any JobProcessor
    private let finished: @Sendable ([(LeasedJob, JobResult)]) -> Void

    /// Starts `count` threads; `finished` is called on them with each batch of results.
    init(
        count: Int, batch: Int, processor: any JobProcessor,
        finished: @escaping @Sendable ([(LeasedJob, JobResult)]) -> Void
    ) {
        self.batch = batch
        self.processor = processor
        self.finished = finished
        for index in 1...count {
            let thread = Thread { [self] in run() }
            thread.name = "jobs-\(index)"
            // A parser's recursion is bounded, and musl's and glibc's defaults differ: say what is needed.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Gives a job to the next free thread.
    func add(_ job: LeasedJob) {
        state.withLock { $0.waiting.append(job) }
        arrivals.signal()
    }

    /// The leases of the jobs that are being done.
    var working: [LeaseToken] { state.withLock { Array($0.working) } }

    /// Lets the threads end once nothing waits.
    func close(threads: Int) {
        state.withLock { $0.isClosed = true }
        for _ in 0..<threads { arrivals.signal() }
    }

    private func run() {
        while true {
            arrivals.wait()
            let (jobs, isClosed) = state.withLock { state -> ([LeasedJob], Bool) in
                let jobs = Array(state.waiting.prefix(batch))
                state.waiting.removeFirst(jobs.count)
                state.working.formUnion(jobs.map(\.job.token))
                return (jobs, state.isClosed && state.waiting.isEmpty)
            }
            if !jobs.isEmpty {
                let results = processor.process(jobs)
                state.withLock { $0.working.subtract(jobs.map(\.job.token)) }
                finished(Array(zip(jobs, results)))
            }
            if isClosed { return }
        }
    }
}
