import Deliberations
import Digest
import Validation

/// A fictional act that tests change in one place: its facts, and the words from which its text is written.
struct FictionalDocument {
    var extract: Extract
    var parameters = ValidationParameters()
    var today = CivilDate(year: 2025, month: 3, day: 20)
    /// Dates that the body mentions.
    var dates: [DateMention] = []
    /// Amounts that the body mentions, line by line; those of a line stand in brackets one after the other.
    var amountLines: [[AmountMention]] = []
    /// The words of the convention's articles.
    var articles: [String] = []
    /// Amounts that the first article names as the grant.
    var articleAmounts: [AmountMention] = []
    /// References that the first article makes.
    var references: [ReferenceMention] = []
    /// The lines under "Fait à" at the end of the convention.
    var signatureBlock: [String] = []
    /// Percentages printed in rows of the first table, in hundredths of a percent.
    var rowPercentages: [Int: Int] = [:]
    /// What the convention leaves blank.
    var blanks: [String] = []
    /// Sentences of the body.
    var sentences: [String] = []
    /// A name that stands in the list of present members and that the reader missed.
    var missedMember: String?

    /// What the validator says of the document once it is written.
    func validate() -> ValidationOutcome {
        let written = FictionalText(self)
        let day = today ?? CivilDate(daysSince1970: 0)
        return Validator(parameters: parameters).validate(written.extract, text: written.text, today: day)
    }
}

/// The text of a fictional document, with a citation for each fact.
struct FictionalText {
    private(set) var text = ""
    private(set) var extract: Extract

    init(_ document: FictionalDocument) {
        extract = document.extract
        extract.provenance = Provenance()
        extract.mentions = Mentions()
        writeSession()
        writeMembers(document.missedMember)
        writeAct()
        writeBody(document)
        writeConvention(document)
        writeTables(document.rowPercentages)
        let bytes = Array(text.utf8)
        extract.document.text = ConvertedText(sha256: SHA256Digest(of: bytes), bytes: bytes.count)
    }

    @discardableResult
    private mutating func write(_ words: String, _ pointer: String? = nil) -> TextRange {
        let start = text.utf8.count
        text += words
        let range = TextRange(start, text.utf8.count)
        if let pointer { extract.provenance.cite(pointer, range) }
        return range
    }

    private mutating func writeSession() {
        let session = extract.session
        write(extract.authority.name, "/authority/name")
        write("\nSIREN \(extract.authority.siren ?? "")", "/authority/siren")
        write("\nSéance du \(session.date)", "/session/date")
        if let day = session.convokedOn { write(", convocation du \(day)", "/session/convokedOn") }
        if let day = session.publishedOn { write(", publié le \(day)", "/session/publishedOn") }
        if let count = session.membersInOffice { write("\nEn exercice \(count)", "/session/membersInOffice") }
        if let count = session.stated.present {
            write("\nPrésents \(count), quorum atteint", "/session/stated/present")
        }
        if let count = session.stated.represented { write("\nPouvoirs \(count)", "/session/stated/represented") }
        if let count = session.stated.voters { write("\nVotants \(count)", "/session/stated/voters") }
        if let person = session.president { write("\nPrésidence de \(person.name)", "/session/president") }
        if let person = session.secretary { write("\nSecrétaire \(person.name)", "/session/secretary") }
        write("\n")
    }

    private mutating func writeMembers(_ missed: String?) {
        for (list, members) in [("present", extract.attendance.present), ("absent", extract.attendance.absent)] {
            write(list == "present" ? "Étaient présents : " : "\nÉtaient absents : ")
            for (index, member) in (members ?? []).enumerated() {
                if let locality = member.locality { write("\(locality) : ") }
                write("\(member.civility ?? "") ")
                write(member.name, "/attendance/\(list)/\(index)")
                write(", ")
            }
            if list == "present", let missed { write(missed) }
        }
        write("\nPouvoirs : ")
        for (index, proxy) in (extract.attendance.proxies ?? []).enumerated() {
            write("\(proxy.giver.name) à \(proxy.holder.name)", "/attendance/proxies/\(index)")
            write(", ")
        }
        write("\n")
    }

    private mutating func writeAct() {
        for (index, act) in extract.deliberations.enumerated() {
            let base = "/deliberations/\(index)"
            write("Délibération n° \(act.number?.text ?? "")", "\(base)/number")
            write("\nRapport \(act.item?.text ?? "")", "\(base)/item")
            write("\n\(act.subject)", "\(base)/subject")
            write("\nVote : \(act.vote?.for ?? 0) pour", "\(base)/vote/for")
            write("\nIntéressés : \(act.vote?.interestedCount ?? 0)", "\(base)/vote/interestedCount")
            write("\nMontant prévu", "\(base)/budget/planned")
            write(", opération", "\(base)/budget/operation")
            for grant in (act.grants ?? []).indices { write("\nsubvention", "\(base)/grants/\(grant)") }
            write("\nIdentifiant \(act.act?.prefectureID ?? "")", "\(base)/act/prefectureID")
            write("\nRecours, \(act.appeal?.court ?? "")", "\(base)/appeal")
            write("\nSignatures", "\(base)/signatories/0")
            write("\n")
        }
    }

    private mutating func writeBody(_ document: FictionalDocument) {
        for sentence in document.sentences { write(sentence + "\n") }
        for mention in document.dates {
            var mention = mention
            mention.range = write(mention.text)
            extract.mentions.dates.append(mention)
            write("\n")
        }
        for line in document.amountLines {
            for (index, amount) in line.enumerated() {
                if index > 0 { write(" (") }
                var amount = amount
                amount.range = write(amount.text)
                extract.mentions.amounts.append(amount)
                if index > 0 { write(")") }
            }
            write("\n")
        }
    }

    private mutating func writeConvention(_ document: FictionalDocument) {
        guard extract.conventions?.isEmpty == false else { return }
        for (number, words) in document.articles.enumerated() {
            let start = text.utf8.count
            write("Article \(number + 1) - Objet\n\(words)")
            for amount in number == 0 ? document.articleAmounts : [] {
                write(" subvention de ")
                var amount = amount
                amount.range = write(amount.text)
                extract.mentions.amounts.append(amount)
            }
            for reference in number == 0 ? document.references : [] {
                write(", voir ")
                var reference = reference
                reference.range = write(reference.text)
                extract.mentions.references.append(reference)
            }
            let range = TextRange(start, text.utf8.count)
            extract.conventions?[0].articles.append(.init(number: "\(number + 1)", title: "Objet", range: range))
            write("\n")
        }
        if !document.signatureBlock.isEmpty { write("Fait à Aubrelle\n") }
        for line in document.signatureBlock { write(line + "\n") }
        for blank in document.blanks {
            let range = write(blank)
            extract.conventions?[0].blanks.append(range)
            write("\n")
        }
        for index in (extract.obligations ?? []).indices { write("obligation\n", "/obligations/\(index)") }
    }

    private mutating func writeTables(_ percentages: [Int: Int]) {
        for (table, content) in (extract.budgetTables ?? []).enumerated() {
            for (index, row) in content.rows.enumerated() {
                write("\(row.label)\t\(row.amount.cents / 100)", "/budgetTables/\(table)/rows/\(index)")
                if table == 0, let value = percentages[index] { writePercentage(value) }
                write("\n")
            }
        }
    }

    private mutating func writePercentage(_ value: Int) {
        write("\t")
        let words = "\(value / 100),\(value % 100) %"
        let range = write(words)
        extract.mentions.percentages.append(PercentageMention(text: words, value: value, range: range))
    }
}
