import Deliberations

/// Reads which authority deliberated, through which assembly.
enum AuthorityReader {
    /// The assembly as written, and what it says of the authority.
    struct Assembly {
        /// As written; nil if only a mayor or a town hall is named.
        let name: Cited<String>?
        let kind: Authority.Kind
        let organ: Organ
    }

    private static let kinds: [(wording: StaticString, kind: Authority.Kind, organ: Organ)] = [
        ("conseil municipal", .commune, .assembly), ("conseil de paris", .commune, .assembly),
        ("conseil de communaute", .epci, .assembly), ("conseil communautaire", .epci, .assembly),
        ("conseil metropolitain", .epci, .assembly), ("conseil de la metropole", .epci, .assembly),
        ("conseil de metropole", .epci, .assembly), ("conseil d'agglomeration", .epci, .assembly),
        ("conseil de territoire", .epci, .assembly), ("conseil departemental", .departement, .assembly),
        ("conseil general", .departement, .assembly), ("assemblee departementale", .departement, .assembly),
        ("conseil regional", .region, .assembly), ("comite syndical", .syndicat, .assembly),
        ("conseil syndical", .syndicat, .assembly), ("comite directeur", .syndicat, .assembly),
        ("bureau communautaire", .epci, .bureau), ("bureau metropolitain", .epci, .bureau),
        ("bureau syndical", .syndicat, .bureau), ("commission permanente", .other, .standingCommission),
        ("conseil d'administration", .other, .assembly), ("conseil de l'eurometropole", .epci, .assembly),
        ("conseil de la communaute", .epci, .assembly), ("conseil de l'agglomeration", .epci, .assembly),
        ("conseil de la communaute urbaine", .epci, .assembly), ("assemblee de corse", .region, .assembly),
        ("conseil du territoire", .epci, .assembly), ("conseil d'arrondissement", .commune, .assembly),
        ("assemblee plenaire", .other, .assembly),
    ]

