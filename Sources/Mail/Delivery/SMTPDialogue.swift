/// What was said so far in one transaction: how far it came and the server's last reply.
struct SMTPDialogue {
    /// How far a transaction came, in the order of RFC 5321 section 3.3.
    enum Phase: Int, Comparable {
        /// Greeting, STARTTLS, login: nothing of this message.
        case connection
        /// MAIL FROM.
        case sender
        /// RCPT TO.
        case recipient
        /// DATA was said.
        case data
        /// The whole message was handed to libcurl.
        case handedOver

        static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    struct Reply {
        let code: Int
        let text: String
        let phase: Phase
    }

    private(set) var phase = Phase.connection
    private(set) var lastReply: Reply?
    /// libcurl says QUIT after a refusal: what the server answers to that is not about the message.
    private var hasQuit = false

    /// A command that the client sent. Only its verb is looked at: logins are never kept.
    mutating func sent(_ command: some Collection<UInt8>) {
        let verb = String(decoding: command.prefix(10), as: UTF8.self).uppercased()
        if verb.hasPrefix("MAIL FROM") {
            advance(to: .sender)
        } else if verb.hasPrefix("RCPT TO") {
            advance(to: .recipient)
        } else if verb.hasPrefix("DATA") {
            advance(to: .data)
        } else if verb.hasPrefix("QUIT") {
            hasQuit = true
        }
    }

    mutating func handedOver() { advance(to: .handedOver) }

    /// A line that the server sent; continuation lines (`250-`) wait for the last one.
    mutating func received(_ line: some Collection<UInt8>) {
        let bytes = Array(line.prefix(512))
        guard !hasQuit, bytes.count >= 3, bytes[..<3].allSatisfy(\.isDigit),
            bytes.count == 3 || bytes[3] != UInt8(ascii: "-"),
            let code = Int(String(decoding: bytes[..<3], as: UTF8.self))
        else { return }
        lastReply = Reply(code: code, text: HeaderText(String(decoding: bytes, as: UTF8.self)).text, phase: phase)
    }

    private mutating func advance(to next: Phase) { phase = max(phase, next) }
}

/// How one perform of libcurl ended.
struct SMTPResult {
    /// What libcurl said.
    enum Ending: Equatable {
        case success
        /// No or no valid TLS, a wrong certificate: libcurl's words.
        case untrusted(String)
        /// The login was refused.
        case loginRefused(String)
        /// Everything else: connection, time limit, refusal by the server.
        case failure(String)
    }

    let ending: Ending
    let dialogue: SMTPDialogue

    /// The outcome, by how far the dialogue came.
    var outcome: DeliveryOutcome {
        switch ending {
        case .success:
            return .accepted(reply: (dialogue.lastReply?.text ?? "").excerpt(DeliveryOutcome.textLimit))
        case .untrusted(let words):
            return Self.trouble(
                nil, "\(words); check the server's certificate, the authority file and the security setting")
        case .loginRefused(let words):
            let reply = dialogue.lastReply
            return Self.trouble(reply?.code, "\(reply?.text ?? words); check the SMTP user and password")
        case .failure(let words):
            return outcome(ofFailure: words)
        }
    }

    /// True when a kept connection turned out to be closed before this message was handed over.
    var isStaleConnection: Bool {
        guard case .failure = ending, dialogue.phase < .handedOver else { return false }
        return dialogue.lastReply == nil || dialogue.lastReply?.code == 421
    }

    private func outcome(ofFailure words: String) -> DeliveryOutcome {
        let reply = dialogue.lastReply
        if dialogue.phase == .handedOver {
            guard let reply, reply.phase == .handedOver, reply.code >= 400 else {
                return .uncertain(
                    text: "connection lost after the message was handed over, before the reply: \(words)"
                        .excerpt(DeliveryOutcome.textLimit))
            }
            return Self.refusal(reply)
        }
        guard let reply, reply.code >= 400 else {
            return dialogue.phase < .recipient ? Self.trouble(nil, words) : Self.temporary(nil, words)
        }
        return Self.refusal(reply)
    }

    /// Whose refusal it is. What the server says before RCPT TO is about us or itself, so it is everybody's and never final;
    /// but 552 to MAIL FROM is about the size that is declared there (RFC 1870 section 6).
    private static func refusal(_ reply: SMTPDialogue.Reply) -> DeliveryOutcome {
        if reply.code == 421 || asksForLogin(reply.code) { return trouble(reply.code, reply.text) }
        switch reply.phase {
        case .connection: return trouble(reply.code, reply.text)
        case .sender where reply.code != 552:
            let cure = reply.code >= 500 ? "; check the sender's address, where bounces go" : ""
            return trouble(reply.code, reply.text + cure)
        // 552 at RCPT TO is a full mailbox in old servers (RFC 5321 section 4.5.3.1.10) and passes.
        case .recipient where reply.code == 552: return temporary(reply.code, reply.text)
        default:
            return reply.code >= 500
                ? .permanentFailure(code: reply.code, text: reply.text.excerpt(DeliveryOutcome.textLimit))
                : temporary(reply.code, reply.text)
        }
    }

    /// The codes by which a server asks us to log in or to encrypt, whatever the command (RFC 4954 section 6): an operator
    /// can mend it.
    private static func asksForLogin(_ code: Int) -> Bool { [454, 530, 534, 535, 538].contains(code) }

    private static func trouble(_ code: Int?, _ text: String) -> DeliveryOutcome {
        .serverTrouble(code: code, text: text.excerpt(DeliveryOutcome.textLimit))
    }

    private static func temporary(_ code: Int?, _ text: String) -> DeliveryOutcome {
        .temporaryFailure(code: code, text: text.excerpt(DeliveryOutcome.textLimit))
    }
}
