"""How far the ambitions are, as it is approved, or was on a day; and what a page or a file says of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.rollen import Recht
from common.grafiek.svg import icoon, rand, vol
from common.locks import Slot, houd_slot
from common.tekst.tekens import kleine_letter
from common.vaststellen.model import ONDERWEG
from strategie.models import Ambitie
from sturing.models import Ambitiestand
from sturing.regels.omvang import Halfjaar

NIETS_VASTGESTELD = "Nog niets vastgesteld"
_OPEN_VOOR = (Recht.CONCEPT_LEZEN, Recht.AMBITIE_SCHRIJVEN, Recht.AMBITIE_VASTSTELLEN)
_WEB = re.compile(r"\s*(\w+:/|https?:|www\.)", re.IGNORECASE)
BEWIJSSOORTEN = {"indicator": "indicator", "enquete": "enquête", "audit": "audit", "document": "document"}
_Oordeel = Ambitiestand.Oordeel
# A flag planted, a path upward, a path that falls behind, and a blank: none is a mark of an indicator.
VORMEN: Mapping[str, str] = {
    _Oordeel.GEHAALD: rand(d="M3 15V1.5") + vol(d="M4 2h10l-3 3.500 3 3.500H4z"),
    _Oordeel.OP_WEG: rand(stroke_linejoin="round", d="M1 13h5V8h5V3h4"),
    _Oordeel.LOOPT_ACHTER: rand(stroke_linejoin="round", d="M1 13h5V8h4") + rand(d="M13 1.5v7M13 10.500v3"),
    _Oordeel.NIET_TE_ZEGGEN: rand(stroke_dasharray="2 2", d="M1.5 3.500h13v9h-13z"),
}


@dataclass(frozen=True, slots=True)
class Bewijs:
    """One piece of evidence: an indicator by its code, anything else by title, day and where it is."""

    soort: str
    code: str = ""
    titel: str = ""
    datum: str = ""
    waar: str = ""

    @property
    def webadres(self) -> str:
        return self.waar if self.waar.startswith("https://") else ""

    @property
    def host(self) -> str:
        return self.webadres.split("/")[2] if self.webadres else ""

    @property
    def in_woorden(self) -> str:
        return f"{self.wat}, te vinden: {self.waar}" if self.waar else self.wat

    @property
    def wat(self) -> str:
        wat = f"{BEWIJSSOORTEN[self.soort]} {self.code or f'“{self.titel}”'}"
        return f"{wat} van {'-'.join(reversed(self.datum.split('-')))}" if self.datum else wat


def is_webadres(waar: str) -> bool:
    """Whether it was meant as an address of the web, right or not; anything else is a place in words."""
    return _WEB.match(waar) is not None


def bewijs_van(stand: Ambitiestand) -> list[Bewijs]:
    return [Bewijs(**een) for een in stand.bewijs]


def lees_standen(
    ambities: Iterable[int], moment: datetime | None = None, tot: Halfjaar | None = None
) -> dict[int, list[Ambitiestand]]:
    """Per key of an ambition what counted at ``moment`` (None: now), the latest half year first; one query.

    ``tot`` is the last half year that is asked for. For who reads figures: the words may hold them.
    """
    rijen = Ambitiestand.objects.zoals_bekend_op(moment).filter(ambitie__in=ambities)
    rijen = rijen.select_related("ingevoerd_door", "vastgesteld_door")
    if tot:
        rijen = rijen.filter(Q(jaar__lt=tot.jaar) | Q(jaar=tot.jaar, helft__lte=tot.helft))
    per: dict[int, list[Ambitiestand]] = defaultdict(list)
    for rij in rijen.order_by("-jaar", "-helft", "-pk"):
        per[rij.ambitie_id].append(rij)
    return dict(per)


def laatste_standen(
    ambities: Iterable[int], moment: datetime | None = None, tot: Halfjaar | None = None
) -> dict[int, Ambitiestand]:
    """The same, of each ambition only its latest half year; of one that is not there nothing was said."""
    return {pk: standen[0] for pk, standen in lees_standen(ambities, moment, tot).items()}


def leest_open(user: User, thema: str) -> bool:
    """Whether this person may know what is said of the ambitions of a theme and not decided on."""
    return any(user.mag_overal(recht) or thema in user.themas_met(recht) for recht in _OPEN_VOOR)


def lees_open_standen(ambities: Iterable[Ambitie], user: User, moment: datetime | None) -> dict[int, str]:
    """Per key of an ambition what is open, or was then, in words, as far as one may know; one query or none."""
    gevraagd = [een.pk for een in ambities if leest_open(user, een.thema.slug)]
    if not gevraagd:
        return {}
    open_ = Ambitiestand.objects.openstaand_op(moment, ambitie_id__in=gevraagd)
    rijen = sorted(open_, key=lambda rij: (rij.jaar, rij.helft))
    return {rij.ambitie_id: f"{rij.halfjaar.leesbaar} {ONDERWEG[rij.staat]}" for rij in rijen}


def standmerk(oordeel: str) -> SafeString:
    """How far it is, as people see it: a square mark of its own, so that nobody takes it for a verdict on a figure."""
    if not oordeel:
        return format_html('<span class="ambitiestand stand-geen">{}</span>', NIETS_VASTGESTELD)
    woord = _Oordeel(oordeel).label
    return format_html('<span class="ambitiestand stand-{}">{}{}</span>', oordeel, icoon(VORMEN[oordeel]), woord)


def stand_in_woorden(stand: Ambitiestand) -> str:
    return f"{kleine_letter(_Oordeel(stand.oordeel).label)}: {stand.tekst}"


def naam_van_stand(stand: Ambitiestand) -> str:
    return f"Ambitie {stand.ambitie.nummer} van {stand.ambitie.thema}, {stand.halfjaar.leesbaar}"


def stand_in_spoor(stand: Ambitiestand) -> dict[str, Any]:
    """Which ambition and half year; what it says follows."""
    thema = stand.ambitie.thema
    plek = {"agenda": thema.agenda.slug, "thema": thema.slug, "ambitie": stand.ambitie.nummer}
    return plek | {"jaar": stand.jaar, "helft": stand.helft}


def houd_ambities(standen: Iterable[Ambitiestand]) -> None:
    """Nobody else proposes or decides about these ambitions until the transaction ends; in one order."""
    for ambitie in sorted({stand.ambitie_id for stand in standen}):
        houd_slot(Slot.AMBITIE, ambitie)


def te_zeggen(halfjaar: Halfjaar) -> list[Ambitie]:
    """The ambitions of the agenda of that half year of which nothing was handed in about it yet; one query."""
    agenda = {"thema__agenda__begin_jaar__lte": halfjaar.jaar, "thema__agenda__eind_jaar__gte": halfjaar.jaar}
    gezegd = Ambitiestand.objects.filter(jaar=halfjaar.jaar, helft=halfjaar.helft).values("ambitie")
    open_ = Ambitie.objects.filter(**agenda).exclude(pk__in=gezegd).select_related("thema")
    return list(open_.order_by("thema__soort", "thema__nummer", "nummer"))
