"""Help, glossary and the page of the visual language: complete, and made of the real parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from common.tekst.begrippen import BEGRIPPEN
from config.context import MENU, TOETSEN
from monitor.dashboards.oordeel.uiterlijk import SLECHTSTE_EERST, UITERLIJK, badge, icoon_van
from monitor.models import Oordeel
from sturing.regels.ladder import Trede
from tests.boom import Knoop, lees
from tests.factories import maak_persoon
from tests.integration.monitor.dashboards.opstelling import KWARTAAL, maak_monitor
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
UITLEG = {begrip.woord: begrip.uitleg for begrip in BEGRIPPEN}
VERWIJZEND = ("for", "form", "aria-labelledby", "aria-describedby", "popovertarget")
ONDERDELEN = {f"_components/{pad.name}" for pad in (settings.BASE_DIR / "templates" / "_components").iterdir()}


def _open(client: Client, adres: str, rol: str = "rvo-lid") -> Any:
    client.force_login(maak_persoon(rol))
    antwoord = client.get(adres)
    assert antwoord.status_code == 200
    return antwoord


def test_elk_onderdeel_staat_op_de_pagina_van_de_beeldtaal(client: Client) -> None:
    gebruikt = {sjabloon.name for sjabloon in _open(client, "/stijl/").templates}
    assert ONDERDELEN - gebruikt == set(), "add it to templates/monitor/dashboards/_stijl.html"


@pytest.mark.parametrize("adres", ["/stijl/", "/hulp/"])
def test_elk_oordeel_staat_erop(client: Client, adres: str) -> None:
    getoond = _badges(_open(client, adres).content.decode())
    assert [oordeel for oordeel in Oordeel if _badges(badge(oordeel))[0] not in getoond] == []


def _badges(html: str) -> list[object]:
    """Each verdict with its word, its sign and what gives it its colour; not those nobody can use."""
    merken = [knoop for knoop in lees(html).alle() if "oordeel" in knoop.klassen]
    return [(merk.tekst(), _vorm(merk)) for merk in merken]


def _vorm(knoop: Knoop) -> list[tuple[str, dict[str, str]]]:
    return [(deel.naam, deel.kenmerken) for deel in knoop.alle()]


def test_de_beeldtaal_toont_elk_oordeel_in_een_lijst_en_als_stip(client: Client) -> None:
    knopen = list(lees(_open(client, "/stijl/").content.decode()).alle())
    in_lijsten = [knoop for knoop in knopen if knoop.naam == "li" and knoop["class"].startswith("rand-")]
    merken = [deel for regel in in_lijsten for deel in regel.alle() if "oordeel" in deel.klassen]
    assert [(merk.tekst(), _vorm(merk)) for merk in merken] == _badges("".join(map(badge, SLECHTSTE_EERST)))
    stippen = [(_toon(knoop), _icoon(knoop)) for knoop in knopen if "stip" in knoop.klassen]
    verwacht = [(f"toon-{UITERLIJK[o].toon}", _icoon(lees(icoon_van(o)))) for o in Oordeel]
    assert [stip for stip in verwacht if stip not in stippen] == []


def _toon(knoop: Knoop) -> str:
    return next(klasse for klasse in knoop.klassen if klasse.startswith("toon-"))


def _icoon(knoop: Knoop) -> list[tuple[str, dict[str, str]]]:
    return next(_vorm(deel) for deel in knoop.alle() if deel.naam == "svg")


def test_de_kopie_in_donker_heeft_eigen_namen(client: Client) -> None:
    knopen = list(_ook_wat_stilstaat(lees(_open(client, "/stijl/").content.decode())))
    namen = [knoop["id"] for knoop in knopen if knoop["id"]]
    assert sorted(namen) == sorted(set(namen))
    verwijzingen = {naam for knoop in knopen for kenmerk in VERWIJZEND for naam in knoop[kenmerk].split()}
    assert len(verwijzingen) > 10
    assert verwijzingen <= set(namen)


def _ook_wat_stilstaat(knoop: Knoop) -> Iterator[Knoop]:
    """Every element, also of the copy nobody can use."""
    yield knoop
    for kind in knoop.elementen:
        yield from _ook_wat_stilstaat(kind)


def test_het_stijlblad_van_de_themas_volgt_uit_de_tokens(client: Client) -> None:
    antwoord = _open(client, "/stijl/themas.css")
    assert antwoord["Content-Type"] == "text/css"
    blad = antwoord.content.decode()
    licht, donker, papier = re.findall(r"\.thema-\w+ \{(.*?)\}", blad, re.DOTALL)
    assert "--papier: #f6f5f1" in licht
    assert donker.rindex("--papier: #11161b") > donker.rindex("--papier: #f6f5f1")
    assert [blok.strip().rpartition("color-scheme: ")[2] for blok in (licht, donker, papier)] == [
        "light;",
        "dark;",
        "light;",
    ]


def test_de_tabel_van_de_beeldtaal_wordt_ook_een_bestand(client: Client) -> None:
    antwoord = _open(client, "/stijl/?_export=csv&_tabel=voorbeeld")
    assert "attachment" in antwoord["Content-Disposition"]


def test_elk_begrip_staat_op_de_pagina_en_is_aan_te_wijzen(client: Client) -> None:
    pagina = Pagina.van(_open(client, "/begrippen/"))
    for begrip in BEGRIPPEN:
        assert pagina.plek(begrip.sleutel).gegevens == {begrip.woord: begrip.uitleg}


def test_de_hulp_noemt_de_toetsen_van_wat_men_mag(client: Client) -> None:
    toetsen = Pagina.van(_open(client, "/hulp/", "beheerder")).tabel("De sneltoetsen").kolom("Toetsen")
    assert [toets for toets in toetsen if toets.startswith("g")] == [f"g en dan {letter}" for letter in "ojtw"]
    assert set(TOETSEN) <= {url for _, url, *_ in MENU}
    assert len(set(TOETSEN.values()) | {"w"}) == len(TOETSEN) + 1


@pytest.mark.parametrize(
    ("rol", "doet", "doet_niet"),
    [
        ("rvo-lid", "Een vraag stellen", "Cijfers leveren"),
        ("analist", "Cijfers leveren", "Vaststellen of terugsturen"),
        ("programmadirecteur", "Zeggen hoe ver een ambitie is", "Een vraag stellen"),
        ("beheerder", "Accounts en rollen beheren", "Een cijfer duiden"),
    ],
)
def test_de_hulp_zegt_wat_men_doet_en_wat_woorden_zijn(client: Client, rol: str, doet: str, doet_niet: str) -> None:
    pagina = Pagina.van(_open(client, "/hulp/", rol))
    gedaan = pagina.deel("Wat u hier kunt doen").gegevens
    assert doet in gedaan
    assert doet_niet not in gedaan
    assert pagina.deel("De ladder").lijst() == [trede.regel for trede in Trede if trede]
    assert {"Te laat", "Loopt achter", "Ligt ter vaststelling"} <= set(pagina.deel("Van cijfer naar actie").gegevens)


def test_uitleg_staat_bij_het_woord_zelf(client: Client) -> None:
    maak_monitor()
    volume = Pagina.van(_open(client, f"/indicatoren/verdachten/?kwartaal={KWARTAAL}"))
    assert UITLEG["Jaarvolume"] in volume.uitleg["Jaarvolume"]
    assert UITLEG["Marge"] in volume.tabel("Doelen per jaar").uitleg["Marge"]
    for adres in ("/indicatoren/csv/", "/"):
        assert UITLEG["nb"] in Pagina.van(_open(client, f"{adres}?kwartaal={KWARTAAL}")).uitleg["nb"]
