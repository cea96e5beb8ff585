"""The documents of a run: of a community of communes that does not exist, each with an act of its own."""
import dataclasses
import hashlib
import random

OPENING = """Communauté de communes du Val d’Aubrelle
Extrait du registre des délibérations du Conseil communautaire

Mis en ligne le : 18/03/2025

Séance du jeudi 13 mars 2025

Membres du Conseil communautaire en exercice : 9

Le Conseil communautaire, convoqué le 6 mars 2025, s’est réuni à la salle des fêtes de Montfleury, sous la \
présidence de Mme Claire ROUVIÈRE, Présidente de la Communauté de communes du Val d’Aubrelle.

Étaient présents : Montfleury : Mme Claire ROUVIÈRE, M. Hugo DELMAS, Mme Inès CARPENTIER, Pierrelune : \
Mme Françoise TAVEL, M. Olivier BRESSAN, Vercourt : M. Luc HAMON, Belmesnil : M. Gaspard TISSOT

Étaient absents : Montfleury : M. Karim BENALI, Pierrelune : Mme Maud KELLER

Secrétaire de séance : M. Luc HAMON
"""

DECISION = """
Délibération n° {number}

Objet : Soutien à l’association Les {name} pour la saison 2025

Le Conseil communautaire, après en avoir délibéré, à l’unanimité, décide :
- d’attribuer une subvention de {amount} € à l’association Les {name} ;
- d’autoriser la Présidente à signer la convention.

L’association Les {name} s’engage à remettre à la Communauté de communes le rapport d’activité, au plus tard le \
31 mars 2026.
"""

NAMES = ["Sabots", "Lampes", "Cascades", "Vergers", "Moulins", "Ruches", "Tilleuls", "Forges"]


@dataclasses.dataclass(frozen=True)
class Document:
    """One document, and what must become of it."""

    name: str
    body: bytes
    number: str | None
    archive: bool

    @property
    def id(self):
        return hashlib.sha256(self.body).hexdigest()

    @property
    def end(self):
        """The state in which it must end."""
        return "refused" if self.number is None else "registered"


def documents(count, seed):
    """So many documents: one in thirty is no deliberation, one in twenty comes from the archives."""
    chance = random.Random(f"documents {seed}")
    return [_document(index, seed, chance) for index in range(count)]


def _document(index, seed, chance):
    kind = chance.random()
    if kind < 1 / 30:
        body = f"Les horaires de la piscine changent.\nAvis {index} de la série {seed}.\n".encode()
        return Document(f"avis-{index}.txt", body, None, False)
    number = f"2025-{1_000 + index}"
    name = f"{NAMES[index % len(NAMES)]} de Brume {1_000 + index}"
    text = OPENING + DECISION.format(number=number, name=name, amount=500 + index % 90 * 10)
    return Document(f"extrait-{index}.txt", (text + f"\nSérie {seed}.\n").encode(), number, kind > 19 / 20)
