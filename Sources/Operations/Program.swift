import Foundation
import Logging
import ServiceLifecycle

/// A part of a program that runs until it is told to end.
public struct StoppableService: Service {
    private let stop: @Sendable () -> Void
    private let wait: @Sendable () async throws -> Void

    /// A service that `wait` waits for, and that ends some time after `stop` was called.
    public init(stop: @escaping @Sendable () -> Void, wait: @escaping @Sendable () async throws -> Void) {
        self.stop = stop
        self.wait = wait
    }

    public func run() async throws {
        try await withGracefulShutdownHandler {
            try await wait()
        } onGracefulShutdown: {
            stop()
        }
    }
}

/// Runs services until one of them ends or the program gets SIGTERM or SIGINT, then ends them gracefully, last first.
/// With GREFFIER_ENDS_WITH_INPUT in the environment the end of standard input does the same.
///
/// The service manager is told that the program is ready, for its services exist by now.
public func runProgram(_ services: [any Service], state: ServiceState, logger: Logger) async throws {
    let endsWithInput = ProcessInfo.processInfo.environment[InputEnd.variable] == "1"
    let ends: [any Service] = endsWithInput ? [InputEnd(logger: logger)] : []
    let configurations = (services + ends + [ServiceStateReporting(state: state)]).map { service in
        ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
    }
    var configuration = ServiceGroupConfiguration(
        services: configurations, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(60)
    try await ServiceGroup(configuration: configuration).run()
}
