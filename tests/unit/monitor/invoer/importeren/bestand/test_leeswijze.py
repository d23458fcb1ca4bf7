"""Headings as a person calls them, and how far the reading is."""

from __future__ import annotations

from tempfile import TemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.importeren.bestand import kindproces
from monitor.invoer.importeren.bestand.leeswijze import MELD_PER, Leeswijze, gelezen_als
from monitor.invoer.importeren.bestand.lezen import lees_bytes
from monitor.invoer.importeren.bestand.rijen import BESTANDSVORMEN, BEVINDING, NIET_GELEZEN, Kopfout, kopvorm

KOLOMMEN = [kolom for vorm in BESTANDSVORMEN for kolom in vorm.kolommen]
ANDERS = b"Wat|Wijk|jaar|kwartaal|Aantal|Intern\nx|RE07|2025|1|9|geheim\n"
KEUZE = {"wat": "indicator", "wijk": "onderdeel", "aantal": "waarde", "intern": NIET_GELEZEN}


def test_gekoppelde_koppen_worden_gelezen_en_genoemd_ook_om_het_scheidingsteken_te_vinden() -> None:
    with gelezen_als(Leeswijze(KEUZE)):
        gelezen = lees_bytes(ANDERS)
    assert dict(gelezen.rijen[0].cellen) == {
        "indicator": "x", "onderdeel": "RE07", "jaar": "2025", "kwartaal": "1", "waarde": "9",
    }  # fmt: skip
    assert "Volgens uw eigen keuze is niet gelezen: ‘Intern’." in gelezen.opmerkingen
    assert [kop for kop, _ in gelezen.koppen] == ["Wat", "Wijk", "Aantal", "Intern"]


def test_zonder_keuze_zegt_de_weigering_welke_koppen_er_staan_met_een_voorbeeld() -> None:
    with pytest.raises(Kopfout) as geweigerd:
        kindproces.lees_apart(ANDERS)
    assert list(geweigerd.value.koppen) == [("Wat", "x"), ("Wijk", "RE07"), ("Aantal", "9"), ("Intern", "geheim")]
    assert kindproces.lees_apart(ANDERS, KEUZE).rijen[0].cellen["waarde"] == "9"


@given(st.sampled_from(KOLOMMEN), st.sampled_from([*KOLOMMEN, NIET_GELEZEN]))
def test_een_eigen_naam_van_ons_is_niet_anders_te_koppelen(kolom: str, ander: str) -> None:
    inhoud = b"indicator;onderdeel;jaar;waarde\nx;RE07;2025;9\n"
    with gelezen_als(Leeswijze({kopvorm(kolom): ander})):
        assert lees_bytes(inhoud).rijen == lees_bytes(inhoud).rijen
    assert lees_bytes(inhoud).rijen[0].cellen["waarde"] == "9"


@given(st.text(max_size=400))
def test_een_kop_van_elke_lengte_past_in_wat_onthouden_wordt(kop: str) -> None:
    assert len(kopvorm(kop)) <= 100


def test_de_kolom_met_bevindingen_telt_niet() -> None:
    inhoud = f"indicator;onderdeel;jaar;waarde;{BEVINDING}\nx;RE07;2025;9;waarde: fout\n".encode()
    gelezen = lees_bytes(inhoud)
    assert gelezen.fouten == []
    assert set(gelezen.rijen[0].cellen) == {"indicator", "onderdeel", "jaar", "waarde"}


def test_onder_het_lezen_is_te_horen_hoe_ver_het_is() -> None:
    gehoord: list[int] = []
    rijen = b"".join(b"x;RE07;2025;9\n" for _ in range(2 * MELD_PER + 5))
    with gelezen_als(Leeswijze(meld=gehoord.append)):
        lees_bytes(b"indicator;onderdeel;jaar;waarde\n" + rijen)
    assert gehoord == [MELD_PER, 2 * MELD_PER]


@pytest.mark.parametrize(("geschreven", "stand"), [(b"", 0), (b"    1000    2000", 2000), (b"Traceback!", 0)])
def test_de_stand_is_het_laatste_dat_het_kind_schreef(geschreven: bytes, stand: int) -> None:
    with TemporaryFile() as voortgang:
        voortgang.write(geschreven)
        voortgang.flush()
        assert kindproces._stand(voortgang.fileno()) == stand
