import Foundation

/// A customer's own templates.
enum TemplateFolder {
    /// The largest template read, in bytes.
    static let sizeLimit = 256 * 1024

    /// The `*.mustache` files of `folder`; other files are left alone.
    static func read(_ folder: String) throws(MailError) -> [TemplateSource] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .invalidTemplate(file: folder, line: nil, reason: "the folder cannot be read; check that it exists")
        }
        var sources: [TemplateSource] = []
        for name in names.sorted() where name.hasSuffix(".mustache") {
            sources.append(try read(path: "\(folder)/\(name)", name: String(name.dropLast(".mustache".count))))
        }
        return sources
    }

    private static func read(path: String, name: String) throws(MailError) -> TemplateSource {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .invalidTemplate(file: path, line: nil, reason: "the file cannot be read; check its permissions")
        }
        guard data.count <= sizeLimit else {
            throw .invalidTemplate(file: path, line: nil, reason: "it is longer than \(sizeLimit) bytes")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .invalidTemplate(file: path, line: nil, reason: "it is not UTF-8; save it as UTF-8")
        }
        return TemplateSource(name: name, fileName: path, text: text)
    }
}
