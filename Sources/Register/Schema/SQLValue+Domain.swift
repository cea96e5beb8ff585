import Deadlines
import Deliberations
import Digest
import GreffierProtocol
import Storage

extension SQLValue {
    init(_ document: DocumentID) { self = .blob(document.digest.bytes) }

    init(_ document: DocumentID?) { self = document.map { .init($0) } ?? .null }

    init(_ day: CivilDate) { self = .integer(day.daysSince1970) }

    init(_ day: CivilDate?) { self = day.map { .init($0) } ?? .null }

    init(_ instant: UTCInstant) { self = .integer(instant.secondsSince1970) }

    init(_ instant: UTCInstant?) { self = instant.map { .init($0) } ?? .null }

    init(_ act: ActID) { self = .integer(act.number) }

    init(_ deadline: DeadlineID) { self = .integer(deadline.number) }

    init(_ alert: AlertID) { self = .integer(alert.number) }
}

extension SQLRow {
    /// The document whose id a column holds.
    func document(_ column: Int) throws(StorageError) -> DocumentID {
        guard let digest = SHA256Digest(bytes: try blob(column)) else {
            throw .unexpectedValue(column: "\(column)", wanted: "a document's id of 32 bytes")
        }
        return DocumentID(digest)
    }

    /// The document whose id a column holds, or nil for NULL.
    func optionalDocument(_ column: Int) throws(StorageError) -> DocumentID? {
        try optionalBlob(column) == nil ? nil : try document(column)
    }

    /// The day that a column holds.
    func day(_ column: Int) throws(StorageError) -> CivilDate { CivilDate(daysSince1970: Int(try integer(column))) }

    /// The day that a column holds, or nil for NULL.
    func optionalDay(_ column: Int) throws(StorageError) -> CivilDate? {
        try optionalInteger(column).map { CivilDate(daysSince1970: Int($0)) }
    }

    /// The moment that a column holds.
    func instant(_ column: Int) throws(StorageError) -> UTCInstant {
        UTCInstant(secondsSince1970: Int(try integer(column)))
    }

    /// The moment that a column holds, or nil for NULL.
    func optionalInstant(_ column: Int) throws(StorageError) -> UTCInstant? {
        try optionalInteger(column).map { UTCInstant(secondsSince1970: Int($0)) }
    }

    /// The number that a column holds.
    func count(_ column: Int) throws(StorageError) -> Int { Int(try integer(column)) }
}
