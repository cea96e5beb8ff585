import Deliberations
import Digest
import GreffierProtocol
import Register

@testable import Exporting

func day(_ text: String) -> CivilDate { CivilDate(jsonString: text) ?? CivilDate(daysSince1970: 0) }

/// An act of a fictional commune as its extract states it.
func sampleAct(
    facts change: (inout ActSummary) -> Void = { _ in }, extract changeExtract: (inout Extract) -> Void = { _ in }
) -> RegisteredAct {
    var deliberation = Deliberation(subject: "Subvention à l’harmonie municipale")
    deliberation.number = ActNumber("2026-014")
    deliberation.matterCode = "7.5"
    let digest = SHA256Digest(of: [])
    var extract = Extract(
        producedBy: Producer(program: "test", version: "1"),
        document: DocumentReference(
            id: digest, name: "a.txt", mediaType: "text/plain", text: ConvertedText(sha256: digest, bytes: 0)),
        kind: .extract, authority: Authority(name: "Valmont-sur-Brenne", kind: .commune, department: "21"),
        organ: .assembly, session: Session(date: day("2026-03-12")), attendance: Attendance(),
        deliberations: [deliberation])
    extract.session.membersInOffice = 19
    changeExtract(&extract)
    var facts = ActSummary(subject: deliberation.subject)
    facts.number = deliberation.number
    facts.for = 14
    facts.against = 2
    facts.abstentions = 1
    facts.receivedOn = day("2026-03-16")
    change(&facts)
    return RegisteredAct(
        id: ActID(1), authority: extract.authority, session: extract.session.date, facts: facts,
        document: DocumentID(digest), statement: RegisteredAct.Statement(extract: extract, position: 0))
}

func publisher() -> PublisherIdentity {
    var identity = PublisherIdentity()
    identity.siret = "21259999700005"
    identity.notifiesUnion = false
    return identity
}
