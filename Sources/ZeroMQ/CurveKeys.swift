internal import CZeroMQ

/// The public half of a pair of CURVE keys (ZeroMQ RFC 26): it may be shown to anybody.
public struct CurvePublicKey: Sendable, Hashable, CustomStringConvertible {
    /// The characters of a key in Z85.
    public static let characters = 40
    /// The bytes of a key.
    public static let bytes = 32

    let raw: [UInt8]

    /// The key in Z85; `nil` when `text` is not one: 40 characters of that alphabet.
    public init?(_ text: String) {
        guard text.utf8.count == Self.characters, let raw = Z85.decode(text.utf8) else { return nil }
        self.raw = raw
    }

    /// The key that is these bytes; `nil` when they are not 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.bytes else { return nil }
        raw = bytes
    }

    /// The key in Z85, 40 characters.
    public var description: String { Z85.encode(raw) }
}

/// The secret half of a pair of CURVE keys. It shows itself to no log: what prints it prints only that there is one.
public struct CurveSecretKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let raw: [UInt8]

    /// The key in Z85; `nil` when `text` is not one: 40 characters of that alphabet.
    public init?(_ text: String) {
        guard text.utf8.count == CurvePublicKey.characters, let raw = Z85.decode(text.utf8) else { return nil }
        self.raw = raw
    }

    fileprivate init(raw: [UInt8]) {
        self.raw = raw
    }

    /// The key in Z85, for the file that keeps it.
    public var revealed: String { Z85.encode(raw) }

    public var description: String { "(a secret key)" }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A pair of CURVE keys that belong together.
public struct CurveKeyPair: Sendable {
    /// What others may know.
    public let publicKey: CurvePublicKey
    /// What nobody else may know.
    public let secretKey: CurveSecretKey

    /// A new pair, from the system's random numbers.
    /// - Throws: `ZeroMQError.noCurve` when this libzmq cannot encrypt.
    public init() throws(ZeroMQError) {
        try Curve.require()
        var publicText = [CChar](repeating: 0, count: CurvePublicKey.characters + 1)
        var secretText = publicText
        defer { czmq_wipe(&secretText, secretText.count) }
        guard zmq_curve_keypair(&publicText, &secretText) == 0,
            let publicKey = CurvePublicKey(text(publicText)), let secretKey = CurveSecretKey(text(secretText))
        else { throw .unexpectedAnswer(.makeKeys) }
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// The pair of a secret key.
    /// - Throws: `ZeroMQError.noCurve` when this libzmq cannot encrypt.
    public init(secretKey: CurveSecretKey) throws(ZeroMQError) {
        try Curve.require()
        var publicText = [CChar](repeating: 0, count: CurvePublicKey.characters + 1)
        guard zmq_curve_public(&publicText, secretKey.revealed) == 0, let publicKey = CurvePublicKey(text(publicText))
        else { throw .unexpectedAnswer(.makeKeys) }
        self.publicKey = publicKey
        self.secretKey = secretKey
    }
}

private func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Whether this libzmq can encrypt.
public enum Curve {
    /// Whether libzmq was built with CURVE (Debian's is, with libsodium).
    public static var isAvailable: Bool { zmq_has("curve") == 1 }

    static func require() throws(ZeroMQError) {
        guard isAvailable else { throw .noCurve }
    }
}

/// How a socket's connections are protected.
public enum SocketSecurity: Sendable {
    /// Not at all: only within this host.
    case none
    /// Encrypted, as the side whose key the others know. Without an ``Authenticator`` in its context anybody gets in.
    case server(CurveSecretKey)
    /// Encrypted, as the side that knows the server's key and shows its own.
    case client(CurveKeyPair, server: CurvePublicKey)

    /// Whether what is said can be read on the way.
    public var isEncrypted: Bool {
        if case .none = self { false } else { true }
    }
}

extension Socket {
    /// Protects what is bound or connected from now on.
    /// - Throws: `ZeroMQError.noCurve` when this libzmq cannot encrypt.
    public func protect(_ security: SocketSecurity) throws(ZeroMQError) {
        switch security {
        case .none: return
        case .server(let secretKey):
            try Curve.require()
            try handle.set("curveServer", ZMQ_CURVE_SERVER, Int32(1))
            try handle.set("curveSecretKey", ZMQ_CURVE_SECRETKEY, bytes: secretKey.raw)
        case .client(let pair, let server):
            try Curve.require()
            try handle.set("curveServerKey", ZMQ_CURVE_SERVERKEY, bytes: server.raw)
            try handle.set("curvePublicKey", ZMQ_CURVE_PUBLICKEY, bytes: pair.publicKey.raw)
            try handle.set("curveSecretKey", ZMQ_CURVE_SECRETKEY, bytes: pair.secretKey.raw)
        }
    }
}
