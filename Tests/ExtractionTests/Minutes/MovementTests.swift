import Deliberations
import Testing

@testable import Extraction

@Suite("Arrivals and departures told in minutes")
struct MovementTests {
    private func presence(_ sentence: String) throws -> [String: [ItemRange]] {
        let text =
            SampleMinutes.head + """
                1 - Vente d'un terrain
                Adopté à l'unanimité.

                \(sentence)

                2 - Achat d'un camion
                Adopté à l'unanimité.
                """
        let present = try #require(try Sample.extract(text).attendance.present)
        return Dictionary(
            uniqueKeysWithValues: present.lazy.filter { !$0.presence.isEmpty }.map { ($0.name, $0.presence) })
    }

    @Test(
        "A movement with an hour or an item changes the member's presence",
        arguments: [
            (
                "M. CAR arrive à 19h12 et prend part au vote à partir du point n° 3.", "Bob CAR",
                ItemRange(from: "3", fromTime: time(19, 12))
            ),
            ("(Arrivée de Mme Ort à 19 heures 25.)", "Lia ORT", ItemRange(fromTime: time(19, 25))),
            ("Départ de M. Gil HAY à 21 h 10.", "Gil HAY", ItemRange(untilTime: time(21, 10))),
            ("Mme Eva FAY quitte la séance à 22h00.", "Eva FAY", ItemRange(untilTime: time(22, 0))),
        ])
    func movements(sentence: String, name: String, range: ItemRange) throws {
        #expect(try presence(sentence) == [name: [range]])
    }

    @Test(
        "Other arrivals and departures change nothing",
        arguments: [
            "Le contrat de M. CAR arrive à échéance le 24 mars.", "Mme Zoé LIN arrive à 19h12.",
            "M. CAR quitte la salle pour le vote.", "L'arrivée de M. CAR est attendue.",
        ])
    func others(sentence: String) throws {
        #expect(try presence(sentence).isEmpty)
    }
}

private func time(_ hour: Int, _ minute: Int) -> TimeOfDay? { TimeOfDay(hour: hour, minute: minute) }
