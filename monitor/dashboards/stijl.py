"""The page of the visual language: every component as it is, with figures that are made up, in light and in dark.

The colours come from ``tokens.css`` alone. A part of a page cannot ask for the other scheme, so the same tokens are
also served under a class; nothing is written down twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek import reeks, svg
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import exporteer
from common.tekst.periode import Kwartaal, kwartalen
from monitor.dashboards.naslag import BETEKENIS
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, UITERLIJK
from monitor.dashboards.signaal.grafiek import SIGNAALVORMEN

NU = Kwartaal(2022, 4)
DAG = date(2022, 11, 23)
MOMENT = datetime(2022, 11, 23, 9, 30, tzinfo=UTC)
VOLUMEZIN = "34 paraplu's in 2022, 6 minder dan het doel van 40. Verzonnen."
VOLUMEUITLEG = "Streeplijn: doel. Vlak: verwacht min marge. Open punt: voorlopig. Een gat: geen meting."
ENQUETEZIN = "66,5% in Q2 2022; het verschil met 62% is groter dan de foutmarge. Verzonnen."
ENQUETEUITLEG = "Het streepje door een punt is de foutmarge."
ZONDER_WAARDE = frozenset({"onvolledig", "geen_meting", "nog_niet_verschuldigd"})


@dataclass(frozen=True)
class Voorbeeldregel:
    """What ``indicatorregel.html`` asks of an indicator, for one verdict."""

    oordeel: str
    naam: str = "Gevonden paraplu's"
    thema_naam: str = "Voorbeeldthema"
    adres: str = "#onderdelen"
    periode: str = "Q4 2022"
    waardenaam: str = "Jaar tot nu toe"
    doel_tekst: str = "40 paraplu's"
    verschilnaam: str = "Verschil met verwacht"
    oordeeladres: str = "#onderdelen"
    rij: bool = True
    beeld: Any = None
    kans_tekst: str = ""

    @property
    def toon(self) -> str:
        return UITERLIJK[self.oordeel].toon

    @property
    def waarde_tekst(self) -> str:
        return "" if self.oordeel in ZONDER_WAARDE else "34 paraplu's"

    @property
    def verschil_tekst(self) -> str:
        return "-6 paraplu's" if self.waarde_tekst else ""

    @property
    def ontbreekt(self) -> str:
        return "geen meting"

    @property
    def voorlopig(self) -> bool:
        return self.oordeel == "aandacht"

    @property
    def reden(self) -> str:
        return BETEKENIS[self.oordeel]

    @property
    def vonk(self) -> SafeString:
        return svg.veilig(svg.vonk([Decimal(n) if n else None for n in (8, 12, 0, 9, 14, 11)], Decimal(10)))


@dataclass(frozen=True)
class Voorbeeldkaart:
    """What ``themakaart.html`` asks of a theme."""

    naam: str
    toon: str
    zin: str
    tellingen: list[tuple[str, int]] = field(default_factory=list)
    adres: str = "#onderdelen"

    @property
    def thema(self) -> Any:
        return SimpleNamespace(naam=self.naam, get_soort_display="Strategisch thema")


class VoorbeeldTabel(Tabel):
    """Sorting, a total, a missing number with its reason, choosing columns, pages and files."""

    naam = "voorbeeld"
    per_bladzijde = 3
    kiesbaar = True

    plaats = Tekstkolom(verbose_name="Plaats", rijkop=True)
    gevonden = Getalkolom(verbose_name="Gevonden (paraplu's)", reden="waarom")
    teruggegeven = Getalkolom(verbose_name="Teruggegeven (%)", decimalen=1, reden="waarom")


class Voorbeeldformulier(forms.Form):
    """A field as it should be and one with a mistake."""

    naam = forms.CharField(label="Naam", help_text="Zoals het op het etiket staat.")
    aantal = forms.IntegerField(
        label="Aantal (paraplu's)", widget=forms.TextInput, error_messages={"invalid": "Vul een heel getal in."}
    )


def maak_tabel() -> VoorbeeldTabel:
    rijen: list[dict[str, Any]] = [
        {"plaats": "Kade", "gevonden": 12, "teruggegeven": Decimal("58.3")},
        {"plaats": "Plein", "gevonden": None, "teruggegeven": None, "waarom": "geen meting"},
        {"plaats": "Brug", "gevonden": 9, "teruggegeven": Decimal("44.4")},
        {"plaats": "Park", "gevonden": 13, "teruggegeven": Decimal("61.5")},
    ]
    totaal = {"plaats": "Samen", "gevonden": 34, "teruggegeven": Decimal("55.9"), "rijklasse": "totaal"}
    onderschrift = "Verzonnen. Eenheid in de kop, totaal onderaan."
    tabel = VoorbeeldTabel(rijen, titel="Gevonden paraplu's per plaats", onderschrift=onderschrift, totalen=[totaal])
    tabel.kies_kolommen({})
    return tabel


def maak(tabel: VoorbeeldTabel) -> dict[str, Any]:
    """Everything ``monitor/dashboards/_stijl.html`` shows."""
    return {
        "tabel": tabel,
        "regels": [Voorbeeldregel(oordeel, **_signaal(n)) for n, oordeel in enumerate(SLECHTSTE_EERST)],
        "kaarten": _kaarten(),
        "groot": _tekening("voorbeeld-groot", _volume(), svg.GROOT, VOLUMEZIN, VOLUMEUITLEG),
        "klein": _tekening("voorbeeld-klein", _volume(), svg.KLEIN, VOLUMEZIN, VOLUMEUITLEG),
        "enquete": _tekening("voorbeeld-enquete", _enquete(), svg.GROOT, ENQUETEZIN, ENQUETEUITLEG),
        "leeg": _lege_tekening(),
        "blik": SimpleNamespace(kwartaal=NU, keuzes=[NU, NU.vorige]),
        "stand": {"kwartaal": NU, "bekend_op": DAG, "berekend_op": MOMENT, "vandaag": DAG},
        "terugblik": {"op": DAG, "noten": [], "gewijzigd": _gewijzigd()},
        "gemeenten": [_gemeente()],
        "onbekend": ["kwijtgeraakt"],
        "bezig": {"bezig": True},
        "stil": {"bezig": False},
        "stappen": _stappen(),
        "verschillen": _verschillen(),
        "gevolgen": ["Er komt per kwartaal één waarde bij.", "De analist levert die."],
        "tabs": _tabs(),
        "formulier": Voorbeeldformulier({"naam": "Paraplu", "aantal": "drie"}),
        "zoekgroep": _zoekgroep(),
        "op": MOMENT,
    }


def _signaal(nummer: int) -> dict[str, Any]:
    """Every shape of a signal, in turn, and no chance where there is none."""
    richting = list(SIGNAALVORMEN)[nummer % len(SIGNAALVORMEN)]
    is_signaal = richting in ("omhoog", "omlaag")
    toon = {"omhoog": "goed", "omlaag": "achter"}.get(richting, "stil")
    woord = f"signaal {richting} in Q4" if is_signaal else "geen signaal" if richting == "geen" else "te weinig punten"
    beeld = SimpleNamespace(richting=richting, toon=toon, is_signaal=is_signaal, woord=woord)
    return {"beeld": beeld, "kans_tekst": "kans ongeveer gelijk (50%)" if nummer % 3 == 0 else ""}


def _gewijzigd() -> Any:
    wijziging = SimpleNamespace(
        adres="#onderdelen", naam="Gevonden paraplu's", waar="Q3 2022", van="7", naar="8", op=MOMENT
    )
    zin = "Sindsdien zijn 2 waarden gewijzigd, en er kwam 1 waarde bij."
    return SimpleNamespace(zin=zin, eerste=[wijziging], rest=[wijziging], over_een=False)


def _gemeente() -> dict[str, Any]:
    kring = SimpleNamespace(gemeente="Verzonnendam")
    standen = [{"tekst": "Gevonden paraplu's: 34 van de 40.", "oordeel": "achter"}]
    return {"kring": kring, "adres": "#onderdelen", "ligging": "Hier werkt een verzonnen team.", "standen": standen}


def _kaarten() -> list[Voorbeeldkaart]:
    alle = [(oordeel, nummer + 1) for nummer, oordeel in enumerate(SLECHTSTE_EERST)]
    return [
        Voorbeeldkaart("Alle oordelen", "achter", "Het slechtste oordeel staat vooraan en kleurt de rand.", alle),
        Voorbeeldkaart("Op koers", "goed", "Niets vraagt aandacht.", [("op_koers", 3), ("behaald", 1)]),
        Voorbeeldkaart("Zonder cijfers", "", "Voor dit thema zijn geen indicatoren afgesproken."),
    ]


def _tekening(naam: str, cijfers: reeks.Reeks, doek: svg.Doek, conclusie: str, uitleg: str) -> svg.Tekening:
    return svg.Tekening(
        id=naam,
        naam=f"{cijfers.naam} ({naam.rpartition('-')[2]})",
        svg=svg.veilig(svg.tekening(cijfers, conclusie, doek)),
        conclusie=conclusie,
        koppen=reeks.koppen(cijfers),
        rijen=reeks.rijen(cijfers),
        uitleg=uitleg,
    )


def _lege_tekening() -> svg.Tekening:
    koppen, rijen = ["Kwartaal", "Jaar tot nu toe (wanten)", "Opmerking"], [["Q4 2022", "", "geen meting"]]
    naam = "Verloren wanten"
    return svg.Tekening(id="voorbeeld-leeg", naam=naam, svg=SafeString(""), koppen=koppen, rijen=rijen)


def _getallen(*getallen: str | None) -> reeks.Waarden:
    return tuple(None if getal is None else Decimal(getal) for getal in getallen)


def _volume() -> reeks.Reeks:
    """A year volume with a gap, a target that steps, an earlier target, a band and a provisional end."""
    alle = tuple(kwartalen(Kwartaal(2021, 1), NU))
    return reeks.Reeks(
        naam="Gevonden paraplu's",
        eenheid="paraplu's",
        decimalen=0,
        kwartalen=alle,
        hoofd=reeks.Lijn("Jaar tot nu toe", _getallen("8", None, "21", "31", "9", "17", "28", "34"), per_jaar=True),
        bij=reeks.Lijn("Kwartaal", _getallen("8", None, "6", "10", "9", "8", "11", "6")),
        doel=_getallen(*["30"] * 4, *["40"] * 4),
        eerder=_getallen(*[None] * 4, *["36"] * 4),
        eerder_tot=("",) * 4 + ("1 juli 2022",) * 4,
        laag=_getallen("6.75", "13.5", "20.25", "27", "9", "18", "27", "36"),
        hoog=_getallen("7.5", "15", "22.5", "30", "10", "20", "30", "40"),
        bandnaam="Verwacht",
        voorlopig=frozenset({7}),
        redenen=("", "geen meting", "", "", "", "", "", "voorlopig"),
        vanaf_nul=True,
    )


def _enquete() -> reeks.Reeks:
    """A survey every few quarters, with its margin of error."""
    alle = tuple(kwartalen(Kwartaal(2021, 1), NU))
    waarden = _getallen(None, "62", None, None, None, "66.5", None, None)
    return reeks.Reeks(
        naam="Tevreden paraplubezitters",
        eenheid="%",
        decimalen=1,
        kwartalen=alle,
        hoofd=reeks.Lijn("Uitkomst", waarden),
        marge=tuple(None if waarde is None else Decimal("2.5") for waarde in waarden),
        redenen=("",) * len(alle),
    )


def _stappen() -> list[Any]:
    return [
        SimpleNamespace(op=MOMENT, zin="Analist voerde 34 in.", reden="", herkomst="scherm"),
        SimpleNamespace(op=MOMENT, zin="Vaststeller stuurde terug.", reden="Een dag ontbreekt.", herkomst="scherm"),
    ]


def _verschillen() -> list[Any]:
    oud = [("Telt ", False), ("zwarte", True), (" paraplu's.", False)]
    nieuw = [("Telt ", False), ("alle", True), (" paraplu's.", False)]
    return [SimpleNamespace(naam="Telregel", oud=oud, nieuw=nieuw), SimpleNamespace(naam="Opmerking", oud=[], nieuw=[])]


def _tabs() -> list[Any]:
    return [
        SimpleNamespace(naam="Waarden", aantal=3, adres="#onderdelen", is_hier=True),
        SimpleNamespace(naam="Doelen", aantal=0, adres="#onderdelen", is_hier=False),
    ]


def _zoekgroep() -> Any:
    titel, tekst = SafeString("Gevonden <mark>paraplu</mark>'s"), SafeString("Elke <mark>paraplu</mark> telt één keer.")
    treffer = SimpleNamespace(titel=titel, waar="Voorbeeldthema", adres="#onderdelen", tekst=tekst, bron="regel 0")
    return SimpleNamespace(naam="Voorbeelden", sleutel="voorbeelden", treffers=[treffer], is_meer=True)


THEMAS = (("licht", "Licht", "light"), ("donker", "Donker", "dark"), ("papier", "Op papier", "light"))
_NAAM = re.compile(r'\bid="([^"]+)"')
_VERWIJZING = re.compile(r'(\b(?:id|for|form|aria-labelledby|aria-describedby|popovertarget)="|href="#)([^"]+)"')
_KLEUR = re.compile(r"--([\w-]+): #")
_MAAT = re.compile(r"--(maat-[\w-]+):")
_RUIMTE = re.compile(r"--(r\d):")


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def stijl(request: HttpRequest) -> HttpResponse:
    tabel = richt_in(maak_tabel(), request)
    bestand = exporteer(request, tabel)
    return bestand or render(request, "monitor/dashboards/stijl.html", _context(request, tabel))


def _context(request: HttpRequest, tabel: VoorbeeldTabel) -> dict[str, Any]:
    stukken = render_to_string("monitor/dashboards/_stijl.html", maak(tabel), request)
    licht = _tokens()[0]
    return {
        "kruimels": [("Overzicht", reverse("overzicht")), ("Beeldtaal", "")],
        "themas": THEMAS,
        "stukken": stukken,
        "kopie": _met_eigen_namen(stukken),
        "kleuren": _KLEUR.findall(licht),
        "maten": _MAAT.findall(licht),
        "ruimten": _RUIMTE.findall(licht),
        "oordelen": list(UITERLIJK),
    }


def _met_eigen_namen(html: str) -> SafeString:
    """A second copy on the page needs ids of its own, and references that lead to these."""
    namen = set(_NAAM.findall(html))
    kopie = _VERWIJZING.sub(lambda v: f'{v[1]}{v[2]}-kopie"' if v[2] in namen else v[0], html)
    return mark_safe(kopie)  # noqa: S308  # rendered by our own template


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def themas(request: HttpRequest) -> HttpResponse:
    """The tokens of each scheme as a class, and a class per token to show it with."""
    return HttpResponse(_stijlblad(), content_type="text/css")


@cache
def _stijlblad() -> str:
    licht, *anders = _tokens()
    per_thema = (licht, *(licht + blok for blok in anders))
    regels = [
        f".thema-{naam} {{{blok} color-scheme: {schema}; }}"
        for (naam, _, schema), blok in zip(THEMAS, per_thema, strict=True)
    ]
    regels += [f".staal-{naam} {{ background: var(--{naam}); }}" for naam in _KLEUR.findall(licht)]
    regels += [f".letter-{naam} {{ font-size: var(--{naam}); }}" for naam in _MAAT.findall(licht)]
    regels += [f".ruimte-{naam} {{ inline-size: var(--{naam}); }}" for naam in _RUIMTE.findall(licht)]
    return "\n".join(regels)


@cache
def _tokens() -> list[str]:
    """The declarations of light, dark and paper, in the order of ``tokens.css``; later ones only say what differs."""
    tekst = (settings.BASE_DIR / "static" / "common" / "tokens.css").read_text(encoding="utf-8")
    return re.findall(r":root \{(.*?)\}", tekst, re.DOTALL)
