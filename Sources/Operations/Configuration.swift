import Conversion
import Deliberations
import GreffierProtocol
import PostgreSQL
import Validation
import ZeroMQ

/// How a Greffier is set up: typed, complete, checked.
public struct Configuration: Sendable {
    /// The folder that holds the queue, the register and the outbox.
    public var dataFolder: String
    /// The database of queue and register; without it they are in the data folder.
    public var store: PostgreSQLAddress?
    /// The password of a file for such a database.
    public var storePassword: String?
    /// Where the broker listens.
    public var endpoint: Endpoint
    /// Where workers and pushers find a broker, the first choice first.
    public var brokers: [Endpoint]
    /// Where else the broker listens.
    public var listen: [Endpoint]
    /// What protects connections to and from other hosts.
    public var keys: Keys
    /// How to log.
    public var log: Log
    /// What the broker refuses or delays.
    public var limits: Limits
    /// Where metrics are served: an address of numbers and a port.
    public var metricsListen: String
    /// How documents become text.
    public var conversion: Conversion
    /// How leases are kept alive.
    public var lease: Lease
    /// How failing jobs are tried again.
    public var retry: Retry
    /// How long what has ended is kept.
    public var retention: Retention
    /// How many processes `greffier up` starts.
    public var workers: Workers
    /// Which days are worked.
    public var calendar: WorkingCalendar
    /// How staff are told.
    public var mail: Mail
    /// What is decided about the rules.
    public var rules: RuleSettings
    /// What open data asks of authorities and no document prints: "NAME: siret=…".
    public var exportAuthorities: [String]

    /// How to log.
    public struct Log: Sendable {
        /// The least level logged.
        public var level: String
        /// Whether lines are JSON objects rather than text.
        public var isJSON: Bool
    }

    /// What the broker refuses or delays.
    public struct Limits: Sendable {
        /// The largest document, in bytes.
        public var documentBytes: Int
        /// How many bytes may wait.
        public var queueBytes: Int
        /// How many of them may be one source's.
        public var sourceBytes: Int
        /// How many bytes of one source's documents may be held, or refused and kept.
        public var sourceKeptBytes: Int
        /// The least free disk, in bytes.
        public var freeDiskBytes: Int
        /// The largest frame of a result, in bytes.
        public var resultBytes: Int
        /// How many documents of one source may wait for their first stage.
        public var sourceDocuments: Int
        /// How many sources may have documents that wait for their first stage.
        public var sources: Int
        /// How many documents of one pusher may be on their way to the disk while others push too.
        public var submissions: Int
        /// How many bytes in all may be.
        public var storingBytes: Int
        /// How many worker processes may be connected.
        public var workers: Int
        /// How many of them with one key.
        public var workersPerKey: Int
        /// How many jobs one of them is given at a time.
        public var jobsPerWorker: Int
        /// How many connections there may be from other hosts.
        public var connections: Int
        /// How many of them from one address.
        public var connectionsPerAddress: Int
        /// What peers may ask of the store at a time; one is a document looked up.
        public var questions: Int
        /// How many may wait for a document's end.
        public var watchers: Int
        /// The memory past which the broker cuts connections, in bytes.
        public var memoryBytes: Int
    }

    /// How documents become text.
    public struct Conversion: Sendable {
        /// How much a document may ask for.
        public var limits: ConversionLimits
        /// Whether tools run in a sandbox or not at all.
        public var requiresSandbox: Bool
    }

    /// How leases are kept alive.
    public struct Lease: Sendable {
        /// How often both sides say that they live, in milliseconds.
        public var heartbeatMilliseconds: Int
        /// How long a silent worker keeps its jobs, in milliseconds.
        public var expiryMilliseconds: Int
        /// How long a worker may work on a document however alive it is, in milliseconds.
        public var longestMilliseconds: Int
    }

    /// How failing jobs are tried again.
    public struct Retry: Sendable {
        /// How many attempts before a job is held.
        public var attempts: Int
        /// How many deaths of a worker alone with a document before it is held.
        public var deaths: Int
        /// The wait before the second attempt, in milliseconds.
        public var firstMilliseconds: Int
        /// The longest wait, in milliseconds.
        public var longestMilliseconds: Int
    }

    /// How long what has ended is kept.
    public struct Retention: Sendable {
        /// The bytes and results of a document in the queue after its end, in seconds.
        public var documentSeconds: Int
        /// The documents of a session in the register, in seconds; nil for ever.
        public var registerSeconds: Int?
        /// Those of single authorities, by name or SIREN number, as the configuration writes them.
        public var authorities: [(name: String, seconds: Int?)]
        /// The lines of the audit trails, and the history of documents that have ended, in seconds; nil for ever.
        public var auditSeconds: Int?
    }

