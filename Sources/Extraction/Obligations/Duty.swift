import Deliberations

/// The wording that binds in a sentence, and what it binds to.
struct Duty {
    /// How it binds.
    let form: DutyForm
    /// The wording.
    let verb: Range<Int>
    /// What is owed.
    let what: Range<Int>
    /// Whether a list follows that says what is owed.
    let isOpen: Bool

    /// The duty that an item of the list after `lead` states.
    init(item: Range<Int>, of lead: Duty) {
        form = lead.form
        verb = lead.verb
        what = item
        isOpen = false
    }

    private init(form: DutyForm, verb: Range<Int>, what: Range<Int>, isOpen: Bool = false) {
        self.form = form
        self.verb = verb
        self.what = what
        self.isOpen = isOpen
    }

    /// Whether the subject of the wording is who owes it.
    var hasActiveSubject: Bool { form != .passive }

    /// The first duty of `sentence`; `matches` are the wordings found in it.
    static func find(in sentence: Range<Int>, _ matches: ArraySlice<ClauseMatch>, of text: NormalizedText) -> Self? {
        for match in matches {
            guard case .duty(let form) = match.kind, form != .present || isOfDocument(match.range, matches),
                let duty = read(form, match.range, sentence, text)
            else {
                continue
            }
            return duty
        }
        return nil
    }

    /// "Remet son rapport avant le…": a document follows the verb, and a day is said.
    private static func isOfDocument(_ verb: Range<Int>, _ matches: ArraySlice<ClauseMatch>) -> Bool {
        let hasDocument = matches.contains { match in
            let isNear = match.range.lowerBound >= verb.upperBound && match.range.lowerBound < verb.upperBound + 60
            return isNear && (match.kind == .object(.report) || match.kind == .object(.accounts))
        }
        return hasDocument && matches.contains { $0.kind == .until || $0.kind == .before || $0.kind == .delay }
    }

    private static func read(
        _ form: DutyForm, _ verb: Range<Int>, _ sentence: Range<Int>, _ text: NormalizedText
    ) -> Self? {
        let end = text.trimmedOfPunctuation(sentence).upperBound
        let isOpen =
            text[sentence.upperBound - 1] == UInt8(ascii: ":") && sentence.upperBound - verb.upperBound < 60
            && form != .entitlement
        if isOpen { return Self(form: form, verb: verb, what: verb.upperBound..<end, isOpen: true) }
        switch form {
        case .engagement:
            guard let start = infinitive(after: verb.upperBound, end, text) else { return nil }
            return Self(form: form, verb: verb, what: start..<end)
        case .modal: return modal(verb, sentence, end, text)
        case .prohibition:
            let window = verb.upperBound..<min(end, verb.upperBound + 80)
            let isForbidden = text.contains(anyOf: ClauseNouns.forbiddenVerbs, in: window)
            return isForbidden ? Self(form: form, verb: verb, what: verb.lowerBound..<end) : nil
        case .acceptance: return Self(form: form, verb: verb, what: verb.lowerBound..<end)
        case .future, .present: return Self(form: form, verb: verb, what: verb.lowerBound..<end)
        case .keeping:
            let isOfDocuments = text.contains(anyOf: ClauseNouns.keptDocuments, in: verb.upperBound..<end)
            return isOfDocuments ? Self(form: form, verb: verb, what: verb.lowerBound..<end) : nil
        case .passive: return Self(form: form, verb: verb, what: sentence.lowerBound..<end)
        case .entitlement:
            let isClaim = text.contains(anyOf: ClauseNouns.refunds, in: verb.upperBound..<end)
            guard isClaim || text.find("controle", in: verb.upperBound..<end) != nil else { return nil }
            if isClaim { return Self(form: form, verb: verb, what: verb.lowerBound..<end) }
            return Self(form: form, verb: verb, what: verb.upperBound..<end).trimmed(in: text)
        }
    }

    /// "Doit mentionner" binds its subject; "doit être respectée" is about it.
    private static func modal(_ verb: Range<Int>, _ sentence: Range<Int>, _ end: Int, _ text: NormalizedText) -> Self? {
        var next = text.skipBlanks(from: verb.upperBound, limit: end)
        for _ in 0..<3 {
            let word = text.word(at: next, limit: end)
            guard !word.isEmpty else { return nil }
            if text.equals(word, "etre") { return Self(form: .passive, verb: verb, what: sentence.lowerBound..<end) }
            if text.equals(word, "avoir") { return nil }
            if isInfinitive(word, in: text) { return Self(form: .modal, verb: verb, what: word.lowerBound..<end) }
            next = text.skipBlanks(from: word.upperBound, limit: end)
            if text[next] == UInt8(ascii: ",") { next = text.skipBlanks(from: next + 1, limit: end) }
        }
        return nil
    }

    /// The infinitive after "à", "de" or "d'", within reach: "s'engage, aux fins de contrôle, à conserver".
    private static func infinitive(after position: Int, _ end: Int, _ text: NormalizedText) -> Int? {
        let reach = min(end, position + 90)
        var next = position
        while next < reach {
            if text.isWordStart(next), let after = text.matchAny(["a ce que", "a ne pas", "de ne pas"], at: next) {
                return text.skipBlanks(from: text.equals(next..<after, "a ce que") ? next : after)
            }
            if text.isWordStart(next), let after = text.matchAny(["a", "de"], at: next) ?? text.match("d'", at: next) {
                let word = text.word(at: skipPronouns(text.skipBlanks(from: after), text), limit: end)
                if isInfinitive(word, in: text) { return text.skipBlanks(from: after) }
            }
            next += 1
        }
        return achievement(after: position, end, text)
    }

