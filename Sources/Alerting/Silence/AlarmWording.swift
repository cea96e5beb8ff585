import Register

/// What an alarm is called in French, and what to do.
struct AlarmWording {
    /// That it began.
    let title: String
    /// That it ended.
    let endTitle: String
    /// What to do.
    let cure: String

    init(_ subject: AlarmSubject) {
        switch subject {
        case .source(let name):
            title = "La source « \(name) » est silencieuse"
            endTitle = "La source « \(name) » envoie de nouveau"
            cure =
                "Vérifiez que ce qui envoie ces documents fonctionne encore. Greffier écrira quand la source se fera de "
                + "nouveau entendre."
        case .stage(let name):
            title = "L’étape \(name) n’avance plus"
            endTitle = "L’étape \(name) avance de nouveau"
            cure =
                "Les documents sont gardés et rien n’est perdu. `greffier status` et `greffier jobs --state held` disent ce "
                + "qui manque."
        case .held(let name):
            title = "Des documents attendent une décision à l’étape \(name)"
            endTitle = "Plus aucun document n’attend de décision à l’étape \(name)"
            cure =
                "`greffier jobs --state held` les nomme et dit pourquoi ; puis `greffier retry` ou `greffier drop`. "
                + "D’ici là, personne n’est averti de ce qu’ils contiennent."
        case .mailbox(let address):
            title = "La boîte \(address) refuse les messages"
            endTitle = "La boîte \(address) ne refuse plus de message"
            cure =
                "Corrigez l’adresse ou la boîte, puis `greffier alerts list --state failed` et `greffier alerts resend` : "
                + "les alertes refusées n’ont été lues par personne."
        }
    }
}
