"""Letters come back as they were written, whatever program wrote them, or they are asked for; never other letters."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.invoer.importeren.bestand.codering import decodeer
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.regels.validatie import METINGKOLOMMEN
from monitor.invoer.regels.waarneming import InvoerFout
from tests.unit.monitor.invoer.importeren.bestand.bladen import geweigerd, waarden

KOP = ";".join(METINGKOLOMMEN)
CODERINGEN = ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"]
NAMEN = {"cp1252": "Windows-1252", "cp850": "MS-DOS (codepagina 850)", "mac-roman": "Mac Roman"}
WOORDEN = [
    *("geïnd", "één", "België", "coördinatie", "scène", "enquête", "ideeën", "reünie", "financiële", "café", "Curaçao"),
    *("façade", "privé", "zeeën", "geëist", "beïnvloed", "coöperatie", "naïef", "ruïne", "efficiënt", "crème", "hè"),
    *("wél", "vóór", "dáár", "níét", "zó", "nú", "COÖRDINATIE", "FINANCIËLE", "CAFÉ", "BELGIË", "Één", "écht"),
    *("Müller", "Köln", "Jäger", "Schröder", "Señor", "château", "gâteau", "maître", "ragoût", "août", "hôtel", "rôle"),
    *("déjà", "voilà", "œuvre", "foto’s", "zo’n", "’s-Gravenhage", "d’Olivat", "A4’tje", "Zuid–Holland", "noord–zuid"),
    *("2023–2026", "auto–ongeluk", "“prima”", "‘goed’", "enz…", "…maar", "20°C", "5m²", "2½", "±10", "§3", "•", "€13"),
    *("€ 4", "4 à 5", "bedrag", "en", "x", "12", "Europa"),
]
MEERDUIDIG = ["auto–ongeluk", "…maar", "Één", "CAFÉ"]
ZIN = st.lists(st.sampled_from(WOORDEN), min_size=1, max_size=12).map(" ".join)


def _bestand(tekst: str) -> str:
    return f'{KOP}\ntelling;RE07;2020;1;8;;;;definitief;;"{tekst}"\n'


@settings(deadline=None, max_examples=800)
@given(ZIN, st.sampled_from(CODERINGEN))
@example("foto’s", "cp1252")
@example("ragoût", "cp850")
@example("zó", "mac-roman")
@example("BELGIË", "cp850")
@example("dáár", "cp850")
@example("één", "cp850")
def test_wat_geschreven_is_komt_terug_of_wordt_gevraagd(zin: str, codering: str) -> None:
    try:
        inhoud = _bestand(zin).encode(codering)
    except UnicodeEncodeError:
        return
    terug = _terug(inhoud)
    assert terug == _bestand(zin) or (not terug and codering in NAMEN)


def _terug(inhoud: bytes) -> str:
    """Nothing when the file is refused with its sentence."""
    try:
        return decodeer(inhoud)[0]
    except InvoerFout as fout:
        return "" if "Bewaar het bestand als ‘CSV UTF-8’" in str(fout) else f"{fout}"


def test_elk_woord_alleen() -> None:
    """Most are known by themselves; no one is taken for another."""
    paren = [(woord, codering) for woord in WOORDEN for codering in NAMEN if _kan(woord, codering)]
    terug = {paar: _terug(_bestand(paar[0]).encode(paar[1])) for paar in paren}
    assert [paar for paar, tekst in terug.items() if tekst not in ("", _bestand(paar[0]))] == []
    gevraagd = [paar for paar, tekst in terug.items() if not tekst]
    assert len(gevraagd) < len(paren) / 5
    assert not [paar for paar in gevraagd if paar[1] == "cp1252" and paar[0] not in MEERDUIDIG]


def _kan(woord: str, codering: str) -> bool:
    try:
        return bool(woord.encode(codering))
    except UnicodeEncodeError:
        return False


def test_een_naam_die_op_een_apostrof_lijkt_wordt_getoond() -> None:
    """The one reading that can be wrong: what a Mac writes as Luís reads as Lu’s for Windows; the remark shows it."""
    inhoud = lees_bytes(_bestand("Luís").encode("mac-roman"))
    assert inhoud.opmerkingen[1].startswith("In die tekenset staat er bijvoorbeeld “Lu’s”.")


@pytest.mark.parametrize("codering", ["cp1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("woord", ["geïnd", "één", "financiële", "coördinatie", "België", "ideeën", "ruïne", "geëist"])
def test_gewone_woorden_worden_herkend(woord: str, codering: str) -> None:
    inhoud = lees_bytes(_bestand(woord).encode(codering))
    assert waarden(inhoud, "toelichting") == [woord]
    assert inhoud.opmerkingen == [
        f"Gelezen als {NAMEN[codering]}, met een puntkomma tussen de kolommen.",
        f"In die tekenset staat er bijvoorbeeld “{woord}”. Klopt dat niet, bewaar dan als ‘CSV UTF-8’.",
    ]


@pytest.mark.parametrize("zin", ["foto’s van “het plein” – 2023", "Zuid–Holland", "€ 13 voor één café…", "’s avonds"])
def test_wat_een_kantoorprogramma_schrijft_blijft_leesbaar(zin: str) -> None:
    assert waarden(lees_bytes(_bestand(zin).encode("cp1252")), "toelichting") == [zin]


@pytest.mark.parametrize("inhoud", ["zó".encode("mac-roman"), b"ge\x81\x8d\x90nd", "ragoût".encode("cp850")])
def test_wat_niet_zeker_is_wordt_gevraagd(inhoud: bytes) -> None:
    assert "niet met zekerheid te lezen" in str(geweigerd(_bestand("@").encode().replace(b"@", inhoud)))


@pytest.mark.parametrize("merken", [1, 2, 3])
def test_merken_aan_het_begin_horen_niet_bij_de_kop(merken: int) -> None:
    inhoud = b"\xef\xbb\xbf" * merken + _bestand("één").encode()
    assert waarden(lees_bytes(inhoud), "toelichting") == ["één"]


def test_een_halve_letter_van_utf16_is_geen_tekst() -> None:
    assert "geen tekst" in str(geweigerd(_bestand("één").encode("utf-16")[:-1]))