    /// How many worker processes `greffier up` starts.
    public struct Workers: Sendable {
        /// Ingest processes.
        public var ingest: Int
        /// Validate processes.
        public var validate: Int
        /// Notify processes.
        public var notify: Int
    }

    /// How staff are told.
    public struct Mail: Sendable {
        /// The folder for .eml files, if they are not sent by SMTP.
        public var outboxFolder: String
        /// The mail server, if mails are sent by SMTP.
        public var smtp: SMTP?
        /// The sender, as in a From header.
        public var from: String
        /// Where answers go.
        public var replyTo: String?
        /// Where bounces go, if not to the sender.
        public var bounces: String?
        /// Who receives what no route takes, and every alert where there are no routes.
        public var recipients: [String]
        /// Who receives what, if the file says it.
        public var routes: RouteConfiguration?
        /// Who is told of what has fallen silent; empty for the recipients of the catch-all.
        public var operators: [String]
        /// Whether a weekly mail says what is watched.
        public var isWatchTold: Bool
        /// Whether operators are told of what has fallen silent.
        public var isSilenceTold: Bool
        /// How long a stage may make no progress, in milliseconds.
        public var stageMilliseconds: Int
        /// How long a broker may be away, in milliseconds.
        public var brokerMilliseconds: Int
        /// The folder of the calendars to which staff subscribe, if there are any.
        public var calendarsFolder: String?
        /// Where staff answer, if they can.
        public var answers: String?
        /// The file with the secret of the answers' tokens.
        public var answerKeyFile: String
        /// A folder of templates that replace the built-in ones.
        public var templatesFolder: String?
        /// The first hour at which reminders are sent, Paris time.
        public var hourFrom: Int
        /// The hour from which they are not sent any more.
        public var hourUntil: Int
        /// Whether news of documents leaves on any day, from 7 to 20; else when reminders do.
        public var isNewsToldDaily: Bool
        /// How often news that can wait is told, where no route says otherwise: daily, weekly, or never for at once.
        public var digest: String
        /// The most mails a minute, of all workers together.
        public var mailsPerMinute: Int
        /// Which days are worked.
        public var calendar: WorkingCalendar
    }

    /// A mail server.
    public struct SMTP: Sendable {
        /// Its name.
        public var host: String
        /// Its port.
        public var port: Int
        /// `starttls`, `tls` or `none`.
        public var security: String
        /// The user for AUTH.
        public var user: String?
        /// The file that holds the password.
        public var passwordFile: String?
        /// A PEM file of certificate authorities.
        public var authoritiesFile: String?
        /// How long one delivery may take, in milliseconds.
        public var timeoutMilliseconds: Int
    }

    /// The configuration that `settings` make.
    /// - Throws: ``ConfigurationError`` with everything that is wrong.
    public init(_ settings: Settings) throws {
        var reader = SettingsReader(settings)
        let dataFolder = reader.path("data") ?? "greffier-data"
        self.dataFolder = dataFolder
        let endpointText = reader.text("endpoint", else: "ipc://\(dataFolder)/broker.ipc")
        log = Log(level: reader.choice("log.level"), isJSON: reader.choice("log.format") == "json")
        limits = Limits(&reader)
        metricsListen = Self.metricsListen(&reader)
        (lease, retry) = Self.leases(&reader)
        conversion = Self.conversion(&reader, documentBytes: limits.documentBytes, lease)
        retention = Self.retention(&reader)
        workers = Workers(
            ingest: reader.number("workers.ingest"), validate: reader.number("workers.validate"),
            notify: reader.number("workers.notify"))
        calendar = Self.calendar(&reader)
        mail = Self.mail(&reader, dataFolder: dataFolder, calendar: calendar)
        rules = Self.rules(&reader)
        exportAuthorities = reader.list("export.authorities")
        let keys = Self.keys(&reader)
        self.keys = keys
        listen = Self.listening(&reader, keys)
        let endpoint = Self.endpoint(endpointText, "endpoint", keys, &reader)
        let brokers = reader.list("brokers").compactMap { Self.endpoint($0, "brokers", keys, &reader) }
        let storePassword = Self.storePassword(&reader)
        self.storePassword = storePassword
        store = Self.store(&reader, password: storePassword)
        guard reader.problems.isEmpty, let endpoint else { throw ConfigurationError(problems: reader.problems) }
        self.endpoint = endpoint
        self.brokers = brokers.isEmpty ? [endpoint] : brokers
    }

