import Deliberations
import GreffierProtocol
import JSONCodec

/// A document that passed validation, ready to enter the register.
public struct Registration: Sendable {
    /// The document.
    public let document: DocumentID
    /// Which passage of the document through the stages this is; a higher one replaces what a lower one registered.
    public let generation: Int
    /// What the pusher said of it.
    public let description: DocumentDescription
    /// What validation says of it.
    public let report: Report
    let reportBytes: [UInt8]
    let extractBytes: [UInt8]

    /// Reads the Report, which is the costly part and needs no register.
    ///
    /// - Parameters:
    ///   - report: the Report as validation sent it; kept verbatim.
    ///   - extract: the Extract as ingest sent it; kept verbatim and not read.
    /// - Throws: `RegisterError.unreadableReport` or `reportOfAnotherDocument`.
    public init(
        document: DocumentID, generation: Int, description: DocumentDescription, report: [UInt8], extract: [UInt8]
    ) throws(RegisterError) {
        do throws(JSONError) {
            self.report = try Report(json: report)
        } catch {
            throw .unreadableReport(document: document, reason: "\(error)")
        }
        guard self.report.document.id == document.digest else { throw .reportOfAnotherDocument(document: document) }
        self.document = document
        self.generation = generation
        self.description = description
        reportBytes = report
        extractBytes = extract
    }

    var isArchive: Bool { description.archive ?? false }

    /// The document that it corrects; none corrects itself.
    var replaces: DocumentID? { description.replaces == document ? nil : description.replaces }

    var precedence: Precedence {
        Precedence(
            rank: Precedence.rank(of: report.summary.kind), acceptedAt: description.acceptedAt, document: document)
    }
}

/// What registering a document did.
public enum RegistrationOutcome: Hashable, Sendable {
    /// It is in the register: the acts that it brought, and those that the register knew from other documents.
    case registered(newActs: [ActID], knownActs: [ActID])
    /// It is in the register without effect: a document that corrects it was registered before.
    case superseded
    /// Nothing was done: this generation, or a later one, is registered.
    case known
}
