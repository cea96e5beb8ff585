import Deliberations

/// Reads the grants that an act awards: in its decisions, and in the words that propose them.
struct GrantReader {
    private let anchored: AnchoredText
    private var text: NormalizedText { anchored.text }
    private let scope: Range<Int>
    /// The grants.
    private(set) var grants: [Cited<Grant>] = []

    /// Reads the grants that the decisions award.
    ///
    /// `scope` is where a convention may be mentioned: the act, and its annexes.
    init(
        _ anchored: AnchoredText, decisions: [Cited<String>], subject: Range<Int>?, body: Range<Int>, scope: Range<Int>
    ) {
        self.anchored = anchored
        self.scope = scope
        for decision in decisions { read(decision.range, subject: subject, isDecision: true) }
        if grants.isEmpty { readProposals(body, subject: subject) }
        if grants.isEmpty, let subject, isAward(subject) { readRows(body, subject: subject) }
        guard !grants.isEmpty else { return }
        addHistory(body)
    }

    private static let asked: [StaticString] = [
        "sollicite", "solliciter", "sollicitant", "demande", "demander", "obtention", "percevoir", "beneficier",
        "obtenir", "recevoir", "demandes",
        "nature", "emprunt", "garantie", "delibere", "l'etat", "detr", "dsil",
    ]
    private static let awarding: [StaticString] = [
        "attribue", "attribuer", "attribution", "accorde", "accorder", "octroie", "octroyer", "verse", "verser",
        "versement", "alloue", "allouer",
        "soutien", "soutenir", "d'attribuer", "d'accorder", "d'octroyer", "d'allouer", "de verser", "vote", "voter",
    ]

    /// Sentences of the body that propose to award: "il est proposé d'attribuer à l'association X une subvention de…".
    private mutating func readProposals(_ body: Range<Int>, subject: Range<Int>?) {
        for range in anchored.all(.grant, in: body) {
            let sentence =
                anchored.sentenceStart(before: range.lowerBound) ..| anchored.sentenceEnd(from: range.lowerBound)
            guard text.find("propose", in: sentence) != nil, text.find("d'attribuer", in: sentence) != nil else {
                continue
            }
            read(sentence, subject: subject, isDecision: false)
            if !grants.isEmpty { return }
        }
    }

    /// "Subventions aux associations", no request for one.
    private func isAward(_ subject: Range<Int>) -> Bool {
        anchored.first(.grant, in: subject) != nil && !has(Self.asked, in: subject)
            && text.find("plan de financement", in: subject) == nil
    }

    private static let noReceivers: [StaticString] = [
        "total", "montant", "soit", "budget", "le", "la", "les", "il", "credit", "credits", "annee", "rappel", "cout",
        "pour", "contre", "vote", "chapitre", "compte", "article", "depenses", "recettes", "date", "prix", "tarif",
        "reste", "un", "une", "section", "sous-total", "enveloppe", "en", "demande", "proposition",
    ]

    /// Lines that are a receiver, a colon and an amount: "Les Amis du Lac : 600 €".
    private mutating func readRows(_ body: Range<Int>, subject: Range<Int>) {
        var position = body.lowerBound
        while position < body.upperBound {
            let line = position ..| min(text.lineEnd(from: position), body.upperBound)
            position = line.upperBound + 1
            let start = text.skipSeparators(from: line.lowerBound, limit: line.upperBound)
            guard text.isCapital(at: start), text.matchAny(Self.noReceivers, at: start) == nil,
                let colon = text.firstIndex(of: UInt8(ascii: ":"), in: start ..| min(line.upperBound, start + 80)),
                let amount = AmountReader.read(
                    at: text.skipBlanks(from: colon + 1, limit: line.upperBound), in: text, limit: line.upperBound),
                amount.hasUnit, let money = amount.money,
                text.skipSeparators(from: amount.range.upperBound, limit: line.upperBound) >= line.upperBound
            else { continue }
            let receiver = text.trimmedOfPunctuation(start ..| colon)
            guard receiver.count >= 3 else { continue }
            var grant = Grant(beneficiary: text.words(of: receiver), amount: money)
            grant.purpose = text.words(of: subject)
            grants.append(Cited(value: grant, range: start ..| amount.range.upperBound))
        }
    }

    private mutating func read(_ range: Range<Int>, subject: Range<Int>?, isDecision: Bool) {
        guard let word = anchored.first(.grant, in: range), has(Self.awarding, in: range), !has(Self.asked, in: range),
            let amount = amount(in: range, near: word)
        else { return }
        guard
            let beneficiary = beneficiary(in: range, after: amount.range.upperBound)
                ?? subject.flatMap({ bearer(in: $0) })
        else { return }
        var grant = Grant(beneficiary: text.words(of: beneficiary), amount: amount.value)
        grant.conventionMentioned = anchored.first(.convention, in: scope) != nil
        if let subject { grant.purpose = text.words(of: subject) }
        let number = BeneficiaryNumber(in: range, of: text)
        grant.siret = number.siret
        grant.rna = number.rna
        grants.append(Cited(value: grant, range: range))
    }

