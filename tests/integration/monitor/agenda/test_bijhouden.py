"""Another end of an agenda by a decision: a year keeps one agenda, closed quarters their verdict, and files wait."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from formatie.models import Inwonertal, Organisatiebesluit
from monitor.agenda.bijhouden import AGENDA, rij_van
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.eisen import KwartaalGesloten
from monitor.invoer.vaststellen.services import stel_vast
from monitor.invoer.vaststellen.soorten import ORGANISATIE
from monitor.invoer.voorstellen.organisatie.inhouden import PER_SOORT
from monitor.invoer.voorstellen.organisatie.services import stel_organisatie_voor
from strategie.models import Agenda
from tests.factories import AfsluitingFactory, DoelstellingFactory, MetingFactory, MonitorregelFactory, maak_eenheid
from tests.integration.monitor.invoer.voorstellen.doelen.opstelling import analist, vaststeller

pytestmark = pytest.mark.django_db
NU = datetime(2025, 3, 20, 9, 0, tzinfo=UTC)
TWEEDE = Path(__file__).parents[3] / "fixtures_tweede_agenda"


def stel_einde_voor(agenda: Agenda, jaar: int, **anders: Any) -> Organisatiebesluit:
    wie = {"door": analist(), "herkomst": "proef", "op": NU, "reden": "Fictief."} | anders
    rijen = {"agenda": [rij_van(agenda, jaar)]}
    return stel_organisatie_voor(AGENDA, rijen, vanaf=f"{jaar}-12-31", bron="Fictief: besluit", **wie)


def neem_aan(besluit: Organisatiebesluit) -> None:
    stel_vast(ORGANISATIE, list(ORGANISATIE.wachtend().filter(pk=besluit.pk)), door=vaststeller(), herkomst="proef")


@pytest.fixture
def agenda() -> Agenda:
    maak_eenheid({"A": 1})
    return Agenda.objects.create(slug="een", titel="Een", begin_jaar=2023, eind_jaar=2026, bron="proef")


def test_wat_een_jaar_dubbel_of_zonder_agenda_laat_kan_niet(agenda: Agenda) -> None:
    Agenda.objects.create(slug="twee", titel="Twee", begin_jaar=2027, eind_jaar=2030, bron="proef")
    for jaar, zin in (
        (2027, "“Laatste jaar” moet 2026 zijn: de volgende begint in 2027, anders staat er een jaar in twee agenda's."),
        (2025, "“Laatste jaar” moet 2026 zijn: de volgende begint in 2027, anders heeft een jaar geen agenda."),
        (2026, "“Laatste jaar” is al zo; er is niets voorgesteld."),
        (2024, "“Laatste jaar” ligt voor 2025; een jaar dat voorbij is, blijft."),
    ):
        with pytest.raises(InvoerFout) as fout:
            stel_einde_voor(agenda, jaar)
        assert zin in [een.reden for een in fout.value.fouten]
    assert {een.kolom for een in fout.value.fouten} == {"eind_jaar"}


def test_het_oordeel_van_een_gesloten_kwartaal_blijft(agenda: Agenda) -> None:
    """Refused when it is proposed already, and nothing of the try stays behind."""
    indicator = MonitorregelFactory(agenda=agenda, indicator__niveau="eenheid").indicator
    DoelstellingFactory(indicator=indicator, jaar=2026)
    MetingFactory(indicator=indicator, jaar=2026, kwartaal=1, onderdeel__code="RE07", waarde=5)
    AfsluitingFactory(jaar=2026, kwartaal=1)
    with pytest.raises(KwartaalGesloten, match="Q1 2026"):
        stel_einde_voor(agenda, 2025)
    agenda.refresh_from_db()
    assert (agenda.eind_jaar, Organisatiebesluit.objects.count()) == (2026, 0)
    assert stel_einde_voor(agenda, 2027).staat == "ingediend"


def test_wat_een_ander_einde_doet_staat_erbij(agenda: Agenda) -> None:
    met, ook = (MonitorregelFactory(agenda=agenda, indicator__niveau="eenheid").indicator for _ in range(2))
    for indicator, jaar in ((met, 2026), (ook, 2026), (ook, 2027)):
        DoelstellingFactory(indicator=indicator, jaar=jaar)
    langer = AGENDA.gevolgen({"agenda": [rij_van(agenda, 2027)]})
    assert langer[0] == "Ook over Q1 2027 tot en met Q4 2027 worden waarden gevraagd en beoordeeld."
    zin = "Van 1 indicator met een doel voor 2026 is er nog geen doel voor 2027, en zonder doel geen oordeel"
    assert langer[1] == f"{zin}: {met.naam}."
    assert "ambities die 2026 noemen" in langer[2]
    (korter,) = AGENDA.gevolgen({"agenda": [rij_van(agenda, 2025)]})
    assert korter.startswith("Over Q1 2026 tot en met Q4 2026 worden geen waarden meer gevraagd")


def test_de_bestanden_laten_staan_wat_op_de_site_is_besloten(tmp_path: Path) -> None:
    laad(settings.FIXTURES_DIR)
    agenda = Agenda.objects.get()
    neem_aan(stel_einde_voor(agenda, agenda.eind_jaar + 1))
    geteld = Inwonertal.objects.get()
    rij = {
        "onderdeel": "RE07",
        "peildatum": geteld.peildatum.isoformat(),
        "aantal": geteld.aantal + 1,
        "bron": "Fictief",
    }
    wie = {"bron": "Fictief", "door": analist(), "herkomst": "proef"}
    neem_aan(stel_organisatie_voor(PER_SOORT["inwonertal"], {"inwoners": [rij]}, vanaf=rij["peildatum"], **wie))
    uit = laad(settings.FIXTURES_DIR)
    assert "Wat op de site over de organisatie is besloten (2), blijft zoals het is." in uit
    assert Agenda.objects.get().eind_jaar == agenda.eind_jaar + 1
    assert Inwonertal.objects.get().aantal == geteld.aantal + 1
    map_ = Path(shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures"))
    shutil.copytree(TWEEDE, map_, dirs_exist_ok=True)
    with pytest.raises(CommandError, match="1 fout"):
        laad(map_)
    assert Agenda.objects.count() == 1


def laad(map_: Path) -> str:
    uit = StringIO()
    call_command("laad_agenda", map=map_, stdout=uit, stderr=StringIO())
    return uit.getvalue()
