extension ConnectionEvent {
    /// The event in one English sentence for an operator, with what to do where something can be done.
    public var operatorSentence: String {
        "\(endpoint.isEmpty ? "an unnamed endpoint" : bounded(endpoint)): \(kind.sentence)"
    }
}

extension ConnectionEvent.Kind {
    fileprivate var sentence: String {
        switch self {
        case .listening: "listening."
        case .bindFailed(let code): "cannot listen: \(ErrorCure.sentence(code: code, operation: .bind))."
        case .accepted: "a peer connected and is being checked."
        case .acceptFailed(let code):
            "a peer could not be accepted: \(ErrorCure.sentence(code: code, operation: .bind))."
        case .connected: "connected; the peer is being checked."
        case .connectDelayed: "connecting."
        case .connectRetried(let delay):
            "nobody answered; tried again in \(delay.milliseconds) ms. Check that the other program runs."
        case .handshakeSucceeded: "the connection is ready."
        case .handshakeFailed(let failure): "the connection was refused: \(failure.sentence)"
        case .disconnected: "the connection ended; whoever made it tries again by itself."
        case .closed: "closed."
        case .closeFailed(let code): "could not be closed: \(ErrorCure.sentence(code: code, operation: .bind))."
        case .monitorStopped: "no longer watched."
        }
    }
}

extension HandshakeFailure: CustomStringConvertible {
    /// What is wrong and what to do about it, in one or two English sentences.
    public var description: String { sentence }

    fileprivate var sentence: String {
        switch self {
        case .mechanismMismatch:
            "one side is encrypted and the other is not. Give both the same kind of security."
        case .wrongKey:
            "a key does not fit. Compare this program's and its peer's public keys."
        case .protocolViolation(let code):
            "the peer does not speak ZeroMQ's protocol (\(hexadecimal(code))). Check that the port belongs to the"
                + " right program."
        case .authenticatorFailed(let code):
            "this program's own authenticator failed (\(hexadecimal(code))). Please report this defect."
        case .refused(let status):
            "the peer is not let in (status \(status)). If it should be, add its public key to the list of known keys."
        case .interrupted(let code):
            "the peer hung up during the handshake (error number \(code)). Check its version, its log and the server"
                + " key it was given."
        }
    }

    private func hexadecimal(_ code: Int32) -> String {
        "0x" + String(UInt32(bitPattern: code), radix: 16)
    }
}
