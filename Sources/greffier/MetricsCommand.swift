import ArgumentParser
import Client
import Console
import Foundation
import GreffierProtocol
import Logging
import Monitoring
import Operations
import Register
import ServiceLifecycle

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print the cluster's metrics for Prometheus, or serve them by HTTP.",
        discussion: """
            Printed once they suit the textfile collector of node_exporter. With --serve they are answered at \
            http://ADDRESS/metrics, where ADDRESS is the key metrics.listen (127.0.0.1:9464 unless it is set), until SIGTERM.
            """)

    @OptionGroup var common: CommonOptions

    @Flag(help: "Serve them by HTTP at metrics.listen.")
    var serve = false

    func run() async throws {
        try await reportingErrors {
            let source = try MetricsSource(common.configuration())
            guard serve else { return Output.line(String(source.page().dropLast())) }
            let logger = StructuredLogHandler.logger(program: "greffier-metrics", source.configuration.log)
            guard let address = MetricsAddress(source.configuration.metricsListen) else {
                throw ConfigurationError(
                    place: "the configuration", key: "metrics.listen",
                    message: "is no address: write 127.0.0.1:9464, numbers only")
            }
            Signals.catchHangUps()
            let state = ServiceState()
            let endpoint = try MetricsEndpoint(address) {
                state.alive()
            } page: {
                source.page()
            }
            if !address.isLoopback {
                logger.warning("metrics are told to whoever asks from other hosts", metadata: ["listen": "\(address)"])
            }
            logger.notice("serving", metadata: ["metrics": "http://\(endpoint.address)/metrics"])
            let service = StoppableService {
                endpoint.stop()
            } wait: {
                await withCheckedContinuation { continuation in
                    let thread = Thread {
                        endpoint.run()
                        continuation.resume()
                    }
                    thread.name = "metrics"
                    thread.start()
                }
            }
            try await runProgram([service], state: state, logger: logger)
        }
    }
}

/// Where metrics come from: the broker, and the register if it is on this host.
private struct MetricsSource: Sendable {
    let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func page() -> String {
        let answers = (try? statuses()) ?? []
        let register = try? Register(reading: configuration.registerPlace)
        let metrics = ClusterMetrics(
            answers: answers, alertsWaiting: try? register?.alertsWaitingForPerson(), version: ProgramVersion.current)
        return metrics.text(now: Int(Date().timeIntervalSince1970))
    }

    private func statuses() throws -> [BrokerAnswer] {
        try BrokerQuestions(configuration.brokerEndpoints, configuration.clientSecurity()).statuses()
    }
}
