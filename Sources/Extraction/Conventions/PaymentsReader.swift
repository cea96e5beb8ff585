import Deliberations

/// Reads the payments that a convention provides for: "100 %, soit 65 000 € à la signature de la présente convention".
struct PaymentsReader {
    /// A payment and where it was read.
    struct Reading {
        let payment: Convention.Payment
        let place: ReadConvention.PaymentPlace
    }

    private let text: NormalizedText
    private let mentions: FoundMentions
    private let clauses: ClauseMatches

    /// Words that begin the part of a sentence that says when.
    static let whenWords: WordChoice = [
        "a la signature", "des la signature", "apres signature", "a compter", "dans un delai", "dans les",
        "dans le mois",
        "au plus tard", "avant le", "des notification", "a la notification", "a la reception", "a reception", "apres",
        "sur presentation", "sur production", "sur justification", "a l'issue", "au vu", "en fin", "a la fin",
        "a l'achevement", "au cours", "courant", "au mois de", "en debut", "lors de", "lors du", "a l'appui",
        "sous reserve", "chaque annee", "des que", "a la remise", "au demarrage", "au debut", "au terme", "au prorata",
        "mensuellement", "trimestriellement", "annuellement", "a terme echu", "a la production", "a la presentation",
    ]

    /// The payments of all articles.
    static func read(
        _ articles: [ReadConvention.Article], in text: NormalizedText, mentions: FoundMentions, clauses: ClauseMatches
    ) -> [Reading] {
        let reader = Self(text: text, mentions: mentions, clauses: clauses)
        return articles.indices.flatMap { index in
            articles[index].sentences.compactMap { reader.payment(in: $0, article: index) }
        }
    }

    private func payment(in sentence: Sentence, article: Int) -> Reading? {
        guard isPayment(sentence.range) || (sentence.lead.map(isPayment) ?? false),
            !clauses.within(sentence.range).contains(where: { isOther($0.kind) }),
            let when = when(in: sentence.range)
        else { return nil }
        let share = mentions.percentages(in: sentence.range).first?.value
        let amount = mentions.amounts(in: sentence.range).first?.money
        guard share != nil || amount != nil || isWhole(sentence.range) else { return nil }
        let due = DueReader.read(when, clauses.within(when), in: text)
        return Reading(
            payment: .init(share: share, amount: amount, when: text.words(of: when)),
            place: .init(sentence: sentence.range, article: article, due: due))
    }

    private func isPayment(_ range: Range<Int>) -> Bool {
        clauses.within(range).contains {
            $0.kind == .payment || $0.kind == .object(.payment)
                || $0.kind == .duty(.future) && ClauseWordings.kind(ofFuture: $0.range, in: text) == .payment
        }
    }

    /// Duties to pay back, and notices, are no payments of the grant.
    private func isOther(_ kind: ClauseWording) -> Bool {
        kind == .duty(.prohibition) || kind == .object(.retention) || kind == .object(.notice)
            || kind == .duty(.acceptance)
    }

    private func isWhole(_ range: Range<Int>) -> Bool {
        [
            "en une seule fois", "en un seul versement", "en totalite", "en une fois", "dans sa totalite",
            "l'integralite",
            "le solde",
        ].contains { text.find($0, in: range) != nil }
    }

    /// From the first word of time to the end of the sentence.
    private func when(in sentence: Range<Int>) -> Range<Int>? {
        var position = sentence.lowerBound
        while position < sentence.upperBound {
            if text.isWordStart(position), text.matchAny(Self.whenWords, at: position) != nil {
                let end = min(sentence.upperBound, position + 240)
                return text.trimmedOfPunctuation(position..<end)
            }
            position += 1
        }
        return nil
    }
}
