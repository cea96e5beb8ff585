import Glibc

/// What a child process writes on its two outputs, read as it comes and bounded.
struct CollectedOutput {
    /// The most bytes of ``output``.
    let outputLimit: Int
    /// What it wrote on standard output.
    private(set) var output: [UInt8] = []
    /// The beginning of what it wrote on standard error.
    private(set) var messages: [UInt8] = []

    private static let messagesLimit = 4_096
    private static let step = 1 << 16

    init(outputLimit: Int) {
        self.outputLimit = outputLimit
    }

    /// Reads both descriptors to their ends.
    /// - Returns: why the process is to be ended, or nil at the ends of both.
    mutating func read(
        output outputEnd: Int32, messages messagesEnd: Int32, until deadline: ContinuousClock.Instant
    ) -> BoundedProcess.Ending? {
        var ends = [pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0)]
        ends.append(pollfd(fd: messagesEnd, events: Int16(POLLIN), revents: 0))
        while ends.contains(where: { $0.fd >= 0 }) {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return .outOfTime }
            let milliseconds = min(left.components.seconds * 1_000 + 1, 60_000)
            guard poll(&ends, nfds_t(ends.count), Int32(milliseconds)) > 0 else { continue }
            for index in ends.indices where ends[index].fd >= 0 && ends[index].revents != 0 {
                let bytes = Self.readSome(ends[index].fd)
                // A negative descriptor is passed over by poll.
                if bytes?.isEmpty == true { ends[index].fd = -1 }
                guard keep(bytes ?? [], isOutput: index == 0) else { return .tooMuchOutput }
            }
        }
        return nil
    }

    private mutating func keep(_ bytes: [UInt8], isOutput: Bool) -> Bool {
        guard isOutput else {
            messages += bytes.prefix(Self.messagesLimit - messages.count)
            return true
        }
        guard output.count + bytes.count <= outputLimit else { return false }
        output += bytes
        return true
    }

    /// The bytes that are there, none at the end, or nil if reading was interrupted.
    private static func readSome(_ descriptor: Int32) -> [UInt8]? {
        var wasInterrupted = false
        let bytes = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
            let result = Glibc.read(descriptor, buffer.baseAddress, step)
            wasInterrupted = result < 0 && (errno == EINTR || errno == EAGAIN)
            count = max(result, 0)
        }
        return wasInterrupted ? nil : bytes
    }
}
