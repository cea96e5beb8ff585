/// Why a mail is no answer that can be followed; what is printed reaches its author in the mail server's bounce.
public enum AnswerError: Error, Hashable, CustomStringConvertible {
    /// The subject has no token.
    case noToken
    /// The token is nobody's.
    case falseToken

    public var description: String {
        switch self {
        case .noToken:
            """
            Votre message n’a pas pu être traité : son objet ne contient pas la référence de l’échéance. Répondez par l’un \
            des boutons du rappel, sans changer l’objet du message.
            """
        case .falseToken:
            """
            Votre message n’a pas pu être traité : la référence dans son objet n’est pas la bonne. Répondez par l’un des \
            boutons du rappel, sans changer l’objet du message.
            """
        }
    }
}
