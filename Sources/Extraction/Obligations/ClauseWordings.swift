import Deliberations

/// What a wording of a clause stands for.
enum ClauseWording: Sendable, Equatable {
    /// It binds somebody: "s'engage", "devra", "fournira".
    case duty(DutyForm)
    /// A day follows until which something is to be done: "au plus tard", "d'ici", "jusqu'au".
    case until
    /// A day follows before which something is to be done.
    case before
    /// A delay follows: "dans un délai de".
    case delay
    /// Something that happens every year.
    case yearly
    /// A moment that has a name: "à la signature".
    case moment(DelayAnchor)
    /// For as long as a duration says: "pendant une durée de".
    case during
    /// A duty without a day: "au fil de l'eau".
    case continuous
    /// A document or act that is owed.
    case object(Obligation.Kind)
    /// A verb of handing over: "fournir".
    case handing
    /// An appeal to a court.
    case appeal
    /// A payment: "versée", "acompte".
    case payment
    /// A word of the head of a table.
    case table(TableHead)
}

/// How a wording binds.
enum DutyForm: Sendable, Equatable {
    /// "S'engage à", "est tenu de": what is owed is the infinitive after it.
    case engagement
    /// "Doit", "devra".
    case modal
    /// "Ne peut", "s'interdit de".
    case prohibition
    /// "Accepte que".
    case acceptance
    /// "Fournira": the verb itself says what is owed.
    case future
    /// "Remet son rapport avant le…": as the future, but only of a document with a day.
    case present
    /// "Conserve", said of documents: they are to be kept.
    case keeping
    /// "Sera transmis": the subject is owed.
    case passive
    /// "Sont habilités à": a control that the other must bear; "pourra exiger": money that it must give back.
    case entitlement
}

/// The wordings of clauses: French as conventions and deliberations write it, folded. Adding one is one line here.
enum ClauseWordings {
    /// Finds them all in one pass.
    static let matcher = WordingMatcher(all)

    static let all: [(wording: String, kind: ClauseWording)] =
        duties + dues + moments + objects + handings + payments + appeals
        + TableWordings.heads.map { ($0.wording, .table($0.kind)) }

    static let duties: [(wording: String, kind: ClauseWording)] = [
        ("s'engage", .duty(.engagement)), ("s'engagent", .duty(.engagement)), ("s'engagera", .duty(.engagement)),
        ("s'oblige", .duty(.engagement)), ("s'obligent", .duty(.engagement)),
        ("est tenu", .duty(.engagement)), ("est tenue", .duty(.engagement)), ("sont tenus", .duty(.engagement)),
        ("sont tenues", .duty(.engagement)), ("etant tenue", .duty(.engagement)), ("etant tenu", .duty(.engagement)),
        ("sera tenu", .duty(.engagement)), ("sera tenue", .duty(.engagement)), ("seront tenus", .duty(.engagement)),
        ("a l'obligation", .duty(.engagement)), ("ont l'obligation", .duty(.engagement)),
        ("aura l'obligation", .duty(.engagement)),
        ("doit", .duty(.modal)), ("doivent", .duty(.modal)), ("devra", .duty(.modal)), ("devront", .duty(.modal)),
        ("ne peut", .duty(.prohibition)), ("ne peuvent", .duty(.prohibition)), ("ne pourra", .duty(.prohibition)),
        ("ne pourront", .duty(.prohibition)), ("s'interdit", .duty(.prohibition)),
        ("s'interdisent", .duty(.prohibition)),
        ("accepte que", .duty(.acceptance)), ("acceptent que", .duty(.acceptance)),
        ("fournira", .duty(.future)), ("fourniront", .duty(.future)), ("transmettra", .duty(.future)),
        ("transmettront", .duty(.future)), ("remettra", .duty(.future)), ("remettront", .duty(.future)),
        ("produira", .duty(.future)), ("produiront", .duty(.future)), ("adressera", .duty(.future)),
        ("adresseront", .duty(.future)), ("communiquera", .duty(.future)), ("communiqueront", .duty(.future)),
        ("presentera", .duty(.future)), ("presenteront", .duty(.future)), ("deposera", .duty(.future)),
        ("deposeront", .duty(.future)), ("enverra", .duty(.future)), ("fera parvenir", .duty(.future)),
        ("feront parvenir", .duty(.future)), ("informera", .duty(.future)), ("informeront", .duty(.future)),
        ("mentionnera", .duty(.future)), ("rendra compte", .duty(.future)),
        ("justifiera", .duty(.future)), ("remboursera", .duty(.future)), ("reversera", .duty(.future)),
        ("restituera", .duty(.future)), ("soumettra", .duty(.future)), ("versera", .duty(.future)),
        ("publiera", .duty(.future)),
        ("remet", .duty(.present)), ("remettent", .duty(.present)), ("transmet", .duty(.present)),
        ("transmettent", .duty(.present)), ("fournit", .duty(.present)), ("fournissent", .duty(.present)),
        ("adresse", .duty(.present)), ("adressent", .duty(.present)), ("produit", .duty(.present)),
        ("produisent", .duty(.present)), ("communique", .duty(.present)), ("communiquent", .duty(.present)),
        ("depose", .duty(.present)), ("deposent", .duty(.present)), ("presente", .duty(.present)),
        ("presentent", .duty(.present)), ("rend compte", .duty(.present)),
        ("conserve", .duty(.keeping)), ("conservent", .duty(.keeping)), ("conservera", .duty(.keeping)),
        ("conserveront", .duty(.keeping)),
        ("sera transmis*", .duty(.passive)), ("seront transmis*", .duty(.passive)),
        ("sera remis*", .duty(.passive)), ("seront remis*", .duty(.passive)),
        ("sera adresse*", .duty(.passive)), ("seront adresse*", .duty(.passive)),
        ("sera fourni*", .duty(.passive)), ("seront fourni*", .duty(.passive)),
        ("sera produit*", .duty(.passive)), ("seront produit*", .duty(.passive)),
        ("sera communique*", .duty(.passive)), ("seront communique*", .duty(.passive)),
        ("sera depose*", .duty(.passive)), ("seront depose*", .duty(.passive)),
        ("sera rembourse*", .duty(.passive)), ("seront rembourse*", .duty(.passive)),
        ("interviendra", .duty(.passive)), ("interviendront", .duty(.passive)),
        ("sont habilites a", .duty(.entitlement)), ("est habilite a", .duty(.entitlement)),
        ("pourra exiger", .duty(.entitlement)), ("peut exiger", .duty(.entitlement)),
        ("en droit d'exiger", .duty(.entitlement)), ("le droit d'exiger", .duty(.entitlement)),
        ("pourra reclamer", .duty(.entitlement)), ("le droit de reclamer", .duty(.entitlement)),
        ("est habilitee a", .duty(.entitlement)), ("sont habilitees a", .duty(.entitlement)),
    ]

