/// Word-processor documents written for a test.
enum SampleOffice {
    /// A DOCX of these paragraphs and one table.
    static func docx(paragraphs: [String], table: [[String]]) -> [UInt8] {
        let space = "http://schemas.openxmlformats.org/"
        let text = paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
        let rows = table.map { row in
            "<w:tr>" + row.map { "<w:tc><w:p><w:r><w:t>\($0)</w:t></w:r></w:p></w:tc>" }.joined() + "</w:tr>"
        }
        let columns = String(repeating: "<w:gridCol w:w=\"100\"/>", count: table.first?.count ?? 0)
        let document =
            "<w:document xmlns:w=\"\(space)wordprocessingml/2006/main\"><w:body>\(text)"
            + "<w:tbl><w:tblPr/><w:tblGrid>\(columns)</w:tblGrid>\(rows.joined())</w:tbl></w:body></w:document>"
        let types =
            "<Types xmlns=\"\(space)package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
            + "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
        let relations =
            "<Relationships xmlns=\"\(space)package/2006/relationships\"><Relationship Id=\"r1\" "
            + "Type=\"\(space)officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        return SampleZIP([
            ("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document),
        ]).bytes
    }

    /// An ODT of these paragraphs.
    static func odt(paragraphs: [String], isEncrypted: Bool = false) -> [UInt8] {
        let space = "urn:oasis:names:tc:opendocument:xmlns:"
        let text = paragraphs.map { "<text:p>\($0)</text:p>" }.joined()
        let content =
            "<office:document-content xmlns:office=\"\(space)office:1.0\" xmlns:text=\"\(space)text:1.0\">"
            + "<office:body><office:text>\(text)</office:text></office:body></office:document-content>"
        let manifest =
            "<manifest:manifest xmlns:manifest=\"\(space)manifest:1.0\"><manifest:file-entry "
            + "manifest:full-path=\"content.xml\">\(isEncrypted ? "<manifest:encryption-data/>" : "")"
            + "</manifest:file-entry></manifest:manifest>"
        return SampleZIP([
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            (
                "styles.xml",
                "<office:document-styles xmlns:office=\"\(space)office:1.0\"><office:styles/></office:document-styles>"
            ),
            ("content.xml", isEncrypted ? "\u{02}\u{15}chiffré" : content), ("META-INF/manifest.xml", manifest),
        ]).bytes
    }
}
