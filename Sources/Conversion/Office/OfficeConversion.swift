/// A DOCX or ODT: pandoc writes it as HTML, whose tables are then written in columns like those of any page.
struct OfficeConversion {
    let tools: ToolRunner
    let format: DocumentFormat

    func convert(_ bytes: [UInt8], _ budget: Budget) throws(ConversionError) -> ConvertedDocument {
        let folder = try PrivateFolder()
        try folder.write(bytes, to: ToolRunner.documentName)
        let reader = format == .odt ? "odt" : "docx"
        let run = ToolRunner.Run(
            tool: .pandoc,
            arguments: { seen in
                ["--sandbox", "-f", reader, "-t", "html", "--wrap=none", "\(seen)/\(ToolRunner.documentName)"]
            },
            outputLimit: budget.limits.textBytes, onTooMuch: .tooMuchText(limit: budget.limits.textBytes))
        let result = try tools.run(run, on: folder, budget)
        guard result.status == 0 else {
            if try isEncrypted(bytes, folder, budget) { throw .encrypted(format) }
            throw .damaged(format, reason: result.messages)
        }
        let text = try TextDecoder.made(PageText.text(ofPage: result.output, limit: budget.limits.textBytes))
        return ConvertedDocument(utf8: text.utf8, format: format, warnings: text.warnings, hasFormFeeds: false)
    }

    /// Whether the list of an ODT's parts says how they are encrypted (OpenDocument 1.2, part 3, section 3.4). An encrypted
    /// DOCX is no ZIP archive but a container of legacy Office.
    private func isEncrypted(
        _ bytes: [UInt8], _ folder: borrowing PrivateFolder, _ budget: Budget
    ) throws(ConversionError) -> Bool {
        guard format == .odt else { return false }
        let run = ToolRunner.Run(
            tool: .bsdtar,
            arguments: { ["-xOf", "\($0)/\(ToolRunner.documentName)", "META-INF/manifest.xml"] },
            outputLimit: 1 << 20, onTooMuch: .tooMuchText(limit: 1 << 20))
        return try tools.run(run, on: folder, budget).output.contains(sequence: "encryption-data")
    }
}
