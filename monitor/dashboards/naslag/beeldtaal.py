"""Every component of the page of the visual language, with figures that are made up.

What is made up stands in ``fixtures/beeldtaal.toml``.
"""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.safestring import SafeString

from common.grafiek import reeks, svg
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.periode import Kwartaal, kwartalen
from common.tekst.zoeken import markeer
from monitor.dashboards.naslag.woorden import BETEKENIS
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, UITERLIJK
from monitor.dashboards.signaal.grafiek import SIGNAALVORMEN

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
    """An indicator with this verdict; every shape of a signal in turn, and no chance where there is none."""
    vorm = list(SIGNAALVORMEN)[nummer % len(SIGNAALVORMEN)]
    return {
        **VERZONNEN["regel"],
        **({} if oordeel in ZONDER_WAARDE else VERZONNEN["gemeten"]),
        "oordeel": oordeel,
        "toon": UITERLIJK[oordeel].toon,
        "reden": BETEKENIS[oordeel],
        "voorlopig": oordeel == "aandacht",
        "vonk": svg.veilig(svg.vonk(_getallen(("8", "12", "", "9", "14", "11")), Decimal(10))),
        "beeld": SimpleNamespace(vorm=vorm, **VERZONNEN["signaal"][vorm]),
        "kans_tekst": "kans ongeveer even groot" if nummer % 3 == 0 else "",
    }


def _kaarten() -> list[dict[str, Any]]:
    alle = [(oordeel, nummer + 1) for nummer, oordeel in enumerate(SLECHTSTE_EERST)]
    return [{"tellingen": alle} | kaart for kaart in VERZONNEN["kaart"]]


def _tekening(wat: str, naam: str, doek: svg.Doek) -> svg.Tekening:
    cijfers, conclusie = _reeks(VERZONNEN[wat]), VERZONNEN[wat]["conclusie"]
    return svg.Tekening(
        id=naam,
        naam=f"{cijfers.naam} ({naam.rpartition('-')[2]})",
        svg=svg.veilig(svg.tekening(cijfers, conclusie, doek)),
        conclusie=conclusie,
        koppen=reeks.koppen(cijfers),
        rijen=reeks.rijen(cijfers),
        uitleg=VERZONNEN[wat]["uitleg"],
    )


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


def _lege_tekening() -> svg.Tekening:
    koppen, rijen = ["Kwartaal", "Jaar tot nu toe (wanten)", "Opmerking"], [["Q4 2022", "", "geen meting"]]
    naam = "Verloren wanten"
    return svg.Tekening(id="voorbeeld-leeg", naam=naam, svg=SafeString(""), koppen=koppen, rijen=rijen)


def _zoekgroep() -> dict[str, Any]:
    treffer = VERZONNEN["zoekgroep"]["treffer"]
    gemarkeerd = {deel: markeer(treffer[deel], ["paraplu"]) for deel in ("titel", "tekst")}
    return VERZONNEN["zoekgroep"] | {"treffers": [treffer | gemarkeerd]}
