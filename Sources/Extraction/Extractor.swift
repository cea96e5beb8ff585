import Deliberations

/// Reads a converted text into an Extract, in stages: normalise, find wordings, segment, read facts, assemble.
public struct Extractor: Sendable {
    /// An extractor. It holds no state: one may serve any number of documents.
    public init() {}

    /// Reads `text`, the converted text in UTF-8.
    ///
    /// - Parameters:
    ///   - text: The converted text.
    ///   - document: Which document it is the text of.
    ///   - producedBy: Which program reads.
    ///   - warnings: What was seen on the way to the text; they stand first in the Extract.
    /// - Throws: ``NotADeliberation`` if the document holds no deliberation.
    public func extract(
        _ text: [UInt8], document: DocumentReference, producedBy: Producer, warnings: [ReadingWarning]
    ) throws(NotADeliberation) -> Extract {
        let anchored = AnchoredText(NormalizedText(text))
        var assembly = try Assembly(anchored, document: document, producedBy: producedBy, warnings: warnings)
        assembly.readSession()
        assembly.readAttendance()
        assembly.readDeliberations()
        return assembly.finished()
    }
}