    /// What the verbs of ``DutyForm/future`` are duties of, if not of handing over a document.
    static let futureKinds: [(verb: StaticString, kind: Obligation.Kind)] = [
        ("versera", .payment), ("remboursera", .payment), ("reversera", .payment), ("restituera", .payment),
        ("publiera", .publication),
    ]

    /// What the verb at `verb` is a duty of.
    static func kind(ofFuture verb: Range<Int>, in text: NormalizedText) -> Obligation.Kind? {
        futureKinds.first { text.equals(verb, $0.verb) }?.kind
    }

    static let dues: [(wording: String, kind: ClauseWording)] = [
        ("au plus tard", .until), ("d'ici", .until), ("jusqu'au", .until), ("jusqu'a", .until),
        ("avant", .before),
        ("dans un delai", .delay), ("dans le delai", .delay), ("dans les", .delay), ("sous un delai", .delay),
        ("sous", .delay), ("dans le mois", .delay), ("delai de recours", .delay),
        ("chaque annee", .yearly), ("tous les ans", .yearly), ("annuellement", .yearly),
        ("pendant une duree", .during), ("pendant une periode", .during), ("durant une periode", .during),
        ("pendant", .during), ("durant", .during), ("pour une duree", .during),
        ("au fil de l'eau", .continuous), ("sans delai", .continuous), ("immediatement", .continuous),
        ("dans les meilleurs delais", .continuous), ("dans les plus brefs delais", .continuous),
        ("dans le meilleur delai", .continuous), ("des que possible", .continuous),
        ("regulierement", .continuous), ("systematiquement", .continuous), ("prealablement", .continuous),
        ("a tout moment", .continuous), ("a chaque", .continuous), ("lors de", .continuous), ("lors d", .continuous),
        ("lors du", .continuous), ("lors des", .continuous), ("avant et apres", .continuous),
        ("en permanence", .continuous), ("en cas de", .continuous), ("en cas d", .continuous),
        ("tout au long", .continuous), ("a la premiere demande", .continuous), ("sur simple demande", .continuous),
    ]

