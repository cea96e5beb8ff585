import Deliberations
import Digest

@testable import Extraction

/// What the readers of annexes make of a document written for a test.
struct AnnexReading {
    let extract: Extract
    let text: [UInt8]

    /// Reads a document of an act, a convention and annexes, with its session on 14 May 2024 unless told.
    init(act: String = "", convention: String? = nil, annexes: [String] = [], session: String = "2024-05-14") {
        let parts = [act, convention ?? ""] + annexes
        text = Array(parts.filter { !$0.isEmpty }.joined(separator: "\n\n").utf8)
        let normalized = NormalizedText(text)
        let segments = Self.segments(normalized, act, convention, annexes)
        let digest = SHA256Digest(of: text)
        let document = DocumentReference(
            id: digest, name: "essai.txt", mediaType: "text/plain",
            text: ConvertedText(sha256: digest, bytes: text.count))
        let date = CivilDate(jsonString: session) ?? CivilDate(daysSince1970: 0)
        let extract = Extract(
            producedBy: Producer(program: "test", version: "1"), document: document, kind: .extract,
            authority: Authority(name: "Valmoreau", kind: .commune), organ: .assembly, session: Session(date: date),
            attendance: Attendance(), deliberations: [Deliberation(subject: "Essai")])
        var builder = ExtractBuilder(extract: extract, text: normalized)
        AnnexFacts.read(segments, into: &builder)
        self.extract = builder.extract
    }

    /// The parts where they lie in the folded text, found by their lengths after folding.
    private static func segments(
        _ text: NormalizedText, _ act: String, _ convention: String?, _ annexes: [String]
    ) -> Segments {
        let lengths = [act, convention ?? ""].map { Array($0.utf8).count } + annexes.map { Array($0.utf8).count }
        var segments = Segments(act: 0..<0, annexes: [])
        var offset = 0
        for index in lengths.indices where lengths[index] > 0 {
            let lower = position(of: offset, in: text)
            let upper = position(of: offset + lengths[index], in: text)
            switch index {
            case 0: segments.act = lower..<upper
            case 1: segments.annexes.append(.init(kind: .convention, range: lower..<upper))
            default: segments.annexes.append(.init(kind: .annex, range: lower..<upper))
            }
            offset += lengths[index] + 2
        }
        return segments
    }

    private static func position(of offset: Int, in text: NormalizedText) -> Int {
        text.origin.dropLast().firstIndex { Int($0) >= offset } ?? text.count
    }

    /// The bytes cited for the fact at `pointer`.
    func quote(_ pointer: String) -> String? {
        extract.provenance[pointer].map { String(decoding: text[$0.start..<$0.end], as: UTF8.self) }
    }

    func quote(_ range: TextRange) -> String { String(decoding: text[range.start..<range.end], as: UTF8.self) }
}

func day(_ text: String) -> CivilDate { CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0) }
