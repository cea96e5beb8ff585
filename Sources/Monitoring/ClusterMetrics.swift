import GreffierProtocol

/// What Prometheus is told of a cluster.
public struct ClusterMetrics {
    /// The broker's answer; nil when it did not answer.
    public var status: Status?
    /// Alerts that wait for a person; nil where the register is not on this host.
    public var alertsWaiting: Int?
    /// This program's version.
    public var version: String

    /// What is known now.
    public init(status: Status?, alertsWaiting: Int?, version: String) {
        self.status = status
        self.alertsWaiting = alertsWaiting
        self.version = version
    }

    /// Everything in Prometheus' text format.
    /// - Parameter now: seconds since 1970 UTC.
    public func text(now: Int) -> String {
        var metrics = MetricsText()
        metrics.add("greffier_up", .gauge, "Whether the broker answers.", status == nil ? 0 : 1)
        metrics.add(
            "greffier_exporter_info", .gauge, "The version of the program that says this.",
            [
                ([("version", version)], 1)
            ])
        if let alertsWaiting {
            metrics.add(
                "greffier_alerts_waiting", .gauge, "Mails to staff that failed and wait for a person.",
                Double(alertsWaiting))
        }
        if let status {
            broker(status, &metrics)
            documents(status, now, &metrics)
            stages(status, &metrics)
            workers(status, &metrics)
        }
        return metrics.text
    }

    private func broker(_ status: Status, _ metrics: inout MetricsText) {
        metrics.add(
            "greffier_broker_info", .gauge, "The broker's version and mode.",
            [
                ([("version", status.version), ("mode", status.mode)], 1)
            ])
        metrics.add(
            "greffier_broker_start_time_seconds", .gauge, "When the broker started, in seconds since 1970 UTC.",
            Double(status.startedAt))
        metrics.add(
            "greffier_broker_starts_total", .counter, "How often a broker started on this queue.",
            Double(status.incarnation))
        metrics.add(
            "greffier_queued_bytes", .gauge, "Bytes of the documents that have not ended.", Double(status.queuedBytes))
        metrics.add(
            "greffier_disk_free_bytes", .gauge, "Free bytes of the disk that the queue is on.",
            Double(status.freeDiskBytes))
        metrics.add(
            "greffier_refusals_total", .counter, "What the broker refused since it started, by code.",
            (status.refusals ?? []).map { ([("code", $0.code)], Double($0.count)) })
        if let accepted = status.accepted {
            metrics.add(
                "greffier_documents_accepted_total", .counter, "Documents accepted since the broker started.",
                Double(accepted))
        }
    }

    private func documents(_ status: Status, _ now: Int, _ metrics: inout MetricsText) {
        let counts = Dictionary(grouping: status.counts, by: \.stage)
        let states = DocumentState.allCases
        // A state that no document is in is 0, not absent: rules over it go on.
        let all = Stage.allCases.flatMap { stage in
            states.map { state in
                (
                    [("stage", stage.rawValue), ("state", state.rawValue)] as MetricsText.Labels,
                    Double(counts[stage]?.first { $0.state == state }?.count ?? 0)
                )
            }
        }
        metrics.add("greffier_documents", .gauge, "Documents by stage and state.", all)
        metrics.add(
            "greffier_oldest_document_seconds", .gauge, "How long the oldest document has been in its state.",
            status.counts.compactMap { count in
                guard let since = count.oldestSince else { return nil }
                return (
                    [("stage", count.stage.rawValue), ("state", count.state.rawValue)], Double(max(0, now - since))
                )
            })
    }

    private func stages(_ status: Status, _ metrics: inout MetricsText) {
        metrics.add(
            "greffier_stage_paused", .gauge, "Whether an operator has paused the stage.",
            Stage.allCases.map { ([("stage", $0.rawValue)], status.paused.contains($0) ? 1 : 0) })
        let activity = status.activity ?? []
        func counter(_ name: String, _ help: String, _ value: (StageActivity) -> Int) {
            metrics.add(name, .counter, help, activity.map { ([("stage", $0.stage.rawValue)], Double(value($0))) })
        }
        counter("greffier_jobs_done_total", "Jobs done since the broker started.") { $0.done }
        counter("greffier_jobs_failed_total", "Attempts that failed since the broker started.") { $0.failed }
        counter("greffier_jobs_returned_total", "Leases that ended without a result since the broker started.") {
            $0.returned
        }
        metrics.add(
            "greffier_stage_idle_seconds", .gauge, "How long ago a job of the stage was done.",
            activity.compactMap { stage in
                stage.idleMilliseconds.map { ([("stage", stage.stage.rawValue)], Double($0) / 1_000) }
            })
        metrics.add(
            "greffier_job_duration_seconds", "The time from lease to result.",
            bounds: StageActivity.durationMilliseconds.map { Double($0) / 1_000 },
            activity.map { stage in
                MetricsText.Distribution(
                    labels: [("stage", stage.stage.rawValue)], columns: stage.durations,
                    sum: Double(stage.totalMilliseconds) / 1_000)
            })
    }

    private func workers(_ status: Status, _ metrics: inout MetricsText) {
        metrics.add(
            "greffier_workers", .gauge, "Connected worker processes.",
            Stage.allCases.map { stage in
                ([("stage", stage.rawValue)], Double(status.workers.count { $0.stage == stage }))
            })
        let versions = Dictionary(grouping: status.workers) { [$0.stage.rawValue, $0.host, $0.version] }
        metrics.add(
            "greffier_worker_info", .gauge, "Connected worker processes by stage, host and version.",
            versions.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, workers in
                ([("stage", key[0]), ("host", key[1]), ("version", key[2])], Double(workers.count))
            })
        metrics.add(
            "greffier_longest_held_seconds", .gauge, "How long the oldest job in a worker's hands has been there.",
            Stage.allCases.map { stage in
                let held = status.workers.filter { $0.stage == stage }.compactMap(\.busyMilliseconds).max() ?? 0
                return ([("stage", stage.rawValue)], Double(held) / 1_000)
            })
    }
}
