import Deliberations

/// The rules by which one document makes deadlines.
enum DeadlineRule: String, CaseIterable, Sendable {
    case explicit = "echeance-explicite"
    case before = "echeance-avant"
    case continuous = "obligation-continue"
    case courtAppeal = "recours-tiers"
    case addresseeAppeal = "recours-destinataire"
    case administrativeAppeal = "recours-gracieux"
    case prefectReferral = "defere-prefet"
    case withdrawal = "retrait-4-mois"
    case list = "liste-1-semaine"
    case listToCommunes = "epci-liste-communes"
    case minutes = "pv-1-semaine"
    case minutesToCommunes = "epci-pv-communes"
    case online = "en-ligne-2-mois"
    case transmission = "transmission-acte"
    case contractTransmission = "transmission-15-jours"
    case signature = "convention-signature"
    case payment = "versement"
    case paymentSixtyDays = "versement-60-jours"
    case essentialData = "donnees-essentielles"
    case financialReport = "crf-6-mois"
    case certifiedAccounts = "comptes-certifies"
    case publishedAccounts = "publication-comptes-assoc"
    case termination = "preavis-resiliation"
    case conventionEnd = "fin-convention"
    case retention = "conservation"
    case budgetVote = "budget-vote"
    case orientationDebate = "rob-dob"
    case budgetTransmission = "budget-transmission"
    case accountsVote = "comptes-vote"
    case accountsTransmission = "comptes-transmission"
    case accountantsAccount = "compte-comptable"
    case event = "evenement"

    /// What does not depend on the document.
    struct Traits: Sendable {
        var kind: Obligation.Kind
        var direction: Deadline.Direction
        var reminders: Deadline.ReminderProfile
        /// The law; nil where the text of the document is the source.
        var law: String?
    }

    /// The rule's traits: CGCT, Code de justice administrative (CJA), Code des relations entre le public et
    /// l'administration (CRPA), and laws and decrees by number.
    var traits: Traits {
        switch self {
        case .explicit, .before: Traits(kind: .other, direction: .actBefore, reminders: .long)
        case .continuous: Traits(kind: .other, direction: .continuous, reminders: .none)
        case .courtAppeal, .addresseeAppeal, .administrativeAppeal, .prefectReferral, .withdrawal: appealTraits
        case .list, .listToCommunes, .minutes, .minutesToCommunes, .online, .transmission, .contractTransmission:
            publicityTraits
        case .signature, .termination, .conventionEnd, .retention: conventionTraits
        case .payment, .paymentSixtyDays, .essentialData, .financialReport, .certifiedAccounts, .publishedAccounts:
            grantTraits
        case .budgetVote, .orientationDebate, .budgetTransmission, .accountsVote, .accountsTransmission,
            .accountantsAccount:
            yearlyTraits
        case .event: Traits(kind: .other, direction: .information, reminders: .mid)
        }
    }

    private var yearlyTraits: Traits {
        switch self {
        case .budgetVote: Traits(kind: .other, direction: .actBefore, reminders: .long, law: "CGCT L1612-2")
        case .orientationDebate:
            Traits(kind: .other, direction: .actBefore, reminders: .mid, law: "CGCT L2312-1 et L5217-10-4")
        case .accountsVote:
            Traits(kind: .accounts, direction: .actBefore, reminders: .long, law: "CGCT L1612-12 et L2313-1")
        case .accountantsAccount:
            Traits(kind: .accounts, direction: .actBefore, reminders: .long, law: "CGCT L1612-12")
        case .budgetTransmission:
            Traits(kind: .transmission, direction: .actBefore, reminders: .short, law: "CGCT L1612-8")
        default: Traits(kind: .transmission, direction: .actBefore, reminders: .short, law: "CGCT L1612-13")
        }
    }

    private var appealTraits: Traits {
        switch self {
        case .administrativeAppeal:
            Traits(kind: .appeal, direction: .finalAfter, reminders: .info, law: "CRPA L411-2")
        case .prefectReferral: Traits(kind: .appeal, direction: .finalAfter, reminders: .info, law: "CGCT L2131-6")
        case .withdrawal: Traits(kind: .other, direction: .information, reminders: .mid, law: "CRPA L242-1")
        case .addresseeAppeal:
            Traits(kind: .appeal, direction: .finalAfter, reminders: .info, law: "CJA R421-1 et R421-5")
        default: Traits(kind: .appeal, direction: .finalAfter, reminders: .info, law: "CJA R421-1")
        }
    }

    private var publicityTraits: Traits {
        switch self {
        case .list: Traits(kind: .publication, direction: .actBefore, reminders: .flash, law: "CGCT L2121-25")
        case .minutes: Traits(kind: .publication, direction: .actBefore, reminders: .flash, law: "CGCT L2121-15")
        case .online: Traits(kind: .publication, direction: .finalAfter, reminders: .info, law: "CGCT R2131-1")
        case .transmission:
            Traits(kind: .transmission, direction: .actBefore, reminders: .flash, law: "CGCT L2131-1 et L2131-2")
        case .contractTransmission:
            Traits(kind: .transmission, direction: .actBefore, reminders: .short, law: "CGCT L2131-13 et L1411-9")
        default: Traits(kind: .transmission, direction: .actBefore, reminders: .short, law: "CGCT L5211-40-2")
        }
    }

    private var grantTraits: Traits {
        switch self {
        case .payment: Traits(kind: .payment, direction: .actBefore, reminders: .flash)
        case .paymentSixtyDays:
            Traits(kind: .payment, direction: .actBefore, reminders: .mid, law: "loi 2000-321, art. 10")
        case .essentialData:
            Traits(kind: .publication, direction: .actBefore, reminders: .mid, law: "décret 2017-779")
        case .financialReport:
            Traits(kind: .accounts, direction: .actBefore, reminders: .long, law: "loi 2000-321, art. 10")
        case .publishedAccounts:
            Traits(kind: .publication, direction: .actBefore, reminders: .mid, law: "décret 2009-540")
        default: Traits(kind: .accounts, direction: .actBefore, reminders: .long, law: "CGCT L1611-4")
        }
    }

    private var conventionTraits: Traits {
        switch self {
        case .termination: Traits(kind: .notice, direction: .continuous, reminders: .none)
        case .conventionEnd: Traits(kind: .other, direction: .actBefore, reminders: .long)
        case .retention: Traits(kind: .retention, direction: .finalAfter, reminders: .keep)
        default: Traits(kind: .other, direction: .actBefore, reminders: .mid)
        }
    }
}
