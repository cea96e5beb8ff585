import Deadlines
import Deliberations
import Mail

/// To whom alerts go, from whom, and when.
public struct AlertSettings: Sendable {
    /// Who is told of what, each in a transaction of its own.
    public let routes: RoutingTree
    /// The author that recipients see.
    public let from: EmailAddress
    /// Where answers go, if not to `from`.
    public var replyTo: EmailAddress?
    /// Where bounces go: to `from` unless set.
    public var bounces: EmailAddress
    /// The stream of messages, by which staff sort them.
    public var list: ListIdentifier?
    /// Whom readers may ask: the last line of each mail.
    public var contact: String?
    /// Where staff answer by mail, if they can.
    public var answers: AnswerDesk?
    /// Whether everybody on a route is told every week that Greffier runs, what it watches and what is coming.
    public var isWatchTold = false
    /// Who is told of what has fallen silent; nobody where it is empty.
    public var operators: [EmailAddress] = []
    /// The folder of the calendar files to which staff subscribe, if there are any.
    public var calendarsFolder: String?
    /// When mails may leave.
    public var hours = AlertHours()
    /// When an attempt is made again.
    public var retries = RetryPolicy()
    /// The most mails of one round.
    public var mailsPerRound = 64
    /// The most mails that leave in a minute, of all workers together; nil for any number.
    public var mailsPerMinute: Int?
    /// How long a claimed batch belongs to this process, in seconds: longer than the batch can take.
    public var claimSeconds = 600
    /// How many alerts are claimed at a time.
    public var claimSize = 8

    /// Settings with the defaults, and one route that takes everything.
    /// - Throws: `AlertingError.noRecipients`, `.duplicateRecipient`.
    public init(recipients: [EmailAddress], from: EmailAddress) throws(AlertingError) {
        try self.init(routes: RoutingTree(Route(recipients: recipients)), from: from)
    }

    /// Settings with the defaults.
    /// - Throws: `AlertingError.noRecipients` for a route that leads to nobody, `.duplicateRecipient` for one that names
    ///   somebody twice.
    public init(routes: RoutingTree, from: EmailAddress) throws(AlertingError) {
        for route in routes.root.all {
            guard !route.recipients.isEmpty else { throw .noRecipients(route: route.path) }
            var seen: Set<String> = []
            for recipient in route.recipients where !seen.insert(recipient.address.lowercased()).inserted {
                throw .duplicateRecipient(recipient.address, route: route.path)
            }
        }
        self.routes = routes
        self.from = from
        bounces = from
    }

    /// The recipients of the catch-all route.
    public var recipients: [EmailAddress] { routes.root.recipients }

    /// An address with the name that the configuration gives it.
    func named(_ address: String) throws(MailError) -> EmailAddress {
        if let known = routes.everybody.first(where: { $0.address == address }) { return known }
        return try EmailAddress(address)
    }

    /// What Message-IDs and calendar identities end with.
    var messageHost: String { from.domain }
}
