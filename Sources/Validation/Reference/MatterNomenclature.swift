/// The matters of the @CTES nomenclature, two levels, classification of 19/04/2017.
enum MatterNomenclature {
    /// How many matters each of the nine chapters has.
    private static let mattersByChapter = [7, 3, 6, 5, 8, 5, 10, 9, 4]

    /// Whether `code` ("7.5", "7.5.1", "7.5 Subventions") begins with a matter of the nomenclature.
    static func contains(_ code: String) -> Bool {
        let numbers = code.utf8.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
            .split(separator: UInt8(ascii: "."))
            .map { $0.reduce(0) { min(1_000, $0 * 10 + Int($1 - 0x30)) } }
        guard let chapter = numbers.first, (1...mattersByChapter.count).contains(chapter) else { return false }
        return numbers.count == 1 || (1...mattersByChapter[chapter - 1]).contains(numbers[1])
    }
}
