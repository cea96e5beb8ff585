/// What `pdfimages -list` says: the images of a PDF, their points and how densely they stand.
struct ImageList {
    /// The pages, from 1, of which images cover a large part.
    let pagesMostlyImage: Set<Int>

    /// A third of an A4 page, in square inches. Scanners cut a page into a background and pieces of text; all count.
    private static let leastArea = 32.0

    /// Reads the list: a heading, a rule, and a line an image of which columns 1, 4, 5, 13 and 14 are its page, width,
    /// height and points to the inch.
    init(_ list: String) {
        var areas: [Int: Double] = [:]
        for line in list.split(separator: "\n").dropFirst(2) {
            let words = line.split(separator: " ")
            guard words.count >= 14, let page = Int(words[0]), let width = Double(words[3]),
                let height = Double(words[4]), let across = Double(words[12]), let down = Double(words[13]),
                across > 0, down > 0
            else { continue }
            areas[page, default: 0] += width / across * height / down
        }
        pagesMostlyImage = Set(areas.filter { $0.value >= Self.leastArea }.keys)
    }
}
