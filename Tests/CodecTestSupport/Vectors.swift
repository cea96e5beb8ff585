import Foundation

/// A golden vector of `protocol/vectors`: a message by its frames, and what it says or why it is refused.
public struct Vector: Decodable, Sendable {
    /// What it shows.
    public let name: String
    /// The frames, the routing id not counted.
    public let frames: [Frame]
    /// `broker` or `peer`; in a file of one verb the file says it.
    public let to: String?
    /// Under which code a broker refuses it.
    public let code: String?
    /// The header as which it is read, if that is another.
    public let reads: String?

    /// The bytes of the frames.
    public var bytes: [[UInt8]] { frames.map(\.bytes) }

    /// A frame as text or as hexadecimal digits, repeated if it says so.
    public struct Frame: Decodable, Sendable {
        let text: String?
        let hex: String?
        let `repeat`: Int?

        /// The frame's bytes.
        public var bytes: [UInt8] {
            let once = text.map { Array($0.utf8) } ?? Self.bytes(hexadecimal: hex ?? "")
            return Array(repeatElement(once, count: `repeat` ?? 1).joined())
        }

        private static func bytes(hexadecimal text: String) -> [UInt8] {
            let digits = text.compactMap(\.hexDigitValue)
            return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
    }
}

/// A file of golden vectors.
public struct VectorFile: Decodable, Sendable, CustomStringConvertible {
    /// The verb of all its messages, if it has only one.
    public let verb: String?
    /// `broker` or `peer`, if all go one way.
    public let to: String?
    /// The name of the header's JSON Schema, without `.json`.
    public let schema: String?
    /// The vectors.
    public let cases: [Vector]

    public var description: String { "\(verb ?? "refused messages"), to the \(to ?? "broker")" }

    /// All files of a folder of `protocol/vectors`.
    /// - Throws: an error of the file system, or of decoding.
    public static func all(in folder: String) throws -> [VectorFile] {
        try Repository.protocolFiles(in: "vectors/\(folder)").map { name in
            try JSONDecoder().decode(
                VectorFile.self, from: Data(try Repository.protocolPage("vectors/\(folder)/\(name)").utf8))
        }
    }

    /// The header of each vector of a file of `valid`, as JSON text of Foundation's making.
    /// - Throws: an error of the file system.
    public static func headers(of schema: String) throws -> [[UInt8]] {
        var headers: [[UInt8]] = []
        for name in try Repository.protocolFiles(in: "vectors/valid") {
            let text = try Repository.protocolPage("vectors/valid/\(name)")
            let file = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            guard let file, file["schema"] as? String == schema else { continue }
            for vector in file["cases"] as? [[String: Any]] ?? [] {
                headers.append(Array(try JSONSerialization.data(withJSONObject: vector["header"] ?? [:])))
            }
        }
        return headers
    }
}
