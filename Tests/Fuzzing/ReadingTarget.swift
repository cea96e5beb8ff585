import Deliberations
import Examination

@testable import Conversion

/// What libFuzzer calls with each input, as if it had been pushed: the whole way from bytes to the Extract and its JSON,
/// on a host without tools, and then the readers of what the tools write.
@_cdecl("LLVMFuzzerTestOneInput")
public func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    if let reading = try? reader.read(bytes, name: "document") { check(reading) }
    readToolOutput(bytes)
    return 0
}

private let reader = DocumentReader(
    producedBy: Producer(program: "fuzz", version: "0"),
    converter: Converter(tools: ToolRunner(ProgramFolders([]), isolation: .none)))

/// What holds for every Extract, however strange its document.
private func check(_ reading: DocumentReader.Reading) {
    let text = reading.text
    precondition(String(validating: text, as: UTF8.self) != nil, "the converted text is not UTF-8")
    for citation in reading.extract.provenance.citations {
        let range = citation.range
        precondition(0 <= range.start && range.start <= range.end && range.end <= text.count, "\(citation)")
        precondition(isBoundary(range.start, in: text) && isBoundary(range.end, in: text), "cuts a letter: \(citation)")
    }
    let again = try? Extract(json: reading.extract.jsonBytes())
    precondition(again == reading.extract, "the Extract is another one after its JSON")
}

private func isBoundary(_ offset: Int, in text: [UInt8]) -> Bool {
    offset == text.count || text[offset] & 0xC0 != 0x80
}

private func readToolOutput(_ bytes: [UInt8]) {
    for file in TarStream(bytes) { precondition(file.content.count <= bytes.count) }
    for format in [DocumentFormat.png, .jpeg, .tiff] { _ = ImageHeader.size(of: bytes, format) }
    _ = ImageList(String(decoding: bytes, as: UTF8.self))
    let pages = bytes.split(separator: TextControls.formFeed, omittingEmptySubsequences: false).map(Array.init)
    for page in TextLayer(pages: pages).sparsePages { precondition(pages.indices.contains(page)) }
}
