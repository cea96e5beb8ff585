import Foundation

/// How many files and connections a program may have open at a time.
public enum OpenFiles {
    /// Raises this process's own limit so that it may have `count` open, as far as the system lets it: past the limit a
    /// listener that can accept nobody any more would keep its thread busy for nothing.
    /// - Returns: how many it may have.
    public static func allow(_ count: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return count }
        if limit.rlim_cur < rlim_t(count) {
            limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}