    private static func conversion(
        _ reader: inout SettingsReader, documentBytes: Int, _ lease: Lease
    ) -> Conversion {
        var limits = ConversionLimits(documentBytes: documentBytes)
        limits.clockSeconds = max(reader.milliseconds("conversion.time") / 1_000, 1)
        limits.processorSeconds = max(reader.milliseconds("conversion.processorTime") / 1_000, 1)
        // The clock ends a tool before.
        limits.processorSeconds = min(limits.processorSeconds, max(limits.clockSeconds, 1))
        limits.memoryBytes = reader.bytes("conversion.memory")
        limits.textBytes = reader.bytes("conversion.text")
        limits.pages = reader.number("conversion.pages")
        limits.scannedPages = reader.number("conversion.scannedPages")
        limits.archiveFiles = reader.number("conversion.archiveFiles")
        limits.archiveBytes = reader.bytes("conversion.archiveBytes")
        check(limits, lease, &reader)
        return Conversion(limits: limits, requiresSandbox: reader.choice("conversion.sandbox") == "required")
    }

    /// Values that a unit allows and no tool can work with.
    private static func check(_ limits: ConversionLimits, _ lease: Lease, _ reader: inout SettingsReader) {
        if limits.clockSeconds * 1_000 > lease.longestMilliseconds / 6 * 5 {
            reader.problem(
                "conversion.time",
                "must be at most five sixths of lease.longest: after that the broker takes the document back")
        }
        let ranges: [(key: String, value: Int, least: Int, most: Int)] = [
            ("conversion.memory", limits.memoryBytes, 128 << 20, 1 << 40),
            ("conversion.text", limits.textBytes, 64 << 10, 1 << 30),
            ("conversion.archiveBytes", limits.archiveBytes, 64 << 10, 4 << 30),
        ]
        for range in ranges where !(range.least...range.most).contains(range.value) {
            reader.problem(
                range.key,
                "must be from \(range.least >> 10) KiB to \(range.most >> 10) KiB: a tool needs so much, and "
                    + "hosts have no more")
        }
    }

    private static func mail(
        _ reader: inout SettingsReader, dataFolder: String, calendar: WorkingCalendar
    ) -> Mail {
        let usesSMTP = reader.choice("mail.transport") == "smtp"
        if usesSMTP {
            reader.require("mail.smtp.host", because: "mail.transport is smtp, so name the mail server")
            if reader.routes == nil {
                reader.require("mail.recipients", because: "without recipients nobody would be told")
            }
            reader.requireSet(
                "mail.from", because: "mail.transport is smtp, and mail servers refuse a sender at localhost")
        }
        if reader.number("mail.hours.from") >= reader.number("mail.hours.until") {
            reader.problem("mail.hours.until", "must be later than mail.hours.from")
        }
        let recipients = reader.list("mail.recipients")
        return Mail(
            outboxFolder: reader.path("mail.outbox") ?? "\(dataFolder)/outbox",
            smtp: usesSMTP ? smtp(&reader) : nil,
            from: reader.text("mail.from", else: ""), replyTo: reader.text("mail.replyTo"),
            bounces: reader.text("mail.bounces"),
            recipients: recipients.isEmpty && reader.routes == nil ? ["assemblees@localhost"] : recipients,
            routes: reader.routes,
            operators: reader.list("mail.operators"), isWatchTold: reader.choice("mail.watch") == "weekly",
            isSilenceTold: reader.choice("mail.silence") == "on",
            stageMilliseconds: reader.milliseconds("mail.silenceOfStage"),
            brokerMilliseconds: reader.milliseconds("mail.silenceOfBroker"),
            calendarsFolder: reader.path("mail.calendars"),
            answers: reader.text("answers.address"),
            answerKeyFile: reader.path("answers.keyFile") ?? "\(dataFolder)/answers.key",
            templatesFolder: reader.path("mail.templates"),
            hourFrom: reader.number("mail.hours.from"), hourUntil: reader.number("mail.hours.until"),
            isNewsToldDaily: reader.choice("mail.news") == "daytime", digest: reader.choice("mail.digest"),
            mailsPerMinute: reader.number("mail.rate"), calendar: calendar)
    }

    private static func smtp(_ reader: inout SettingsReader) -> SMTP {
        SMTP(
            host: reader.text("mail.smtp.host", else: ""), port: reader.number("mail.smtp.port"),
            security: reader.choice("mail.smtp.security"), user: reader.text("mail.smtp.user"),
            passwordFile: reader.path("mail.smtp.passwordFile"),
            authoritiesFile: reader.path("mail.smtp.authorities"),
            timeoutMilliseconds: reader.milliseconds("mail.smtp.timeout"))
    }
}
