import Deliberations

extension Review {
    /// The conventions of which articles were read.
    fileprivate var conventionTexts: [ConventionText] {
        (extract.conventions ?? []).enumerated().compactMap { ConventionText($0.offset, $0.element, in: self) }
    }

    /// Why no convention can be read, if so.
    fileprivate var conventionObstacle: Verdict? {
        if (extract.conventions ?? []).isEmpty { return .notApplicable("aucune convention") }
        return conventionTexts.isEmpty ? .indeterminate("articles de la convention") : nil
    }
}

/// Reports and accounts are due after the end of the year that is funded; intermediate ones may be due before.
struct DueAfterPeriod: DocumentRule {
    let description = RuleDescription(
        "conv-due-after-period", .warning, "Les comptes et rapports sont dus après la période financée.",
        scope: "conventions qui datent la remise des pièces")

    private static let intermediate: [StaticString] = [
        "INTERMEDIAIRE", "PROVISOIRE", "ETAPE", "AVANCEMENT", "TRIMESTR", "SEMESTR", "PREVISIONNEL", "PRECEDENT",
        "ECOULE", "CLOS", "N 1", "DERNIER",
    ]

    func check(_ review: Review) -> Verdict {
        if (review.extract.conventions ?? []).isEmpty { return .notApplicable("aucune convention") }
        let obligations = (review.extract.obligations ?? []).enumerated()
        let dated = obligations.compactMap { index, obligation -> (Int, Obligation, CivilDate)? in
            guard case .on(let date) = obligation.due, Self.isFinalPiece(obligation) else { return nil }
            return (index, obligation, date)
        }
        if dated.isEmpty { return .notApplicable("aucune date de remise des pièces") }
        var remarks: [Remark] = []
        for (index, obligation, date) in dated {
            guard let year = fundedYear(obligation, review), let end = CivilDate(year: year, month: 12, day: 31) else {
                return .indeterminate("période financée")
            }
            if date > end { continue }
            remarks.append(
                Remark(
                    "Pièces dues le \(French.date(date)), avant la fin de la période (\(French.date(end))).",
                    computed: "\(French.date(date)) ≤ \(French.date(end))", [.fact("/obligations/\(index)")],
                    deliberation: obligation.deliberation))
        }
        return .remarksOrOK(remarks)
    }

    private static func isFinalPiece(_ obligation: Obligation) -> Bool {
        guard obligation.kind == .accounts || obligation.kind == .report, obligation.convention != nil else {
            return false
        }
        return !LatinFolding.contains(LatinFolding.fold(obligation.what), anyOf: intermediate)
    }

    /// The year that the subject or the grant's purpose names, else that of the budget line.
    private func fundedYear(_ obligation: Obligation, _ review: Review) -> Int? {
        let index = obligation.deliberation ?? 0
        guard index < review.acts.count else { return nil }
        let act = review.acts[index]
        let purposes = (act.deliberation.grants ?? []).lazy.compactMap(\.purpose)
        return act.subject.fundedYear ?? purposes.compactMap { FoldedName($0).fundedYear }.first
            ?? act.deliberation.budget?.year
    }
}

/// Every article of itself that a convention quotes exists, and no two annexes bear the same number.
struct CrossReferences: DocumentRule {
    let description = RuleDescription(
        "conv-crossref", .warning, "Chaque renvoi à un article ou à une annexe a une cible, et une seule.",
        scope: "conventions")

    /// Words after a number that make it another text's.
    private static let foreign: [PhraseSearch.Phrase] = [
        "du code", "de la loi", "du décret", "de l'ordonnance", "de l'arrêté", "du règlement", "des statuts",
        "du CGCT", "de la délibération", "du marché", "du bail", "de la directive", "du traité", "du contrat",
        "de l'accord", "de la convention initiale", "de la charte", "de l'annexe",
    ]

    func check(_ review: Review) -> Verdict {
        if let obstacle = review.conventionObstacle { return obstacle }
        let texts = review.conventionTexts
        let remarks = texts.flatMap { missingArticles(of: $0) } + Self.doubledAnnexes(review)
        if !remarks.isEmpty { return .remarks(remarks) }
        return texts.allSatisfy(\.isWhollyRead) ? .ok : .indeterminate("tous les articles de la convention")
    }

    private func missingArticles(of text: ConventionText) -> [Remark] {
        guard text.isWhollyRead else { return [] }
        let numbers = text.numbers
        return text.review.extract.mentions.references.compactMap { mention in
            guard mention.kind == .article, text.range.start <= mention.range.start,
                mention.range.end <= text.range.end, let number = ConventionText.number(mention.text),
                !numbers.contains(number)
            else { return nil }
            let after = TextRange(mention.range.end, min(text.review.text.count, mention.range.end + 40))
            if text.review.phrases.contains(Self.foreign, in: after) { return nil }
            return Remark(
                "Renvoi à l’\(mention.text) introuvable\u{A0}: la convention a \(French.count(numbers.count, "article", "articles")).",
                [.words(mention.range)], deliberation: text.convention.deliberation)
        }
    }

