from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from monitor.invoer.importeren.bestand.lezen import lees_bestand
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout

KOP = ";".join(METINGKOLOMMEN)
RIJ = "telling;RE07;2026;3;1.234;;;;definitief;2026-10-05;Zuid–Holland–Zuid"


def _schrijf(map_: Path, naam: str, inhoud: bytes | str) -> Path:
    pad = map_ / naam
    pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
    return pad


def _boek(map_: Path, rijen: list[list[object]], opmaak: dict[str, str] | None = None) -> Path:
    boek = Workbook()
    for rij in rijen:
        boek.active.append(rij)
    for cel, vorm in (opmaak or {}).items():
        boek.active[cel].number_format = vorm
    boek.save(map_ / "boek.xlsx")
    return map_ / "boek.xlsx"


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n"])
def test_csv_in_elke_gangbare_codering(tmp_path: Path, codering: str, regeleinde: str) -> None:
    inhoud = lees_bestand(_schrijf(tmp_path, "a.csv", regeleinde.join([KOP, RIJ, ""]).encode(codering)))
    assert inhoud.rijen[0][0] == 2
    assert inhoud.rijen[0][1]["toelichting"] == "Zuid–Holland–Zuid"
    assert inhoud.rijen[0][1]["waarde"] == "1.234"


@pytest.mark.parametrize("teken", [",", "\t"])
def test_csv_met_een_ander_scheidingsteken(tmp_path: Path, teken: str) -> None:
    inhoud = lees_bestand(_schrijf(tmp_path, "a.csv", f"{KOP}\n{RIJ}".replace(";", teken)))
    assert inhoud.rijen[0][1]["indicator"] == "telling"


def test_lege_regels_tellen_mee_in_het_rijnummer(tmp_path: Path) -> None:
    inhoud = lees_bestand(_schrijf(tmp_path, "a.csv", f"{KOP}\n\n;;;;;;;;;;\n{RIJ}\n"))
    assert [nummer for nummer, _ in inhoud.rijen] == [4]


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (KOP, "geen waarden"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "oud Excel-bestand (.xls)"),
        (b"\xd0\xcf\x11\xe0" + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "beveiligd met een wachtwoord"),
        (b"<html><table>", "webpagina"),
        (b"\x1f\x8b\x08", "ingepakt"),
        (b"PK\x05\x06" + bytes(18), "beschadigd"),
        (b"PK\x03\x04" + bytes(40), "beschadigd"),
        (f'{KOP}\n"telling;RE07', "aanhalingstekens"),
        (f"{KOP}\ntel\x00ling;RE07", "geen tekst"),
        ("indicator;onderdeel;jaar;jaar;kleur\na;b;c;d;e", "onbekend"),
        ("a" * 30_000, "te lang"),
    ],
)
def test_elk_onleesbaar_bestand_krijgt_zijn_eigen_zin(tmp_path: Path, inhoud: bytes | str, zin: str) -> None:
    with pytest.raises(InvoerFout) as fout:
        lees_bestand(_schrijf(tmp_path, "a.csv", inhoud))
    assert zin in " ".join(str(f) for f in fout.value.fouten)


def test_een_bestand_dat_er_niet_is(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="bestaat niet"):
        lees_bestand(tmp_path / "weg.csv")


def test_te_veel_cellen_in_een_rij(tmp_path: Path) -> None:
    inhoud = lees_bestand(_schrijf(tmp_path, "a.csv", f"{KOP}\n{RIJ};over\n{RIJ}"))
    assert [fout.rij for fout in inhoud.fouten] == [2]
    assert [nummer for nummer, _ in inhoud.rijen] == [2, 3]


def test_xlsx_geeft_de_tekst_die_iemand_zou_typen(tmp_path: Path) -> None:
    rij = ["telling", "RE07", 2026, 3, 82.5, None, None, None, "definitief", date(2026, 10, 5), "ok"]
    inhoud = lees_bestand(_boek(tmp_path, [list(METINGKOLOMMEN), rij]))
    assert not inhoud.fouten
    assert inhoud.rijen == [
        (
            2,
            {
                **dict.fromkeys(METINGKOLOMMEN, ""),
                "indicator": "telling",
                "onderdeel": "RE07",
                "jaar": "2026",
                "kwartaal": "3",
                "waarde": "82,5",
                "status": "definitief",
                "meetdatum": "2026-10-05",
                "toelichting": "ok",
            },
        )
    ]


def test_xlsx_noemt_wat_het_rekenblad_zelf_veranderde(tmp_path: Path) -> None:
    rijen = [list(METINGKOLOMMEN)] + [
        ["telling", "RE07", 2026, 3, waarde] for waarde in (0.82, True, 1234567890123456, 9)
    ]
    inhoud = lees_bestand(_boek(tmp_path, rijen, {"E2": "0%"}))
    assert [(f.rij, f.kolom) for f in inhoud.fouten] == [(3, "waarde"), (4, "waarde")]
    assert [cellen["waarde"] for _, cellen in inhoud.rijen] == ["82%", "WAAR", "1234567890123456", "9"]
    assert "Als percentage opgemaakt en gelezen zoals het er staat: E2." in inhoud.opmerkingen


def test_een_cel_in_de_verste_hoek_kost_niets(tmp_path: Path) -> None:
    boek = Workbook()
    boek.active.append(list(METINGKOLOMMEN))
    boek.active["XFD1048576"] = 1
    boek.save(tmp_path / "groot.xlsx")
    with pytest.raises(InvoerFout, match="rijen"):
        lees_bestand(tmp_path / "groot.xlsx")


def test_een_zipbom_wordt_niet_uitgepakt(tmp_path: Path) -> None:
    pad = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("xl/workbook.xml", "<x/>")
        with archief.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as deel:
            for _ in range(201):
                deel.write(bytes(1024 * 1024))
    with pytest.raises(InvoerFout, match="uitgepakt te groot"):
        lees_bestand(pad)


@pytest.mark.parametrize("naam", ["../../etc/x", "/abs", "xl/vbaProject.bin"])
def test_een_vreemde_opbouw_wordt_geweigerd(tmp_path: Path, naam: str) -> None:
    pad = tmp_path / "a.xlsx"
    with zipfile.ZipFile(pad, "w") as archief:
        archief.writestr("xl/workbook.xml", "<x/>")
        archief.writestr(naam, "x")
    with pytest.raises(InvoerFout):
        lees_bestand(pad)


def test_een_afgebroken_xlsx(tmp_path: Path) -> None:
    heel = _boek(tmp_path, [list(METINGKOLOMMEN), ["telling"]]).read_bytes()
    with pytest.raises(InvoerFout, match="beschadigd"):
        lees_bestand(_schrijf(tmp_path, "half.xlsx", heel[: len(heel) // 2]))


def test_xml_met_een_entiteit_wordt_geweigerd(tmp_path: Path) -> None:
    heel = _boek(tmp_path, [list(METINGKOLOMMEN), ["telling"]])
    bom = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    with zipfile.ZipFile(heel) as oud, zipfile.ZipFile(tmp_path / "xxe.xlsx", "w") as nieuw:
        for deel in oud.namelist():
            nieuw.writestr(deel, bom if deel.endswith("sheet1.xml") else oud.read(deel))
    with pytest.raises(InvoerFout, match="tekst van elders"):
        lees_bestand(tmp_path / "xxe.xlsx")
