import Broker
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// Reads the list of keys anew on each SIGHUP. One that is wrong changes nothing, and is said.
struct KeyListReloading: Service {
    let broker: Broker
    let configuration: Configuration
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            guard let file = configuration.keys.listFile else { continue }
            do {
                broker.admit(try configuration.accessList(file))
            } catch {
                logger.error("the list of keys is not used; the former one stays", metadata: ["reason": "\(error)"])
            }
        }
    }
}
