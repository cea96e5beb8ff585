import Client
import Operations

extension Configuration {
    /// Where a broker is found.
    var brokerEndpoints: BrokerEndpoints { BrokerEndpoints(brokers) ?? BrokerEndpoints(endpoint) }
}
