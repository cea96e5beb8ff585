import Conversion
import Deliberations

/// The documents in an archive or an e-mail, sorted by what they are.
///
/// One document pushed is one Extract, and one Extract is one session. So the deliberations of one session in an archive
/// are read together, as in minutes; what is none (a letter, an agenda, a note) is left out with a warning, or its words
/// would be taken for the session's; and several sessions are refused, for which of them was meant nobody can tell.
struct SessionCollection {
    private var deliberations: [(part: ConvertedDocument.Part, extract: Extract)] = []
    private var others: [(part: ConvertedDocument.Part, reason: ReadingError)] = []

    /// Reads each of the parts of `whole` by itself; where none is a deliberation, the letters around them.
    init(
        _ whole: ConvertedDocument, read: (ConvertedDocument) throws(ReadingError) -> Extract
    ) {
        let parts = ImageSeries.joined(whole.parts) { page in (try? read(page)) != nil }
        for part in parts {
            do throws(ReadingError) {
                deliberations.append((part, try read(part.document)))
            } catch {
                others.append((part, error))
            }
        }
        guard deliberations.isEmpty else { return }
        deliberations = whole.letters.compactMap { letter in
            (try? read(letter.document)).map { (letter, $0) }
        }
    }

    /// The deliberations in one text, of the format and with the warnings of `whole`.
    /// - Throws: ``ReadingError`` when there are none, or several sessions.
    func joined(as whole: ConvertedDocument) throws(ReadingError) -> ConvertedDocument {
        guard let first = deliberations.first else {
            throw others.first?.reason ?? .unreadable(.nothingInside(whole.format))
        }
        for other in deliberations where !Self.isSameSession(first.extract, other.extract) {
            throw .severalSessions(Set(deliberations.map(\.extract.session.date)).sorted())
        }
        let leftOut = others.map { part, reason in
            ReadingWarning(
                code: "unread-part", message: "\(part.name) was left out: \(reason)", part: part.name,
                reason: reason.code)
        }
        return ConvertedDocument(
            joining: deliberations.map(\.part), format: whole.format, unread: whole.unread, warnings: leftOut)
    }

    private static func isSameSession(_ one: Extract, _ other: Extract) -> Bool {
        let (name, otherName) = (one.authority.name.lowercased(), other.authority.name.lowercased())
        return one.session.date == other.session.date && one.organ == other.organ
            && (name.contains(otherName) || otherName.contains(name))
    }
}
