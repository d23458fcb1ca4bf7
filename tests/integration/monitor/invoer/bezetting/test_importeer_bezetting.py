"""The command that reads a file of bezetting: the same road as the page, all or nothing, safe to repeat."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common.models import AuditEvent, JobRun
from common.vaststellen.model import Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.validatie import BEZETTINGKOLOMMEN
from monitor.models import Meting
from tests.factories import maak_persoon
from tests.integration.monitor.invoer.bezetting.opstelling import maak_wereld

pytestmark = pytest.mark.django_db
A1 = "A1;basisteam;2025;1;85,5;10;12;17,5;1;;definitief;;"
A2 = "A2;basisteam;2025;1;90;8;;;;4,5;voorlopig;2025-04-02;"
B1 = "B1;basisteam;2025;1;90;8;;;;;definitief;;"


@pytest.fixture(autouse=True)
def _wereld(db: None) -> None:
    maak_wereld()
    maak_persoon("districtschef", onderdeel="A", naam="chef")
    maak_persoon("vaststeller")


def _bestand(map_: Path, *rijen: str, kop: str = ";".join(BEZETTINGKOLOMMEN)) -> Path:
    pad = map_ / "bezetting.csv"
    pad.write_text("\n".join([kop, *rijen]), encoding="utf-8")
    return pad


def _importeer(pad: Path, *opties: str, door: str = "chef") -> tuple[str, str]:
    uit, fout = StringIO(), StringIO()
    try:
        call_command("importeer_bezetting", pad, "--door", door, *opties, stdout=uit, stderr=fout)
    except CommandError as reden:
        return "", f"{fout.getvalue()}\n{reden}"
    return uit.getvalue(), fout.getvalue()


def test_een_bestand_komt_in_een_keer_binnen_en_wat_eruit_volgt_mee(tmp_path: Path) -> None:
    uit, _ = _importeer(_bestand(tmp_path, A1, A2), "--vaststellen-door", "vaststeller")
    assert uit.strip() == "2 nieuw, 0 gewijzigd, 0 gelijk. 2 vastgesteld."
    assert set(Bezetting.objects.values_list("staat", flat=True)) == {Staat.VASTGESTELD}
    assert Meting.objects.geldend().count() == 4  # two indicators follow from each team
    run = JobRun.objects.get()
    assert (run.gelezen, run.gewijzigd) == (2, 2)


def test_nog_eens_hetzelfde_verandert_niets_en_wat_wacht_wordt_vastgesteld(tmp_path: Path) -> None:
    pad = _bestand(tmp_path, A1, A2)
    uit, _ = _importeer(pad)
    assert "2 ingediend; iemand anders moet ze nog vaststellen" in uit
    uit, _ = _importeer(pad, "--vaststellen-door", "vaststeller")
    assert uit.strip() == "0 nieuw, 0 gewijzigd, 2 gelijk. 2 vastgesteld."
    voor = list(Bezetting.objects.order_by("pk").values())
    uit, _ = _importeer(pad, "--vaststellen-door", "vaststeller")
    assert uit.strip() == "0 nieuw, 0 gewijzigd, 2 gelijk. 0 vastgesteld."
    assert list(Bezetting.objects.order_by("pk").values()) == voor


def test_een_proef_verandert_niets(tmp_path: Path) -> None:
    uit, _ = _importeer(_bestand(tmp_path, A1, A2), "--proef")
    assert uit.splitlines()[0] == "Proef, er is niets gewijzigd. 2 nieuw, 0 gewijzigd, 0 gelijk."
    assert not Bezetting.objects.exists()
    assert not JobRun.objects.exists()


@pytest.mark.parametrize(
    ("rijen", "opties", "zin"),
    [
        ((A1, B1), (), "rij 3: Deze rij hoort niet bij uw district"),
        ((A1, "A2;basisteam;2025;9;x;8;;;;;zeker;;"), (), "3 fout(en), niets ingelezen"),
        ((A1,), ("--vaststellen-door", "chef"), "chef mag dit niet: regels bezetting vaststellen"),
        ((A1,), ("--vaststellen-door", "niemand"), "geen gebruiker “niemand”"),
    ],
)
def test_alles_of_niets(tmp_path: Path, rijen: tuple[str, ...], opties: tuple[str, ...], zin: str) -> None:
    _, fout = _importeer(_bestand(tmp_path, *rijen), *opties)
    assert zin in fout
    assert not Bezetting.objects.exists()


def test_wie_geen_bestanden_mag_inlezen_komt_niet_verder(tmp_path: Path) -> None:
    _, fout = _importeer(_bestand(tmp_path, A1), "--proef", door="vaststeller")
    assert "mag geen bestanden inlezen" in fout
    assert AuditEvent.objects.get().handeling == "geweigerd"


def test_een_geweigerde_vaststelling_blijft_in_het_spoor(tmp_path: Path) -> None:
    _importeer(_bestand(tmp_path, A1), "--vaststellen-door", "chef")
    assert AuditEvent.objects.get().handeling == "geweigerd"
    assert JobRun.objects.get().afloop == JobRun.Afloop.MISLUKT


def test_elk_bestand_kent_de_eigen_opdracht(tmp_path: Path) -> None:
    metingen = _bestand(tmp_path, "x;RE07;2025;1;9", kop="indicator;onderdeel;jaar;kwartaal;waarde")
    assert "Lees dat in met importeer_metingen" in _importeer(metingen)[1]
    with pytest.raises(CommandError):
        call_command("importeer_metingen", _bestand(tmp_path, A1), "--door", "chef", stderr=(zin := StringIO()))
    assert "Lees dat in met importeer_bezetting" in zin.getvalue()
