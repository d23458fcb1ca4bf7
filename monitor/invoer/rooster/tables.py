"""The tables of the grid: each row as the HTML its template makes of it, and what stands above and below them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from common.tekst.periode import Kwartaal
from common.tekst.tekens import zichtbaar
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.validatie import CELKOLOMMEN, CIJFERKOLOMMEN
from monitor.invoer.regels.weergave import in_twee_delen, meting_in_woorden
from monitor.invoer.rooster.beoordeling import Aanmerking, Celoordeel
from monitor.invoer.rooster.forms import Getypt
from monitor.invoer.rooster.mal import Mallen
from monitor.invoer.rooster.selectors import (
    NIET_BEWAARD,
    STANDEN,
    Eerdere,
    Rooster,
    Roostergroep,
    Roosterregel,
    andere_periode,
    dag_en_tijd,
)
from monitor.invoer.rooster.services import Celuitkomst
from monitor.invoer.rooster.totaal import Totaal
from monitor.models import Meting
from monitor.zicht import BOVENIN

_SJABLONEN = "monitor/invoer/rooster"
# What differs from row to row; all else of a row is its shape.
_STANDGATEN = ("begrepen", "geldt_nu", "persoon", "op", "terug", "oor")
_RIJGATEN = (
    *("naam", "id", "oor", "kop", "klein", "token", "vorige", "vorige_rest", "jaar_eerder", "jaar_eerder_rest"),
    *("standregel", "bericht", "indicator", "totaal", "opmerkadres", "opmerkingen"),
    *CELKOLOMMEN,
)
_RIJVORM = ("klasse", "stand", "is_vast", "is_eenheid", "heeft_bericht", "mee")
_Celvorm = tuple[str, bool, bool]  # its column, whether it is wrong, and whether it chooses "voorlopig"
KOPPEN = {
    "waarde": "Waarde",
    "teller": "Teller",
    "noemer": "Noemer",
    "marge": "Marge (±)",
    "status": "Status",
    "meetdatum": "Meetdatum",
    "toelichting": "Toelichting",
}


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What the page shows besides what is stored: what was typed and not kept, and what is wrong with it."""

    getypt: Mapping[Meetplek, Getypt] = field(default_factory=dict)
    uitkomsten: Mapping[Meetplek, Celuitkomst] = field(default_factory=dict)
    oordelen: Mapping[Meetplek, Celoordeel] = field(default_factory=dict)
    hersteld: bool = False

    def opmerkingen(self, regel: Roosterregel) -> list[Aanmerking]:
        oordeel = self.oordelen.get(regel.plek)
        return (oordeel.alle if oordeel else []) or regel.oordeel.opmerkingen

    def noemt(self, regel: Roosterregel) -> bool:
        """Whether something is to be said of this row, whatever its state."""
        return any(regel.plek in waar for waar in (self.getypt, self.uitkomsten, self.oordelen))


