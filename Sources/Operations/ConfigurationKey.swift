import Deliberations

/// A key of the configuration: what it is called in the file, what it may be, and what it means.
public struct ConfigurationKey: Sendable {
    /// The path in the file, its parts joined by dots: "mail.smtp.host".
    public let path: String
    /// What a value must be.
    public let kind: Kind
    /// The value used when nobody sets one, as it would be written in the file; nil means that there is none.
    public let standard: String?
    /// What it means, in one English sentence.
    public let meaning: String

    /// What a value must be.
    public enum Kind: Sendable, Equatable {
        /// Any text.
        case text
        /// A path; a relative one counts from the folder of the configuration file.
        case path
        /// A whole number in this range.
        case number(ClosedRange<Int>)
        /// A number of bytes: "64 MiB".
        case bytes
        /// A length of time: "10 s", "2 h".
        case duration
        /// `true` or `false`.
        case boolean
        /// One of these words.
        case choice([String])
        /// A list of texts; in the environment and in flags separated by commas.
        case list
    }

    init(_ path: String, _ kind: Kind, _ standard: String?, _ meaning: String) {
        self.path = path
        self.kind = kind
        self.standard = standard
        self.meaning = meaning
    }

    /// The environment variable that overrides the file: "GREFFIER_MAIL_SMTP_HOST".
    public var environmentName: String {
        "GREFFIER_" + path.replacing(".", with: "_").uppercased()
    }
}

