"""How the columns of a CSV are told apart, and what is said when that was not to be known."""

from __future__ import annotations

import pytest

from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from tests.unit.monitor.invoer.importeren.bestand.bladen import geweigerd, waarden

KOP = ";".join(METINGKOLOMMEN)
RIJ = "telling;RE07;2020;1;8;;;;definitief;;een twee"


@pytest.mark.parametrize(
    ("teken", "naam"), [(";", "een puntkomma"), (",", "een komma"), ("\t", "een tab"), ("|", "een sluisteken (|)")]
)
def test_het_teken_tussen_de_kolommen_wordt_genoemd(teken: str, naam: str) -> None:
    inhoud = lees_bytes(f"{KOP}\n{RIJ}\n".replace(";", teken).encode())
    assert waarden(inhoud) == ["8"]
    assert inhoud.opmerkingen == [f"Gelezen als UTF-8, met {naam} tussen de kolommen."]


@pytest.mark.parametrize("teken", [",", ";", "|"])
@pytest.mark.parametrize("regeleinde", ["\n", "\r\n"])
def test_een_kop_met_een_regeleinde_tussen_aanhalingstekens(teken: str, regeleinde: str) -> None:
    kop = f'"indicator{regeleinde}"{teken}onderdeel{teken}jaar{teken}kwartaal{teken}waarde{teken}status'
    rij = teken.join(("telling", "RE07", "2020", "1", "8", "definitief"))
    assert waarden(lees_bytes(f"{kop}{regeleinde}{rij}{regeleinde}".encode())) == ["8"]


@pytest.mark.parametrize("teken", [";", ",", "^"])
def test_excel_zegt_het_teken_op_de_eerste_regel(teken: str) -> None:
    inhoud = lees_bytes(f"sep={teken}\r\n".encode() + f"{KOP}\r\n{RIJ};\r\n".replace(";", teken).encode()[:-3])
    assert [(rij.nummer, rij.cellen["waarde"]) for rij in inhoud.rijen] == [(2, "8")]


def test_komma_s_in_de_toelichting_maken_geen_kolommen() -> None:
    rij = RIJ.replace("een twee", '"' + ",".join("abcdefghijklmnopqrstuvw") + '"')
    assert waarden(lees_bytes(f"Uitleg, met, veel, komma's,,,,,,,,,,,,\n{KOP}\n{rij}\n".encode())) == ["8"]


@pytest.mark.parametrize("teken", ["^", "~", ":"])
def test_een_onbekend_teken_wordt_genoemd(teken: str) -> None:
    fout = geweigerd(f"{KOP}\n{RIJ}\n".replace(";", teken).encode())
    assert fout.opmerkingen == [f"Gelezen als UTF-8, met een puntkomma tussen de kolommen; er staan {teken} in de kop."]
