import Broker
import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// Reads the list of keys anew on each SIGHUP. One that is wrong changes nothing, and is said.
struct KeyListReloading: Service {
    /// The hang-ups, trapped before the list was read first.
    let hangUps: UnixSignalsSequence
    let broker: Broker
    let configuration: Configuration
    let logger: Logger

    func run() async throws {
        for await _ in hangUps.cancelOnGracefulShutdown() {
            guard configuration.keys.brokerPairFile != nil, let file = configuration.keys.listFile else {
                logger.info("SIGHUP: this broker has no list of keys to read anew")
                continue
            }
            do {
                broker.admit(try configuration.accessList(file))
            } catch {
                logger.error("the list of keys is not used; the former one stays", metadata: ["reason": "\(error)"])
            }
        }
    }
}
