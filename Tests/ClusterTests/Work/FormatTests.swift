import Foundation
import Testing

extension ClusterTests {
    @Suite("Documents in other formats than text")
    struct Formats {
        @Test("A page and an e-mail with an attachment are registered, and their acts are announced")
        func registers() async throws {
            let cluster = try Cluster()
            try await cluster.startAndWait()
            let (page, attached) = (FictionalDocument(1_100), FictionalDocument(1_101))
            let paragraphs = page.text.split(separator: "\n").map { "<p>\($0)</p>" }.joined(separator: "\n")
            try cluster.folder.write("in/acte.html", "<html><nav>Accueil</nav><main>\(paragraphs)</main></html>")
            let attachment = Data(attached.bytes).base64EncodedString(options: .lineLength76Characters)
            let letter = """
                From: mairie@aubrelle.example
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                Bonjour.
                --b
                Content-Type: text/plain; name="acte.txt"
                Content-Disposition: attachment
                Content-Transfer-Encoding: base64

                \(attachment)
                --b--

                """
            try cluster.folder.write("in/envoi.eml", letter)
            let run = try await cluster.greffier("push", "--wait", "--json", cluster.folder.path("in"))
            #expect(run.code == 0, "\(run.errors) \(run.output)")
            #expect(try run.values(PushedLine.self).map(\.state) == [.registered, .registered])
            for document in [page, attached] {
                try await cluster.waitUntil("the announcement") {
                    try await cluster.mails().contains { $0.flowing.contains(document.obligation) }
                }
            }
        }
    }
}
