import Deliberations

/// What deadlines wait for, in French. One text for an event in a document: a day that is given for it starts them all.
enum StartEvent {
    static let publication = "publication de la délibération"
    static let prefectReception = "réception en préfecture"
    static let actNotification = "notification de l’acte"
    static let contractSignature = "signature du contrat"
    static let grantNotification = "notification de la subvention"
    static let letter = "envoi de la lettre recommandée"
    static let signature = "signature de la convention"
    static let retentionStart = "début de la période de conservation"
}

extension ActContext {
    /// The signature of one of the act's conventions: where there are several, of which.
    func signatureEvent(of convention: Convention?) -> String {
        guard conventions.count > 1, let convention,
            let position = conventions.firstIndex(where: { $0.convention == convention })
        else { return StartEvent.signature }
        return "\(StartEvent.signature) n° \(position + 1)"
    }

    /// A rule for an event that comes after the session.
    func startRule(
        _ event: String, words: String? = nil, months: Int = 0, days: Int = 0,
        counting: StartRule.Counting = .ordinary
    ) -> StartRule {
        var rule = StartRule(
            event: event, words: words ?? "\(event) le", months: months, days: days, counting: counting)
        rule.notBefore = reading.session.date
        return rule
    }
}
