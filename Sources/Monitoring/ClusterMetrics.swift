import GreffierProtocol

/// What Prometheus is told of a cluster. What each broker counts for itself has its endpoint as the label `broker`; what the
/// store counts has no such label.
public struct ClusterMetrics {
    /// What each broker answered.
    public var answers: [BrokerAnswer]
    /// Alerts that wait for a person; nil where the register is not on this host.
    public var alertsWaiting: Int?
    /// This program's version.
    public var version: String

    /// What is known now.
    public init(answers: [BrokerAnswer], alertsWaiting: Int?, version: String) {
        self.answers = answers
        self.alertsWaiting = alertsWaiting
        self.version = version
    }

    /// Everything in Prometheus' text format.
    /// - Parameter now: seconds since 1970 UTC.
    public func text(now: Int) -> String {
        var metrics = MetricsText()
        let cluster = ClusterStatus(answers)
        metrics.add("greffier_up", .gauge, "Whether a broker answers.", cluster == nil ? 0 : 1)
        metrics.add(
            "greffier_broker_up", .gauge, "Whether this broker answers.",
            answers.map { ([("broker", $0.endpoint)], $0.status == nil ? 0 : 1) })
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
        if let status = cluster?.status {
            store(status, &metrics)
            brokers(&metrics)
            documents(status, now, &metrics)
            stages(status, &metrics)
            workers(status, &metrics)
        }
        return metrics.text
    }

    /// Samples of each broker that answered, with its label.
    private func each(
        _ samples: (Status) -> [(MetricsText.Labels, Double)]
    ) -> [(MetricsText.Labels, Double)] {
        answers.flatMap { answer in
            (answer.status.map(samples) ?? []).map { ([("broker", answer.endpoint)] + $0.0, $0.1) }
        }
    }

    private func store(_ status: Status, _ metrics: inout MetricsText) {
        metrics.add(
            "greffier_broker_starts_total", .counter, "How often a broker started on this queue.",
            Double(status.incarnation))
        metrics.add(
            "greffier_queued_bytes", .gauge, "Bytes of the documents that have not ended.", Double(status.queuedBytes))
        metrics.add(
            "greffier_disk_free_bytes", .gauge, "Free bytes of the disk that the queue is on.",
            status.measuredDiskBytes.map { [([], Double($0))] } ?? [])
        metrics.add(
            "greffier_broker_silent_seconds", .gauge, "How long ago a broker that shares the store said that it lives.",
            (status.brokers ?? []).map { ([("name", $0.name)], Double($0.silentMilliseconds) / 1_000) })
    }

    private func brokers(_ metrics: inout MetricsText) {
        metrics.add(
            "greffier_broker_info", .gauge, "The broker's version and mode.",
            each { [([("version", $0.version), ("mode", $0.mode)], 1)] })
        metrics.add(
            "greffier_broker_start_time_seconds", .gauge, "When the broker started, in seconds since 1970 UTC.",
            each { [([], Double($0.startedAt))] })
        metrics.add(
            "greffier_refusals_total", .counter, "What the broker refused since it started, by code.",
            each { ($0.refusals ?? []).map { ([("code", $0.code)], Double($0.count)) } })
        metrics.add(
            "greffier_documents_accepted_total", .counter, "Documents accepted since the broker started.",
            each { $0.accepted.map { [([], Double($0))] } ?? [] })
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
            "greffier_documents_lacking", .gauge, "Documents delayed though no attempt failed: a host lacks something.",
            Stage.allCases.map { stage in
                ([("stage", stage.rawValue)], Double(counts[stage]?.reduce(0) { $0 + ($1.lacking ?? 0) } ?? 0))
            })
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
        func counter(_ name: String, _ help: String, _ value: (StageActivity) -> Int) {
            let samples = each { status in
                (status.activity ?? []).map { ([("stage", $0.stage.rawValue)], Double(value($0))) }
            }
            metrics.add(name, .counter, help, samples)
        }
        counter("greffier_jobs_done_total", "Jobs done since the broker started.") { $0.done }
        counter("greffier_jobs_failed_total", "Attempts that failed since the broker started.") { $0.failed }
        counter("greffier_jobs_returned_total", "Leases that ended without a result since the broker started.") {
            $0.returned
        }
        metrics.add(
            "greffier_stage_idle_seconds", .gauge, "How long ago a job of the stage was done.",
            (status.activity ?? []).compactMap { stage in
                stage.idleMilliseconds.map { ([("stage", stage.stage.rawValue)], Double($0) / 1_000) }
            })
        metrics.add(
            "greffier_job_duration_seconds", "The time from lease to result.",
            bounds: StageActivity.durationMilliseconds.map { Double($0) / 1_000 },
            answers.flatMap { answer in
                (answer.status?.activity ?? []).map { stage in
                    MetricsText.Distribution(
                        labels: [("broker", answer.endpoint), ("stage", stage.stage.rawValue)],
                        columns: stage.durations, sum: Double(stage.totalMilliseconds) / 1_000)
                }
            })
    }

    private func workers(_ status: Status, _ metrics: inout MetricsText) {
        metrics.add(
            "greffier_workers", .gauge, "Connected worker processes.",
            Stage.allCases.map { stage in
                // There may be no room for all of them in the answer.
                let counted = status.activity?.first { $0.stage == stage }?.workers
                return ([("stage", stage.rawValue)], Double(counted ?? status.workers.count { $0.stage == stage }))
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
