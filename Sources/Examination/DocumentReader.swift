import Conversion
import Deliberations
import Digest
import Extraction

/// Reads the bytes of a document: conversion to text, then extraction. Pure: the same bytes give the same Extract.
public struct DocumentReader: Sendable {
    private let producedBy: Producer
    private let converter: Converter
    private let extractor = Extractor()

    /// What one document says.
    public struct Reading: Sendable {
        /// What it says.
        public var extract: Extract
        /// The converted text, in UTF-8.
        public var text: [UInt8]
    }

    /// A reader that takes documents of at most `limit` bytes.
    public init(producedBy: Producer, limit: Int) {
        self.init(producedBy: producedBy, converter: Converter(limits: ConversionLimits(documentBytes: limit)))
    }

    /// A reader of what `converter` converts.
    public init(producedBy: Producer, converter: Converter) {
        self.producedBy = producedBy
        self.converter = converter
    }

    /// Reads a document.
    ///
    /// - Parameter mediaType: What the pusher says that it is; its bytes count first.
    /// - Throws: ``ReadingError`` when it cannot be read, or is no deliberation.
    public func read(_ bytes: [UInt8], name: String, mediaType: String? = nil) throws(ReadingError) -> Reading {
        let converted: ConvertedDocument
        do throws(ConversionError) {
            converted = try converter.convert(bytes, name: name, mediaType: mediaType)
        } catch {
            throw .unreadable(error)
        }
        let source = Source(bytes: bytes, id: SHA256Digest(of: bytes), name: name)
        guard converted.parts.count > 1 || !converted.letters.isEmpty else {
            return try readAlone(converted, of: source)
        }
        let collection = SessionCollection(converted) { document throws(ReadingError) in
            try read(document, of: source).extract
        }
        return try read(collection.joined(as: converted), of: source)
    }

    /// Reads what is one document. Of an e-mail whose attachments cannot be read, that is the reason, and not that the
    /// letter around them is no deliberation.
    private func readAlone(_ converted: ConvertedDocument, of source: Source) throws(ReadingError) -> Reading {
        do throws(ReadingError) {
            return try read(converted, of: source)
        } catch {
            guard let unread = converted.unread.first else { throw error }
            throw .unreadable(.unreadableInside(name: unread.name, reason: unread.reason))
        }
    }

    /// Which document a text is of.
    private struct Source {
        var bytes: [UInt8]
        var id: SHA256Digest
        var name: String
    }

    private func read(_ converted: ConvertedDocument, of source: Source) throws(ReadingError) -> Reading {
        let digest = converted.utf8 == source.bytes ? source.id : SHA256Digest(of: converted.utf8)
        let reference = DocumentReference(
            id: source.id, name: source.name, mediaType: converted.format.mediaType,
            text: ConvertedText(sha256: digest, bytes: converted.utf8.count), pageStarts: converted.pageStarts)
        do throws(NotADeliberation) {
            let extract = try extractor.extract(
                converted.utf8, document: reference, producedBy: producedBy, warnings: converted.warnings)
            return Reading(extract: extract, text: converted.utf8)
        } catch {
            throw .notADeliberation(error)
        }
    }
}

/// Why a document gives no Extract.
public enum ReadingError: Error, Hashable, CustomStringConvertible {
    /// Its bytes cannot be had.
    case unavailable(path: String, reason: String)
    /// Its bytes do not become text.
    case unreadable(ConversionError)
    /// It holds no deliberation.
    case notADeliberation(NotADeliberation)
    /// It is an archive or an e-mail with documents of several sessions.
    case severalSessions([CivilDate])

    /// How this host is at fault, or nil if the document is. On another host, or later, the document may be read.
    public var hostFault: ConversionError.HostFault? {
        guard case .unreadable(let error) = self else { return nil }
        return error.hostFault
    }

    /// Whether it is this host's fault and not the document's.
    public var isOfHost: Bool { hostFault != nil }

    /// A stable word for scripts.
    public var code: String {
        switch self {
        case .unavailable: "unavailable"
        case .unreadable(let error): error.code
        case .notADeliberation: "not-a-deliberation"
        case .severalSessions: "several-sessions"
        }
    }

    /// What was missing, as a stable word, if the document holds no deliberation.
    public var missing: String? {
        switch self {
        case .unavailable, .unreadable, .severalSessions: nil
        case .notADeliberation(let error): error.missing.rawValue
        }
    }

    public var description: String {
        switch self {
        case .unavailable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unreadable(let error): error.description
        case .notADeliberation(let error): error.description
        case .severalSessions(let dates):
            "it holds documents of several sessions (\(dates.prefix(5).map(\.description).joined(separator: ", "))); "
                + "push them one by one"
        }
    }
}
