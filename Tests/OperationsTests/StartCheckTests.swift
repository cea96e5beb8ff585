import Foundation
import Testing

@testable import Operations

@Suite("What a program finds wrong with its host when it starts")
struct StartCheckTests {
    private struct Unreadable: Error {}

    private func check(keeping bytes: String = "1 MiB") throws -> StartCheck {
        var settings = Settings()
        settings.read(environment: [
            "GREFFIER_DATA": FileManager.default.temporaryDirectory.path, "GREFFIER_LIMITS_FREEDISK": bytes,
        ])
        return StartCheck(try Configuration(settings), try WallClock("2026-03-24T09:00", place: "--now"))
    }

    @Test("Nothing, on a host where all is well")
    func sound() throws {
        let latest = try WallClock("2026-03-24T08:59", place: "--now").now()
        #expect(try check().problems { .init(latest: latest) } == [])
    }

    @Test("Too little disk, a clock that is behind, damages and what cannot be read, each with its cure")
    func problems() throws {
        #expect(try check(keeping: "900 TiB").problems().count == 1)
        let latest = try WallClock("2026-03-25", place: "--now").now()
        #expect(try check().problems { .init(latest: latest) }.first?.contains("timedatectl") == true)
        #expect(
            try check().problems { .init(damages: ["page 3"]) } == [
                "page 3: stop the program, keep a copy, restore a backup"
            ])
        #expect(try check().problems { throw Unreadable() }.count == 1)
    }
}
