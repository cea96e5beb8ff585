import Foundation
import JSONCodec

/// A type that our codec and Foundation's both read and write.
public typealias TwiceCodable = JSONObject & Codable & Equatable

/// Where our codec and Foundation's disagree about a text, in words; nil when they agree.
public func disagreement<Value: TwiceCodable>(about type: Value.Type, _ text: [UInt8]) throws -> String? {
    let value = try Value(json: text)
    let ours = value.jsonBytes()
    let shown = String(decoding: text, as: UTF8.self)
    if try Value(json: ours) != value { return "ours does not read what ours wrote: \(shown)" }
    if try Value(json: ours).jsonBytes() != ours { return "ours writes one value in two ways: \(shown)" }
    let decoder = JSONDecoder()
    if try decoder.decode(Value.self, from: Data(text)) != value { return "Foundation reads another value: \(shown)" }
    if try decoder.decode(Value.self, from: Data(ours)) != value {
        return "Foundation does not read what ours wrote: \(shown)"
    }
    let theirs = try JSONEncoder().encode(value)
    if try Value(json: Array(theirs)) != value { return "ours does not read what Foundation wrote: \(shown)" }
    return nil
}

/// Changes a text in a few places, as a bad disk or a bad programmer would.
public func mutated(_ text: [UInt8], using random: inout SeededRandom) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, position + Int.random(in: 1...30, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(position..<end)
        case 2: bytes.insert(contentsOf: bytes[position..<end], at: position)
        case 3: bytes.removeSubrange(position...)
        case 4:
            let tokens: [UInt8] = Array("{}[]\",:\\u0-9eE.tfn \u{0}".utf8)
            bytes.insert(tokens[Int.random(in: tokens.indices, using: &random)], at: position)
        default: bytes.swapAt(position, end - 1)
        }
    }
    return bytes
}

/// Bytes that are no document, half of them of characters that JSON knows.
public func noise(using random: inout SeededRandom) -> [UInt8] {
    let tokens = Array("{}[]\",:\\u0d8-1eE.truefalsn \n".utf8)
    let isJSONLike = Bool.random(using: &random)
    return (0..<Int.random(in: 0...80, using: &random)).map { _ in
        isJSONLike ? tokens[Int.random(in: tokens.indices, using: &random)] : .random(in: 0...255, using: &random)
    }
}
