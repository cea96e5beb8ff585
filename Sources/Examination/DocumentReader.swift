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
        self.producedBy = producedBy
        converter = Converter(limit: limit)
    }

    /// Reads a document.
    /// - Throws: ``ReadingError`` when it cannot be read, or is no deliberation.
    public func read(_ bytes: [UInt8], name: String) throws(ReadingError) -> Reading {
        let converted: ConvertedDocument
        do throws(ConversionError) {
            converted = try converter.convert(bytes, name: name)
        } catch {
            throw ReadingError.unreadable(error)
        }
        let id = SHA256Digest(of: bytes)
        let reference = DocumentReference(
            id: id, name: name, mediaType: converted.format.mediaType,
            text: ConvertedText(
                sha256: converted.utf8 == bytes ? id : SHA256Digest(of: converted.utf8), bytes: converted.utf8.count),
            pageStarts: converted.pageStarts)
        do throws(NotADeliberation) {
            let extract = try extractor.extract(
                converted.utf8, document: reference, producedBy: producedBy, warnings: converted.warnings)
            return Reading(extract: extract, text: converted.utf8)
        } catch {
            throw ReadingError.notADeliberation(error)
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

    /// A stable word for scripts.
    public var code: String {
        switch self {
        case .unavailable: "unavailable"
        case .unreadable(let error): error.code
        case .notADeliberation: "not-a-deliberation"
        }
    }

    /// What was missing, as a stable word, if the document holds no deliberation.
    public var missing: String? {
        switch self {
        case .unavailable, .unreadable: nil
        case .notADeliberation(let error): error.missing.rawValue
        }
    }

    public var description: String {
        switch self {
        case .unavailable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unreadable(let error): error.description
        case .notADeliberation(let error): error.description
        }
    }
}
