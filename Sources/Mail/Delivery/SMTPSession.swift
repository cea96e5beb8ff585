import CCurl
import Glibc

/// One libcurl handle and the connection it keeps. Used by one thread at a time: it is no `Sendable`, and its actor owns it.
final class SMTPSession {
    private let handle: UnsafeMutableRawPointer
    private let configuration: SMTPConfiguration
    /// True once a message went through: the next one finds a connection that may have been closed meanwhile.
    private(set) var hasConnection = false

    /// libcurl's process-wide state, made once; Swift guards the first use.
    private static let isReady = greffier_curl_global_init() == CURLE_OK

    /// `nil` when libcurl cannot start.
    init?(_ configuration: SMTPConfiguration) {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.configuration = configuration
    }

    deinit { curl_easy_cleanup(handle) }

    /// One transaction.
    func send(_ message: [UInt8], envelope: Envelope) -> SMTPResult {
        let transfer = SMTPTransfer(message)
        var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = errorText.withUnsafeMutableBufferPointer { buffer in
            perform(transfer, size: message.count, envelope: envelope, errorText: buffer)
        }
        hasConnection = code == CURLE_OK
        return SMTPResult(ending: Self.ending(code, Self.words(errorText, code)), dialogue: transfer.dialogue)
    }

    /// Connects, logs in and says NOOP: why that does not go, in libcurl's words; nil when it goes.
    func trouble() -> String? {
        var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = errorText.withUnsafeMutableBufferPointer { buffer in
            curl_easy_reset(handle)
            var options = CurlOptions(handle)
            options.set(connectionOf: configuration)
            options.set(securityOf: configuration)
            if let credentials = configuration.credentials { options.set(credentials) }
            options.set(probe: "NOOP", errorText: buffer)
            let code = options.failure ?? curl_easy_perform(handle)
            if code != CURLE_OK { abandonConnection() }
            // The handle outlives the buffer: it must not keep its address.
            curl_easy_reset(handle)
            return code
        }
        return code == CURLE_OK ? nil : Self.words(errorText, code)
    }

    private static func words(_ errorText: [CChar], _ code: CURLcode) -> String {
        let told = String(decoding: errorText.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return told.isEmpty ? String(cString: curl_easy_strerror(code)) : told
    }

    /// Lends the message, the recipient's list and the error buffer to libcurl for the time of one perform.
    private func perform(
        _ transfer: SMTPTransfer, size: Int, envelope: Envelope, errorText: UnsafeMutableBufferPointer<CChar>
    ) -> CURLcode {
        curl_easy_reset(handle)
        guard let recipients = curl_slist_append(nil, "<\(envelope.recipient.address)>") else {
            return CURLE_OUT_OF_MEMORY
        }
        defer { curl_slist_free_all(recipients) }
        return withExtendedLifetime(transfer) {
            var options = CurlOptions(handle)
            options.set(connectionOf: configuration)
            options.set(securityOf: configuration)
            if let credentials = configuration.credentials { options.set(credentials) }
            options.set(CURLOPT_MAIL_FROM, envelope.sender.map { "<\($0.address)>" } ?? "")
            options.set(recipients: recipients)
            options.set(upload: transfer, size: size, errorText: errorText)
            let code = options.failure ?? curl_easy_perform(handle)
            if code != CURLE_OK { abandonConnection() }
            // The handle outlives the buffers: it must not keep their addresses.
            curl_easy_reset(handle)
            return code
        }
    }

    /// Ends a connection in an unknown state, which libcurl might keep: it would wait for a silent server's answer to QUIT as
    /// long as for a delivery.
    private func abandonConnection() {
        let socket = greffier_curl_active_socket(handle)
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private static func ending(_ code: CURLcode, _ words: String) -> SMTPResult.Ending {
        switch code {
        case CURLE_OK: .success
        case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: .loginRefused(words)
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            .untrusted(words)
        default: .failure(words)
        }
    }
}

/// What libcurl's callbacks work on during one transaction.
final class SMTPTransfer {
    private let message: [UInt8]
    private var position = 0
    private(set) var dialogue = SMTPDialogue()

    init(_ message: [UInt8]) { self.message = message }

    /// Copies the next bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, message.count - position)
        buffer.copyBytes(from: message[position..<position + count])
        position += count
        if position == message.count { dialogue.handedOver() }
        return count
    }

    /// A command or a reply passes.
    func observe(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        if kind == CURLINFO_HEADER_OUT {
            dialogue.sent(bytes)
        } else if kind == CURLINFO_HEADER_IN {
            dialogue.received(bytes)
        }
    }
}
