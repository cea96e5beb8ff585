import Deadlines
import Deliberations
import Testing
import Validation

@testable import Examination

@Suite("What the configuration says of an authority")
struct AuthorityFactsTests {
    @Test("Deadlines know it as the rules do: population, department, added holidays and the usual zone")
    func facts() throws {
        let rules = try RuleSettings(
            off: [], severities: [], authorities: ["Commune de Fictiville: department=67, population=900"])
        let day = CivilDate(daysSince1970: 20_882)
        let examiner = Examiner(
            producedBy: Producer(program: "test", version: "0"), rules: rules,
            calendar: WorkingCalendar(
                zone: .laReunion, addedHolidays: [day: "deuil national"], otherDaysOff: [day + 1]))
        let known = examiner.facts(of: Authority(name: "Commune de Fictiville", kind: .commune))
        #expect(
            known
                == AuthorityFacts(
                    usualZone: .laReunion, department: "67", addedHolidays: [day: "deuil national"], population: 900))
        let other = examiner.facts(of: Authority(name: "Commune de Brume", kind: .commune))
        #expect(other == AuthorityFacts(usualZone: .laReunion, addedHolidays: [day: "deuil national"]))
    }
}
