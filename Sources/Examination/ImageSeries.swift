import Conversion

/// Images that are the pages of one document: a scanner, or a telephone, makes a file of each page.
///
/// Files are pages of one series when they stand one after the other and their names differ in digits only. A page that is a
/// deliberation by itself begins a document; the others go on with the one before.
struct ImageSeries {
    /// `parts` with the pages of each document in one part.
    static func joined(
        _ parts: [ConvertedDocument.Part], isDeliberation: (ConvertedDocument) -> Bool
    ) -> [ConvertedDocument.Part] {
        var joined: [ConvertedDocument.Part] = []
        var rest = parts[...]
        while let first = rest.first {
            let series = rest.prefix { isPage($0, like: first) }
            rest = rest.dropFirst(max(series.count, 1))
            joined += series.count > 1 ? documents(in: Array(series), isDeliberation) : [first]
        }
        return joined
    }

    private static func isPage(_ part: ConvertedDocument.Part, like first: ConvertedDocument.Part) -> Bool {
        part.document.format.isImage && part.document.format == first.document.format
            && withoutDigits(part.name) == withoutDigits(first.name)
    }

    private static func withoutDigits(_ name: String) -> [UInt8] {
        name.utf8.filter { !(0x30...0x39).contains($0) }
    }

    private static func documents(
        in pages: [ConvertedDocument.Part], _ isDeliberation: (ConvertedDocument) -> Bool
    ) -> [ConvertedDocument.Part] {
        var documents: [[ConvertedDocument.Part]] = []
        var hasBegun = false
        for page in pages {
            let begins = isDeliberation(page.document)
            if documents.isEmpty || begins && hasBegun {
                documents.append([page])
            } else {
                documents[documents.count - 1].append(page)
            }
            hasBegun = hasBegun || begins
        }
        return documents.map { pages in
            pages.count == 1
                ? pages[0]
                : .init(
                    name: pages[0].name, document: ConvertedDocument(joining: pages, format: pages[0].document.format))
        }
    }
}
