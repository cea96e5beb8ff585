import Deliberations

/// Quantities as people read them.
public enum Units {
    /// "512 B", "1.5 MiB".
    public static func bytes(_ count: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard count >= 1_024 else { return "\(count) B" }
        var value = Double(count) / 1_024
        var index = 0
        while value >= 1_024, index < units.count - 1 {
            value /= 1_024
            index += 1
        }
        return "\((value * 10).rounded() / 10) \(units[index])"
    }

    /// "850 ms", "12 s", "3 min", "5 h", "2 d".
    public static func duration(milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1_000: "\(milliseconds) ms"
        case ..<60_000: "\(milliseconds / 1_000) s"
        case ..<3_600_000: "\(milliseconds / 60_000) min"
        case ..<172_800_000: "\(milliseconds / 3_600_000) h"
        default: "\(milliseconds / 86_400_000) d"
        }
    }

    /// "2025-04-30 08:00:12Z".
    public static func instant(_ secondsSince1970: Int) -> String {
        let days = secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : (secondsSince1970 - 86_399) / 86_400
        let seconds = secondsSince1970 - days * 86_400
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(padded(seconds / 3_600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))Z"
        return "\(CivilDate(daysSince1970: days)) \(time)"
    }
}
