/// The lines that the transmission to the prefecture, the posting and electronic signatures print over a page.
enum StampLines {
    /// Whether a line, given without spaces and digits, is one of them.
    static func isStamp(_ line: [UInt8]) -> Bool {
        let folded = String(decoding: line.prefix(200), as: UTF8.self).lowercased()
        return wordings.contains { folded.contains($0) }
    }

    /// The stamp's lines on a page, each with its line end: they are exact where the recognised ones may be damaged.
    static func among(_ page: [UInt8]) -> [UInt8] {
        let lines = page.split(separator: 0x0A).filter { isStamp(LineKey($0).bytes) }
        return Array(lines.map { Array($0) + [0x0A] }.joined())
    }

    /// Beginnings and wordings without spaces and digits. Sources: the stamps of S²LOW, Berger-Levrault Échanges
    /// sécurisés, Docapost FAST and iXBus on published acts.
    private static let wordings = [
        "envoyéenpréfecture", "envoyéenprefecture", "reçuenpréfecture", "recuenprefecture", "reçuensous-préfecture",
        "accuséderéception", "accusederéception", "accusécertifiéexécutoire", "acteàpublier", "télétransmis",
        "transmisenpréfecture", "réceptionparlepréfet", "réceptionenpréfecture", "publiéle", "affichéle", "misenligne",
        "id:-", "@ctes", "bergerlevrault", "berger-levrault", "slow", "s²low", "signépar", "signéélectroniquement",
        "signaturenumérique", "certificatémispar", "datedetélétransmission", "datederéceptionpréfecture",
        "numérodelacte", "identifiantdelacte", "qualité:", "date:/",
    ]
}
