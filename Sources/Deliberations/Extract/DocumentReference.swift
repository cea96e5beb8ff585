import Digest
import JSONCodec

/// Which document an Extract or a Report was made from.
public struct DocumentReference: Hashable, Codable, JSONObject {
    /// The SHA-256 of the bytes that were pushed.
    public var id: SHA256Digest
    /// What people call the document.
    public var name: String
    /// Its media type (RFC 6838).
    public var mediaType: String
    /// The converted text, which all ranges count in.
    public var text: ConvertedText
    /// Where each page begins in the converted text, if the document has pages.
    public var pageStarts: [Int]?

    /// A document.
    public init(id: SHA256Digest, name: String, mediaType: String, text: ConvertedText, pageStarts: [Int]? = nil) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.text = text
        self.pageStarts = pageStarts
    }

    public init(blank: JSONBlank) {
        let digest = SHA256Digest(of: [])
        self.init(id: digest, name: "", mediaType: "", text: ConvertedText(sha256: digest, bytes: 0))
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("id", &id)
        visitor.required("name", &name)
        visitor.required("mediaType", &mediaType)
        visitor.required("text", &text)
        visitor.optional("pageStarts", &pageStarts)
    }
}

/// The converted text by its digest; the text itself travels beside.
public struct ConvertedText: Hashable, Codable, JSONObject {
    /// The SHA-256 of the text in UTF-8.
    public var sha256: SHA256Digest
    /// How many bytes it has.
    public var bytes: Int

    /// A text.
    public init(sha256: SHA256Digest, bytes: Int) {
        self.sha256 = sha256
        self.bytes = bytes
    }

    public init(blank: JSONBlank) {
        self.init(sha256: SHA256Digest(of: []), bytes: 0)
    }

    public mutating func visitMembers<Visitor: JSONMemberVisitor>(_ visitor: inout Visitor) {
        visitor.required("sha256", &sha256)
        visitor.required("bytes", &bytes)
    }
}
