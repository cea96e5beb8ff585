import Deliberations
import JSONCodec

/// Reads deadlines word for word from the Reports that state them, and keeps the last Reports at hand: the deadlines of a
/// list or of a mail often stand in few.
final class StatedDeadlines {
    private let bodies: BodyStore
    private var reports: [String: [Deadline]] = [:]

    /// How many Reports are kept at hand.
    private static let limit = 32

    init(_ bodies: BodyStore) {
        self.bodies = bodies
    }

    /// The deadline at a place.
    func deadline(at place: StatedPlace) throws(RegisterError) -> Deadline {
        let deadlines = try deadlines(of: place.report)
        guard deadlines.indices.contains(place.position) else {
            throw .damagedBody(reference: place.report, reason: "it has no deadline \(place.position)")
        }
        return deadlines[place.position]
    }

    private func deadlines(of report: String) throws(RegisterError) -> [Deadline] {
        if let known = reports[report] { return known }
        guard let reference = BodyReference(report) else {
            throw .damagedBody(reference: report, reason: "it is no reference")
        }
        let bytes = try bodies.read(reference)
        let deadlines: [Deadline]
        do throws(JSONError) {
            deadlines = try ReportDeadlines(json: bytes).deadlines
        } catch {
            throw .damagedBody(reference: report, reason: "\(error)")
        }
        if reports.count >= Self.limit { reports.removeAll() }
        reports[report] = deadlines
        return deadlines
    }
}

/// The deadlines of a Report, without the rest of it.
private struct ReportDeadlines: JSONObject {
    var deadlines: [Deadline] = []

    init(blank: JSONBlank) {}

    mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("deadlines", &deadlines)
    }
}
