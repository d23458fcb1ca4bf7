"""In the demo the three lists of what to discuss differ, and each difference is named where one reads it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from common.tekst.tekens import hoofdletter
from monitor.rekenen.herberekenen import herbereken
from sturing.lezen.ladder import get_laddersporen
from sturing.lezen.overleggen import Agendering, lees_volgend
from sturing.models import Agendapunt
from sturing.overleg.services import neem_punten_over, trek_in
from sturing.overleg.voordragen import Voordracht, lees_voordrachten, niet_geagendeerd
from tests.pagina import Pagina

VANDAAG = date(2026, 11, 29)
MAANDEN = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"


def _pagina(adres: str, naam: str = "rvo-lid") -> Pagina:
    client = Client()
    client.force_login(User.objects.get(username=naam))
    return Pagina.van(client.get(adres))


@pytest.mark.timeout(500)
@pytest.mark.django_db
def test_elk_verschil_tussen_de_lijsten_staat_er_met_de_reden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: timezone.make_aware(timezone.datetime(2026, 11, 29, 12)))
    call_command("laad_agenda", stdout=StringIO())
    call_command("laad_demo", "--tot", "2026-Q3", stdout=StringIO())
    herbereken(vandaag=VANDAAG)
    _stappen_in_hun_kwartaal()
    _standen_zeggen_wat_toen_op_de_pagina_stond()
    komend = lees_volgend(VANDAAG)
    assert komend is not None
    dirk = {"door": User.objects.get(username="programmadirecteur"), "herkomst": "proef"}
    voordrachten = lees_voordrachten(User.objects.get(username="rvo-lid"), VANDAAG)
    neem_punten_over(komend, voordrachten[1:3], **dirk)
    trek_in(komend.punten.get(titel=voordrachten[1].titel), "Te vroeg.", **dirk)
    assert _benoemd(voordrachten, komend) == {"nog niet overgenomen", "eraf gehaald op 29-11-2026: Te vroeg"}


def _benoemd(voordrachten: list[Voordracht], komend: Any) -> set[str]:
    """Every figure that is on one list and not on another says so on every page; gives the reasons."""
    voorpagina, ladder, vergadering = (_pagina(adres) for adres in ("/", "/ladder/", komend.adres))
    erop = set(Agendapunt.objects.geldend().filter(overleg=komend).values_list("indicator", flat=True))
    redenen, nu = set(), Agendering.lees(VANDAAG)
    for een in voordrachten:
        onder_bespreken, op_trede_3 = een.waar.startswith("onder"), "trede 3" in een.waar
        assert onder_bespreken or op_trede_3
        if een.indicator in erop:
            zin = f"Op de agenda van 11 december 2026, {komend.titel}."
        else:
            aanbod = {keuze.voordracht.indicator: keuze.waarom for keuze in niet_geagendeerd([een], komend, nu)}
            reden = aanbod[een.indicator]
            assert _bij(vergadering, een.titel, f"{hoofdletter(een.waar)}. {hoofdletter(reden)}."), een
            redenen.add(reden)
            zin = f"Niet op de agenda van 11 december 2026, {komend.titel}: {reden}."
        assert _bij(voorpagina, een.titel, zin), (een.titel, zin)
        assert _bij(ladder, een.titel, zin) or not (op_trede_3 or een.indicator in erop), (een.titel, zin)
        if op_trede_3 and not onder_bespreken:
            waarom = een.waar.partition("Bespreken: ")[2]
            assert _bij(voorpagina, een.titel, f"niet onder Bespreken: {waarom}."), een
            assert _bij(ladder, een.titel, f"Niet onder Bespreken: {waarom}."), een
    return redenen


def _bij(pagina: Pagina, titel: str, zin: str) -> bool:
    """Whether this stands after that name, within what one reads in one go."""
    tekst = re.sub(r"\s+([,.:])", r"\1", pagina.tekst)  # a link ends where a sentence goes on
    return any(zin in stuk[:900] for stuk in tekst.split(titel)[1:])


def _stappen_in_hun_kwartaal() -> None:
    sporen = list(get_laddersporen())
    assert len({een.op.date() for een in sporen}) > 5
    for een in sporen:
        uiterlijk = Kwartaal.parse((een.naar or {})["kwartaal"]).uiterste_dag(settings.INLEVERTERMIJN_DAGEN)
        assert timezone.localdate(een.op) == uiterlijk + timedelta(days=1)


def _standen_zeggen_wat_toen_op_de_pagina_stond() -> None:
    """What is quoted at a point is what the page of its figure says, as known on the day it was put there."""
    punten = list(Agendapunt.objects.exclude(stand="").select_related("indicator"))
    assert len(punten) >= 2
    for punt in punten:
        code, dag = punt.indicator.code, timezone.localdate(punt.op)
        pagina = _pagina(f"/indicatoren/{code}/?kwartaal={punt.periode}&peildatum={dag:%Y-%m-%d}")
        getallen = set(re.findall(r"\d+(?:,\d+)?", punt.stand.partition("Op de ladder")[0]))
        assert getallen
        assert {getal for getal in getallen if not pagina.heeft(getal)} == set(), (punt, punt.stand)


def test_geen_tekst_van_de_demo_noemt_een_cijfer_dat_kan_afwijken() -> None:
    """What a figure is, depends on the seed and on the last quarter that is made."""
    bestanden = sorted((settings.FIXTURES_DIR / "demo").glob("*.toml"))
    teksten = [t for pad in bestanden for t in _teksten(tomllib.loads(pad.read_text("utf-8")))]
    assert len(teksten) > 50
    datum = re.compile(rf"\b\d{{1,2}} ({MAANDEN})( 20\d\d)?\b|punt \d+$")
    assert [tekst for tekst in teksten if re.search(r"\d", datum.sub("", tekst))] == []


def _teksten(deel: Any) -> Iterator[str]:
    if isinstance(deel, str) and deel.startswith("Fictief"):
        yield deel
    elif isinstance(deel, dict):
        yield from (tekst for een in deel.values() for tekst in _teksten(een))
    elif isinstance(deel, list):
        yield from (tekst for een in deel for tekst in _teksten(een))
