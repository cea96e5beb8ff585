"""The documents of a run: extracts of communities of communes that do not exist, each made from the seed and its index."""
from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

ACTS_PER_SESSION = 30
STARTS = ["Sor", "Aubre", "Mont", "Verle", "Brume", "Clair", "Tille", "Orne", "Hautre", "Fontar"]
ENDS = ["lane", "ville", "mesnil", "court", "valle", "nay", "thières", "gneux", "bois", "rive"]
CLUBS = ["Sabots", "Lampes", "Cascades", "Vergers", "Moulins", "Ruches", "Tilleuls", "Forges"]


@dataclass(frozen=True)
class Document:
    """What is pushed, and what must become of it."""

    index: int
    kind: str
    """ordinary, archive, correction, other (no deliberation), empty (refused at once), poison (kills its worker)."""
    number: str
    text: str
    replaces: str | None = None
    is_twice: bool = False

    @property
    def body(self) -> bytes:
        return self.text.encode("utf-8")

    @property
    def id(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


def kind_of(seed: int, index: int, pushers: int) -> str:
    """Which kind of document the index is."""
    draw = random.Random(f"{seed}/kind/{index}").random()
    if draw < 0.06 and index >= pushers and kind_of(seed, index - pushers, pushers) == "ordinary":
        return "correction"
    limits = [("archive", 0.12), ("other", 0.15), ("empty", 0.16), ("poison", 0.165)]
    return next((kind for kind, limit in limits if 0.06 <= draw < limit), "ordinary")


def document(seed: int, index: int, pushers: int) -> Document:
    """The document of an index; a correction replaces the one that the same pusher pushed before."""
    kind = kind_of(seed, index, pushers)
    is_twice = random.Random(f"{seed}/twice/{index}").random() < 0.1
    number = f"2025-{1000 + index}"
    if kind == "other":
        return Document(index, kind, number, f"Menu de la cantine n° {seed}-{index} : soupe, gratin, pomme.\n", None, is_twice)
    if kind == "empty":
        return Document(index, kind, number, "", None, is_twice)
    if kind == "correction":
        former = document(seed, index - pushers, pushers)
        return Document(index, kind, former.number, extract(seed, former.index, 3_900), former.id, is_twice)
    text = extract(seed, index, 3_200)
    if kind == "poison":
        text += "\n".join(f"Annexe, ligne {line} : sans objet." for line in range(200_000))
    return Document(index, kind, number, text, None, is_twice)


def extract(seed: int, index: int, amount: int) -> str:
    """An extract with one act, a grant and the day by which the association reports."""
    session = index // ACTS_PER_SESSION
    place = STARTS[session % 10] + ENDS[session // 10 % 10] + ("" if session < 100 else f" {'ABCDEFGHIJ'[session // 100 % 10]}")
    club = f"Les {CLUBS[index % len(CLUBS)]} de Brume {seed}-{index}"
    money = f"{amount // 1000} {amount % 1000:03}"
    return f"""Communauté de communes du Val de {place}
Extrait du registre des délibérations du Conseil communautaire

Mis en ligne le : 18/03/2025

Séance du jeudi 13 mars 2025

Membres du Conseil communautaire en exercice : 9

Le Conseil communautaire, convoqué le 6 mars 2025, s’est réuni à la mairie de Montfleury, sous la présidence de \
Mme Claire ROUVIÈRE, Présidente de la Communauté de communes du Val de {place}.

Étaient présents : Montfleury : Mme Claire ROUVIÈRE, M. Hugo DELMAS, Mme Inès CARPENTIER, Pierrelune : \
Mme Françoise TAVEL, M. Olivier BRESSAN, Vercourt : M. Luc HAMON, Belmesnil : M. Gaspard TISSOT

Étaient absents : Montfleury : M. Karim BENALI, Pierrelune : Mme Maud KELLER

Secrétaire de séance : M. Luc HAMON

Procurations de vote : Montfleury : M. Karim BENALI à M. Hugo DELMAS

Délibération n°2025-{1000 + index}

Rapport n°12 - Culture - Soutien à l’association {club} pour la saison 2025

Rapporteur : Mme Inès CARPENTIER, Vice-présidente

À l’unanimité, le Conseil communautaire :

- attribue à l’association {club} une subvention de {money} € pour la saison 2025,
- approuve la convention jointe au rapport.

Rapport adopté à l’unanimité :

Pour : 8

Contre : 0

Abstention : 0

Pour extrait conforme,
La Présidente,

Claire ROUVIÈRE

Annexe : convention

CONVENTION relative au soutien de l’association {club}

Article 2 - Comptes rendus

L’association {club} s’engage à remettre à la Communauté de communes le rapport d’activité, au plus tard le 31 mars 2026.
"""
