import Deliberations

extension Review {
    /// Each convention with its index.
    fileprivate var indexedConventions: [(index: Int, convention: Convention)] {
        (extract.conventions ?? []).enumerated().map { ($0.offset, $0.element) }
    }
}

extension Verdict {
    fileprivate static let withoutConvention = Verdict.notApplicable("aucune convention")
}

/// Nothing is left blank where a date or a number is expected once the act is adopted.
struct ConventionBlanks: DocumentRule {
    let description = RuleDescription(
        "conv-blank", .warning, "Aucune date ni aucun numéro n’est laissé en blanc.", scope: "conventions")

    func check(_ review: Review) -> Verdict {
        let conventions = review.indexedConventions
        if conventions.isEmpty { return .withoutConvention }
        return .remarksOrOK(
            conventions.flatMap { _, convention in
                convention.blanks.map { blank in
                    Remark(
                        "Champ laissé en blanc\u{A0}: \(Self.context(blank, review.text)).", [.words(blank)],
                        deliberation: convention.deliberation)
                }
            })
    }

    /// The words of the blank, with some before it.
    private static func context(_ blank: TextRange, _ text: [UInt8]) -> String {
        guard blank.start <= blank.end, blank.end <= text.count else { return "convention" }
        var start = max(0, blank.start - 30)
        if let newline = text[start..<blank.start].lastIndex(of: 0x0A) { start = newline + 1 }
        while start > 0, start < blank.start, text[start - 1] != 0x20, text[start - 1] != 0x0A { start += 1 }
        let words = text[start..<blank.end].split { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let joined = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        return joined.isEmpty ? "convention" : French.quoted(joined)
    }
}

/// effective ≥ signed, unless retroactivity is written.
struct ConventionEffective: DocumentRule {
    let description = RuleDescription(
        "conv-effective", .error, "La convention ne prend pas effet avant sa signature.", scope: "conventions")

    func check(_ review: Review) -> Verdict {
        let dated = review.indexedConventions.filter { $0.convention.effectiveFrom != nil }
        if review.indexedConventions.isEmpty { return .withoutConvention }
        if dated.isEmpty {
            let atSignature: [PhraseSearch.Phrase] = [
                "date de signature", "à compter de sa signature", "dès sa signature",
            ]
            return review.phrases.contains(atSignature) ? .ok : .indeterminate("date de prise d’effet")
        }
        if dated.allSatisfy({ $0.convention.signedOn == nil }) { return .indeterminate("date de signature") }
        if review.phrases.contains(["rétroactivement", "effet rétroactif", "rétroactive", "rétroactivité"]) {
            return .notApplicable("rétroactivité écrite")
        }
        return .remarksOrOK(
            dated.compactMap { index, convention in
                guard let start = convention.effectiveFrom, let signed = convention.signedOn, start < signed else {
                    return nil
                }
                return Remark(
                    "Prise d’effet \(French.date(start)) avant la signature \(French.date(signed)).",
                    [.fact("/conventions/\(index)/effectiveFrom"), .fact("/conventions/\(index)/signedOn")],
                    deliberation: convention.deliberation)
            })
    }
}

/// end > effective (or signed, where the one is not printed).
struct ConventionEnd: DocumentRule {
    let description = RuleDescription(
        "conv-end", .error, "La convention finit après son début.", scope: "conventions")

    func check(_ review: Review) -> Verdict {
        if review.indexedConventions.isEmpty { return .withoutConvention }
        let ended = review.indexedConventions.filter { $0.convention.endsOn != nil }
        if ended.isEmpty { return .notApplicable("aucune date de fin") }
        return .remarksOrOK(
            ended.compactMap { index, convention in
                let act = convention.deliberation.flatMap { $0 < review.acts.count ? $0 : nil }
                guard let end = convention.endsOn, let start = convention.effectiveFrom ?? convention.signedOn,
                    end <= start
                else { return nil }
                return Remark(
                    "Fin de convention (\(French.date(end))) avant son début (\(French.date(start))).",
                    [
                        .fact("/conventions/\(index)/endsOn"), .fact("/conventions/\(index)/effectiveFrom"),
                        .fact("/conventions/\(index)/signedOn"),
                    ], deliberation: act)
            })
    }
}

/// The contractual day for accounts and reports ≤ the legal limit: end of the exercise + 6 months.
struct DueAgainstLaw: DocumentRule {
    let description = RuleDescription(
        "conv-due-vs-law", .warning, "Les comptes sont dus au plus tard six mois après l’exercice.",
        law: ["loi 2000-321 art. 10"], scope: "conventions de subvention")