    /// Headings "Annexe 1 : …" of the same number and of other words.
    private static func doubledAnnexes(_ review: Review) -> [Remark] {
        var headings: [Int: (range: TextRange, title: [UInt8])] = [:]
        var remarks: [Remark] = []
        for (number, range) in annexHeadings(review) {
            let title = review.text[range.start..<range.end].withUnsafeBufferPointer { LatinFolding.fold($0) }
            guard let first = headings[number] else {
                headings[number] = (range, title)
                continue
            }
            if first.title == title { continue }
            remarks.append(
                Remark(
                    "Renvoi à l’annexe \(number) ambigu\u{A0}: deux annexes portent ce numéro.",
                    [.words(first.range), .words(range)]))
        }
        return remarks
    }

    /// The lines that begin with "Annexe n" and a colon or a dash.
    private static func annexHeadings(_ review: Review) -> [(number: Int, line: TextRange)] {
        let text = review.text
        var headings: [(Int, TextRange)] = []
        var from = 0
        while let word = review.phrases.first(["annexe"], in: TextRange(from, text.count)), headings.count < 40 {
            from = word.end
            guard word.start == 0 || text[word.start - 1] == 0x0A else { continue }
            let end = text[word.end...].firstIndex(of: 0x0A) ?? text.count
            let rest = text[word.end..<end].drop { $0 == 0x20 }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let next = rest.dropFirst(digits.count).first { $0 != 0x20 }
            guard (1...2).contains(digits.count), next == UInt8(ascii: ":") || next == UInt8(ascii: "-") else {
                continue
            }
            headings.append((digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, TextRange(word.start, end)))
        }
        return headings
    }
}

/// Who is named at the head of a convention signs it.
///
/// The signature block is what follows "Fait à" after the last article. A difference is said only where the block prints
/// the name of one party, and another name for the other.
struct ConventionParties: DocumentRule {
    let description = RuleDescription(
        "conv-parties", .warning, "Les représentants nommés en tête de la convention la signent.", scope: "conventions")

    private static let blockLength = 1_200

    func check(_ review: Review) -> Verdict {
        if let obstacle = review.conventionObstacle { return obstacle }
        var remarks: [Remark] = []
        var checked = 0
        for text in review.conventionTexts {
            let signatories = text.convention.signatories.filter { FoldedName($0.name).words.count >= 2 }
            guard signatories.count >= 2, let block = Self.signatureBlock(of: text) else { continue }
            let lines = Self.lines(of: block, review.text)
            let signing = signatories.filter { person in lines.contains { $0.names(person) } }
            if signing.count == signatories.count { checked += 1 }
            guard !signing.isEmpty, signing.count < signatories.count else { continue }
            let others = lines.filter { line in
                line.looksLikeName(besides: text.convention.parties + [review.extract.authority.name])
                    && !signatories.contains { line.names($0) }
            }
            guard others.count == 1, signatories.count - signing.count == 1,
                let missing = signatories.first(where: { person in !signing.contains(person) })
            else { continue }
            remarks.append(
                Remark(
                    "Signataires différents\u{A0}: \(missing.name) / \(others[0].words).",
                    [.words(others[0].range)], deliberation: text.convention.deliberation))
        }
        if !remarks.isEmpty { return .remarks(remarks) }
        return checked > 0 ? .ok : .indeterminate("noms des signataires")
    }

    private static func signatureBlock(of text: ConventionText) -> TextRange? {
        guard let last = text.convention.articles.map(\.range.start).max() else { return nil }
        let end = min(text.review.text.count, text.range.end + blockLength)
        let made: [PhraseSearch.Phrase] = ["fait à", "fait en", "fait le", "fait et signé"]
        return text.review.phrases.first(made, in: TextRange(last, end)).map { TextRange($0.end, end) }
    }

    private static func lines(of block: TextRange, _ text: [UInt8]) -> [SignatureLine] {
        var lines: [SignatureLine] = []
        for bytes in text[block.start..<block.end].split(separator: 0x0A).dropFirst() {
            let line = SignatureLine(TextRange(bytes.startIndex, bytes.endIndex), text)
            if line.beginsAnnex { break }
            lines.append(line)
        }
        return lines
    }
}

/// A line of a signature block.
private struct SignatureLine {
    let range: TextRange
    let words: String
    private let folded: [UInt8]

    init(_ range: TextRange, _ text: [UInt8]) {
        self.range = range
        let bytes = text[range.start..<range.end]
        words = String(decoding: bytes, as: UTF8.self)
        folded = bytes.withUnsafeBufferPointer { LatinFolding.fold($0) }
    }

    /// Whether it heads what is annexed.
    var beginsAnnex: Bool { folded.starts(with: "ANNEXE".utf8) }

    /// Whether it has the name of `person`.
    func names(_ person: Person) -> Bool { LatinFolding.contains(folded, FoldedName(person.name).bytes) }

    /// Whether it is two or three capitalised words, none of them of `bodies` or of an office.
    func looksLikeName(besides bodies: [String]) -> Bool {
        let parts = words.split { $0 == " " || $0 == "\t" }
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.first?.isUppercase == true }) else { return false }
        let offices: [StaticString] = [
            "PRESIDENT", "MAIRE", "DIRECT", "SECRETAIRE", "ADJOINT", "POUR ", "SIGN", "CACHET", "ASSOCIATION",
            "COMMUNE",
            "LE ", "LA ",
        ]
        if LatinFolding.contains(folded, anyOf: offices) { return false }
        let known = Set(bodies.flatMap { FoldedName($0).words.map(Array.init) })
        return FoldedName(words).words.allSatisfy { !known.contains(Array($0)) }
    }
}