    static let moments: [(wording: String, kind: ClauseWording)] = [
        ("a la signature", .moment(.signature)), ("des la signature", .moment(.signature)),
        ("des signature", .moment(.signature)), ("apres signature", .moment(.signature)),
        ("lors de la signature", .moment(.signature)), ("a compter de la signature", .moment(.signature)),
        ("apres la signature", .moment(.signature)),
        ("a la notification", .moment(.notification)), ("des notification", .moment(.notification)),
        ("des la notification", .moment(.notification)), ("apres notification", .moment(.notification)),
        ("a reception", .moment(.receipt)), ("a la reception", .moment(.receipt)),
        ("des reception", .moment(.receipt)), ("apres reception", .moment(.receipt)),
        ("en fin de programme", .moment(.programmeEnd)), ("a la fin du programme", .moment(.programmeEnd)),
        ("a l'issue du programme", .moment(.programmeEnd)), ("a l'issue de l'action", .moment(.programmeEnd)),
        ("a la fin de l'action", .moment(.programmeEnd)), ("en fin d'action", .moment(.programmeEnd)),
        ("a l'achevement du programme", .moment(.programmeEnd)), ("en fin d'operation", .moment(.programmeEnd)),
        ("en fin d'exercice", .moment(.yearEnd)), ("a la fin de l'exercice", .moment(.yearEnd)),
        ("a la cloture de l'exercice", .moment(.yearEnd)), ("en fin d'annee", .moment(.yearEnd)),
        ("a la fin de l'annee", .moment(.yearEnd)),
    ]

    static let objects: [(wording: String, kind: ClauseWording)] = [
        ("rapport d'activite", .object(.report)), ("rapport d'activites", .object(.report)),
        ("rapport annuel", .object(.report)), ("rapport d'execution", .object(.report)),
        ("rapport final", .object(.report)), ("rapport intermediaire", .object(.report)),
        ("rapport moral", .object(.report)), ("rapport d'avancement", .object(.report)),
        ("bilan d'activite", .object(.report)), ("bilan d'activites", .object(.report)),
        ("bilan annuel", .object(.report)), ("bilan qualitatif", .object(.report)),
        ("bilan quantitatif", .object(.report)), ("bilan de l'action", .object(.report)),
        ("bilan des actions", .object(.report)), ("bilan final", .object(.report)),
        ("bilan de l'operation", .object(.report)), ("bilan moral", .object(.report)),
        ("compte rendu d'activite", .object(.report)), ("compte-rendu d'activite", .object(.report)),
        ("compte rendu d'execution", .object(.report)), ("compte-rendu d'execution", .object(.report)),
        ("compte rendu annuel", .object(.report)), ("compte-rendu annuel", .object(.report)),
        ("comptes annuels", .object(.accounts)), ("comptes certifies", .object(.accounts)),
        ("compte rendu financier", .object(.accounts)), ("compte-rendu financier", .object(.accounts)),
        ("comptes rendus financiers", .object(.accounts)), ("bilan financier", .object(.accounts)),
        ("bilan comptable", .object(.accounts)), ("compte de resultat", .object(.accounts)),
        ("comptes de resultat", .object(.accounts)), ("compte d'emploi", .object(.accounts)),
        ("rapport financier", .object(.accounts)), ("comptes de l'exercice", .object(.accounts)),
        ("etat recapitulatif des depenses", .object(.accounts)), ("budget realise", .object(.accounts)),
        ("etats financiers", .object(.accounts)), ("releve de comptes", .object(.accounts)),
        ("livrable", .object(.deliverable)), ("livrables", .object(.deliverable)),
        ("preavis", .object(.notice)),
        ("conserver", .object(.retention)),
        ("rembourser", .object(.payment)),
        ("remboursement", .object(.payment)), ("verser", .object(.payment)),
        ("payer", .object(.payment)), ("s'acquitter", .object(.payment)), ("reverser", .object(.payment)),
        ("regler", .object(.payment)),
        ("publier", .object(.publication)),
        ("son rapport", .object(.report)), ("un rapport", .object(.report)), ("son bilan", .object(.report)),
        ("un bilan", .object(.report)), ("ses comptes", .object(.accounts)), ("ses bilans", .object(.accounts)),
    ]

    static let handings: [(wording: String, kind: ClauseWording)] = [
        ("fournir", .handing), ("transmettre", .handing), ("remettre", .handing), ("produire", .handing),
        ("adresser", .handing), ("communiquer", .handing), ("presenter", .handing), ("deposer", .handing),
        ("envoyer", .handing), ("faire parvenir", .handing), ("remise", .handing), ("rendre", .handing),
        ("soumettre", .handing), ("justifier", .handing),
    ]

    static let payments: [(wording: String, kind: ClauseWording)] = [
        ("verse", .payment), ("versee", .payment), ("versees", .payment), ("verses", .payment),
        ("versement", .payment), ("versements", .payment), ("acompte", .payment), ("solde", .payment),
        ("mandate", .payment), ("mandatee", .payment), ("paiement", .payment), ("echeance", .payment),
    ]

    static let appeals: [(wording: String, kind: ClauseWording)] = [
        ("recours", .appeal), ("peut etre contestee", .appeal), ("peut etre deferee", .appeal),
        ("peut etre attaquee", .appeal),
    ]
}
