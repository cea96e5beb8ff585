import Foundation
import GreffierProtocol

/// What can go wrong in the register, each with what a person can do about it. Failures of the disk or the database are
/// `StorageError`s.
public enum RegisterError: Error, Hashable, Sendable {
    /// A Report that validation sent cannot be read.
    case unreadableReport(document: DocumentID, reason: String)
    /// The Extract of a registered document is no Extract that this version reads.
    case unreadableExtract(document: DocumentID, reason: String)
    /// The Report speaks of another document than the job.
    case reportOfAnotherDocument(document: DocumentID)
    /// A stored body is not what was written.
    case damagedBody(reference: String, reason: String)
    /// A row of the register does not hold what this program writes.
    case damagedRow(table: String, id: String)
    /// The operating system refused an operation on a body file.
    case inputOutput(operation: String, path: String, errno: Int32)
    /// The database that holds the bodies cannot be asked now.
    case bodiesUnreachable(reason: String)
    /// The register was opened for reading only.
    case readOnly
    /// No deadline has this number.
    case unknownDeadline(DeadlineID)
    /// A deadline cannot be treated so as it stands.
    case refusedAct(deadline: DeadlineID, reason: String)
    /// The day of an event gives a deadline no date.
    case refusedStart(deadline: DeadlineID, reason: StartRefusal)
    /// Deadlines that only this document states still run.
    case runningDeadlines(document: DocumentID, deadlines: [DeadlineID])
    /// A backup of the register is being made, which nothing may be taken out of meanwhile.
    case isBackedUp
    /// The folder has no register yet.
    case missing(path: String)
    /// No alert has that number.
    case noAlert(AlertID)
    /// The alert's state does not allow what was asked for.
    case alertIs(AlertState, AlertID)
}

extension RegisterError {
    /// Whether something stored is damaged for good: what does not need it goes on without it.
    var isDamage: Bool {
        switch self {
        case .unreadableReport, .unreadableExtract, .damagedBody, .damagedRow: true
        case .inputOutput(_, _, let errno): errno == ENOENT
        default: false
        }
    }
}

extension RegisterError: CustomStringConvertible {
    /// One English sentence for an operator: what failed and the cure.
    public var description: String {
        switch self {
        case .unreadableReport(let document, let reason):
            "the Report on document \(document) cannot be read (\(reason.prefix(200))): "
                + "run the same version of greffier-validate and greffier-notify, then retry the document"
        case .unreadableExtract(let document, let reason):
            "the Extract of document \(document) cannot be read (\(reason.prefix(200))), its deadlines stay as they are: "
                + "`greffier replay` it, or push it again"
        case .reportOfAnotherDocument(let document):
            "the Report that came with document \(document) is of another document: retry the document"
        case .damagedBody(let reference, let reason):
            "the stored body \(reference) is damaged (\(reason)): restore the register's folder from a backup, "
                + "or push the document again"
        case .damagedRow(let table, let id):
            "row \(id.prefix(80)) of the register's table \(table) is damaged: restore the register from a backup"
        case .inputOutput(let operation, let path, let errno):
            "\(operation) failed on \(path): \(systemMessage(errno)); check the disk, its free space and its permissions"
        case .bodiesUnreachable(let reason):
            "the stored bodies cannot be read now: \(reason)"
        case .readOnly:
            "the register was opened for reading only: this is a defect of the program"
        case .unknownDeadline(let id):
            "there is no deadline \(id): run `greffier deadlines list`, its first column has the numbers"
        case .refusedAct(let id, let reason):
            "deadline \(id) stays as it is: \(reason.prefix(200)); run `greffier deadlines list --state \(Self.states)`"
        case .refusedStart(let id, let reason):
            "deadline \(id) stays as it is: \(reason)"
        case .runningDeadlines(let document, let deadlines):
            "document \(document) alone states \(deadlines.count) running deadlines "
                + "(\(deadlines.prefix(10).map(\.description).joined(separator: ", "))): end them with "
                + "`greffier deadlines done`, or forget them too with --with-deadlines; nothing was erased"
        case .isBackedUp:
            "a backup of the register is being made: try again once it has ended; nothing was taken out of the register"
        case .missing(let path):
            "there is no register at \(path): start greffier-notify with this data folder first, or give another --data"
        case .noAlert(let id):
            "there is no alert \(id): `greffier alerts list` shows their numbers"
        case .alertIs(let state, let id):
            "alert \(id) is \(state.rawValue): " + Self.cure(state)
        }
    }
    private static func cure(_ state: AlertState) -> String {
        switch state {
        case .sent: "the mail server has it; it cannot be taken back, and need not be resent"
        case .claimed: "a process is sending it; look again in some minutes"
        case .pending: "it is sent by itself at its time"
        case .cancelled: "what it says is no longer so, or a person ended it"
        case .failed, .uncertain: "resend or cancel it"
        }
    }

    /// What shows deadlines in every state.
    private static let states = "open,scheduled,due,overdue,closed,cancelled,superseded"
}
