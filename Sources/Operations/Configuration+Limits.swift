import GreffierProtocol

extension Configuration.Limits {
    /// What the configuration says about limits.
    init(_ reader: inout SettingsReader) {
        let documentBytes = reader.bytes("limits.document")
        let queueBytes = reader.bytes("limits.queue")
        let share = max(queueBytes / 4, documentBytes)
        self.init(
            documentBytes: documentBytes, queueBytes: queueBytes,
            sourceBytes: reader.bytes("limits.sourceBytes", else: share),
            sourceKeptBytes: reader.bytes("limits.sourceKept", else: share),
            freeDiskBytes: reader.bytes("limits.freeDisk"), resultBytes: reader.bytes("limits.result"),
            sourceDocuments: reader.number("limits.sourceDocuments"), sources: reader.number("limits.sources"),
            submissions: reader.number("limits.submissions"), storingBytes: reader.bytes("limits.storing"),
            workers: reader.number("limits.workers"), workersPerKey: reader.number("limits.workersPerKey"),
            jobsPerWorker: reader.number("limits.jobsPerWorker"),
            connections: reader.number("limits.connections"),
            connectionsPerAddress: reader.number("limits.connectionsPerAddress"),
            questions: reader.number("limits.questions"), watchers: reader.number("limits.watchers"),
            memoryBytes: reader.bytes("limits.memory"))
        check(&reader)
    }

    /// Values that a unit allows and with which nobody would be served, or not everything that is accepted could be.
    private func check(_ reader: inout SettingsReader) {
        // A document travels to its worker in a frame, as results do.
        reader.requireRange(
            "limits.document", documentBytes, 1 << 10...ProtocolLimits.resultBytes, "workers take no larger frame")
        reader.requireRange(
            "limits.result", resultBytes, 64 << 10...ProtocolLimits.resultBytes, "it is the protocol's limit")
        reader.requireRange(
            "limits.memory", memoryBytes, 128 << 20...1 << 44, "a broker at rest needs half of the least")
        reader.requireRange(
            "limits.storing", storingBytes, 1 << 20...1 << 34, "it is in memory, and less would slow the disk down")
        reader.requireRange("limits.freeDisk", freeDiskBytes, 1 << 20...1 << 50, "what was accepted needs room to end")
        for (key, value) in [
            ("limits.queue", queueBytes), ("limits.sourceBytes", sourceBytes), ("limits.sourceKept", sourceKeptBytes),
        ] where value < documentBytes && documentBytes <= ProtocolLimits.resultBytes {
            reader.unfit(key, "must be at least limits.document: else the largest document would never be accepted")
        }
    }
}

extension Configuration {
    /// How leases are kept alive, and how failing jobs are tried again.
    static func leases(_ reader: inout SettingsReader) -> (Lease, Retry) {
        let lease = Lease(
            heartbeatMilliseconds: reader.milliseconds("lease.heartbeat"),
            expiryMilliseconds: reader.milliseconds("lease.expiry"),
            longestMilliseconds: reader.milliseconds("lease.longest"))
        let retry = Retry(
            attempts: reader.number("retry.attempts"), deaths: reader.number("retry.deaths"),
            firstMilliseconds: reader.milliseconds("retry.first"),
            longestMilliseconds: reader.milliseconds("retry.longest"))
        if lease.expiryMilliseconds < 2 * lease.heartbeatMilliseconds {
            reader.unfit("lease.expiry", "must be at least twice lease.heartbeat, or living workers lose their jobs")
        }
        let day = 86_400_000
        reader.requireDuration("lease.heartbeat", lease.heartbeatMilliseconds, 50...60_000)
        reader.requireDuration("lease.expiry", lease.expiryMilliseconds, 100...3_600_000)
        reader.requireDuration("lease.longest", lease.longestMilliseconds, 60_000...day)
        reader.requireDuration("retry.longest", retry.longestMilliseconds, 1...30 * day)
        if retry.firstMilliseconds > retry.longestMilliseconds {
            reader.unfit("retry.first", "must not be longer than retry.longest")
        }
        return (lease, retry)
    }
}

extension SettingsReader {
    /// Notes a size outside of what is of use, with the reason for its bounds.
    mutating func requireRange(_ path: String, _ bytes: Int, _ range: ClosedRange<Int>, _ reason: String) {
        guard !range.contains(bytes) else { return }
        unfit(path, "must be from \(range.lowerBound >> 10) KiB to \(range.upperBound >> 10) KiB: \(reason)")
    }

    /// Notes a length of time outside of what is of use.
    mutating func requireDuration(_ path: String, _ milliseconds: Int, _ range: ClosedRange<Int>) {
        guard !range.contains(milliseconds) else { return }
        unfit(path, "must be from \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))")
    }

    private static func text(_ milliseconds: Int) -> String {
        let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")]
        let unit = units.first { milliseconds >= $0.0 && milliseconds % $0.0 == 0 } ?? (1, "ms")
        return "\(milliseconds / unit.0) \(unit.1)"
    }
}
