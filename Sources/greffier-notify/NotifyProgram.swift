import Alerting
import AlertingSetup
import ArgumentParser
import Client
import Deadlines
import Deliberations
import Examination
import GreffierProtocol
import Logging
import Operations
import Register
import ServiceLifecycle
import Storage
import WorkerRuntime

/// Keeps the register and emails staff.
@main
struct NotifyProgram: GreffierProgram {
    static let configuration = CommandConfiguration(
        commandName: "greffier-notify",
        abstract: "Registers what the broker hands out, and sends alerts and reminders in time.",
        version: ProgramVersion.current)

    /// How many documents share a transaction of the register.
    private static let batch = 64

    @OptionGroup var common: CommonOptions
    @OptionGroup var worker: WorkerOptions

    func run() async throws {
        try await runReportingErrors("greffier-notify") {
            let configuration = try common.configuration()
            let clock = try common.clock()
            let now: @Sendable () -> UTCInstant = { UTCInstant(secondsSince1970: clock.now()) }
            try configuration.prepareDataFolder()
            if configuration.mail.answers != nil {
                _ = try AnswerKeyFile(path: configuration.mail.answerKeyFile).readOrMake()
            }
            let mail = try MailSetup(configuration.mail)
            var planning = Register.Settings()
            planning.reminderHours = mail.settings.hours.reminders
            planning.calendar = configuration.calendar
            planning.rules = configuration.rules
            let basis = Self.basis(configuration)
            planning.basis = basis
            let logger = StructuredLogHandler.logger(program: "greffier-notify", configuration.log)
            planning.passedOver = { error in
                logger.error("something in the register is damaged; the rest goes on", metadata: ["reason": "\(error)"])
            }
            let register = try Register(configuration.registerPlace, settings: planning)
            let use = try register.use()
            defer { withExtendedLifetime(use) {} }
            Self.check(register, configuration, clock, logger)
            let news = News()
            let delivery = try AlertDelivery(
                register: register, transport: mail.transport(), templates: mail.templates, settings: mail.settings,
                clock: now, random: SystemRandomNumberGenerator())
            let alerts = AlertService(delivery: delivery, now: now, news: news, log: AlertLog(logger))
            let processor = NotifyProcessor(register: register, now: now) {
                news.post()
            } outdated: {
                news.fail($0)
            }
            try await runWorker(
                worker.settings(
                    .notify, program: "greffier-notify", configuration, batch: Self.batch, register: register.id.text),
                processor: processor, configuration,
                beside: [alerts] + (try stages(configuration, mail, delivery, logger))
                    + expiring(register, configuration, clock, logger)
                    + [recomputing(register, basis, now, logger) { news.post() }])
        }
    }

    /// Looks at this host beside the work, and at the register if it is in a file.
    private static func check(
        _ register: Register, _ configuration: Configuration, _ clock: WallClock, _ logger: Logger
    ) {
        let path = configuration.store == nil ? "\(configuration.registerFolder)/register.sqlite" : nil
        StartCheck(configuration, clock).begin(logger) {
            StartCheck.Stored(
                latest: try register.latestEntry(),
                damages: try path.map { try SQLDatabase.quickDamages(path: $0) } ?? [])
        }
    }

    /// On what deadlines are computed.
    private static func basis(_ configuration: Configuration) -> DeadlineBasis {
        let examiner = Examiner(
            producedBy: Producer(program: "greffier-notify", version: ProgramVersion.current),
            rules: configuration.rules, calendar: configuration.calendar)
        return DeadlineBasis(fingerprint: examiner.deadlineBasis) { examiner.facts(of: $0) }
    }

    /// What computes deadlines anew if rules, calendar or authorities are others than before.
    private func recomputing(
        _ register: Register, _ basis: DeadlineBasis, _ now: @escaping @Sendable () -> UTCInstant, _ logger: Logger,
        changed: @escaping @Sendable () -> Void
    ) -> any Service {
        RecomputationService(
            recomputation: DeadlineRecomputation(register: register, basis: basis), now: now, changed: changed,
            logger: logger)
    }

    /// What lets leave what is old, unless everything is kept for ever.
    private func expiring(
        _ register: Register, _ configuration: Configuration, _ clock: WallClock, _ logger: Logger
    ) -> [any Service] {
        let retention = configuration.registerRetention(clock)
        guard retention != RegisterRetention() else { return [] }
        return [
            RetentionService(
                register: register, retention: retention, now: { UTCInstant(secondsSince1970: clock.now()) },
                logger: logger)
        ]
    }

    /// What watches the stages, unless nobody is to be told.
    private func stages(
        _ configuration: Configuration, _ mail: MailSetup, _ delivery: AlertDelivery, _ logger: Logger
    ) throws -> [any Service] {
        guard !mail.settings.operators.isEmpty else { return [] }
        return [
            StageService(
                brokers: BrokerEndpoints(configuration.brokers) ?? BrokerEndpoints(configuration.endpoint),
                security: try configuration.clientSecurity(), delivery: delivery,
                patience: (
                    .milliseconds(configuration.mail.stageMilliseconds),
                    .milliseconds(configuration.mail.brokerMilliseconds)
                ), logger: logger)
        ]
    }
}