class Rijopmaak:
    """The HTML of the rows of one answer: of each shape the template is rendered once."""

    def __init__(self, kwartaal: Kwartaal, totalen: Mapping[str, Totaal], gezegd: Mapping[Meetplek, int]) -> None:
        self._gezegd = gezegd
        # Asked for once: to make an address takes longer than to fill in a row.
        self._opmerkadres = reverse("opmerkingen_bij_waarde", args=[kwartaal, "-", "-"]).removesuffix("-/-/")
        self._vorig = kwartaal.vorige().leesbaar
        self._rij = Mallen(f"{_SJABLONEN}/rij.html", *_RIJGATEN)
        self._stand = Mallen(f"{_SJABLONEN}/stand.html", *_STANDGATEN)
        self._bericht = get_template(f"{_SJABLONEN}/bericht.html")
        sjabloon = get_template(f"{_SJABLONEN}/totaal.html")
        self.totalen = {code: sjabloon.render({"totaal": totaal}) for code, totaal in totalen.items()}

    def standregel(self, stand: Mapping[str, Any]) -> SafeString:
        inhoud, leeg = _in_gaten(stand, _STANDGATEN)
        vast = {naam: stand[naam] for naam in ("teken", "standnaam")}
        return self._stand.vul((stand["stand"], *leeg), lambda: vast | dict.fromkeys(leeg, ""), inhoud)

    def bericht(self, stand: Mapping[str, Any]) -> str:
        return self._bericht.render(dict(stand)) if stand["heeft_bericht"] else ""

    def rij(self, rij: Mapping[str, Any], cellen: tuple[_Celvorm, ...], breedte: int) -> SafeString:
        inhoud, leeg = _in_gaten(rij, _RIJGATEN)
        vast = [rij[naam] for naam in _RIJVORM]

        def context() -> dict[str, Any]:
            kolommen = {"cellen": [self._cel(*cel) for cel in cellen], "breedte": breedte}
            weg = {gat: "" for gat in leeg if gat not in CELKOLOMMEN}
            return {**dict(zip(_RIJVORM, vast, strict=True)), **weg, **kolommen, "vorig_kwartaal": self._vorig}

        return self._rij.vul((*vast, *leeg, *cellen, breedte), context, inhoud)

    def opmerkingen(self, regel: Roosterregel) -> dict[str, Any]:
        """The way to what people said about a value, and how much that is; not of what nobody else may see."""
        if regel.indicator.gevoelig and regel.onderdeel.soort not in BOVENIN:
            return {}
        return {
            "opmerkadres": f"{self._opmerkadres}{'/'.join(regel.plek)}/",
            "opmerkingen": self._gezegd.get(regel.plek, 0),
        }

    def _cel(self, kolom: str, is_fout: bool, is_voorlopig: bool) -> dict[str, Any]:
        soort = "getal" if kolom in CIJFERKOLOMMEN else kolom
        cel = {"kolom": kolom, "kop": KOPPEN.get(kolom, ""), "soort": soort, "tekst": kolom and self._rij.gat(kolom)}
        return {**cel, "is_fout": is_fout, "voorlopig": is_voorlopig}


