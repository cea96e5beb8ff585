import Conversion
import Testing

@Suite("HTML pages")
struct PageTests {
    private func text(_ page: String, name: String = "acte.html") throws -> String {
        String(decoding: try Converter().convert(Array(page.utf8), name: name).utf8, as: UTF8.self)
    }

    @Test(
        "Elements shape the text",
        arguments: [
            ("<p>Un</p><p>deux\n  et <b>de</b>mi</p>", "Un\n\ndeux et demi\n"),
            ("<div>Un</div><div>deux</div>", "Un\ndeux\n"),
            ("Un<br>deux<br/><br>trois", "Un\ndeux\n\ntrois\n"),
            ("<h1>Titre</h1>texte", "Titre\n\ntexte\n"),
            ("<ul><li>un<li>deux</ul>fin", "- un\n- deux\nfin\n"),
            ("<ol start=4><li><p>quatre</p></li><li>cinq</li></ol>", "4. quatre\n\n5. cinq\n"),
            ("<p>ouvert<p>fermé", "ouvert\n\nfermé\n"),
            ("<pre>a  b\n  c</pre>", "a  b\n  c\n"),
            ("1<sup>er</sup> mars", "1er mars\n"),
            ("<script>if (a<b) {}</script><style>p{}</style>reste<!-- <p>non</p> -->", "reste\n"),
            ("<title>Titre</title><body>reste", "reste\n"),
            ("a < b et c<3", "a < b et c<3\n"),
            ("<p title=\"a>b\">texte</p>", "texte\n"),
            ("</div></p>reste</table>", "reste\n"),
            ("fin <b", "fin\n"),
            ("<p hidden>non</p><p style='display: none'>non</p>oui", "oui\n"),
        ])
    func elements(page: String, wanted: String) throws {
        #expect(try text(page) == wanted)
    }

    @Test(
        "Character references become characters, what is none stays",
        arguments: [
            (
                "&eacute;&Eacute;&agrave;&ccedil;&oelig;&euro;&laquo;&nbsp;&raquo;&rsquo;&hellip;&deg;",
                "éÉàçœ€«\u{A0}»’…°"
            ),
            ("&#233;&#xE9;&#x20AC;&#128;&#146;&eacute", "éé€€’&eacute"),
            ("&lt;p&gt; &amp;eacute; R&D &inconnu; &#xFFFFFFF; &#0;", "<p> &eacute; R&D &inconnu; \u{FFFD} \u{FFFD}"),
        ])
    func references(page: String, wanted: String) throws {
        #expect(try text(page) == wanted + "\n")
    }

