import Deliberations

/// The authority's SIREN has nine digits and a right check digit (ISO/IEC 7812-1).
struct SirenCheckDigit: DocumentRule {
    let description = RuleDescription(
        "siren-luhn", .error, "Le numéro SIREN de la collectivité a neuf chiffres et une clé de contrôle exacte.")

    func check(_ review: Review) -> Verdict {
        guard let siren = review.extract.authority.siren ?? review.parameters.siren else {
            return .indeterminate("numéro SIREN de la collectivité")
        }
        if Luhn.isSIREN(siren) { return .ok }
        let message = "SIREN \(siren) invalide (clé de contrôle)."
        return .remark(message, [.fact("/authority/siren"), .fact("/authority")])
    }
}

/// Each beneficiary's SIRET has fourteen digits and right check digits on 14 and on 9, La Poste excepted.
struct SiretCheckDigits: ActRule {
    let description = RuleDescription(
        "siret-luhn", .error,
        "Le numéro SIRET de chaque bénéficiaire a quatorze chiffres et des clés de contrôle exactes.",
        scope: "subventions")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let grants = act.deliberation.grants, !grants.isEmpty else {
            return .notApplicable("aucune subvention dans l’acte")
        }
        let numbered = grants.enumerated().filter { $0.element.siret != nil }
        if numbered.isEmpty { return .indeterminate("numéro SIRET du bénéficiaire") }
        return .remarksOrOK(
            numbered.compactMap { index, grant in
                guard let siret = grant.siret, !Luhn.isSIRET(siret) else { return nil }
                let source = act.pointer("grants/\(index)")
                return Remark("SIRET \(siret) invalide.", [.fact("\(source)/siret"), .fact(source)])
            })
    }
}

/// The identifier of the transmission has the form of `IDActe` (@CTES schema 1.1).
struct TransmissionIdentifierForm: ActRule {
    let description = RuleDescription(
        "actes-id-format", .error, "L’identifiant de télétransmission a la forme prévue par le schéma @CTES.",
        law: ["@CTES actesv1_1.xsd"], scope: "actes qui portent un identifiant de télétransmission")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let id = act.deliberation.act?.prefectureID else { return .withoutIdentifier }
        if TransmissionIdentifier(id) != nil { return .ok }
        return .remark(
            "Identifiant de télétransmission mal formé\u{A0}: \(id).", [.fact(act.pointer("act/prefectureID"))])
    }
}

/// The identifier's second part is the authority's SIREN.
struct TransmissionIdentifierSiren: ActRule {
    let description = RuleDescription(
        "actes-id-siren", .error, "L’identifiant de télétransmission porte le SIREN de la collectivité.",
        scope: "actes qui portent un identifiant de télétransmission")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let id = act.deliberation.act?.prefectureID else { return .withoutIdentifier }
        guard let identifier = TransmissionIdentifier(id) else { return .indeterminate("identifiant bien formé") }
        guard let siren = review.parameters.siren ?? review.extract.authority.siren else {
            return .indeterminate("numéro SIREN de la collectivité")
        }
        if identifier.siren == siren { return .ok }
        let message = "L’identifiant vise le SIREN \(identifier.siren), la collectivité est \(siren)."
        return .remark(message, [.fact(act.pointer("act/prefectureID")), .fact("/authority/siren")])
    }
}

/// The identifier's first part is the authority's department on three characters.
struct TransmissionIdentifierDepartment: ActRule {
    let description = RuleDescription(
        "actes-id-department", .warning, "L’identifiant de télétransmission porte le département de la collectivité.",
        scope: "actes qui portent un identifiant de télétransmission")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let id = act.deliberation.act?.prefectureID else { return .withoutIdentifier }
        guard let identifier = TransmissionIdentifier(id) else { return .indeterminate("identifiant bien formé") }
        guard let department = review.department else { return .indeterminate("département de la collectivité") }
        let expected = TransmissionIdentifier.threeCharacters(department)
        if identifier.department == expected { return .ok }
        let message = "Département \(identifier.department) dans l’identifiant, \(expected) attendu."
        return .remark(message, [.fact(act.pointer("act/prefectureID"))])
    }
}

/// The identifier's third part is the day of the session. Some senders shift the last days of December: a warning.
struct TransmissionIdentifierDate: ActRule {
    let description = RuleDescription(
        "actes-id-date", .warning, "L’identifiant de télétransmission porte la date de la séance.",
        law: ["@CTES actesv1_1.xsd"], scope: "actes qui portent un identifiant de télétransmission")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let id = act.deliberation.act?.prefectureID else { return .withoutIdentifier }
        if !review.isSingleAct { return .notApplicable("identifiant du document, qui tient plusieurs actes") }
        guard let identifier = TransmissionIdentifier(id) else { return .indeterminate("identifiant bien formé") }
        if identifier.date == review.session.date { return .ok }
        let written = identifier.date.map(French.date) ?? identifier.day
        let message = "Date \(written) dans l’identifiant, séance du \(French.date(review.session.date))."
        return .remark(message, [.fact(act.pointer("act/prefectureID")), .fact("/session/date")])
    }
}

/// The identifier's fifth part is `DE`, or the nature of a budget where the act is one.
struct TransmissionIdentifierNature: ActRule {
    let description = RuleDescription(
        "actes-id-nature", .warning, "L’identifiant de télétransmission porte la nature de l’acte.",
        scope: "actes qui portent un identifiant de télétransmission")

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let id = act.deliberation.act?.prefectureID else { return .withoutIdentifier }
        if !review.isSingleAct { return .notApplicable("identifiant du document, qui tient plusieurs actes") }
        guard let identifier = TransmissionIdentifier(id) else { return .indeterminate("identifiant bien formé") }
        if identifier.nature == "DE" || identifier.nature == "BF" || identifier.nature == "CC" { return .ok }
        let message = "Nature \(identifier.nature) dans l’identifiant, DE attendue."
        return .remark(message, [.fact(act.pointer("act/prefectureID"))])
    }
}

/// The matter's code is in the @CTES nomenclature.
struct MatterCode: ActRule {
    let description = RuleDescription(
        "matiere-code", .warning, "Le code matière existe dans la nomenclature @CTES.",
        law: ["nomenclature @CTES du 19/04/2017"])

    func check(_ act: ActReview, in review: Review) -> Verdict {
        guard let code = act.deliberation.matterCode else { return .indeterminate("code matière") }
        if MatterNomenclature.contains(code) { return .ok }
        return .remark("Matière \(code) inconnue de la nomenclature @CTES.", [.fact(act.pointer("matterCode"))])
    }
}

extension Verdict {
    fileprivate static var withoutIdentifier: Verdict { .notApplicable("aucun identifiant de télétransmission") }
}
