import Glibc

/// A bar of progress on a terminal; nothing in a pipe.
public struct ProgressBar {
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant

    /// A bar on standard error if that is a terminal.
    public init() {
        isShown = isatty(STDERR_FILENO) == 1
        start = clock.now
        lastDrawn = start - .seconds(1)
    }

    /// Draws the bar, at most ten times a second. Without a known total it counts only.
    public mutating func update(done: Int, total: Int?, note: String = "") {
        guard isShown, clock.now - lastDrawn >= .milliseconds(100) else { return }
        lastDrawn = clock.now
        let seconds = max(0.1, (clock.now - start) / .seconds(1))
        let rate = Int((Double(done) / seconds).rounded())
        var line = "\r\u{1B}[K"
        if let total, total > 0 {
            let filled = min(30, 30 * done / total)
            line += "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: 30 - filled) + "] "
            line += "\(done)/\(total)"
        } else {
            line += "\(done)"
        }
        line += "  \(rate)/s  \(note)"
        draw(line)
    }

    /// Removes the bar.
    public func clear() {
        if isShown { draw("\r\u{1B}[K") }
    }

    private func draw(_ text: String) {
        try? OutputDescriptor.standardError.write(Array(text.utf8), waiting: false)
    }
}