def _in_gaten(bron: Mapping[str, Any], gaten: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """As HTML, where what is HTML already stays as it is; and the names of the holes that stay empty."""
    inhoud, leeg = dict.fromkeys(gaten, ""), []
    for gat in gaten:
        if tekst := bron.get(gat):
            inhoud[gat] = tekst if isinstance(tekst, SafeString) else escape(str(tekst))
        else:
            leeg.append(gat)
    return inhoud, leeg


def build_tabel(
    groep: Roostergroep, rooster: Rooster, antwoord: Antwoord, opmaak: Rijopmaak, *, alles: bool
) -> dict[str, Any]:
    """One table; without ``alles`` only with what is open, and one line for what is left out between two rows."""
    koppen = KOPPEN | ({"waarde": "Waarde of teller"} if groep.is_gemengd else {})
    voorin = {"status": "voorlopig"} if rooster.kwartaal.loopt(timezone.localdate()) else {}
    bouw = _Bouw(groep, groep.kolommen, rooster, antwoord, opmaak, voorin)
    delen = [(hier, list(r)) for hier, r in groupby(groep.regels, lambda r: alles or r.is_open or antwoord.noemt(r))]
    return {
        "groep": groep,
        "open": sum(regel.is_open for regel in groep.regels),
        "koppen": [(kolom, koppen[kolom]) for kolom in bouw.kolommen],
        "breedte": bouw.breedte,
        "is_leeg": not any(hier for hier, _ in delen),
        "delen": [
            {"rijen": [bouw.rij(regel) for regel in regels]} if hier else {"klaar": len(regels), "eerste": regels[0].id}
            for hier, regels in delen
        ],
        "totaal": "" if groep.is_eenheid else opmaak.totalen.get(groep.sleutel, ""),
    }


@dataclass(frozen=True, slots=True)
class _Bouw:
    """What the rows of one table share."""

    groep: Roostergroep
    kolommen: tuple[str, ...]
    rooster: Rooster
    antwoord: Antwoord
    opmaak: Rijopmaak
    voorin: Mapping[str, str]  # what stands in a cell before anything is typed

    @property
    def breedte(self) -> int:
        return 4 + len(self.kolommen)

    def rij(self, regel: Roosterregel) -> SafeString:
        getypt = self.antwoord.getypt.get(regel.plek)
        teksten = {**self.voorin, **(getypt.cellen if getypt else regel.teksten)}
        stand = build_stand(regel, self.rooster, self.antwoord)
        rij = {
            **teksten,
            **stand,
            **self._eerder(regel),
            **(self._van_eenheid(regel) if self.groep.is_eenheid else self._van_onderdeel(regel)),
            **self.opmaak.opmerkingen(regel),
            "token": getypt.token if getypt else regel.token,
            "standregel": self.opmaak.standregel(stand),
            "bericht": self.opmaak.bericht(stand),
        }
        return self.opmaak.rij(rij, tuple(self._cellen(regel, teksten)), self.breedte)

    def _van_eenheid(self, regel: Roosterregel) -> dict[str, Any]:
        """Each row is another indicator, with its own total below it."""
        indicator = regel.indicator
        return {
            "is_eenheid": True,
            "klasse": "waarvan" if indicator.waarvan_van_id else "",
            "kop": indicator.naam,
            "klein": indicator.eenheid,
            "indicator": indicator.code,
            "totaal": self.opmaak.totalen.get(indicator.code, ""),
        }

    def _van_onderdeel(self, regel: Roosterregel) -> dict[str, Any]:
        return {"is_eenheid": False, "klasse": "", "kop": regel.onderdeel.naam, "klein": regel.onderdeel.code}

    def _eerder(self, regel: Roosterregel) -> dict[str, str]:
        kwartaal = self.rooster.kwartaal
        jaar_eerder = _eerdere("jaar_eerder", regel.jaar_eerder, Kwartaal(kwartaal.jaar - 1, kwartaal.nummer))
        return _eerdere("vorige", regel.vorige, kwartaal.vorige()) | jaar_eerder

    def _cellen(self, regel: Roosterregel, teksten: Mapping[str, str]) -> Iterator[_Celvorm]:
        """A numerator may stand in the column of the values."""
        fouten = {opmerking.kolom for opmerking in self.antwoord.opmerkingen(regel)}
        eigen = {kolom: kolom for kolom in regel.kolommen}
        if "teller" in eigen and "teller" not in self.kolommen:
            eigen["waarde"] = "teller"
        for plaats in self.kolommen:
            kolom = eigen.get(plaats, "")
            yield kolom, kolom in fouten, kolom == "status" and teksten.get(kolom) == "voorlopig"


def _eerdere(naam: str, meting: Eerdere | None, verwacht: Kwartaal) -> dict[str, str]:
    """An earlier value, and what else there is to say of it: of a rarer measurement also its period."""
    if meting is None:
        return {}
    waarde, rest = in_twee_delen(meting)
    delen = (rest, andere_periode(meting, verwacht))
    return {naam: waarde, f"{naam}_rest": ", ".join(deel for deel in delen if deel)}


def build_aandacht(rooster: Rooster, antwoord: Antwoord) -> list[dict[str, Any]]:
    """By name every value of which something is wrong, doubtful or sent back, with the place of its cell."""
    if rooster.is_gesloten:
        return []
    gevonden = ((regel, zin) for regel in rooster.regels for zin in _zinnen(regel, antwoord))
    return [{"adres": f"#{regel.id}", "naam": _naam_voor_oor(regel), "zin": zichtbaar(zin)} for regel, zin in gevonden]


def _zinnen(regel: Roosterregel, antwoord: Antwoord) -> Iterator[str]:
    uitkomst = antwoord.uitkomsten.get(regel.plek)
    if uitkomst and uitkomst.soort == "conflict":
        yield f"{uitkomst.door} vulde hier ook iets in. Kies bij de rij welke waarde blijft."
    elif uitkomst and uitkomst.reden:
        yield uitkomst.reden
    if regel.stand == "afgekeurd" and regel.open:
        yield f"teruggestuurd: {regel.open.afkeurreden}"
    if regel.is_vergrendeld:
        return
    for opmerking in antwoord.opmerkingen(regel):
        kop = _kop(regel, opmerking)
        yield f"{kop}: {opmerking.reden}" if kop else opmerking.reden


def build_stand(regel: Roosterregel, rooster: Rooster, antwoord: Antwoord) -> dict[str, Any]:
    """How a row stands, and everything that is to be said about it."""
    getypt = regel.plek in antwoord.getypt  # beside what counts it is only text, whatever the state of that
    stand = NIET_BEWAARD if getypt else regel.stand
    (persoon, op), (standnaam, teken) = (None, None) if getypt else regel.wie, STANDEN[stand]
    vergrendeld, is_vast = regel.open if regel.is_vergrendeld else None, rooster.is_gesloten or regel.is_vergrendeld
    uitkomst = antwoord.uitkomsten.get(regel.plek)
    conflict = uitkomst if uitkomst and uitkomst.soort == "conflict" else None
    geweigerd = uitkomst.reden if uitkomst and uitkomst.soort == "geweigerd" else ""
    opmerkingen = [] if is_vast else [(_kop(regel, o), o) for o in antwoord.opmerkingen(regel)]
    afgekeurd = regel.open if regel.stand == "afgekeurd" else None
    return {
        "naam": ":".join(regel.plek),
        "id": regel.id,
        "oor": _naam_voor_oor(regel),
        "is_vast": is_vast,
        "mee": not is_vast and regel.gaat_mee(rooster.lezer),
        "stand": stand,
        "teken": teken,
        "standnaam": standnaam,
        "begrepen": _begrepen(regel, getypt=getypt),
        "geldt_nu": meting_in_woorden(regel.geldend) if regel.geldend and (getypt or regel.is_wijziging) else "",
        "persoon": persoon,
        "op": dag_en_tijd(op),
        "terug": vergrendeld.pk if vergrendeld and _mag_terug(vergrendeld, rooster) else None,
        "conflict": _conflict(regel, conflict) if conflict else None,
        "geweigerd": geweigerd,
        "teruggestuurd": afgekeurd,
        "reageer": reverse("opmerkingen_bij_waarde", args=[rooster.kwartaal, *regel.plek]) if afgekeurd else "",
        "opmerkingen": opmerkingen,
        "heeft_bericht": bool(conflict or geweigerd or afgekeurd or opmerkingen),
    }


def _begrepen(regel: Roosterregel, *, getypt: bool) -> str:
    """What the state is about: what waits, or what is understood of the text; of text that was not kept nothing."""
    if getypt:
        return ""
    if regel.open and regel.is_vergrendeld:
        return meting_in_woorden(regel.open)
    begrepen = regel.oordeel.begrepen
    return f"nieuw: {begrepen}" if begrepen and regel.stand == "afgekeurd" else begrepen


def _mag_terug(wacht: Meting, rooster: Rooster) -> bool:
    return not rooster.is_gesloten and wacht.ingevoerd_door_id == rooster.lezer


def _kop(regel: Roosterregel, opmerking: Aanmerking) -> str:
    """Which column a remark is about, where there are several to choose from."""
    return KOPPEN.get(opmerking.kolom, "") if len(regel.kolommen) > 4 else ""


def _naam_voor_oor(regel: Roosterregel) -> str:
    return regel.indicator.naam if regel.indicator.niveau == "eenheid" else f"{regel.indicator.naam} {regel.onderdeel}"


def _conflict(regel: Roosterregel, uitkomst: Celuitkomst) -> dict[str, Any]:
    """Both texts, who typed the other and when, and the choice between them."""
    getypt, ander = in_een_regel(uitkomst.getypt), in_een_regel(uitkomst.bewaard)
    return {
        "door": uitkomst.door,
        "om": dag_en_tijd(uitkomst.op)[-5:],
        "ander": ander,
        "getypt": getypt,
        "keuzes": (("mijn", f"Houd {getypt}"), ("ander", f"Neem {ander} over")),
        "versie": uitkomst.versie,
        "token": regel.token,
        "cellen": json.dumps(regel.teksten),
    }


def in_een_regel(cellen: Mapping[str, str]) -> str:
    """What was typed, in the order of the grid; ``leeg`` where that is nothing."""
    cijfers = " / ".join(cellen[kolom] for kolom in ("waarde", "teller", "noemer") if cellen.get(kolom))
    marge = f" ± {cellen['marge']}" if cellen.get("marge") else ""
    rest = ", ".join(cellen[kolom] for kolom in ("status", "meetdatum", "toelichting") if cellen.get(kolom))
    return zichtbaar(", ".join(deel for deel in (cijfers + marge, rest) if deel)) or "leeg"