    private func has(_ words: [StaticString], in range: Range<Int>) -> Bool {
        words.contains { text.find($0, in: range) != nil }
    }

    /// The only amount, or the first after the word of the grant.
    private func amount(in range: Range<Int>, near word: Range<Int>) -> Cited<Money>? {
        var amounts: [Cited<Money>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if text[position].isDigit, text.isWordStart(position),
                let reading = AmountReader.read(at: position, in: text, limit: range.upperBound)
            {
                if reading.hasUnit, let money = reading.money {
                    amounts.append(Cited(value: money, range: reading.range))
                }
                position = max(reading.range.upperBound, position + 1)
            } else {
                position += 1
            }
        }
        if amounts.count == 1 { return amounts[0] }
        return amounts.first { $0.range.lowerBound > word.upperBound && $0.range.lowerBound - word.upperBound < 40 }
    }

    private static let receivers: [StaticString] = [
        "a l'association", "au profit de", "au profit du", "en faveur de", "en faveur du", "a la", "au", "a l'", "aux",
        "beneficiaire",
    ]

    /// The receiver: "à l'association X", "au profit de X", before or after the amount.
    private func beneficiary(in range: Range<Int>, after amount: Int) -> Range<Int>? {
        for wording in Self.receivers.prefix(5) {
            if let found = text.find(wording, in: range), let name = name(at: found.upperBound, limit: range.upperBound)
            {
                return name
            }
        }
        let next = text.skipBlanks(from: amount, limit: range.upperBound)
        for wording in Self.receivers.dropFirst(5) {
            if let end = text.match(wording, at: next),
                let name = name(at: text.skipBlanks(from: end), limit: range.upperBound)
            {
                return name
            }
        }
        return nil
    }

    /// "porté par le pôle des microtechniques (PMT)" in the subject.
    private func bearer(in subject: Range<Int>) -> Range<Int>? {
        for wording: StaticString in ["porte par", "portee par", "portes par", "portees par"] {
            if let found = text.find(wording, in: subject) {
                return name(at: found.upperBound, limit: subject.upperBound)
            }
        }
        for wording: StaticString in ["a l'association", "en faveur de", "au profit de"] {
            if let found = text.find(wording, in: subject) {
                return name(at: found.upperBound, limit: subject.upperBound)
            }
        }
        return nil
    }

    /// A name up to a bracket, a comma, an amount, a verb's "pour" or "une subvention".
    private func name(at position: Int, limit: Int) -> Range<Int>? {
        var start = text.skipBlanks(from: position, limit: limit)
        if let end = text.matchAny(["le", "la", "l'"], at: start) ?? text.match("l'", at: start) {
            start = text.skipBlanks(from: end, limit: limit)
        }
        var end = start
        while end < min(limit, start + 90), !isNameEnd(end) { end += 1 }
        let range = text.trimmedOfPunctuation(start ..| end)
        return range.count >= 3 ? range : nil
    }

    private func isNameEnd(_ position: Int) -> Bool {
        switch text[position] {
        case UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), FoldedByte.tab: return true
        case let byte where byte.isWord && text.isWordStart(position):
            let words: [StaticString] = ["pour", "une", "un", "d'un", "a", "au", "dans", "afin", "sous", "et", "de un"]
            if text[position].isDigit {
                // "Radio 90" is a name; "90 €" ends it.
                return AmountReader.read(at: position, in: text)?.hasUnit ?? false
            }
            return text.matchAny(words, at: position) != nil
        default: return false
        }
    }

    /// "Année 2021 : 65 K€": what was given in former years, if one grant is awarded.
    private mutating func addHistory(_ body: Range<Int>) {
        guard grants.count == 1 else { return }
        var history: [YearlyAmount] = []
        for range in anchored.all(.formerYear, in: body) where anchored.mayBeHeading(range.lowerBound) {
            let next = text.skipBlanks(from: range.upperBound, lines: false)
            guard let year = text.integer(at: next), (1_990...2_100).contains(year.value) else { continue }
            let colon = text.skipBlanks(from: year.range.upperBound, lines: false)
            guard text[colon] == UInt8(ascii: ":") else { continue }
            let start = text.skipBlanks(from: colon + 1, lines: false)
            guard let amount = AmountReader.read(at: start, in: text), amount.hasUnit, let money = amount.money else {
                continue
            }
            history.append(YearlyAmount(year: year.value, amount: money))
        }
        guard !history.isEmpty else { return }
        var grant = grants[0].value
        grant.history = history
        grants[0] = Cited(value: grant, range: grants[0].range)
    }
}
