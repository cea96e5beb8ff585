import Deliberations

/// The duty to carry out what a grant pays for.
enum Programme {
    private static let verbs: Set<Substring> = [
        "conduire", "conduit", "realiser", "realise", "mettre", "executer", "execute", "mener",
    ]
    private static let objects = ["programme", "action", "projet", "operation"]

    /// Whether a duty is that of carrying out the programme.
    static func isProgramme(_ duty: Duty) -> Bool {
        guard duty.obligation.kind == .other, verbs.contains(duty.what.firstWord) else { return false }
        return duty.what.contains(anyOf: objects)
    }

    /// The duty, where a convention is for a stated year and no clause is read as this duty: by the end of that year.
    static func deadline(of act: ActContext, duties: [Duty]) -> Deadline? {
        guard let grant = act.grants.first, act.grants.count == 1, let (index, convention) = act.conventions.first,
            convention.endsOn == nil || convention.articles.isEmpty == false,
            !duties.contains(where: isProgramme)
        else { return nil }
        let exercise = act.exercise
        guard exercise.isStated else { return nil }
        let how = "fin du programme\(FrenchWording.colon)dernier jour de l’année \(exercise.year) (déduit)"
        let article = convention.articles.first { FoldedText($0.title).contains(anyOf: objects) }
        let evidence =
            article.flatMap { act.reading.evidence.quote($0.range) }.map { [$0] }
            ?? act.reading.evidence.quote(["/conventions/\(index)", act.pointer("/grants/0/purpose")])
        var deadline = act.deadline(
            .explicit, detail: "programme", what: "Réaliser le programme d’actions \(exercise.year)",
            .fixed(exercise.lastDay, how: how), evidence: evidence)
        deadline.article = article?.number
        return deadline.owed(by: grant.beneficiary, to: act.reading.authority)
    }
}
