extension Configuration {
    /// Where metrics are served; beyond this host only if somebody has said that he wants that.
    static func metricsListen(_ reader: inout SettingsReader) -> String {
        let address = reader.text("metrics.listen", else: "127.0.0.1:9464")
        let isExposed = reader.boolean("metrics.exposed")
        if !isExposed, !isOfThisHost(address) {
            reader.problem(
                "metrics.listen",
                "other hosts reach that address, and whoever asks there is answered, in clear: write 127.0.0.1:9464, or set "
                    + "metrics.exposed to true if a firewall guards it")
        }
        return address
    }

    private static func isOfThisHost(_ address: String) -> Bool {
        let host = address.prefix(upTo: address.lastIndex(of: ":") ?? address.endIndex)
        return host.hasPrefix("127.") || host == "[::1]" || host == "::1"
    }
}
