"""The page of the visual language: every component as it is, with figures that are made up, in light and in dark.

What is made up stands in ``fixtures/beeldtaal.toml``. The colours come from ``tokens.css`` alone. A part of a page
cannot ask for the other scheme, so the same tokens are also served under a class; nothing is written down twice.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
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
from common.grafiek.reekstekening import vonk
from common.grafiek.tekening import Tekening
from common.grafiek.tekening import maak as maak_tekening
from common.grafiek.uit_reeks import als_beeld
from common.grafiek.vel import Doek
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import exporteer
from common.tekst.periode import Kwartaal, kwartalen
from common.tekst.zoeken import markeer
from monitor.dashboards.indicator.signaal.merk import SIGNAALVORMEN
from monitor.dashboards.naslag import BETEKENIS
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, UITERLIJK

NU = Kwartaal(2022, 4)
_KWARTALEN = tuple(kwartalen(Kwartaal(2021, 1), NU))
BESTAND = settings.FIXTURES_DIR / "beeldtaal.toml"
VERZONNEN: dict[str, Any] = tomllib.loads(BESTAND.read_text(encoding="utf-8"), parse_float=Decimal)
ZONDER_WAARDE = frozenset({"onvolledig", "geen_meting", "nog_niet_verschuldigd"})


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
    tabel = VoorbeeldTabel(**VERZONNEN["tabel"])
    tabel.kies_kolommen({})
    return tabel


def maak(tabel: VoorbeeldTabel) -> dict[str, Any]:
    """Everything ``monitor/dashboards/_stijl.html`` shows."""
    return VERZONNEN["toon"] | {
        "tabel": tabel,
        "regels": [_regel(nummer, oordeel) for nummer, oordeel in enumerate(SLECHTSTE_EERST)],
        "kaarten": _kaarten(),
        "groot": _tekening("volume", "voorbeeld-groot", svg.GROOT),
        "klein": _tekening("volume", "voorbeeld-klein", svg.KLEIN),
        "enquete": _tekening("enquete", "voorbeeld-enquete", svg.GROOT),
        "leeg": _lege_tekening(),
        "blik": {"kwartaal": NU, "keuzes": [NU, NU.vorige]},
        "stand": VERZONNEN["stand"] | {"kwartaal": NU},
        "formulier": Voorbeeldformulier({"naam": "Paraplu", "aantal": "drie"}),
        "zoekgroep": _zoekgroep(),
    }


def _regel(nummer: int, oordeel: str) -> dict[str, Any]:
    """An indicator with this verdict; every shape of a signal in turn."""
    vorm = list(SIGNAALVORMEN)[nummer % len(SIGNAALVORMEN)]
    return {
        **VERZONNEN["regel"],
        **({} if oordeel in ZONDER_WAARDE else VERZONNEN["gemeten"]),
        "oordeel": oordeel,
        "toon": UITERLIJK[oordeel].toon,
        "kern": BETEKENIS[oordeel],
        "voorlopig": oordeel == "aandacht",
        "vonk": svg.veilig(vonk(_getallen(("8", "12", "", "9", "14", "11")), Decimal(10))),
        "beeld": SimpleNamespace(vorm=vorm, **VERZONNEN["signaal"][vorm]),
    }


def _kaarten() -> list[dict[str, Any]]:
    alle = [(oordeel, nummer + 1) for nummer, oordeel in enumerate(SLECHTSTE_EERST)]
    return [{"tellingen": alle} | kaart for kaart in VERZONNEN["kaart"]]


def _tekening(wat: str, naam: str, doek: Doek) -> Tekening:
    verzonnen = VERZONNEN[wat]
    beeld = als_beeld(_reeks(verzonnen), verzonnen["conclusie"], verzonnen["uitleg"])
    return replace(maak_tekening(beeld, id=naam, doek=doek), naam=f"{beeld.naam} ({naam.rpartition('-')[2]})")


def _reeks(verzonnen: dict[str, Any]) -> reeks.Reeks:
    """What has "voorlopig" as its reason is drawn as provisional."""
    velden = dict(verzonnen["reeks"])
    velden |= {soort: _lijn(**lijn) for soort, lijn in verzonnen["lijn"].items()}
    velden |= {soort: _getallen(getallen) for soort, getallen in verzonnen["getallen"].items()}
    voorlopig = frozenset(plek for plek, reden in enumerate(velden["redenen"]) if reden == "voorlopig")
    return reeks.Reeks(kwartalen=_KWARTALEN, voorlopig=voorlopig, **velden)


def _lijn(waarden: list[str], **velden: Any) -> reeks.Lijn:
    return reeks.Lijn(waarden=_getallen(waarden), **velden)


def _getallen(getallen: Iterable[str]) -> reeks.Waarden:
    return tuple(Decimal(getal) if getal else None for getal in getallen)


def _lege_tekening() -> Tekening:
    koppen, rijen = ["Kwartaal", "Jaar tot nu toe (wanten)", "Opmerking"], [["Q4 2022", "", "geen meting"]]
    naam = "Verloren wanten"
    return Tekening(id="voorbeeld-leeg", naam=naam, svg=SafeString(""), koppen=koppen, rijen=rijen)


def _zoekgroep() -> dict[str, Any]:
    treffer = VERZONNEN["zoekgroep"]["treffer"]
    gemarkeerd = {deel: markeer(treffer[deel], ["paraplu"]) for deel in ("titel", "tekst")}
    return VERZONNEN["zoekgroep"] | {"treffers": [treffer | gemarkeerd]}


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
def stijl_themas(request: HttpRequest) -> HttpResponse:
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
