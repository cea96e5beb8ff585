extension NewActView {
    /// An invented act in which every field is filled in: for previews, and the vocabulary that templates are checked against.
    public static var sample: NewActView {
        get throws(MailError) {
            NewActView(
                act: try .sample, findings: FindingView.samples, deadlines: try DeadlineView.samples,
                actions: try ActionView.samples, footer: .sample)
        }
    }
}

extension NewActView {
    /// An invented session of three acts in which every field is filled in.
    public static var sessionSample: NewActView {
        get throws(MailError) {
            var view = try sample
            view.acts = [
                ActLineView(
                    name: "n° 2024-112", subject: view.act.subject,
                    vote: "adoptée à l'unanimité (101 voix pour)"),
                ActLineView(
                    name: "n° 2024-113",
                    subject: "Tarifs de la piscine communautaire du Plan d'eau pour la saison 2025",
                    vote: "adoptée (88 voix pour, 9 contre, 4 abstentions)"),
                ActLineView(
                    name: "point n° 14", subject: "Rapport annuel sur le prix et la qualité du service de l'eau"),
            ]
            view.act.subject = ActLineView.counted(view.acts.count)
            (view.act.number, view.act.vote) = (nil, nil)
            return view
        }
    }
}

extension ReminderView {
    /// An invented reminder in which every field is filled in.
    public static var sample: ReminderView {
        get throws(MailError) {
            try ReminderView(
                act: .sample, step: .daysBefore(7), deadline: DeadlineView.samples[0],
                followUp: [
                    "Prochain rappel : la veille, mardi 29 avril 2025.",
                    "Sans ces pièces, la convention prend fin et le solde de 12 000 € n'est pas versé (article 6).",
                ], actions: ActionView.samples, footer: .sample)
        }
    }
}

extension AnswerView {
    /// An invented answer in which every field is filled in.
    public static var sample: AnswerView {
        get throws(MailError) {
            AnswerView(
                act: try .sample,
                lines: ["C’est noté.", "Vous ne recevrez plus de rappel de cette échéance."], isRefusal: false,
                deadline: try DeadlineView.samples[0], actions: try ActionView.samples, footer: .sample)
        }
    }
}

extension ActView {
    static var sample: ActView {
        get throws(MailError) {
            ActView(
                authority: "Grand Val Agglomération", authorityShortName: "Grand Val", number: "2024-112",
                subject: "Soutien au programme d'actions de l'association Atelier du Lac pour l'année 2024",
                session: try CalendarDay(year: 2024, month: 9, day: 26),
                vote: "adoptée à l'unanimité : 101 voix pour, 4 membres intéressés n'ont pas pris part au vote",
                document: "extrait-2024-112.pdf", source: "secrétariat des assemblées",
                receivedOn: try CalendarDay(year: 2024, month: 10, day: 7))
        }
    }
}

extension FindingView {
    static var samples: [FindingView] {
        [
            FindingView(
                severity: .error, message: "Le plan de financement ne tombe pas juste : il manque 1 500 € en recettes.",
                computed: "65 000 + 40 000 + 23 500 = 128 500 €, pour un total annoncé de 130 000 €",
                law: "CGCT, art. L1612-4",
                quotes: [QuoteView("Le budget prévu pour la saison est de 130 000 € TTC.", place: "annexe 2")],
                rule: "table-total"),
            FindingView(
                severity: .warning,
                message: "Mme Claire Dumont figure à la fois parmi les présents et parmi les absents.",
                law: "CGCT, art. L2121-15", quotes: [QuoteView("Villeneuve : Mme Claire DUMONT", place: "page 1")],
                rule: "attendance-twice"),
            FindingView(
                severity: .info, message: "Le quorum est atteint et le vote tombe juste.",
                computed: "81 présents + 24 représentés − 4 intéressés = 101 voix", law: "CGCT, art. L2121-17",
                rule: "vote-balance"),
        ]
    }
}

extension DeadlineView {
    static var samples: [DeadlineView] {
        get throws(MailError) {
            var samples = [try report, try appeal, signature]
            for index in samples.indices where index != 1 { samples[index].actions = try ActionView.samples }
            return samples
        }
    }

    private static var report: DeadlineView {
        get throws(MailError) {
            DeadlineView(
                what: "rapport d'activité", context: "convention Atelier du Lac",
                due: .on(
                    try CalendarDay(year: 2025, month: 4, day: 30),
                    alternative: Alternative(
                        due: try CalendarDay(year: 2025, month: 6, day: 30),
                        reason: "à défaut de convention signée, la loi donne six mois après la fin de l'exercice")),
                debtor: "Atelier du Lac", creditor: "Grand Val Agglomération", article: "article 4 de la convention",
                how: "date écrite dans la convention, jour compris",
                quote: QuoteView(
                    "L’association transmet son rapport d’activité en deux exemplaires, au plus tard le 30 avril 2025.",
                    place: "article 4"))
        }
    }

    private static var appeal: DeadlineView {
        get throws(MailError) {
            DeadlineView(
                what: "fin du délai de recours des tiers devant le tribunal administratif",
                due: .on(try CalendarDay(year: 2024, month: 12, day: 9)),
                article: "CJA, art. R421-1",
                how: "publiée le 07/10/2024, deux mois francs ; le 08/12/2024 est un dimanche, reporté au lundi")
        }
    }

    private static var signature: DeadlineView {
        DeadlineView(
            what: "publication des données essentielles de la subvention",
            due: .waiting(for: "signature de la convention"), debtor: "Grand Val Agglomération",
            creditor: "le public", article: "décret 2017-779", how: "trois mois après la signature")
    }
}

extension ActionView {
    static var samples: [ActionView] {
        get throws(MailError) {
            [
                try ActionView(label: "C'est fait", link: "mailto:greffier@grand-val.example?subject=fait%201042"),
                try ActionView(label: "Reporter", link: "mailto:greffier@grand-val.example?subject=reporter%201042"),
            ]
        }
    }
}

extension FooterView {
    static var sample: FooterView {
        FooterView(
            reason: "Vous recevez ce message parce que vous suivez les délibérations de Grand Val Agglomération.",
            contact: "Secrétariat des assemblées, assemblees@grand-val.example")
    }
}
