import Deliberations
import Testing

@testable import Validation

@Suite("Attendance at each item")
struct AttendanceTests {
    /// The community at `item`.
    private func attendance(_ item: Int, _ change: (inout FictionalDocument) -> Void = { _ in }) -> AttendanceAtItem {
        var document = Fictional.community()
        change(&document)
        let review = Review(document.extract, text: [], parameters: .default, today: .on("2025-03-20"))
        return AttendanceAtItem(
            review.sitting, position: item, vote: document.act.vote, proxiesAreKnown: true)
    }

    @Test(
        "Present, proxies that run, proxies that can be used, voices",
        arguments: [(1, 13, 3, 3, 14), (2, 13, 3, 3, 14), (3, 14, 4, 4, 16), (8, 14, 4, 4, 16), (9, 13, 4, 4, 15)])
    func table(item: Int, present: Int, active: Int, usable: Int, voices: Int) {
        let attendance = attendance(item)
        #expect(attendance.present.count == present)
        #expect(attendance.active.count == active)
        #expect(attendance.usable.count == usable)
        #expect(attendance.voices == voices)
        #expect(attendance.doubts == [])
    }

    @Test("The computation is written out")
    func computation() {
        #expect(attendance(6).computation == "14 présents + 4 pouvoirs − 2 intéressés = 16")
    }

    @Test("A departure one item later changes the voices exactly at that item", arguments: 1...11)
    func departure(through last: Int) {
        for item in 1...12 {
            let before = attendance(item) {
                $0.present(6) { $0.presence = [ItemRange(through: AgendaItem("\(last)"))] }
            }
            let after = attendance(item) {
                $0.present(6) { $0.presence = [ItemRange(through: AgendaItem("\(last + 1)"))] }
            }
            #expect(after.voices - before.voices == (item == last + 1 ? 1 : 0))
        }
    }

    @Test("Positions follow the order of passage, not the numbers")
    func orderOfPassage() {
        let attendance = attendance(2) { document in
            document.session.orderOfPassage = ["3", "9", "1", "2"]
            document.present(6) { $0.presence = [ItemRange(through: "9")] }
        }
        #expect(attendance.present.count == 14)
    }

    @Test("A presence told by the clock alone is a doubt, unless it is within the hours of the session")
    func clock() {
        let late = TimeOfDay(hour: 19, minute: 30)
        let opening = TimeOfDay(hour: 18, minute: 30)
        #expect(attendance(6) { $0.present(6) { $0.presence = [ItemRange(fromTime: late)] } }.doubts != [])
        #expect(attendance(6) { $0.present(6) { $0.presence = [ItemRange(fromTime: opening)] } }.doubts == [])
    }

    @Test("A proxy held by somebody who is gone cannot be used")
    func holderGone() {
        let attendance = attendance(9) { $0.proxy(1) { $0.holder.name = "Gisèle Genêt" } }
        #expect(attendance.active.count == 4)
        #expect(attendance.usable.count == 3)
    }

    @Test("A proxy whose giver and holder are both interested counts once")
    func bothInterested() {
        let attendance = attendance(6) { document in
            document.vote { $0.interested?.append(InterestedMember(person: Person(name: "Rose Romarin"))) }
        }
        #expect(attendance.excluded == 2)
    }

    @Test(
        "Items are ordered by their numbers",
        arguments: [("2", "10"), ("2", "2.1"), ("2.1", "2.2"), ("2", "2 bis"), ("2 bis", "3")])
    func items(lesser: String, greater: String) throws {
        let left = try #require(AgendaOrder.Key(AgendaItem(lesser)))
        let right = try #require(AgendaOrder.Key(AgendaItem(greater)))
        #expect(left < right)
    }
}
