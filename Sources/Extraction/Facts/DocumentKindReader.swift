import Deliberations

/// Tells an extract from minutes and lists, and refuses what is no deliberation.
enum DocumentKindReader {
    /// Bytes at the beginning of a document in which its title stands.
    private static let titleLimit = 1_500

    /// Refuses a document that shows no sign of a deliberation.
    static func check(
        _ anchored: AnchoredText, hasAssembly: Bool, hasDate: Bool, hasMembers: Bool
    ) throws(NotADeliberation) {
        let title = 0 ..| min(titleLimit, anchored.text.count)
        let isRegister =
            anchored.first(.registerExtract, in: anchored.text.whole).map { isTitle($0, in: anchored) } ?? false
        let other = anchored.first(.otherActTitle, in: 0 ..| min(600, anchored.text.count))
        if let other, !isRegister, !hasMembers, anchored.mayBeHeading(other.lowerBound) {
            throw NotADeliberation(missing: .actOfTheAssembly)
        }
        guard hasAssembly else { throw NotADeliberation(missing: .assembly) }
        let isTitled = isMinutes(anchored, title) || anchored.first(.listTitle, in: title) != nil
        let isDecided = !anchored.all(.deliberated).isEmpty || !anchored.all(.unanimity).isEmpty
        guard
            isRegister || (hasMembers && (isDecided || isTitled)) || (isTitled && isDecided)
                || anchored.first(.listTitle, in: title) != nil
        else { throw NotADeliberation(missing: .deliberation) }
        guard hasDate else { throw NotADeliberation(missing: .sessionDate) }
    }

    private static func isTitle(_ range: Range<Int>, in anchored: AnchoredText) -> Bool {
        anchored.mayBeHeading(range.lowerBound)
    }

    /// What the document holds.
    static func kind(of anchored: AnchoredText, identifiers: Int) -> Extract.Kind {
        let title = 0 ..| min(titleLimit, anchored.text.count)
        if let list = anchored.first(.listTitle, in: title), anchored.mayBeHeading(list.lowerBound) { return .list }
        let isRegister = anchored.first(.registerExtract, in: title) != nil
        if isMinutes(anchored, title), !isRegister { return .minutes }
        return identifiers > 1 ? .minutes : .extract
    }

    /// "Procès-verbal", "Compte rendu" as a title: not "approbation du procès-verbal".
    private static func isMinutes(_ anchored: AnchoredText, _ title: Range<Int>) -> Bool {
        anchored.all(.minutesTitle, in: title).contains { range in
            let before = max(0, range.lowerBound - 30) ..| range.lowerBound
            return anchored.mayBeHeading(range.lowerBound) && anchored.text.find("approbation", in: before) == nil
                && anchored.text.find("extrait", in: before) == nil
        }
    }
}
