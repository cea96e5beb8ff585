import Deliberations
import GreffierProtocol
import JSONCodec

/// Reads Reports from the bodies.
enum StoredReport {
    static func read(
        _ text: String, of document: DocumentID, from bodies: BodyStore
    ) throws(RegisterError) -> Report {
        guard let reference = BodyReference(text) else { throw .damagedRow(table: "documents", id: "\(document)") }
        let bytes = try bodies.read(reference)
        do throws(JSONError) {
            return try Report(json: bytes)
        } catch {
            throw .unreadableReport(document: document, reason: "\(error)")
        }
    }
}