    @Test("The columns of a table stand under each other, cells over columns and rows too")
    func tables() throws {
        let page = """
            <table><caption>Subventions</caption>
            <tr><th>Association</th><th>Montant</th></tr>
            <tr><td>Club de lutte</td><td>1 200 €</td></tr>
            <tr><td>Été</td><td>30 €<br>par an</td></tr>
            <tr><td colspan=2>Total : 1 230 €</td></tr>
            <tr><td rowspan=2>Fanfare</td><td>2030</td></tr><tr><td>2031</td></tr></table>
            """
        #expect(
            try text(page) == """
                Subventions

                Association     Montant
                Club de lutte   1 200 €
                Été             30 €
                                par an
                Total : 1 230 €
                Fanfare         2030
                                2031

                """)
    }

    @Test("A table that only places passages is read cell by cell")
    func layoutTables() throws {
        let passage = String(repeating: "Le conseil délibère. ", count: 60)
        let page =
            "<table><tr><td>Membres : 11<br>Votants : 9</td><td><p>\(passage)</p><p>Pour : 9</p></td></tr></table>"
        #expect(try text(page).hasPrefix("Membres : 11\nVotants : 9\n\nLe conseil délibère."))
        let nested = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>"
        #expect(try text(nested) == "a\n\nb   c\n\nd\n")
    }

    @Test("What stands around the content is left out")
    func navigation() throws {
        let act = String(repeating: "<p>Le conseil municipal de Valbrune délibère.</p>", count: 10)
        let around = """
            <header>Mairie</header><nav><ul><li>Accueil</li></ul></nav><div class="fil-ariane">Vie</div>
            <div role="search">Chercher</div><aside>À lire aussi</aside><div id="cookies">Cookies ?</div>
            """
        for content in ["<main>\(act)</main>", "<article>\(act)</article>", "<div class=\"contenu\">\(act)</div>"] {
            let text = try text("<html><body>\(around)\(content)<footer>Mentions légales</footer></body></html>")
            #expect(text.hasPrefix("Le conseil municipal") && !text.contains("Mentions légales"), "\(text)")
        }
        let inside =
            "<main><article><header><h1>Délibération n° 7</h1></header>\(act)<footer>Le maire</footer></article></main>"
        let text = try text(inside)
        #expect(text.hasPrefix("Délibération n° 7\n") && text.hasSuffix("Le maire\n"))
    }

    @Test("Navigation that is most of the page is its content, misnamed")
    func misnamed() throws {
        let act = String(repeating: "<p>Le conseil municipal délibère.</p>", count: 10)
        #expect(try text("<div class=\"menu\">\(act)</div><p>fin</p>").hasPrefix("Le conseil"))
    }

    @Test("The encoding is what the bytes show, else what the page says")
    func encodings() throws {
        let page = "<html><meta charset=\"%\"><p>D\u{E9}lib\u{E9}r\u{E9}</p>"
        func convert(_ charset: String, _ bytes: [UInt8] = []) throws -> ConvertedDocument {
            let latin = page.replacing("%", with: charset).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            return try Converter().convert(latin + bytes)
        }
        #expect(String(decoding: try convert("iso-8859-1").utf8, as: UTF8.self) == "Délibéré\n")
        #expect(try convert("iso-8859-1").warnings.isEmpty && convert("utf-8").warnings.map(\.code) == ["windows-1252"])
        #expect(String(decoding: try convert("ISO-8859-15", [0xA4, 0xBD]).utf8, as: UTF8.self) == "Délibéré\n\n€œ\n")
        #expect(try text(page.replacing("%", with: "iso-8859-1")) == "Délibéré\n")
    }

    @Test("A page is told by its bytes, its media type or its name, in this order")
    func detection() throws {
        let fragment = Array("<p>Vu</p>".utf8)
        #expect(try Converter().convert(fragment).format == .plainText)
        #expect(try Converter().convert(fragment, name: "a.HTM").format == .html)
        #expect(try Converter().convert(fragment, mediaType: "text/HTML; charset=utf-8").format == .html)
        #expect(try Converter().convert(Array("<!DOCTYPE html><p>Vu".utf8), name: "a.txt").format == .html)
    }

    @Test("Any bytes become a text or a refusal, in a time that grows with their number")
    func anyBytes() {
        var random = SeededGenerator(state: 11)
        let pieces = [
            "<table>", "</table>", "<tr>", "<td colspan=99 rowspan=999>", "<li>", "<ul>", "</ul>", "<p>", "é", "<!--",
            "-->",
            "<div class='nav", "'>", "&eacute;", "&#", "<", "/", "texte ", "<script>", "</script>", "<main>", "<pre>",
            "\n",
        ]
        for _ in 0..<500 {
            let page = (0..<Int.random(in: 1...80, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            guard let text = try? Converter().convert(Array(page.joined().utf8), name: "a.html") else { continue }
            #expect(String(validating: text.utf8, as: UTF8.self) != nil)
        }
        for piece in ["<div>", "<table><tr><td>", "<!--", "<a b='", "&", "<li>", "<ul>"] {
            let page = Array((String(repeating: piece, count: 40_000) + "fin").utf8)
            _ = try? Converter().convert(page, name: "a.html")
        }
    }

    @Test("A page whose tables ask for more blanks than the limit on text is refused")
    func tooMuchText() throws {
        let wide = String(repeating: "<td>\(String(repeating: "x", count: 79))</td>", count: 6)
        let narrow = String(repeating: "<tr><td><td><td><td><td><td>y", count: 2_000)
        let page = Array("<html><body><table><tr>\(wide)</tr>\(narrow)</table></body></html>".utf8)
        var limits = ConversionLimits()
        #expect(try Converter(limits: limits).convert(page).utf8.count > 500_000)
        limits.textBytes = 500_000
        #expect(throws: ConversionError.tooMuchText(limit: 500_000)) { try Converter(limits: limits).convert(page) }
    }
}
