import Dispatch

/// Delivery by SMTP through libcurl: one transaction a recipient, one connection kept for many messages.
///
/// The actor runs on its own serial queue, so that a slow server blocks nobody else's thread and the libcurl handle is
/// used by one thread at a time.
public actor SMTPTransport: MailTransport {
    private let executor = SerialQueueExecutor(label: "greffier.smtp")
    private let configuration: SMTPConfiguration
    private var session: SMTPSession?

    /// Connects at the first delivery.
    public init(_ configuration: SMTPConfiguration) {
        self.configuration = configuration
    }

    /// The transport's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Hands over one message. A kept connection that the server had closed meanwhile is replaced once, silently.
    public func deliver(_ message: MailMessage, envelope: Envelope) -> DeliveryOutcome {
        let bytes = message.encoded()
        guard let session = openSession() else {
            return .serverTrouble(code: nil, text: "libcurl cannot start: memory or its TLS library is missing")
        }
        let reused = session.hasConnection
        let result = session.send(bytes, envelope: envelope)
        guard reused, result.isStaleConnection else { return result.outcome }
        close()
        return openSession()?.send(bytes, envelope: envelope).outcome ?? result.outcome
    }

    /// Connects and logs in, without sending anything: why that does not go, as a sentence; nil when it goes.
    public func trouble() -> String? {
        guard let session = openSession() else { return "libcurl cannot start: memory or its TLS library is missing" }
        defer { close() }
        return session.trouble()
    }

    /// Says QUIT and closes the connection; the next delivery opens another.
    public func close() {
        session = nil
    }

    private func openSession() -> SMTPSession? {
        if session == nil { session = SMTPSession(configuration) }
        return session
    }
}

/// Runs an actor's work on one serial queue.
private final class SerialQueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
