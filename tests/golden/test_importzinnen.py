"""What an import says to who handed it in: every sentence stands in ``importzinnen.txt`` to be read at review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from monitor.invoer.importeren import services
from monitor.invoer.importeren.herstellen import Celherstel, herstel, koppel, laat_achter
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Import
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.golden.vergelijk import vergelijk_met_goud
from tests.pagina import Pagina

pytestmark = pytest.mark.django_db
GOUD = Path(__file__).with_name("importzinnen.txt")
GOED = "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;"
LATER = "verdachten;RE07;2025;3;8;;;;definitief;2025-10-05;"
FOUT = "verdachten;RE70;2025;2;1.2.3;;;;zeker;;"
DUBBEL = "verdachten;RE07;2025;1;10;;;;definitief;;"
FOUTWAARDE = "verdachten;RE07;2025;4;#N/B;;;;definitief;;"
KOP_ANDERS = "Wat;Wijk;jaar;kwartaal;Aantal;status;Opmerking intern"
KEUZE = {"Wat": "indicator", "Wijk": "onderdeel", "Aantal": "waarde", "Opmerking intern": "(niet lezen)"}


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 11, 28))
    maak_eenheid()
    IndicatorFactory(code="verdachten", naam="Verdachten in beeld")


def _lees(door: User, *rijen: str) -> Import:
    bestand = services.ontvang("q1.csv", "\n".join(rijen).encode(), door=door)
    services.verwerk(bestand.pk)
    return bestand


def _zinnen(door: User, bestand: Import) -> list[str]:
    client = Client()
    client.force_login(door)
    pagina = Pagina.van(client.get(f"/invoer/importeren/{bestand.pk}/"))
    return [f"    {zin}" for melding in pagina.meldingen for zin in str(melding).splitlines() if zin.strip()]


def test_de_zinnen_van_een_import() -> None:
    door, kop = maak_persoon("analist"), ";".join(METINGKOLOMMEN)
    uit = ["fouten in rijen"]
    bestand = _lees(
        door, kop, GOED, FOUT, DUBBEL, FOUTWAARDE, GOED.replace("2025;1", "2025;3").replace("04-05", "10-05")
    )
    uit += _zinnen(door, bestand)
    herstel(bestand.pk, [Celherstel(3, "waarde", "1.2.3", "12")], door=door, weg=[5])
    uit += ["", "een cel verbeterd en een rij weggelaten", *_zinnen(door, bestand)]
    rest = laat_achter(bestand.pk, door=door)
    assert rest
    uit += ["", "waarvan de rest apart ging", *_zinnen(door, bestand), "", "de rest", *_zinnen(door, rest)]
    anders = _lees(door, KOP_ANDERS, "verdachten;RE07;2025;1;9;definitief;x")
    uit += ["", "andere koppen", *_zinnen(door, anders)]
    koppel(anders.pk, KEUZE, door=door)
    uit += ["", "gekoppeld, wordt gelezen", *_zinnen(door, anders)]
    services.verwerk(anders.pk)
    uit += ["", "gekoppeld", *_zinnen(door, anders)]
    vergelijk_met_goud(GOUD, "\n".join(uit) + "\n")
