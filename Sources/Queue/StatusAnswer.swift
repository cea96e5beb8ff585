import GreffierProtocol
import Storage

/// How the machine describes the cluster.
extension QueueMachine {
    /// How much of a `STATUS` its workers may fill, so that the header keeps the protocol's limit.
    private static let workerBytes = ProtocolLimits.headerBytes / 2

    /// What a `STATUS` says now.
    func status(_ counts: StoreCounts, request: Int?) -> Status {
        let processes = Dictionary(grouping: workers.values, by: \.ready.stage).mapValues(\.count)
        return Status(
            version: version, incarnation: opening.incarnation, startedAt: started.wallSeconds, mode: mode.rawValue,
            counts: counts.documents, workers: shownWorkers(), paused: paused.sorted(), queuedBytes: queuedBytes,
            freeDiskBytes: freeBytes, workerCount: workers.count, accepted: activity.accepted,
            activity: activity.stages(now: now.monotonic, workers: processes), refusals: activity.refusals,
            ages: counts.ages, brokers: counts.brokers, request: request)
    }

    private func shownWorkers() -> [WorkerStatus] {
        var bytes = 0
        let all = workers.values.sorted { ($0.ready.stage, $0.since) < ($1.ready.stage, $1.since) }.lazy.map(status)
        return Array(
            all.prefix { worker in
                bytes += worker.jsonBytes(reserving: 512).count
                return bytes <= Self.workerBytes
            })
    }

    private func status(of worker: Worker) -> WorkerStatus {
        let oldest = worker.leases.compactMap { leases[$0] }.min { $0.granted < $1.granted }
        return WorkerStatus(
            stage: worker.ready.stage, program: worker.name.program, version: BoundedName.cut(worker.ready.version),
            host: worker.name.host, process: worker.name.process, credit: worker.credit,
            leased: worker.leases.count, since: worker.since,
            silentMilliseconds: max(0, now.monotonic - worker.heard), busyOn: oldest?.job.id,
            busyMilliseconds: oldest.map { max(0, now.monotonic - $0.granted) })
    }
}