extension ConfigurationKey {
    /// All keys, in the order of the documentation.
    public static let all: [ConfigurationKey] = [
        Self(
            "data", .path, "greffier-data", "the folder that holds the queue, the register and the outbox (mode 0700)"),
        Self(
            "store", .text, nil,
            "the PostgreSQL database of queue and register, for several hosts: postgres://user@host/name. Without it SQLite in the data folder"
        ),
        Self(
            "storePasswordFile", .path, nil,
            "a file (mode 0600) with the database's password; without it PGPASSWORD or ~/.pgpass"),
        Self(
            "brokers", .list, nil,
            "the endpoints of several brokers with one `store`: workers and pushers go to one that lives"),
        Self(
            "endpoint", .text, nil,
            "where the broker listens; without it an ipc socket in the data folder. Beyond this host only with keys"),
        Self(
            "listen", .list, nil, "where else the broker listens, for other hosts: tcp://*:5555. Only with keys"),
        Self("keys.brokerPair", .path, nil, "the broker's pair of keys (mode 0600), as `greffier keygen` makes it"),
        Self("keys.list", .path, nil, "the keys that the broker lets in, with their roles; read anew on SIGHUP"),
        Self(
            "keys.own", .path, nil,
            "the pair of keys (mode 0600) with which this host's programs connect to a broker over TCP"),
        Self("keys.broker", .text, nil, "the broker's public key, 40 characters in quotes"),
        Self("log.level", .choice(["debug", "info", "notice", "warning", "error"]), "info", "the least level logged"),
        Self("log.format", .choice(["text", "json"]), "text", "how a log line looks"),
        Self("limits.document", .bytes, "64 MiB", "the largest document accepted"),
        Self("limits.queue", .bytes, "8 GiB", "how many bytes may wait before pushers are told to come again"),
        Self(
            "limits.sourceBytes", .bytes, nil,
            "how many of them may be one source's, so that it never blocks the others (default: a quarter of limits.queue)"
        ),
        Self(
            "limits.sourceKept", .bytes, nil,
            "how many bytes of one source's documents may be held, or refused and kept (default: a quarter of limits.queue)"
        ),
        Self("limits.freeDisk", .bytes, "256 MiB", "below this much free disk, pushers are told to come again"),
        Self(
            "limits.result", .bytes, "128 MiB", "the largest part of a stage's result; a larger one holds its document"),
        Self(
            "limits.sourceDocuments", .number(1...100_000_000), "1000000",
            "how many documents of one source may wait for ingest before its pusher is told to come again"),
        Self("limits.connections", .number(1...50_000), "1000", "connections to the broker from other hosts"),
        Self("limits.connectionsPerAddress", .number(1...50_000), "256", "connections to the broker from one address"),
        Self(
            "limits.questions", .number(256...1_000_000), "4096",
            "what peers may ask of the store at a time before they are told to come again; one is a document looked up"),
        Self("limits.watchers", .number(16...1_000_000), "10000", "how many may wait for a document's end at a time"),
        Self(
            "limits.memory", .bytes, "1 GiB",
            "the memory past which the broker cuts the connections that send most without being read"),
        Self(
            "conversion.sandbox", .choice(["auto", "required"]), "auto",
            "the tools that read PDFs and others run in bubblewrap if this host has it, or never without it"),
        Self("conversion.time", .duration, "15 min", "how long the tools may take for one document by the clock"),
        Self("conversion.processorTime", .duration, "1 min", "how long one run of a tool may keep a processor busy"),
        Self("conversion.memory", .bytes, "1 GiB", "how much memory a tool may take"),
        Self(
            "conversion.text", .bytes, "32 MiB", "the longest text that a tool may make of a document, or a page become"
        ),
        Self("conversion.pages", .number(1...100_000), "1000", "the most pages of a PDF"),
        Self(
            "conversion.scannedPages", .number(0...10_000), "100",
            "the most scanned pages of a document; each takes two to three seconds"),
        Self("conversion.archiveFiles", .number(1...10_000), "200", "the most files in a ZIP archive or an e-mail"),
        Self("conversion.archiveBytes", .bytes, "128 MiB", "the most bytes of those files once unpacked"),
        Self(
            "metrics.listen", .text, "127.0.0.1:9464",
            "where `greffier metrics --serve` answers Prometheus; beyond this host it answers anyone"),
        Self("lease.heartbeat", .duration, "2 s", "how often broker and workers say that they live"),
        Self("lease.expiry", .duration, "10 s", "how long a silent worker keeps its jobs"),
        Self("lease.longest", .duration, "30 min", "how long a worker may work on a document, however alive it is"),
        Self("retry.attempts", .number(1...100), "5", "how many times a failing job is tried before it is held"),
        Self(
            "retry.deaths", .number(1...100), "3",
            "how many workers may die or hang over a document alone, in 72 hours, before it is held"),
        Self("retry.first", .duration, "5 s", "the wait before the second attempt; it doubles from then on"),
        Self("retry.longest", .duration, "1 h", "the longest wait between two attempts"),
        Self(
            "retention.documents", .duration, "90 d",
            "how long the broker keeps the bytes and results of a document after its end; what is held stays"),
        Self(
            "retention.register", .duration, nil,
            "how long the register keeps the documents of a session, counted from its day and from their registration;"
                + " without it for ever"),
        Self(
            "retention.authorities", .list, nil,
            "the same for one authority, by SIREN or name: \"249999999: 3650 d\", \"Grand Val: for ever\""),
        Self(
            "retention.audit", .duration, nil,
            "how long the audit trails and the history of ended documents are kept; without it for ever"),
        Self("workers.ingest", .number(0...64), "1", "ingest processes that `greffier up` starts"),
        Self("workers.validate", .number(0...64), "1", "validate processes that `greffier up` starts"),
        Self("workers.notify", .number(0...64), "1", "notify processes that `greffier up` starts"),
        Self("mail.transport", .choice(["outbox", "smtp"]), "outbox", "write .eml files, or send by SMTP"),
        Self("mail.outbox", .path, nil, "the folder for .eml files; without it `outbox` in the data folder"),
        Self("mail.from", .text, "Greffier <greffier@localhost>", "the sender; by SMTP it must be set"),
        Self("mail.replyTo", .text, nil, "where answers go"),
        Self("mail.bounces", .text, nil, "the envelope's sender, where mails that cannot be delivered come back"),
        Self("mail.recipients", .list, nil, "who receives every alert that no route takes"),
        Self(
            "mail.watch", .choice(["weekly", "never"]), "weekly",
            "a mail to everybody on a route, on Mondays, that says what is watched and what is coming"),
        Self(
            "mail.silence", .choice(["on", "off"]), "on",
            "a mail to operators when a source, a stage, a mailbox or a broker has fallen silent, and when it ends"),
        Self("mail.silenceOfStage", .duration, "30 min", "how long a stage may have documents and finish none"),
        Self("mail.silenceOfBroker", .duration, "10 min", "how long a broker may be away"),
        Self("mail.operators", .list, nil, "who gets the mails about silence; without it who gets what no route takes"),
        Self("mail.calendars", .path, nil, "a folder for one calendar file (.ics) a route, to which staff subscribe"),
        Self("mail.templates", .path, nil, "a folder of Mustache files that replace the built-in templates"),
        Self(
            "calendar.zone", .choice(HolidayZone.allCases.map(\.rawValue)), HolidayZone.metropole.rawValue,
            "whose public holidays count: on them nothing leaves, unless mail.news is daytime, and deadlines move where the law has "
                + "them move, if neither a document nor rules.authorities says the department"),
        Self(
            "calendar.holidays", .list, nil,
            "public holidays that a law or decree has added: \"2027-03-01: deuil national\". Deadlines that would end on one move if the law has them move"
        ),
        Self(
            "calendar.daysOff", .list, nil,
            "days on which the offices are closed and no reminder leaves: 2026-12-24, 2026-12-28..2026-12-31"),
        Self(
            "mail.rate", .number(1...1_000_000), "6000",
            "the most mails a minute, of all notify workers together: what your mail server allows"),
        Self(
            "mail.news", .choice(["hours", "daytime"]), "hours",
            "when news of documents may leave: as reminders, or from 7 to 20 on any day"),
        Self(
            "mail.digest", .choice(["daily", "weekly", "never"]), "daily",
            "how often news of documents without errors and without a near or past date comes, in one mail on a worked morning; never: a mail each, at once. Routes may say otherwise"
        ),
        Self("mail.hours.from", .number(0...23), "8", "reminders are not sent before this hour, Paris time"),
        Self("mail.hours.until", .number(1...24), "18", "reminders are not sent from this hour on, Paris time"),
        Self("mail.smtp.host", .text, nil, "the mail server"),
        Self("mail.smtp.port", .number(1...65_535), "587", "its port"),
        Self(
            "mail.smtp.security", .choice(["starttls", "tls", "none"]), "starttls",
            "encryption: required STARTTLS, TLS from the start, or none (only for a server on this host)"),
        Self("mail.smtp.user", .text, nil, "the user for AUTH"),
        Self("mail.smtp.passwordFile", .path, nil, "a file (mode 0600) that holds the password"),
        Self("mail.smtp.authorities", .path, nil, "a PEM file of certificate authorities instead of the system's"),
        Self("mail.smtp.timeout", .duration, "60 s", "how long one delivery may take"),
        Self(
            "answers.address", .text, nil,
            "the mailbox to which staff answer reminders; its mails go to `greffier answer`. Without it mails have no buttons"
        ),
        Self(
            "answers.keyFile", .path, nil,
            "a file (mode 0600) with the secret of the answers' tokens; without it `answers.key` in the data folder, made by itself"
        ),
        Self("rules.off", .list, nil, "rules that are switched off; `greffier rules` lists all"),
        Self("rules.severity", .list, nil, "severities that replace those of the catalogue: vote-balance=warning"),
        Self(
            "rules.authorities", .list, nil,
            "what holds for one authority, by SIREN or name: \"242500361: department=25, population=195000\""),
        Self(
            "export.authorities", .list, nil,
            "what open data asks of one authority: \"Valmont: siret=21259999700005, prefecture=PREF025, unionNotification=non\""
        ),
    ]

    /// The key called `path`.
    public static func named(_ path: String) -> ConfigurationKey? {
        all.first { $0.path == path }
    }

    /// The known key whose name is most like `path`, for "did you mean".
    static func nearest(to path: String) -> String? {
        let rated = all.map { (key: $0.path, distance: editDistance(path, $0.path)) }
        guard let best = rated.min(by: { $0.distance < $1.distance }), best.distance <= max(2, path.count / 3) else {
            return nil
        }
        return best.key
    }

    private static func editDistance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let substitution = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
