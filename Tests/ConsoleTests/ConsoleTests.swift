import Console
import Testing

@Suite("What people see on a terminal")
struct ConsoleTests {
    @Test("Columns are as wide as their widest cell and numbers stand to the right")
    func table() {
        var table = Table([("NAME", .left), ("COUNT", .right)])
        table.add(["é", "7"])
        table.add(["longer", "1234567"])
        #expect(table.text == "NAME      COUNT\né             7\nlonger  1234567")
    }

    @Test("Bytes", arguments: [(0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (64 << 20, "64.0 MiB")])
    func bytes(count: Int, text: String) {
        #expect(Units.bytes(count) == text)
    }

    @Test("Durations", arguments: [(850, "850 ms"), (12_400, "12 s"), (240_000, "4 min"), (7_200_000, "2 h")])
    func durations(milliseconds: Int, text: String) {
        #expect(Units.duration(milliseconds: milliseconds) == text)
    }

    @Test(
        "Instants",
        arguments: [(0, "1970-01-01 00:00:00Z"), (1_745_388_000, "2025-04-23 06:00:00Z"), (-1, "1969-12-31 23:59:59Z")])
    func instants(seconds: Int, text: String) {
        #expect(Units.instant(seconds) == text)
    }
}
