import Foundation
import Testing

@testable import Mail

@Suite("Mails on a phone")
struct RenderingTests {
    static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static func mails() throws -> [(name: String, html: String)] {
        let templates = try Templates()
        var long = try ReminderView.sample
        long.deadline.what = String(repeating: "intercommunalité", count: 12)
        long.act.document = String(repeating: "extrait_du_registre_", count: 9) + ".pdf"
        return [
            ("new-act", try templates.content(NewActView.sample).html),
            ("session", try templates.content(NewActView.sessionSample).html),
            ("reminder", try templates.content(ReminderView.sample).html), ("long", templates.content(long).html),
            ("reminders", try templates.content(RemindersView.sample).html),
            ("answer", try templates.content(AnswerView.sample).html),
            ("changes", try templates.content(ChangesView.sample).html),
            ("digest", try templates.content(DigestView.sample).html),
            ("watch", try templates.content(WatchView.sample).html),
            ("alarm", templates.content(AlarmView.sample).html),
        ]
    }

    /// Says in the page's title how wide it would like to be, in a frame as wide as a phone: the browser's own window does not
    /// become so narrow.
    private static func framed(_ html: String, dark: Bool) -> String {
        let page = html.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;")
        return """
            <!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="\(dark ? "dark" : "light")">
            <body style="margin:0"><iframe id="f" style="width:360px;height:2600px;border:0;color-scheme:\(dark ? "dark" : "light")"
            srcdoc="\(page)"></iframe><p id="w"></p>
            <script>f.onload = () => { w.textContent = "wide=" + f.contentDocument.documentElement.scrollWidth }</script>
            """
    }

    @Test(
        "At the width of a phone nothing overflows, in the light and in the dark; skipped without Chromium",
        .enabled(if: browser != nil, "needs Chromium: apt-get install chromium"))
    func fits() throws {
        let folder = try TemporaryFolder()
        let kept = ProcessInfo.processInfo.environment["GREFFIER_PNG"]
        for (name, html) in try Self.mails() {
            for dark in [false, true] {
                let file = "\(folder.path)/\(name)-\(dark ? "dark" : "light")"
                try Data(Self.framed(html, dark: dark).utf8).write(to: URL(fileURLWithPath: "\(file).html"))
                let page = try Self.chromium(["--dump-dom", "file://\(file).html"], dark: dark, folder)
                let widths = page.components(separatedBy: "wide=").compactMap { Int($0.prefix(while: \.isNumber)) }
                #expect(widths == [360], "\(name)")
                guard let kept else { continue }
                let picture = "--screenshot=\(kept)/\(name)-\(dark ? "dark" : "light").png"
                _ = try Self.chromium([picture, "--window-size=400,2600", "file://\(file).html"], dark: dark, folder)
            }
        }
    }

    private static func chromium(_ arguments: [String], dark: Bool, _ folder: TemporaryFolder) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: browser ?? "")
        process.arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
                "--virtual-time-budget=2000", "--user-data-dir=\(folder.path)/profile",
                "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)",
            ] + arguments
        let output = FileManager.default.createFile(atPath: "\(folder.path)/out", contents: nil)
        #expect(output)
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder.path)/out")
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return String(decoding: FileManager.default.contents(atPath: "\(folder.path)/out") ?? Data(), as: UTF8.self)
    }
}
