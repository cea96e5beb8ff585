import Foundation

/// Durations of several rounds.
struct Samples {
    private(set) var nanoseconds: [Int] = []

    mutating func measure(_ body: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        add(try clock.measure(body))
    }

    /// Measures the processor time of this thread.
    mutating func measureProcessor(_ body: () throws -> Void) rethrows {
        let start = Self.processorNanoseconds
        try body()
        nanoseconds.append(Self.processorNanoseconds - start)
    }

    private static var processorNanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }

    mutating func add(_ duration: Duration) {
        nanoseconds.append(Int(duration / .nanoseconds(1)))
    }

    /// The duration below which this share of the rounds lies, in milliseconds.
    func milliseconds(percentile: Int) -> Double {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return 0 }
        let index = min(sorted.count - 1, sorted.count * percentile / 100)
        return Double(sorted[index]) / 1_000_000
    }

    /// The median, in milliseconds.
    var median: Double { milliseconds(percentile: 50) }
}

/// A number with so many digits after the point.
func rounded(_ value: Double, _ digits: Int = 2) -> String {
    String(format: "%.\(digits)f", value)
}

/// What the system says of a running process.
struct ProcessFigures {
    let process: Int32

    /// Processor time used so far, user and system, in milliseconds.
    var processorMilliseconds: Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return 0 }
        return (user + system) * 1_000 / sysconf(Int32(_SC_CLK_TCK))
    }

    /// Processor time used so far by all processes of a name, in milliseconds.
    static func processorMilliseconds(ofAll name: String) -> Int {
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        return numbers.reduce(0) { sum, number in
            let command = try? String(contentsOfFile: "/proc/\(number)/comm", encoding: .utf8)
            let isOne = command?.trimmingCharacters(in: .newlines) == name
            return sum + (isOne ? ProcessFigures(process: number).processorMilliseconds : 0)
        }
    }

    /// Resident memory in MiB: now, and at its highest.
    var residentMebibytes: (now: Double, highest: Double) {
        (status("VmRSS:"), status("VmHWM:"))
    }

    private func status(_ key: String) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        for line in text.split(separator: "\n") where line.hasPrefix(key) {
            let number = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.first ?? 0
            return number / 1_024
        }
        return 0
    }
}
