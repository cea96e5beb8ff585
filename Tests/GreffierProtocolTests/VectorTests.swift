import CodecTestSupport
import Foundation
import GreffierProtocol
import JSONCodec
import Testing

/// Takes a message apart as its receiver does, and puts it together again.
private func taken(_ vector: Vector, to receiver: String?) throws(ProtocolError) -> [[UInt8]] {
    let head = Array(vector.bytes.prefix(3))
    let payload = max(0, vector.bytes.count - 3)
    return if receiver == "broker" {
        try MessageToBroker(frames: head, payloadCount: payload).frames
    } else {
        try MessageFromBroker(frames: head, payloadCount: payload).frames
    }
}

@Suite("The golden vectors")
struct VectorTests {
    @Test("A valid message is read, and written in exactly the same bytes", arguments: try VectorFile.all(in: "valid"))
    func valid(_ file: VectorFile) throws {
        #expect(!file.cases.isEmpty)
        for vector in file.cases {
            #expect(try taken(vector, to: file.to) == Array(vector.bytes.prefix(3)), "\(vector.name)")
            #expect(vector.bytes[1] == Array((file.verb ?? "").utf8))
        }
    }

    @Test("A document in a vector is the one that its id names")
    func documents() throws {
        for file in try VectorFile.all(in: "valid") where file.verb == "SUBMIT" {
            for vector in file.cases {
                let header = try Submit(json: vector.bytes[2])
                #expect(header.id == DocumentID(of: vector.bytes[3]))
                #expect(header.size == vector.bytes[3].count)
            }
        }
    }

    @Test("The header that a vector shows is the one in its frames", arguments: HeaderKind.all)
    func headers(_ kind: HeaderKind) throws {
        func check<Header: TwiceCodable>(_ type: Header.Type) throws {
            let shown = try VectorFile.headers(of: kind.schema).map { try JSONDecoder().decode(type, from: Data($0)) }
            let files = try VectorFile.all(in: "valid").filter { $0.schema == kind.schema }
            #expect(try files.flatMap(\.cases).map { try Header(json: $0.bytes[2]) } == shown)
            var coverage = MemberCoverage()
            for header in shown { coverage.see(header) }
            #expect(!shown.isEmpty && coverage.unset.isEmpty, "no vector sets \(coverage.unset)")
            let minimal = shown.contains { header in
                var stripped = header
                var stripper = MemberStripper()
                stripped.visitMembers(&stripper)
                return stripped == header
            }
            #expect(minimal, "no vector has only what it must have")
        }
        try check(kind.type)
    }

    @Test(
        "A span out of its range is read as the nearest one",
        arguments: try VectorFile.all(in: "clamped").flatMap(\.cases))
    func clamped(_ vector: Vector) throws {
        let header = try taken(vector, to: vector.to)[2]
        #expect(String(decoding: header, as: UTF8.self) == vector.reads)
        #expect(header != vector.bytes[2])
    }

    @Test("Every verb has a vector in its direction")
    func verbs() throws {
        let files = try VectorFile.all(in: "valid")
        func verbs(to receiver: String) -> [String] { files.filter { $0.to == receiver }.compactMap(\.verb).sorted() }
        #expect(verbs(to: "broker") == VerbToBroker.allCases.map(\.rawValue).sorted())
        #expect(verbs(to: "peer") == VerbFromBroker.allCases.map(\.rawValue).sorted())
    }

    @Test(
        "A message that is none is refused under its code",
        arguments: try VectorFile.all(in: "invalid").flatMap(\.cases))
    func invalid(_ vector: Vector) throws {
        let error = #expect(throws: ProtocolError.self) { try taken(vector, to: vector.to) }
        #expect(error?.refusalCode.rawValue == vector.code, "\(vector.name)")
        #expect("\(try #require(error))".utf8.count < 500)
    }

    @Test("Frames of any bytes never stop the program")
    func frames() throws {
        var random = SeededRandom(21)
        let vectors = try VectorFile.all(in: "valid").flatMap(\.cases)
        for index in 0..<4_000 {
            var frames = vectors[index % vectors.count].bytes
            let victim = Int.random(in: frames.indices, using: &random)
            frames[victim] = random.once(in: 2) ? noise(using: &random) : mutated(frames[victim], using: &random)
            if random.once(in: 5) { frames.remove(at: Int.random(in: frames.indices, using: &random)) }
            let (head, payload) = (Array(frames.prefix(3)), max(0, frames.count - 3))
            if let message = try? MessageToBroker(frames: head, payloadCount: payload) {
                #expect(try MessageToBroker(frames: message.frames, payloadCount: payload) == message)
            }
            if let message = try? MessageFromBroker(frames: head, payloadCount: payload) {
                #expect(try MessageFromBroker(frames: message.frames, payloadCount: payload) == message)
            }
        }
    }
}