    /// The assembly that the preamble names first.
    static func assembly(in anchored: AnchoredText, preamble: Range<Int>, isInferred: Bool) -> Assembly? {
        let text = anchored.text
        let wide = preamble.lowerBound ..| max(preamble.upperBound, min(text.count, 6_000))
        var standing: Range<Int>?
        let named = anchored.all(.assembly, in: wide) + sessionAssemblies(in: anchored, wide)
        for range in named.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let known = kinds.first(where: { text.matchWord($0.wording, at: range.lowerBound) != nil }) else {
                continue
            }
            if known.organ == .standingCommission {
                standing = standing ?? range
                continue
            }
            let name = Cited(value: text.words(of: range), range: range)
            return Assembly(name: name, kind: authorityKind(known.kind, in: anchored, preamble), organ: known.organ)
        }
        guard let standing else { return isInferred ? inferred(in: anchored) : nil }
        let isRegion = anchored.first(.region, in: wide) != nil && anchored.first(.department, in: wide) == nil
        return Assembly(
            name: Cited(value: text.words(of: standing), range: standing), kind: isRegion ? .region : .departement,
            organ: .standingCommission)
    }

    /// Deliberations that a mayor signs, or that can be read at the town hall, are a municipal council's.
    private static func inferred(in anchored: AnchoredText) -> Assembly? {
        let text = anchored.text
        let words: [StaticString] = ["le maire", "la maire", "mairie", "la commune de", "la commune d'"]
        let isCommune = words.contains { text.find($0, in: text.whole) != nil }
        return isCommune ? Assembly(name: nil, kind: .commune, organ: .assembly) : nil
    }

    /// "Conseil municipal de…" and "Conseil municipal du 5 avril" are found as longer wordings.
    private static func sessionAssemblies(in anchored: AnchoredText, _ range: Range<Int>) -> [Range<Int>] {
        (anchored.all(.commune, in: range) + anchored.all(.sessionOn, in: range)
            + anchored.all(.registerExtract, in: range)).compactMap { found in
                for known in kinds {
                    if let inner = anchored.text.find(
                        known.wording, in: found.lowerBound ..| min(found.upperBound + 20, anchored.text.count))
                    {
                        return inner
                    }
                }
                return nil
            }.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func authorityKind(
        _ kind: Authority.Kind, in anchored: AnchoredText, _ preamble: Range<Int>
    ) -> Authority.Kind {
        guard kind == .other || kind == .commune else { return kind }
        if kind == .other, anchored.first(.socialCentre, in: anchored.text.whole) != nil { return .ccas }
        return kind
    }

    /// The authority's name: what the opening says, else what the rest says without contradiction.
    static func name(
        of kind: Authority.Kind, in anchored: AnchoredText, preamble: Range<Int>, president: PersonReader.Reading?
    ) -> Cited<String>? {
        // The agenda already speaks of others.
        let agenda = anchored.first(.agendaTitle, in: preamble)?.lowerBound ?? preamble.upperBound
        let preamble = preamble.lowerBound ..| agenda
        switch kind {
        case .commune:
            let places = places(.commune, in: anchored)
            let mayors = mayors(in: anchored)
            return chosen(places, preamble, in: anchored.text)
                ?? (places.isEmpty || mayors.contains { preamble.contains($0.range.lowerBound) }
                    ? mostFrequent(mayors, in: anchored.text) : nil)
        case .epci:
            if let named = metropolis(president, in: anchored) { return named }
            return chosen(named(.intercommunal, in: anchored), preamble, in: anchored.text)
        case .departement: return mostFrequent(named(.department, in: anchored), in: anchored.text)
        case .region: return mostFrequent(named(.region, in: anchored), in: anchored.text)
        case .syndicat: return chosen(named(.syndicate, in: anchored), preamble, in: anchored.text)
        case .ccas: return mostFrequent(named(.socialCentre, in: anchored), in: anchored.text)
        case .other: return nil
        }
    }

    /// Of the names in the opening the most frequent one; else the one that nearly all of the text's mentions name, if
    /// there are several: a body quotes neighbours, partners and their assemblies.
    private static func chosen(
        _ candidates: [Cited<String>], _ preamble: Range<Int>, in text: NormalizedText
    ) -> Cited<String>? {
        let opening = candidates.filter { preamble.contains($0.range.lowerBound) }
        if !opening.isEmpty { return mostFrequent(opening, in: text) }
        guard let best = mostFrequent(candidates, in: text) else { return nil }
        let words = text.folded[best.range]
        let count = candidates.count { text.folded[$0.range].starts(with: words) }
        return count > 1 && count * 5 >= candidates.count * 4 ? best : nil
    }

    /// "Présidente de Grand Besançon Métropole".
    private static func metropolis(_ president: PersonReader.Reading?, in anchored: AnchoredText) -> Cited<String>? {
        guard let president, let role = president.person.role, !role.isEmpty else { return nil }
        let text = anchored.text
        let range = president.name.upperBound ..| min(president.range.upperBound + 80, text.count)
        for wording: StaticString in ["presidente de", "president de", "presidente d'", "president d'"] {
            guard let found = text.find(wording, in: range) else { continue }
            let start = text.skipBlanks(from: found.upperBound)
            guard text.isCapital(at: start), let place = PlaceReader.read(at: start, in: text) else { return nil }
            return Cited(value: text.words(of: place), range: place)
        }
        return nil
    }

    /// The places after "commune de", "ville de".
    private static func places(_ kind: Anchor, in anchored: AnchoredText) -> [Cited<String>] {
        let text = anchored.text
        return anchored.all(kind).prefix(40).compactMap { range in
            var start = text.skipBlanks(from: range.upperBound)
            if let end = text.matchAny(["de", "la commune de", "la ville de"], at: start)
                ?? text.match("la ville d'", at: start) ?? text.match("la commune d'", at: start)
            {
                start = text.skipBlanks(from: end)
            }
            guard let place = PlaceReader.read(at: start, in: text) else { return nil }
            return Cited(value: text.words(of: place), range: place)
        }
    }

    /// "Madame le Maire de Besse", if the text names the commune nowhere else.
    private static func mayors(in anchored: AnchoredText) -> [Cited<String>] {
        let text = anchored.text
        var places: [Cited<String>] = []
        for wording: StaticString in ["maire de", "maire d'"] {
            guard let found = text.find(wording, in: text.whole) else { continue }
            let start = text.skipBlanks(from: found.upperBound)
            guard text.isCapital(at: start), let place = PlaceReader.read(at: start, in: text) else { continue }
            places.append(Cited(value: text.words(of: place), range: place))
        }
        return places
    }

    /// The names that begin with their kind: "Communauté de Communes du Val de…".
    private static func named(_ kind: Anchor, in anchored: AnchoredText) -> [Cited<String>] {
        let text = anchored.text
        return anchored.all(kind).prefix(40).compactMap { range in
            var start = text.skipBlanks(from: range.upperBound)
            if let end = text.matchAny(["de la", "de l'", "du", "des", "de", "d'", "la"], at: start) {
                start = text.skipBlanks(from: end)
            }
            guard let place = PlaceReader.read(at: start, in: text) else { return nil }
            let whole = range.lowerBound ..| place.upperBound
            return Cited(value: text.words(of: whole), range: whole)
        }
    }

    /// The name that stands most often; of several the first.
    private static func mostFrequent(_ candidates: [Cited<String>], in text: NormalizedText) -> Cited<String>? {
        var counts: [UInt64: Int] = [:]
        for candidate in candidates { counts[key(candidate, in: text), default: 0] += 1 }
        var best: (candidate: Cited<String>, count: Int)?
        for candidate in candidates {
            let count = counts[key(candidate, in: text)] ?? 0
            if count > (best?.count ?? 0) { best = (candidate, count) }
        }
        return best?.candidate
    }

    private static func key(_ candidate: Cited<String>, in text: NormalizedText) -> UInt64 {
        WordKey.key(text.folded[candidate.range].lazy.filter { $0.isWord })
    }
}

