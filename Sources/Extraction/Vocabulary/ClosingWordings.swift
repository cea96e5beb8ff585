/// Signature, transmission, publicity and appeal.
extension ActWordings {
    static let closing: [(Anchor, [String])] = [
        (
            .closing,
            [
                "pour extrait conforme", "pour extrait certifie conforme", "pour copie conforme", "fait et delibere",
                "ainsi fait et delibere", "pour extrait", "ont signe au registre", "suivent les signatures",
                "fait en seance",
                "ont les membres presents signe", "pour copie certifiee conforme", "certifie conforme",
            ]
        ),
        (.court, ["tribunal administratif"]),
        (
            .sent,
            [
                "envoye en prefecture le", "envoi prefecture", "envoi en prefecture", "transmis en prefecture le",
                "transmission en prefecture le",
                "date de teletransmission", "teletransmis le", "transmis au controle de legalite le",
                "transmise en prefecture le",
                "teletransmission en prefecture le", "transmis a la prefecture le", "depose en prefecture le",
                "date d'envoi en prefecture",
                "transmission en prefecture", "transmis au representant de l'etat le",
            ]
        ),
        (
            .received,
            [
                "recu en prefecture le", "recu le", "reception en prefecture", "reception par le prefet",
                "ireception par le prefet",
                "date de reception prefecture",
                "date de reception ar", "date de reception en prefecture", "recu par le representant de l'etat le",
                "recu en sous-prefecture le",
                "date de reception de l'ar", "date de l'accuse de reception", "recu a la prefecture le",
                "date de reception",
                "reception en sous-prefecture", "recue en prefecture le", "reception prefecture",
                "reception par le sous-prefet",
                "accuse de reception en prefecture le",
            ]
        ),
        (
            .executory,
            [
                "executoire le", "certifie executoire le", "rendu executoire le", "certifiee executoire le",
                "rendue executoire le",
            ]
        ),
    ]
}
