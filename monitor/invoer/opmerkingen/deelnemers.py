"""Whom a comment may call: everyone who may read it, with what they have to do with what it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User, lees_werkenden
from accounts.rollen import Recht
from common.tekst.tekens import kleine_letter
from monitor.eigenaars import Beurt, Eigenaars
from monitor.invoer.opmerkingen.selectors import get_opmerkingen, get_versies_bij
from monitor.models import Concept, Opmerking
from monitor.selectors import districten_van, leest_opmerkingen

_VASTSTELLER, _CHEF, _ANDER = 1000, 1001, 1002  # after everyone who worked on it


@dataclass(frozen=True, slots=True)
class Deelnemer:
    """Somebody who may be called to it, and what they have to do with it; ``rang`` is how near, 0 the nearest."""

    persoon: User
    aandeel: str
    rang: int

    @property
    def werkt_mee(self) -> bool:
        return self.rang < _ANDER


def lees_deelnemers(plek: Opmerking, lezer: User, vandaag: date) -> list[Deelnemer]:
    """Everyone else who may read it: who worked on it first, then who decides on it, the district chief, the others."""
    lezers = [een for een in lees_werkenden(vandaag) if een.pk != lezer.pk and leest_opmerkingen(een, plek)]
    aandelen = _aandelen(plek, vandaag)
    return sorted((_deelnemer(een, plek, aandelen) for een in lezers), key=lambda d: (d.rang, str(d.persoon)))


def _deelnemer(persoon: User, plek: Opmerking, aandelen: Mapping[int, str]) -> Deelnemer:
    if aandeel := aandelen.get(persoon.pk):
        return Deelnemer(persoon, aandeel, list(aandelen).index(persoon.pk))
    besluit = Recht.METING_VASTSTELLEN if plek.indicator or plek.bestand else Recht.BEZETTING_VASTSTELLEN
    if persoon.mag_overal(besluit):
        return Deelnemer(persoon, "stelt vast", _VASTSTELLER)
    if districten_van(plek) & persoon.districten_met(Recht.OPMERKING_PLAATSEN):
        return Deelnemer(persoon, "districtschef", _CHEF)
    return Deelnemer(persoon, kleine_letter(persoon.rollen[0].naam), _ANDER)


def _aandelen(plek: Opmerking, vandaag: date) -> dict[int, str]:
    """What who worked on it did, the nearest first."""
    aandelen: dict[int, str] = {}
    for persoon, wat in _bijdragen(plek, vandaag):
        if persoon:
            aandelen.setdefault(persoon, wat)
    return aandelen


def _bijdragen(plek: Opmerking, vandaag: date) -> Iterator[tuple[int | None, str]]:
    if plek.bestand:
        yield plek.bestand.door_id, "leverde het bestand aan"
    if plek.indicator:
        cel = {naam: waarde for naam, waarde in plek.plek.items() if naam not in ("soort", "bestand")}
        concept = Concept.objects.getypt().filter(**cel)
        yield from ((door, "typte het concept") for door in concept.values_list("door", flat=True))
    laatste = list(get_versies_bij(plek)[:1])
    yield from ((versie.ingevoerd_door_id, "voerde het in") for versie in laatste)
    if beurt := _beurt(plek, vandaag):
        wie = [een for een in (beurt.eigenaar, beurt.vervanger) if een and beurt.is_van(een)]
        yield from ((een.pk, beurt.als(een) or "eigenaar") for een in wie)
    yield from ((versie.afgekeurd_door_id or versie.vastgesteld_door_id, "besloot erover") for versie in laatste)
    yield from ((door, "schreef hier") for door in get_opmerkingen(plek).values_list("door", flat=True))


def _beurt(plek: Opmerking, vandaag: date) -> Beurt | None:
    """Who answers for this value that day."""
    if not plek.indicator or not plek.onderdeel or not plek.jaar:
        return None
    van_jaar = {"agenda__begin_jaar__lte": plek.jaar, "agenda__eind_jaar__gte": plek.jaar}
    themas = plek.indicator.monitorregels.filter(**van_jaar).values_list("thema", flat=True)
    keten = [een for een in (plek.onderdeel, plek.onderdeel.ouder) if een]
    return Eigenaars.lees(vandaag, keten).beurt(plek.indicator, plek.onderdeel, themas.first(), vandaag)
