import GreffierProtocol
import Logging
import ZeroMQ

/// A worker process: it connects to the broker for ever, keeps its leases alive, and gives each job to a thread.
public final class Worker: Sendable {
    /// What other threads tell the thread of the socket.
    enum Command: Sendable {
        case finished([(LeasedJob, JobResult)])
        case drain
    }

    private let commands: Mailbox<Command>
    private let thread: SocketThread

    /// Starts the worker.
    /// - Throws: `ZeroMQError` when the process can open no more sockets or threads.
    public init(_ settings: WorkerSettings, processor: any JobProcessor, logger: Logger) throws {
        let commands = try Mailbox<Command>(capacity: settings.identity.credit + settings.threads + 16)
        let jobs = JobThreads(count: settings.threads, batch: settings.batch, processor: processor) { results in
            _ = commands.post(.finished(results))
        }
        self.commands = commands
        thread = try SocketThread(name: "worker") {
            defer { jobs.close(threads: settings.threads) }
            var loop = try WorkerLoop(settings, commands: commands, jobs: jobs, logger: logger)
            try loop.run()
        }
    }

    /// Takes no further jobs, finishes those in hand, and ends.
    public func drain() {
        _ = commands.post(.drain)
    }

    /// Waits until the worker has ended.
    /// - Throws: ``WorkerError`` or `ZeroMQError` if it did not end well.
    public func waitUntilEnd() async throws {
        try await thread.waitUntilEnd()
    }
}