    /// "Est tenue à l'achèvement des travaux": a noun instead of a verb.
    private static func achievement(after position: Int, _ end: Int, _ text: NormalizedText) -> Int? {
        let next = text.skipBlanks(from: position, limit: end)
        guard
            let after = text.match("a l'", at: next) ?? text.matchWord("a la", at: next)
                ?? text.matchWord("au", at: next)
        else { return nil }
        return after < end ? text.skipBlanks(from: text.match("au", at: next) == nil ? next + 2 : next) : nil
    }

    private static func skipPronouns(_ position: Int, _ text: NormalizedText) -> Int {
        text.matchAny(["y", "en", "le", "la", "les", "lui", "leur", "se", "bien"], at: position)
            .map { text.skipBlanks(from: $0) } ?? text.match("s'", at: position) ?? position
    }

    /// A word in -er, -ir or -re that is no noun of that form.
    private static func isInfinitive(_ word: Range<Int>, in text: NormalizedText) -> Bool {
        guard word.count >= 4 else { return false }
        let last = text[word.upperBound - 1]
        let before = text[word.upperBound - 2]
        let isEnding =
            last == UInt8(ascii: "r") && (before == UInt8(ascii: "e") || before == UInt8(ascii: "i"))
            || last == UInt8(ascii: "e") && before == UInt8(ascii: "r") && word.count >= 5
        return isEnding && !nouns.contains { text.equals(word, $0) }
    }

    /// Nouns and adjectives that end as infinitives do.
    static let nouns: [StaticString] = [
        "titre", "cadre", "ordre", "hauteur", "compter", "janvier", "premier", "premiere", "derniere", "dernier",
        "nombre", "autre", "notre", "votre", "chaque", "entre", "contre", "membre", "centre", "octobre", "septembre",
        "novembre", "decembre", "lettre", "maitre", "partir", "propre", "libre", "oeuvre", "maniere", "financiere",
        "particulier", "reguliere", "ministere", "caractere", "affaire", "exemplaire", "beneficiaire", "partenaire",
        "contraire", "necessaire", "horaire", "titulaire", "chantier", "courrier", "mesure", "culture", "nature",
        "heure", "ouverture", "facture", "structure", "signature", "procedure", "charte",
    ]

    private func trimmed(in text: NormalizedText) -> Self {
        Self(form: form, verb: verb, what: text.trimmed(what), isOpen: isOpen)
    }
}

/// The documents that one duty names, each a duty of its own.
enum DocumentItems {
    /// A document and what kind of duty handing it over is.
    struct Item {
        let kind: Obligation.Kind
        let range: Range<Int>
    }

    /// The documents named in `what`: neighbours of one kind are one.
    static func find(in what: Range<Int>, _ matches: ArraySlice<ClauseMatch>, of text: NormalizedText) -> [Item] {
        var starts: [(kind: Obligation.Kind, start: Int)] = []
        for match in matches {
            guard case .object(let kind) = match.kind, kind == .report || kind == .accounts,
                starts.last?.kind != kind
            else { continue }
            starts.append((kind, match.range.lowerBound))
        }
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1].start : what.upperBound
            let range = text.trimmedOfPunctuation(starts[index].start..<end)
            return Item(kind: starts[index].kind, range: withoutTail(range, in: text))
        }
    }

    /// `item` without the words at its end that say when it is due.
    static func without(_ due: Range<Int>, _ item: Range<Int>, in text: NormalizedText) -> Range<Int> {
        guard item.lowerBound < due.lowerBound, due.lowerBound < item.upperBound, item.upperBound <= due.upperBound
        else { return item }
        return withoutLinks(item.lowerBound..<due.lowerBound, in: text)
    }

    /// Without what begins the next item ("ainsi que le") or tells on what ground it is owed ("conformément à").
    private static func withoutTail(_ range: Range<Int>, in text: NormalizedText) -> Range<Int> {
        var end = range.upperBound
        if let ground = text.find("conformement", in: range) { end = ground.lowerBound }
        return withoutLinks(range.lowerBound..<end, in: text)
    }

    private static func withoutLinks(_ range: Range<Int>, in text: NormalizedText) -> Range<Int> {
        var trimmed = text.trimmedOfPunctuation(range)
        for _ in 0..<3 {
            guard let last = lastWord(of: trimmed, in: text), isLink(last, in: text) else { break }
            trimmed = text.trimmedOfPunctuation(trimmed.lowerBound..<last.lowerBound)
        }
        return trimmed
    }

    private static func lastWord(of range: Range<Int>, in text: NormalizedText) -> Range<Int>? {
        var start = range.upperBound
        while start > range.lowerBound, text[start - 1].isWord || text[start - 1] == UInt8(ascii: "'") { start -= 1 }
        return start > range.lowerBound ? start..<range.upperBound : nil
    }

    private static func isLink(_ word: Range<Int>, in text: NormalizedText) -> Bool {
        [
            "le", "la", "les", "un", "une", "et", "ce", "ainsi", "que", "du", "des", "d'un", "d'une", "son", "sa",
            "ses", "de",
        ]
        .contains { text.equals(word, $0) }
    }
}
