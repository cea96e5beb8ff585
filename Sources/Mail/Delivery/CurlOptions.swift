import CCurl

/// Sets libcurl's options and keeps the first refusal.
struct CurlOptions {
    private let handle: UnsafeMutableRawPointer
    /// The first option that libcurl refused.
    private(set) var failure: CURLcode?

    init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

    mutating func set(_ option: CURLoption, _ text: String) {
        keep(text.withCString { greffier_curl_set_text(handle, option, $0) })
    }

    mutating func set(_ option: CURLoption, _ number: Int) {
        keep(greffier_curl_set_long(handle, option, number))
    }

    /// The list must outlive the perform.
    mutating func set(recipients: UnsafeMutablePointer<curl_slist>) {
        keep(greffier_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
    }

    mutating func set(connectionOf configuration: SMTPConfiguration) {
        set(CURLOPT_URL, configuration.url)
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // An ALL_PROXY of the environment is for the web, not for mail.
        set(CURLOPT_PROXY, "")
        // Time limits must not use SIGALRM in a program of several threads.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT, configuration.connectSeconds)
        set(CURLOPT_TIMEOUT, configuration.totalSeconds)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, configuration.totalSeconds)
    }

    mutating func set(securityOf configuration: SMTPConfiguration) {
        let level =
            switch configuration.security {
            case .startTLS, .tls: CURLUSESSL_ALL
            case .opportunistic: CURLUSESSL_TRY
            case .none: CURLUSESSL_NONE
            }
        set(CURLOPT_USE_SSL, Int(level.rawValue))
        let verifies = configuration.verification == .required
        set(CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.authorityFile { set(CURLOPT_CAINFO, file) }
    }

    mutating func set(_ credentials: SMTPConfiguration.Credentials) {
        set(CURLOPT_USERNAME, credentials.user)
        set(CURLOPT_PASSWORD, credentials.password.secret)
        let mechanisms =
            switch credentials.mechanism {
            case .automatic: "AUTH=PLAIN;AUTH=LOGIN"
            case .plain: "AUTH=PLAIN"
            case .login: "AUTH=LOGIN"
            }
        set(CURLOPT_LOGIN_OPTIONS, mechanisms)
    }

    /// Says one command and takes the answer for nothing. The error buffer must outlive the perform.
    mutating func set(probe command: String, errorText: UnsafeMutableBufferPointer<CChar>) {
        set(CURLOPT_CUSTOMREQUEST, command)
        set(CURLOPT_NOBODY, 1)
        keep(greffier_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText.baseAddress))
    }

    /// The transfer and the error buffer must outlive the perform.
    mutating func set(upload transfer: SMTPTransfer, size: Int, errorText: UnsafeMutableBufferPointer<CChar>) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        set(CURLOPT_UPLOAD, 1)
        keep(greffier_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)))
        keep(greffier_curl_set_pointer(handle, CURLOPT_READDATA, context))
        keep(
            greffier_curl_set_reader(handle) { buffer, size, count, context in
                guard let buffer, let context else { return 0 }
                let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
            })
        // The observer alone tells commands from replies in order; nothing of it is printed.
        set(CURLOPT_VERBOSE, 1)
        keep(greffier_curl_set_pointer(handle, CURLOPT_DEBUGDATA, context))
        keep(
            greffier_curl_set_observer(handle) { _, kind, data, size, context in
                guard let data, let context else { return 0 }
                let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
                transfer.observe(kind, UnsafeRawBufferPointer(start: data, count: size))
                return 0
            })
        keep(greffier_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText.baseAddress))
    }

    private mutating func keep(_ code: CURLcode) {
        if failure == nil, code != CURLE_OK { failure = code }
    }
}