    func check(_ review: Review) -> Verdict {
        if review.indexedConventions.isEmpty { return .withoutConvention }
        let accounts = (review.extract.obligations ?? []).enumerated().filter {
            $0.element.kind == .accounts && $0.element.convention != nil
        }
        if accounts.isEmpty { return .notApplicable("aucune date de remise des comptes") }
        var remarks: [Remark] = []
        var checked = 0
        for (index, obligation) in accounts {
            guard case .on(let date) = obligation.due else { continue }
            checked += 1
            let exercise = fundedYear(obligation, review)
            guard let limit = CivilDate(year: exercise + 1, month: 6, day: 30), date > limit else { continue }
            remarks.append(
                Remark(
                    "Échéance contractuelle \(French.date(date)) postérieure à la limite légale \(French.date(limit)).",
                    computed: "31/12/\(exercise) + 6 mois = \(French.date(limit))", [.fact("/obligations/\(index)")],
                    deliberation: obligation.deliberation))
        }
        return checked == 0 ? .indeterminate("date de remise des comptes") : .remarksOrOK(remarks)
    }

    /// The year of the budget, else that of the session.
    private func fundedYear(_ obligation: Obligation, _ review: Review) -> Int {
        let index = obligation.deliberation ?? 0
        let budget = index < review.acts.count ? review.acts[index].deliberation.budget?.year : nil
        let end = obligation.convention.flatMap { number in
            review.indexedConventions.first { $0.index == number }?.convention.endsOn?.year
        }
        return max(budget ?? review.session.date.year, (end ?? 0) - 1)
    }
}

/// A retention period has a starting point.
struct RetentionStart: DocumentRule {
    let description = RuleDescription(
        "conv-retention-start", .warning, "Une durée de conservation a un point de départ.", scope: "conventions")

    func check(_ review: Review) -> Verdict {
        let retentions = (review.extract.obligations ?? []).enumerated().filter { $0.element.kind == .retention }
        if retentions.isEmpty { return .notApplicable("aucune durée de conservation") }
        return .remarksOrOK(
            retentions.compactMap { index, obligation in
                guard case .whenever(let words) = obligation.due else { return nil }
                return Remark(
                    "Durée de conservation sans point de départ (\(French.quoted(words))).",
                    [.fact("/obligations/\(index)/due"), .fact("/obligations/\(index)")],
                    deliberation: obligation.deliberation)
            })
    }
}

/// How many originals are made.
struct ConventionCopies: DocumentRule {
    let description = RuleDescription(
        "conv-copies", .info, "Nombre d’exemplaires de la convention.", scope: "conventions")

    func check(_ review: Review) -> Verdict {
        if review.indexedConventions.isEmpty { return .withoutConvention }
        let counted = review.indexedConventions.filter { $0.convention.copies != nil }
        if counted.isEmpty { return .notApplicable("nombre d’exemplaires non imprimé") }
        return .remarksOrOK(
            counted.map { index, convention in
                Remark(
                    "\(French.count(convention.copies ?? 0, "exemplaire prévu", "exemplaires prévus")).",
                    [.fact("/conventions/\(index)/copies"), .fact("/conventions/\(index)")],
                    deliberation: convention.deliberation)
            })
    }
}

/// signed ≥ the day on which the act became executory, where both are known.
struct SignatureAfterAct: DocumentRule {
    let description = RuleDescription(
        "conv-signature-after-act", .error, "La convention est signée une fois l’acte exécutoire.",
        law: ["CGCT L2131-1"],
        scope: "conventions")

    func check(_ review: Review) -> Verdict {
        if review.indexedConventions.isEmpty { return .withoutConvention }
        let signed = review.indexedConventions.filter { $0.convention.signedOn != nil }
        if signed.isEmpty { return .indeterminate("date de signature") }
        return .remarksOrOK(
            signed.compactMap { index, convention in
                guard let day = convention.signedOn, day < review.session.date else { return nil }
                return Remark(
                    "Convention signée le \(French.date(day)), délibération du \(French.date(review.session.date)).",
                    [.fact("/conventions/\(index)/signedOn"), .fact("/session/date")],
                    deliberation: convention.deliberation)
            })
    }
}
