"""Every component of the page of the visual language, with figures that are made up.

What is made up stands in ``fixtures/beeldtaal.toml``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings

from common.grafiek import svg
from common.grafiek.beeld import Beeld
from common.grafiek.tekening import Tekening
from common.grafiek.tekening import maak as maak_tekening
from common.grafiek.vel import Doek
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom
from common.tekst.periode import Kwartaal
from common.tekst.zoeken import markeer
from monitor.dashboards.indicator.signaal.merk import SIGNAALVORMEN
from monitor.dashboards.naslag.grafieken import GRAFIEKSOORTEN, LASTIG
from monitor.dashboards.naslag.woorden import BETEKENIS
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, UITERLIJK, icoon_van
from sturing.lezen.ambities import VORMEN
from sturing.lezen.jaarplan import statusmerken

NU = Kwartaal(2022, 4)
BESTAND = settings.FIXTURES_DIR / "beeldtaal.toml"
VERZONNEN: dict[str, Any] = tomllib.loads(BESTAND.read_text(encoding="utf-8"), parse_float=Decimal)
# Every chart of the page by the id of its drawing.
GRAFIEKEN: dict[str, Beeld] = {
    **{f"soorten-{naam}": beeld for naam, beeld in GRAFIEKSOORTEN.items()},
    **{f"lastig-{naam}": beeld for naam, beeld in LASTIG.items()},
    "voorbeeld-groot": replace(GRAFIEKSOORTEN["dit-jaar"], naam="Een grote grafiek"),
    "voorbeeld-klein": replace(GRAFIEKSOORTEN["alle-kwartalen"], naam="Een kleine grafiek"),
    "voorbeeld-leeg": replace(LASTIG["alleen-gaten"], naam="Een lege grafiek"),
}
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
        "rijen": _rijen(),
        "voortgang": {"oordelen": SLECHTSTE_EERST, "veranderd": True, "sinds": NU.vorige().leesbaar},
        "ambitiestanden": ["", *VORMEN],
        "met_figuren": True,
        "groot": _tekening("voorbeeld-groot"),
        "klein": _tekening("voorbeeld-klein", svg.KLEIN),
        "leeg": _tekening("voorbeeld-leeg"),
        "blik": {"kwartaal": NU, "keuzes": [NU, NU.vorige]},
        "stand": VERZONNEN["stand"] | {"kwartaal": NU},
        "formulier": Voorbeeldformulier({"naam": "Paraplu", "aantal": "drie"}),
        "zoekgroep": _zoekgroep(),
        "planstanden": [*_planstanden()],
    }


def maak_grafieken() -> dict[str, Any]:
    """What the part on charts shows: every kind, and every difficult case."""
    groepen = {"soorten": GRAFIEKSOORTEN, "lastig": LASTIG}
    return {groep: [_tekening(f"{groep}-{naam}") for naam in beelden] for groep, beelden in groepen.items()}


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
        "vonk": svg.veilig(svg.teken(GRAFIEKSOORTEN["alle-kwartalen"], svg.VONK)),
        "beeld": SimpleNamespace(vorm=vorm, **VERZONNEN["signaal"][vorm]),
    }


def _planstanden() -> Iterator[SimpleNamespace]:
    """Each status of an activity, and the first of them late."""
    for nummer, (toon, merk, woord) in enumerate(statusmerken().values()):
        if not nummer:
            yield SimpleNamespace(toon="achter", merk=merk, woord=f"{woord}, te laat")
        yield SimpleNamespace(toon=toon, merk=merk, woord=woord)


def _rijen() -> list[dict[str, Any]]:
    """Every verdict as a dot, in turn better, worse and as it was."""
    alle: list[Any] = [
        {
            "regel": {"adres": "#onderdelen"},
            "naam": f"Verloren wanten: {uiterlijk.woord}",
            "klasse": f"stip toon-{uiterlijk.toon}{' gesloten' if uiterlijk.gesloten else ''}",
            "icoon": icoon_van(oordeel),
            "pijl": ("↑", "↓", "")[nummer % 3],
        }
        for nummer, (oordeel, uiterlijk) in enumerate(UITERLIJK.items())
    ]
    return [{"stippen": alle} | rij for rij in VERZONNEN["rij"]]


def _tekening(id: str, doek: Doek | None = None) -> Tekening:
    beeld = GRAFIEKEN[id]
    return maak_tekening(beeld, id=id, doek=doek or (svg.HOOG if beeld.liggend else svg.GROOT))


def _zoekgroep() -> dict[str, Any]:
    treffer = VERZONNEN["zoekgroep"]["treffer"]
    gemarkeerd = {deel: markeer(treffer[deel], ["paraplu"]) for deel in ("titel", "tekst")}
    return VERZONNEN["zoekgroep"] | {"treffers": [treffer | gemarkeerd]}
