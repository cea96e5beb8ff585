/// How to reach the mail server.
public struct SMTPConfiguration: Sendable {
    /// How the connection is protected.
    public enum Security: String, Sendable, CaseIterable {
        /// `smtp://` and STARTTLS; a server without it gets no mail.
        case startTLS = "starttls"
        /// `smtp://`, STARTTLS when the server offers it.
        case opportunistic
        /// `smtp://` in clear, for a relay on this host or a trusted network.
        case none
        /// `smtps://`: TLS from the first byte.
        case tls
    }

    /// Whether the server must prove who it is.
    public enum Verification: String, Sendable, CaseIterable {
        /// Its certificate must be valid and bear its name.
        case required
        /// Anybody may answer: said in words, because mail could then be read or kept by a stranger.
        case acceptsAnyServer = "accepts-any-server"
    }

    /// How the login is sent.
    public enum Mechanism: String, Sendable, CaseIterable {
        /// Whichever of PLAIN and LOGIN the server offers.
        case automatic
        /// RFC 4616.
        case plain
        /// The old LOGIN dialogue.
        case login
    }

    /// Who logs in.
    public struct Credentials: Sendable {
        /// The account.
        public let user: String
        /// Its password.
        public let password: Password
        /// How both are sent.
        public let mechanism: Mechanism

        /// A login.
        public init(user: String, password: Password, mechanism: Mechanism = .automatic) {
            self.user = user
            self.password = password
            self.mechanism = mechanism
        }
    }

    /// A host name or an address (IPv6 without brackets).
    public let host: String
    /// 1 to 65,535; 587, 465 or 25 by custom.
    public let port: Int
    /// How the connection is protected.
    public let security: Security
    /// Whether the server must prove who it is.
    public let verification: Verification
    /// A PEM file of the authorities to trust instead of the system's.
    public let authorityFile: String?
    /// Who logs in; `nil` for relays that know this host.
    public let credentials: Credentials?
    /// The name said in EHLO; this host's when `nil`.
    public let greetingName: String?
    /// The most seconds to reach the server, TLS included.
    public let connectSeconds: Int
    /// The most seconds for one message, everything included.
    public let totalSeconds: Int

    /// - Throws: `MailError.invalidConfiguration` for values out of range, `.passwordInClear` for a password that would cross the
    ///   network so.
    public init(
        host: String, port: Int, security: Security = .startTLS, verification: Verification = .required,
        authorityFile: String? = nil, credentials: Credentials? = nil, greetingName: String? = nil,
        connectSeconds: Int = 15, totalSeconds: Int = 120
    ) throws(MailError) {
        self.host = host
        self.port = port
        self.security = security
        self.verification = verification
        self.authorityFile = authorityFile
        self.credentials = credentials
        self.greetingName = greetingName
        self.connectSeconds = connectSeconds
        self.totalSeconds = totalSeconds
        try validate()
    }

    private func validate() throws(MailError) {
        guard Self.isHost(host) else {
            throw .invalidConfiguration(reason: "smtp host \"\(host)\" is no host name or address")
        }
        guard (1...65_535).contains(port) else {
            throw .invalidConfiguration(reason: "smtp port \(port) is not 1 to 65535")
        }
        guard greetingName.map(Self.isHost) ?? true else {
            throw .invalidConfiguration(reason: "the name said in EHLO must be a host name")
        }
        guard (1...600).contains(connectSeconds), (1...3600).contains(totalSeconds), connectSeconds <= totalSeconds
        else {
            throw .invalidConfiguration(
                reason: "smtp timeouts: connect 1 to 600 seconds, total 1 to 3600 and not shorter than connect")
        }
        guard credentials != nil else { return }
        let isLocal = ["localhost", "127.0.0.1", "::1"].contains(host)
        guard isLocal || security == .startTLS || security == .tls else {
            throw .passwordInClear(security: security.rawValue)
        }
    }

    private static func isHost(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy { $0.isAlphanumeric || [0x2D, 0x2E, 0x3A].contains($0) }
    }

    /// The URL that libcurl understands.
    var url: String {
        let scheme = security == .tls ? "smtps" : "smtp"
        let authority = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(authority):\(port)" + (greetingName.map { "/\($0)" } ?? "")
    }
}

/// A password that no description, dump or mirror shows.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let secret: String

    /// Keeps `secret` for the login alone.
    public init(_ secret: String) { self.secret = secret }

    /// Never the password.
    public var description: String { "(hidden)" }
    /// Never the password.
    public var debugDescription: String { description }
    /// No children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
