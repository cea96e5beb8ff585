import Glibc

/// Signals that are to end nothing. They are caught and not ignored: what is ignored stays so in every program that this one
/// starts.
public enum Signals {
    /// A write to a reader that is gone fails, and does nothing else.
    static func catchBrokenPipes() {
        signal(SIGPIPE) { _ in }
    }

    /// A service goes on when a terminal closes, and when it is asked to read anew what it does not read.
    public static func catchHangUps() {
        signal(SIGHUP) { _ in }
    }
}
