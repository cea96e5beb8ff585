/// A Word document before 2007 (antiword).
struct LegacyWordConversion {
    let tools: ToolRunner

    func convert(_ bytes: [UInt8], _ budget: Budget) throws(ConversionError) -> ConvertedDocument {
        // Office puts what it encrypts, DOCX too, into such a container under this name (MS-OFFCRYPTO, section 2.3.4.4).
        if Self.holds("EncryptedPackage", bytes) { throw .encrypted(.docx) }
        if Self.holds("Workbook", bytes), !Self.holds("WordDocument", bytes) { throw .unsupportedFormat(.spreadsheet) }
        let folder = try PrivateFolder()
        try folder.write(bytes, to: ToolRunner.documentName)
        let run = ToolRunner.Run(
            tool: .antiword,
            // A width of 0 ends lines at the ends of paragraphs only.
            arguments: { ["-m", "UTF-8.txt", "-w", "0", "\($0)/\(ToolRunner.documentName)"] },
            outputLimit: budget.limits.textBytes, onTooMuch: .tooMuchText(limit: budget.limits.textBytes))
        let result = try tools.run(run, on: folder, budget)
        guard result.status == 0 else {
            if result.messages.lowercased().contains("encrypt") { throw .encrypted(.legacyOffice) }
            throw .damaged(.legacyOffice, reason: result.messages)
        }
        let text = try TextDecoder.made(result.output)
        return ConvertedDocument(
            utf8: text.utf8, format: .legacyOffice, warnings: text.warnings, hasFormFeeds: false)
    }

    /// Whether the container has a stream of this name: names are in UTF-16.
    private static func holds(_ name: String, _ bytes: [UInt8]) -> Bool {
        bytes.contains(sequence: name.map { "\($0)\0" }.joined())
    }
}
