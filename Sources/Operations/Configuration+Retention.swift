import Foundation

extension Configuration {
    /// How long what has ended is kept.
    static func retention(_ reader: inout SettingsReader) -> Retention {
        let milliseconds = reader.milliseconds("retention.documents")
        reader.requireDuration("retention.documents", milliseconds, 3_600_000...100 * 366 * 86_400_000)
        return Retention(
            documentSeconds: milliseconds / 1_000,
            registerSeconds: seconds("retention.register", &reader), authorities: authorities(&reader),
            auditSeconds: seconds("retention.audit", &reader))
    }

    private static func seconds(_ path: String, _ reader: inout SettingsReader) -> Int? {
        reader.text(path) == nil ? nil : max(1, reader.milliseconds(path) / 1_000)
    }

    /// "Grand Val: 3650 d", or "249999999: for ever".
    private static func authorities(_ reader: inout SettingsReader) -> [(name: String, seconds: Int?)] {
        var authorities: [(name: String, seconds: Int?)] = []
        for entry in reader.list("retention.authorities") {
            let parts = entry.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty else {
                reader.problem("retention.authorities", "\"\(entry.prefix(40))\" is not \"NAME: 3650 d\"")
                continue
            }
            if parts[1] == "for ever" {
                authorities.append((parts[0], nil))
            } else if let milliseconds = SettingsReader.milliseconds(parts[1]) {
                authorities.append((parts[0], max(1, milliseconds / 1_000)))
            } else {
                reader.problem(
                    "retention.authorities", "\"\(parts[1].prefix(40))\" is neither a time (3650 d) nor \"for ever\"")
            }
        }
        return authorities
    }
}
