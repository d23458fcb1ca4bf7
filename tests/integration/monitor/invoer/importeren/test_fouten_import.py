"""Bad input, lines 17 to 24 of what was agreed: what of a file is read, what is refused, and with which sentence."""

from __future__ import annotations

import io
import re
import stat
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from config.omgeving import BASE_DIR
from monitor.invoer.importeren import services
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.models import Import
from tests.factories import IndicatorFactory, maak_eenheid, maak_persoon
from tests.integration.monitor.invoer.importeren.importbestanden import (
    GOED,
    KOP,
    RIJ,
    maak_csv,
    maak_ods,
    maak_xlsx,
    maak_zip,
    ods_rij,
    vervang_deel,
)

pytestmark = pytest.mark.django_db
BLADEN = "<table:table table:name='Metingen'>{}</table:table>"


@pytest.fixture(autouse=True)
def _opstelling(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_vraag_lezen", lambda pk: None)  # no other worker may be first
    maak_eenheid()
    IndicatorFactory(code="verdachten")
    IndicatorFactory(code="prio1", percentage=True)


@pytest.fixture
def analist() -> User:
    return maak_persoon("analist")


def _lees(user: User, inhoud: bytes, naam: str = "q1.xlsx") -> Import:
    bestand = services.ontvang(naam, inhoud, door=user)
    assert services.verwerk(bestand.pk)
    bestand.refresh_from_db()
    return bestand


def _reden(inhoud: bytes) -> str:
    with pytest.raises(InvoerFout) as gevangen:
        lees_bytes(inhoud)
    return " ".join(fout.reden for fout in gevangen.value.fouten)


def _kolomfouten(bestand: Import) -> dict[str, str]:
    return {kolom: reden for _, kolom, reden in bestand.fouten}


HOEK = maak_xlsx(list(METINGKOLOMMEN), RIJ, cel="XFD1048576")
EINDELOOS = BLADEN.format(
    ods_rij(*METINGKOLOMMEN)
    + "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'>"
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)


def test_fout_17_een_cel_in_de_verste_hoek(analist: User) -> None:
    bestand = _lees(analist, HOEK)
    assert "16384 kolommen en 1048576 rijen" in bestand.fouten[0][2]
    assert _lees(analist, maak_csv(*GOED)).staat == "voorstel"  # whatever reads is still alive


def test_fout_17_een_blad_dat_zijn_omvang_verzwijgt() -> None:
    with zipfile.ZipFile(io.BytesIO(HOEK)) as archief:
        blad = archief.read("xl/worksheets/sheet1.xml")
    verzwegen = re.sub(rb"<dimension [^>]*>", b"", blad)
    assert verzwegen != blad
    assert "meer dan 50000 rijen" in _reden(vervang_deel(HOEK, "sheet1.xml", verzwegen))


def test_fout_17_herhaalde_cellen_van_ods_worden_geteld_voor_ze_er_zijn() -> None:
    assert "meer dan 200 kolommen" in _reden(maak_ods(EINDELOOS))
    een_kolom = EINDELOOS.replace("table:number-columns-repeated='16384'", "")
    assert "meer dan 50000 rijen" in _reden(maak_ods(een_kolom))
    leeg = EINDELOOS.replace("<text:p>1</text:p>", "").replace(
        "<table:table-row table:number-rows", f"{ods_rij(*map(str, RIJ[:5]))}<table:table-row table:number-rows"
    )
    assert len(lees_bytes(maak_ods(leeg)).rijen) == 1


@pytest.mark.parametrize("uitgepakt", [4 * 1024, 166], ids=["4-gigabyte", "166-megabyte"])
def test_fout_18_een_zipbom_wordt_niet_uitgepakt(uitgepakt: int) -> None:
    """The size each part announces is enough; the library never unpacks more than that."""
    bom = bytearray(maak_zip("xl/workbook.xml", *(f"deel{n}" for n in range(64)), grootte=1024))
    plek = -1
    while (plek := bom.find(b"PK\x01\x02", plek + 1)) >= 0:
        bom[plek + 24 : plek + 28] = (uitgepakt * 1024**2 // 65).to_bytes(4, "little")
    assert len(bom) < 42 * 1024
    assert "uitgepakt te groot" in _reden(bytes(bom))


def _entiteit(doel: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY a SYSTEM "{doel}">]>'


LACHEN = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
SPION = """
import sys
gezien = []
LET_OP = ("socket.", "open", "urllib.")
sys.addaudithook(lambda wat, args: gezien.append(f"{wat} {args}") if wat.startswith(LET_OP) else None)
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.waarneming import InvoerFout
try:
    lees_bytes(sys.stdin.buffer.read())
except InvoerFout as fout:
    print(fout)
print("\\n".join(gezien))
"""


@pytest.mark.parametrize("soort", ["xlsx", "ods"])
@pytest.mark.parametrize("begin", [_entiteit("file://{geheim}"), _entiteit("http://127.0.0.1:9/x"), LACHEN])
def test_fout_19_een_entiteit_wordt_geweigerd_en_niets_gelezen(begin: str, soort: str, tmp_path: Path) -> None:
    geheim = tmp_path / "geheim.txt"
    geheim.write_text("geheim")
    begin = begin.replace("{geheim}", str(geheim))
    if soort == "ods":
        inhoud = maak_ods(BLADEN.format(ods_rij("&a;")), begin=begin)
    else:
        blad = f'<?xml version="1.0"?>{begin}<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'
        inhoud = vervang_deel(maak_xlsx(list(METINGKOLOMMEN), RIJ), "sheet1.xml", blad)
    uit = subprocess.run(
        [sys.executable, "-c", SPION], input=inhoud, cwd=BASE_DIR, capture_output=True, timeout=60, check=True
    ).stdout.decode()
    assert "tekst van elders (een entiteit)" in uit
    assert str(geheim) not in uit
    assert "\nsocket." not in uit
    assert "\nurllib." not in uit
    assert "\nopen " in uit  # the spy does see what is opened


def _met_verwijzing() -> bytes:
    doel = io.BytesIO()
    with zipfile.ZipFile(doel, "w") as archief:
        deel = zipfile.ZipInfo("xl/workbook.xml")
        deel.external_attr = (stat.S_IFLNK | 0o777) << 16
        archief.writestr(deel, "/etc/passwd")
    return doel.getvalue()


def _dubbel() -> bytes:
    twee = bytearray(maak_zip("xl/workbook.xml", "xl/workbook.xmm"))
    return bytes(twee.replace(b"workbook.xmm", b"workbook.xml"))


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (lambda: maak_zip("xl/workbook.xml", "../../x"), "een naam die naar buiten wijst"),
        (lambda: maak_zip("xl/workbook.xml", "..\\..\\x"), "een naam die naar buiten wijst"),
        (lambda: maak_zip(*(f"d{n}" for n in range(100_000))), "te veel delen"),
        (_dubbel, "twee delen met dezelfde naam"),
        (_met_verwijzing, "een verwijzing naar een ander bestand"),
    ],
)
def test_fout_20_een_vreemd_pakket(maak: Any, zin: str) -> None:
    assert zin in _reden(maak())


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
GOED_XLSX = maak_xlsx(list(METINGKOLOMMEN), RIJ)
GEWEIGERD = {
    "oud.xls": (OLE + "Workbook".encode("utf-16-le"), "oud Excel-bestand (.xls)"),
    "macro.xlsm": (vervang_deel(GOED_XLSX, "-", "", **{"xl/vbaProject.bin": "x"}), "bevat macro's (.xlsm)"),
    "binair.xlsb": (maak_zip("xl/workbook.bin"), ".xlsb-bestand"),
    "slot.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "beveiligd met een wachtwoord"),
    "brief.xlsx": (b"%PDF-1.7", "Dit is een pdf"),
    "leeg.xlsx": (b"", "Het bestand is leeg"),
    "half.xlsx": (GOED_XLSX[: len(GOED_XLSX) // 2], "beschadigd"),
    "half.ods": (maak_ods(BLADEN.format(ods_rij(*METINGKOLOMMEN)))[:-200], "beschadigd"),
}


def test_fout_21_elk_vreemd_bestand_zijn_eigen_zin() -> None:
    redenen = {naam: _reden(inhoud) for naam, (inhoud, _) in GEWEIGERD.items()}
    for naam, (_, zin) in GEWEIGERD.items():
        assert zin in redenen[naam], naam
    assert len(set(redenen.values())) == len(redenen) - 1  # both halves are damaged


def test_fout_21_een_andere_naam_dan_soort_wordt_gezegd(analist: User) -> None:
    bestand = _lees(analist, maak_csv(*GOED), "q1.xlsx")
    assert bestand.staat == "voorstel"
    assert "De naam eindigt op .xlsx, maar dit is een CSV-bestand." in bestand.opmerkingen[0]


def _bijzonder_blad(boek: Any) -> None:
    blad = boek.active
    blad.title = "Metingen"
    blad.row_dimensions[9].hidden = True
    blad.column_dimensions["K"].hidden = True
    blad.merge_cells("A1:C1")
    boek.create_sheet("Toelichting", 0).append(["Lees eerst dit blad"])
    boek.create_sheet("Oud").sheet_state = "hidden"


def test_fout_22_wat_er_gelezen_is_wordt_genoemd(analist: User) -> None:
    boven = [["Cijfers van het kwartaal"], [], [], [], [], ["Wat", None, "Wanneer"]]
    rijen = [RIJ, ["verdachten", "RE07", 2025, 2, *RIJ[4:]], [], ["verdachten", "RE07", 2025, 3, *RIJ[4:]]]
    bestand = _lees(analist, maak_xlsx(*boven, list(METINGKOLOMMEN), *rijen, bewerk=_bijzonder_blad))
    assert (bestand.staat, bestand.nieuw) == ("voorstel", 3)
    assert bestand.opmerkingen == [
        "Er zijn 3 bladen; gelezen is ‘Metingen’, de andere niet.",
        "Verborgen in dit bestand: ‘Oud’.",
        "De kop staat op rij 7; wat daarboven staat is niet gelezen.",
        "1 lege rij is overgeslagen.",
        "Verborgen rijen zijn ook gelezen: 9.",
        "Verborgen kolommen zijn ook gelezen: K.",
    ]


def test_fout_22_ook_bij_ods() -> None:
    stijlen = (
        '<office:automatic-styles><style:style style:name="weg"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles>"
    )
    oud = "<table:table table:name='Oud' table:style-name='weg'></table:table>"
    waarden = [str(cel or "") for cel in RIJ]
    blad = BLADEN.format(
        "<table:table-column/><table:table-column table:visibility='collapse'/>"
        "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Cijfers</text:p>"
        "</table:table-cell><table:covered-table-cell><text:p>weg</text:p></table:covered-table-cell></table:table-row>"
        + ods_rij(*METINGKOLOMMEN)
        + "<table:table-row table:number-rows-repeated='2'/>"
        + ods_rij(*waarden, extra=" table:visibility='filter'")
    )
    inhoud = lees_bytes(maak_ods(oud + blad, stijlen=stijlen))
    assert [nummer for nummer, _ in inhoud.rijen] == [5]
    assert inhoud.opmerkingen == [
        "Er zijn 2 bladen; gelezen is ‘Metingen’, de andere niet.",
        "Verborgen in dit bestand: ‘Oud’.",
        "De kop staat op rij 2; wat daarboven staat is niet gelezen.",
        "2 lege rijen zijn overgeslagen.",
        "Verborgen rijen zijn ook gelezen: 5.",
        "Verborgen kolommen zijn ook gelezen: B.",
    ]


@pytest.mark.parametrize(
    ("waarde", "vorm", "zin"),
    [
        (0.82, "0%", "“82%” is een percentage; hier hoort een heel getal. Een rekenblad bewaart 82% als 0,82."),
        ("'1.234", "@", "“'1.234” begint met een apostrof. Haal de apostrof weg: 1.234."),
        ("1.234,5", "@", "Vul een heel getal in"),
        (date(2025, 10, 5), "d-m-yyyy", "Cel E2 bevat een datum (05-10-2025)."),
        (True, "General", "Cel E2 bevat WAAR of ONWAAR."),
        (1234567890123456, "0", "Cel E2 bevat meer dan 15 cijfers"),
    ],
)
def test_fout_23_een_cel_die_het_rekenblad_veranderde(analist: User, waarde: Any, vorm: str, zin: str) -> None:
    def bewerk(boek: Any) -> None:
        boek.active["E2"] = waarde
        boek.active["E2"].number_format = vorm

    bestand = _lees(analist, maak_xlsx(list(METINGKOLOMMEN), RIJ, bewerk=bewerk))
    assert zin in _kolomfouten(bestand)["waarde"]
    assert len(bestand.fouten) == 1


def test_fout_23_een_percentage_wordt_gelezen_zoals_het_er_staat(analist: User) -> None:
    IndicatorFactory(code="tevreden", enquete=True)
    rij = ["tevreden", "RE07", 2023, None, 0.82, None, None, 0.035, "definitief"]

    def bewerk(boek: Any) -> None:
        boek.active["E2"].number_format = boek.active["H2"].number_format = "0.0%"

    bestand = _lees(analist, maak_xlsx(list(METINGKOLOMMEN), rij, bewerk=bewerk))
    assert ["waarde", "", "82"] in bestand.regels.get().verschillen
    assert ["marge", "", "3,5"] in bestand.regels.get().verschillen
    assert "Als percentage opgemaakt en gelezen zoals het er staat: E2, H2." in bestand.opmerkingen
    zonder = _lees(analist, maak_xlsx(list(METINGKOLOMMEN), rij))
    assert zonder.regels.get().fouten == [["waarde", "Bedoelt u 0,82% of 82%?"]]


ZUID = f"{GOED[0]}Zuid–Holland"


@pytest.mark.parametrize("teken", [";", ",", "\t"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("codering", "naam"),
    [
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_fout_24_elke_gangbare_csv(codering: str, naam: str, regeleinde: str, teken: str) -> None:
    inhoud = lees_bytes(regeleinde.join([KOP, ZUID]).replace(";", teken).encode(codering))
    assert inhoud.rijen[0][1]["toelichting"] == "Zuid–Holland"
    assert inhoud.opmerkingen[0].startswith(f"Gelezen als {naam}, met een ")


@pytest.mark.parametrize(
    ("regels", "rij", "zin"),
    [
        ((GOED[0], GOED[1].replace("nb", '"nb'), GOED[2]), 3, "aanhalingstekens"),
        ((GOED[0], GOED[0] + "x" * 1024**2), 3, "te lang"),
    ],
)
def test_fout_24_een_regel_die_niet_te_lezen_is(regels: tuple[str, ...], rij: int, zin: str) -> None:
    with pytest.raises(InvoerFout) as gevangen:
        lees_bytes(maak_csv(*regels))
    assert (gevangen.value.fouten[0].rij, zin in gevangen.value.fouten[0].reden) == (rij, True)


def test_fout_24_beide_streepjes_zijn_dezelfde_code(analist: User) -> None:
    IndicatorFactory(code="verdachten-zeden")
    bestand = _lees(analist, maak_csv(GOED[0].replace("verdachten", "verdachten–zeden")))
    assert (bestand.staat, bestand.nieuw) == ("voorstel", 1)
