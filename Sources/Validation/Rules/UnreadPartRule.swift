import Deliberations

/// What an archive or an e-mail holds beside the act was read too, or somebody is told: an annex in a format that is not read
/// may hold what the act decides.
struct UnreadParts: DocumentRule {
    let description = RuleDescription(
        "doc-part-unread", .warning, "Chaque pièce de l’envoi a été lue.",
        scope: "archives et courriels de plusieurs pièces")

    private static let mostNamed = 8

    func check(_ review: Review) -> Verdict {
        let unread = review.extract.warnings.filter { $0.code == "unread-part" }
        let others = unread.filter { $0.reason == Self.noDeliberation }
        let lost = unread.filter { $0.reason != Self.noDeliberation }
        var remarks: [Remark] = []
        if !lost.isEmpty {
            let names = lost.map { Self.name($0) + " (\(Self.wording($0.reason)))" }
            remarks.append(
                Remark(
                    "\(lost.count == 1 ? "Pièce non lue" : "Pièces non lues")\u{A0}: \(French.list(names, limit: Self.mostNamed))."
                ))
        }
        if !others.isEmpty {
            let start =
                others.count == 1
                ? "Pièce laissée de côté, car elle n’est" : "Pièces laissées de côté, car elles ne sont"
            remarks.append(
                Remark(
                    "\(start) pas une délibération\u{A0}: \(French.list(others.map(Self.name), limit: Self.mostNamed)).",
                    lowered: .info))
        }
        return .remarksOrOK(remarks)
    }

    private static let noDeliberation = "not-a-deliberation"

    private static func name(_ warning: ReadingWarning) -> String {
        French.quoted(warning.part ?? "sans nom")
    }

    /// Why a part was not read, by the reader's stable word.
    private static func wording(_ reason: String?) -> String {
        switch reason {
        case "empty-document", "blank-document": "vide"
        case "unsupported-format", "binary-document": "format non lu"
        case "encrypted-document": "protégée par un mot de passe"
        case "too-large", "image-too-large", "too-much-text", "too-many-pages": "trop grande"
        case "no-pages", "damaged-document", "damaged-utf-16": "incomplète ou abîmée"
        case "nothing-inside": "sans document lisible"
        default: "illisible"
        }
    }
}
