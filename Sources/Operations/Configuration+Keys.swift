import Access
import Foundation
import ZeroMQ

/// Where keys and the list of them lie, and where they are needed.
extension Configuration {
    /// What protects connections to and from other hosts.
    public struct Keys: Sendable {
        /// The broker's pair of keys; without it nobody of another host can connect.
        public var brokerPairFile: String?
        /// The list of keys that the broker lets in.
        public var listFile: String?
        /// The pair of keys of this host's workers, pushers or operators.
        public var ownPairFile: String?
        /// The broker's public key.
        public var broker: CurvePublicKey?
    }

    static func keys(_ reader: inout SettingsReader) -> Keys {
        let keys = Keys(
            brokerPairFile: reader.path("keys.brokerPair"), listFile: reader.path("keys.list"),
            ownPairFile: reader.path("keys.own"), broker: reader.text("keys.broker").flatMap { CurvePublicKey($0) })
        if keys.broker == nil, reader.text("keys.broker") != nil {
            reader.problem(
                "keys.broker", "is no public key: write the 40 characters that `greffier keygen` prints, quoted")
        }
        if keys.brokerPairFile != nil, keys.listFile == nil {
            reader.problem("keys.list", "is missing: without a list the broker would let nobody in")
        }
        if keys.brokerPairFile == nil, keys.listFile != nil {
            reader.problem("keys.brokerPair", "is missing: make one with `greffier keygen --name broker`")
        }
        if keys.ownPairFile == nil, keys.broker != nil {
            reader.problem("keys.own", "is missing: make one with `greffier keygen --role …`")
        }
        return keys
    }

    /// Further endpoints, each checked.
    static func listening(_ reader: inout SettingsReader, _ keys: Keys) -> [Endpoint] {
        reader.list("listen").compactMap { text in
            do {
                let endpoint = try Endpoint(text)
                if keys.brokerPairFile == nil { try endpoint.requireLocal() }
                return endpoint
            } catch {
                reader.problem("listen", String(describing: error))
                return nil
            }
        }
    }

    /// The broker's endpoint; one that other hosts can reach only where keys protect it.
    static func endpoint(
        _ text: String, _ key: String, _ keys: Keys, _ reader: inout SettingsReader
    ) -> Endpoint? {
        do {
            let endpoint = try Endpoint(text)
            if keys.brokerPairFile == nil, keys.broker == nil { try endpoint.requireLocal() }
            return endpoint
        } catch {
            reader.problem(key, String(describing: error))
            return nil
        }
    }

    /// The broker's keys, from their files.
    /// - Returns: nil when it has none; then it may listen on this host only.
    /// - Throws: ``ConfigurationError`` when a file is missing, open to others or wrong.
    public func brokerKeys() throws -> (pair: CurveKeyPair, list: AccessList)? {
        guard let pairFile = keys.brokerPairFile, let listFile = keys.listFile else {
            for endpoint in [endpoint] + listen where !endpoint.isLocal {
                throw ConfigurationError(
                    place: "the configuration", key: "keys.brokerPair",
                    message: "is missing: \(ZeroMQError.notLocal(endpoint))")
            }
            return nil
        }
        let pair = try Self.naming("keys.brokerPair", pairFile) { try KeyFile.read(pairFile) }
        return (pair, try accessList(listFile))
    }

    /// The list of keys as its file has it now.
    /// - Throws: ``ConfigurationError`` when it is missing, open to others or wrong.
    public func accessList(_ file: String) throws -> AccessList {
        try Self.naming("keys.list", file) { try AccessList(file: file) }
    }

    /// How a connection to a broker is protected: by keys on TCP where they are set, not at all within this host. Several
    /// brokers have one pair of keys.
    /// - Throws: ``ConfigurationError`` when a key is missing, open to others or wrong.
    public func clientSecurity() throws -> SocketSecurity {
        let isTCP = brokers.contains { if case .tcp = $0.address { true } else { false } }
        guard isTCP, let own = keys.ownPairFile, let broker = keys.broker else {
            guard let endpoint = brokers.first(where: { !$0.isLocal }) else { return .none }
            throw ConfigurationError(
                place: "the configuration", key: keys.broker == nil ? "keys.broker" : "keys.own",
                message: "is missing: \(ZeroMQError.notLocal(endpoint))")
        }
        return .client(try Self.naming("keys.own", own) { try KeyFile.read(own) }, server: broker)
    }

    private static func naming<Result>(_ key: String, _ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw ConfigurationError(place: path, key: key, message: "\(error)")
        }
    }
}
