import Deliberations

/// Laws, ordinances and decrees that deliberations often quote, with the day of each, as deliberations
/// and public pages cite them; a day that is none of these is not looked at.
enum KnownTexts {
    private static let days: [String: String] = [
        "51-711": "1951-06-07", "78-17": "1978-01-06", "78-753": "1978-07-17", "82-213": "1982-03-02",
        "83-634": "1983-07-13", "84-53": "1984-01-26", "85-603": "1985-06-10", "85-643": "1985-06-26",
        "86-442": "1986-03-14", "88-145": "1988-02-15", "91-298": "1991-03-20", "92-125": "1992-02-06",
        "96-142": "1996-02-21", "99-586": "1999-07-12", "2000-321": "2000-04-12", "2000-1208": "2000-12-13",
        "2001-495": "2001-06-06", "2002-276": "2002-02-27", "2004-809": "2004-08-13", "2005-102": "2005-02-11",
        "2006-781": "2006-07-03", "2007-209": "2007-02-19", "2009-540": "2009-05-14", "2009-967": "2009-08-03",
        "2010-788": "2010-07-12", "2010-1563": "2010-12-16", "2012-347": "2012-03-12", "2012-1246": "2012-11-07",
        "2013-907": "2013-10-11", "2014-58": "2014-01-27", "2014-366": "2014-03-24", "2014-513": "2014-05-20",
        "2014-856": "2014-07-31", "2015-899": "2015-07-23", "2015-990": "2015-08-06", "2015-991": "2015-08-07",
        "2015-992": "2015-08-17", "2016-360": "2016-03-25", "2016-483": "2016-04-20", "2016-1087": "2016-08-08",
        "2017-86": "2017-01-27", "2017-779": "2017-05-05", "2018-1021": "2018-11-23", "2018-1074": "2018-11-26",
        "2019-828": "2019-08-06", "2019-1461": "2019-12-27", "2020-290": "2020-03-23", "2020-391": "2020-04-01",
        "2020-760": "2020-06-22", "2020-1379": "2020-11-14", "2021-689": "2021-05-31", "2021-875": "2021-07-01",
        "2021-1104": "2021-08-22", "2021-1109": "2021-08-24", "2021-1310": "2021-10-07", "2021-1311": "2021-10-07",
        "2021-1465": "2021-11-10", "2021-1947": "2021-12-31", "2022-217": "2022-02-21", "2022-581": "2022-04-20",
        "2023-175": "2023-03-10", "2025-1249": "2025-12-22",
    ]

    private static let months: [StaticString] = [
        "JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN", "JUILLET", "AOUT", "SEPTEMBRE", "OCTOBRE", "NOVEMBRE",
        "DECEMBRE",
    ]

    /// A text as it is quoted: "loi n° 2000-321 du 12 avril 2000".
    struct Quotation {
        /// "2000-321".
        var number: String
        /// The year at the head of the number.
        var year: Int
        /// The day printed after it.
        var day: CivilDate?

        /// Nil if there is no number of this form.
        init?(_ text: String) {
            let words = FoldedName(text).words.map { Array($0) }
            guard
                let head = words.indices.first(where: { index in
                    Self.number(words[index], 2...4) != nil && index + 1 < words.count
                        && Self.number(words[index + 1], 1...4) != nil
                }), words[head].count != 3, let first = Self.number(words[head], 2...4)
            else { return nil }
            number =
                String(decoding: words[head], as: UTF8.self) + "-" + String(decoding: words[head + 1], as: UTF8.self)
            year = words[head].count == 2 ? 1_900 + first : first
            day = Self.day(words[(head + 2)...])
        }

        private static func number(_ word: [UInt8], _ length: ClosedRange<Int>) -> Int? {
            guard length.contains(word.count), word.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        /// "DU 12 AVRIL 2000", "DU 1ER JUILLET 2021", "DU 03 08 2009".
        private static func day(_ words: ArraySlice<[UInt8]>) -> CivilDate? {
            let words = Array(words.prefix(4))
            guard words.count == 4, words[0].elementsEqual("DU".utf8),
                let day = words[1].elementsEqual("1ER".utf8) ? 1 : number(words[1], 1...2),
                let year = number(words[3], 4...4)
            else { return nil }
            let month = months.firstIndex { LatinFolding.contains(words[2], $0) }.map { $0 + 1 }
            return CivilDate(year: year, month: month ?? number(words[2], 1...2) ?? 0, day: day)
        }
    }

    /// The day of the text `number`, if it is known.
    static func day(of number: String) -> CivilDate? { days[number].flatMap { CivilDate(jsonString: $0) } }
}
