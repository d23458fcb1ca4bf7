"""The command that reads a file of metingen: all or nothing, every fault named, safe to repeat."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common.models import AuditEvent, JobRun
from common.vaststellen.model import Staat
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.models import Herberekenverzoek, Meting
from tests.factories import IndicatorFactory, MetingFactory, maak_eenheid, maak_persoon

pytestmark = pytest.mark.django_db
KOP = ";".join(METINGKOLOMMEN)


@pytest.fixture(autouse=True)
def _opstelling() -> None:
    maak_eenheid()
    IndicatorFactory(code="verdachten")
    IndicatorFactory(code="prio1", percentage=True)
    maak_persoon("analist")
    maak_persoon("vaststeller")


def _bestand(map_: Path, *rijen: str) -> Path:
    pad = map_ / "metingen.csv"
    pad.write_text("\n".join([KOP, *rijen]), encoding="utf-8")
    return pad


def _importeer(pad: Path, *opties: str) -> tuple[str, str]:
    uit, fout = StringIO(), StringIO()
    try:
        call_command("importeer_metingen", pad, "--door", "analist", *opties, stdout=uit, stderr=fout)
    except CommandError as reden:
        return "", f"{fout.getvalue()}\n{reden}"
    return uit.getvalue(), fout.getvalue()


GOED = (
    "verdachten;RE07;2025;1;9;;;;definitief;2025-04-05;",
    "verdachten;RE07;2025;2;nb;;;;voorlopig;;wacht op de leverancier",
    "prio1;A1;2025;1;;1.012;1.234;;voorlopig;;",
)


def test_een_goed_bestand_komt_in_een_keer_binnen(tmp_path: Path) -> None:
    uit, _ = _importeer(_bestand(tmp_path, *GOED), "--vaststellen-door", "vaststeller")
    assert uit.strip() == "3 nieuw, 0 gewijzigd, 0 gelijk. 3 vastgesteld."
    assert set(Meting.objects.values_list("staat", flat=True)) == {Staat.VASTGESTELD}
    assert Herberekenverzoek.objects.count() == 2  # one per indicator, onderdeel and year
    assert JobRun.objects.get().gewijzigd == 3
    assert AuditEvent.objects.filter(herkomst__startswith="import metingen.csv").count() == 6


def test_nog_eens_hetzelfde_bestand_verandert_niets(tmp_path: Path) -> None:
    pad = _bestand(tmp_path, *GOED)
    _importeer(pad, "--vaststellen-door", "vaststeller")
    voor = list(Meting.objects.order_by("pk").values())
    uit, _ = _importeer(pad, "--vaststellen-door", "vaststeller")
    assert uit.strip() == "0 nieuw, 0 gewijzigd, 3 gelijk. 0 vastgesteld."
    assert list(Meting.objects.order_by("pk").values()) == voor


def test_zonder_vaststeller_wacht_het_op_een_ander(tmp_path: Path) -> None:
    pad = _bestand(tmp_path, *GOED)
    uit, _ = _importeer(pad)
    assert "3 ingediend" in uit
    assert not Herberekenverzoek.objects.exists()
    uit, _ = _importeer(pad, "--vaststellen-door", "vaststeller")
    assert "0 nieuw, 0 gewijzigd, 3 gelijk. 3 vastgesteld." in uit


def test_een_andere_waarde_wordt_een_correctie(tmp_path: Path) -> None:
    _importeer(_bestand(tmp_path, GOED[0]), "--vaststellen-door", "vaststeller")
    nieuw = _bestand(tmp_path, GOED[0].replace(";9;", ";11;"))
    uit, _ = _importeer(nieuw, "--vaststellen-door", "vaststeller")
    assert "0 nieuw, 1 gewijzigd" in uit
    geldend = Meting.objects.geldend().get()
    assert (geldend.waarde, geldend.vervangt.waarde) == (Decimal(11), Decimal(9))
    assert geldend.vervangreden == "Gewijzigd met het bestand metingen.csv."


def test_een_fout_en_niets_komt_binnen_en_elke_fout_staat_er(tmp_path: Path) -> None:
    pad = _bestand(tmp_path, *GOED, "verdachten;RE07;2025;3;1.2.3;;;;;;", "onbekend;Z9;2025;9;1;;;;definitief;;")
    _, fout = _importeer(pad, "--vaststellen-door", "vaststeller")
    for regel in ("rij 5, waarde", "rij 5, status", "rij 6, indicator", "rij 6, onderdeel", "rij 6, kwartaal"):
        assert regel in fout
    assert "metingen.csv: 5 fout(en), niets ingelezen." in fout
    assert not Meting.objects.exists()


def test_een_proef_verandert_niets(tmp_path: Path) -> None:
    uit, _ = _importeer(_bestand(tmp_path, *GOED), "--proef")
    assert uit.splitlines()[0] == "Proef, er is niets gewijzigd. 3 nieuw, 0 gewijzigd, 0 gelijk."
    assert "Gelezen als UTF-8, met een puntkomma tussen de kolommen." in uit
    assert not Meting.objects.exists()
    assert not JobRun.objects.exists()


def test_twijfel_staat_in_de_proef_en_zonder_toelichting_komt_niets_binnen(tmp_path: Path) -> None:
    MetingFactory(indicator=IndicatorFactory(code="verdachten"), waarde=Decimal(9), jaar=2024)
    pad = _bestand(tmp_path, GOED[0].replace(";9;", ";900;"), GOED[2])
    uit, _ = _importeer(pad, "--proef")
    assert "1 twijfelachtig" in uit
    assert "rij 2, waarde: Dit is ongeveer 100 keer zo veel als de vorige meting (9)." in uit
    _, fout = _importeer(pad)
    assert "Klopt het? Schrijf dan een toelichting." in fout
    assert not Meting.objects.filter(jaar=2025).exists()
    uit, _ = _importeer(_bestand(tmp_path, f"{GOED[0].replace(';9;', ';900;')}Een actie op één dag"))
    assert "1 ingediend" in uit


def test_wie_geen_bestanden_mag_inlezen_komt_niet_verder(tmp_path: Path) -> None:
    uit = StringIO()
    with pytest.raises(CommandError, match="mag geen bestanden inlezen"):
        call_command("importeer_metingen", _bestand(tmp_path, *GOED), "--door", "vaststeller", "--proef", stdout=uit)
    assert AuditEvent.objects.get().handeling == "geweigerd"


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (("--vaststellen-door", "analist"), "analist mag dit niet: waarden vaststellen"),
        (("--vaststellen-door", "niemand"), "geen gebruiker “niemand”"),
    ],
)
def test_wie_het_niet_mag_krijgt_een_zin_en_er_verandert_niets(
    tmp_path: Path, opties: tuple[str, ...], zin: str
) -> None:
    _, fout = _importeer(_bestand(tmp_path, *GOED), *opties)
    assert zin in fout
    assert not Meting.objects.exists()


def test_een_mislukte_import_blijft_zichtbaar_als_taak(tmp_path: Path) -> None:
    _importeer(_bestand(tmp_path, *GOED), "--vaststellen-door", "analist")
    assert JobRun.objects.get().afloop == JobRun.Afloop.MISLUKT
