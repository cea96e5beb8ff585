import Testing

@testable import Mail

@Suite("Names of authorities in sentences")
struct FrenchNameTests {
    @Test(
        "A name takes the article and the elision of its first word",
        arguments: [
            ("Communauté de communes du Val", "de la Communauté de communes du Val"),
            ("COMMUNE DE VALMONT", "de la COMMUNE DE VALMONT"), ("Ville d’Annecy", "de la Ville d’Annecy"),
            ("Syndicat mixte des eaux", "du Syndicat mixte des eaux"), ("SIVOM du Lac", "du SIVOM du Lac"),
            ("Département de la Haute-Rive", "du Département de la Haute-Rive"),
            ("Établissement public foncier", "de l’Établissement public foncier"),
            ("Eurométropole du Val", "de l’Eurométropole du Val"), ("Office de tourisme", "de l’Office de tourisme"),
            ("Annecy", "d’Annecy"), ("Évreux", "d’Évreux"), ("Yvetot", "d’Yvetot"), ("Yonval", "de Yonval"),
            ("Honfleur", "de Honfleur"), ("Valmont", "de Valmont"),
            ("Grand Val Agglomération", "de Grand Val Agglomération"),
            ("Le Havre", "du Havre"), ("Les Rousses", "des Rousses"), ("La Rochelle", "de La Rochelle"),
            ("L’Isle-Adam", "de L’Isle-Adam"), ("", "de "),
        ])
    func complement(name: String, expected: String) {
        #expect(FrenchName(name).complement == expected)
    }
}