/// Reads names of places: words with capitals, joined by "sur", "les", "en"…
enum PlaceReader {
    private static let joints: [StaticString] = [
        "sur", "sous", "les", "lez", "le", "la", "en", "de", "du", "des", "et", "aux", "d'", "l'", "a", "au", "saint",
        "sainte",
    ]
    private static let stops: [StaticString] = [
        "extrait", "registre", "deliberation", "deliberations", "departement", "arrondissement", "canton", "republique",
        "proces",
        "seance", "conseil", "objet", "nombre", "date", "liste", "compte", "vu", "considerant", "le", "la", "les",
        "convocation", "presents",
        "etaient", "monsieur", "madame", "sous", "reunion", "session", "code", "present", "region", "mairie", "commune",
        "n",
        "proces-verbal", "compte-rendu", "arrete", "envoye", "recu", "publie", "affiche", "article", "convention",
        "pour", "l'an", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "il", "elle", "lieu",
        "ordre", "mme", "m", "mr", "dans", "tel", "legalement", "dument", "regulierement", "page", "folio", "tel",
        "communaute", "syndicat", "caisse",
    ]

    /// The name that begins at `position`.
    static func read(at position: Int, in text: NormalizedText) -> Range<Int>? {
        var next = position
        var end: Int?
        while next < text.count, next - position < 80 {
            let word = longWord(at: next, in: text)
            guard !word.isEmpty else { break }
            if text.isCapital(at: next) {
                if stops.contains(where: { text.equals(word, $0) }), end != nil || !isArticle(word, in: text) { break }
                end = word.upperBound
            } else if end != nil, text.equals(word, "et"), isArticle(after: word, in: text) {
                break
            } else if end == nil && !isArticle(word, in: text) || !joints.contains(where: { text.equals(word, $0) }) {
                break
            }
            next = word.upperBound
            if text[next] == FoldedByte.space
                || (text[next] == FoldedByte.newline && text[next + 1] != FoldedByte.newline)
            {
                next += 1
            } else if !(text[next - 1] == UInt8(ascii: "'")) {
                break
            }
        }
        return end.map { withoutJoint(position ..| $0, in: text) }
    }

    /// Without a joint in capitals at the end: "BESSE AU" of "BESSE AU LIEU HABITUEL".
    private static func withoutJoint(_ name: Range<Int>, in text: NormalizedText) -> Range<Int> {
        var start = name.upperBound
        while start > name.lowerBound, !text[start - 1].isBlank { start -= 1 }
        guard start > name.lowerBound, joints.contains(where: { text.equals(start ..| name.upperBound, $0) }) else {
            return name
        }
        return name.lowerBound ..| text.skipBlanksBack(from: start)
    }

    private static func isArticle(_ word: Range<Int>, in text: NormalizedText) -> Bool {
        text.equals(word, "le") || text.equals(word, "la") || text.equals(word, "les") || text.equals(word, "l'")
    }

    /// "Besse et la caisse": another body is named after the place.
    private static func isArticle(after word: Range<Int>, in text: NormalizedText) -> Bool {
        let next = text.skipBlanks(from: word.upperBound)
        return text.matchAny(["la", "le", "les"], at: next) != nil && !text.isCapital(at: next)
            || text.match("l'", at: next) != nil
    }

    /// A word with its dashes and, inside or at the end, its apostrophe.
    private static func longWord(at position: Int, in text: NormalizedText) -> Range<Int> {
        var end = position
        while text[end].isWord
            || ((text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "'")) && text[end + 1].isLetter)
        {
            end += 1
            if text[end - 1] == UInt8(ascii: "'"), end - position <= 2 { break }
        }
        return position ..| end
    }
}
