from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.regels.validatie import METINGKOLOMMEN, IndicatorFeiten, Kader, OnderdeelFeiten, lees_rij
from monitor.invoer.regels.waarneming import Fout, Invoerrij, Waarneming


def _indicator(code: str, **feiten: object) -> IndicatorFeiten:
    basis = {
        "aggregatie": "som", "frequentie": "kwartaal", "niveau": "eenheid", "eenheid": "onderzoeken",
        "richting": "hoger", "decimalen": 0, "eerste_jaar": None,
    }  # fmt: skip
    return IndicatorFeiten(code, **{**basis, **feiten})  # type: ignore[arg-type]


KADER = Kader(
    indicatoren={
        i.code: i
        for i in (
            _indicator("telling"),
            _indicator("euro", eenheid="€"),
            _indicator("prio", aggregatie="verhouding", eenheid="%", decimalen=1, niveau="basisteam", niet_voor={"H1"}),
            _indicator(
                "enquete", aggregatie="enquete", eenheid="%", decimalen=1, frequentie="tweejaarlijks", eerste_jaar=2021
            ),
            _indicator("saldo", aggregatie="stand", eenheid="fte", decimalen=1, richting="geen"),
            _indicator("half", frequentie="halfjaar"),
        )
    },
    onderdelen={
        o.code: o
        for o in (
            OnderdeelFeiten("RE07", "eenheid"),
            OnderdeelFeiten("A", "district"),
            OnderdeelFeiten("A1", "basisteam"),
            OnderdeelFeiten("H1", "basisteam"),
            OnderdeelFeiten("OUD", "eenheid", geldig_tot=date(2024, 1, 1)),
        )
    },
    vandaag=date(2026, 11, 23),
)  # fmt: skip


def _lees(**cellen: str) -> Waarneming | list[Fout]:
    rij = {"indicator": "telling", "onderdeel": "RE07", "jaar": "2026", "kwartaal": "3", "status": "definitief"}
    return lees_rij(Invoerrij(7, {**rij, **cellen}), KADER)


def test_een_goede_rij_wordt_een_waarneming() -> None:
    rij = _lees(waarde="1.234", meetdatum="5-10-2026", toelichting="gecontroleerd")
    assert isinstance(rij, Waarneming)
    assert (rij.waarde, rij.kwartaal, rij.meetdatum) == (Decimal(1234), 3, date(2026, 10, 5))
    assert rij.sleutel == ("telling", "RE07", 2026, 3)


def test_teller_en_noemer() -> None:
    rij = _lees(indicator="prio", onderdeel="A1", teller="1.012", noemer="1.234", status="Voorlopig")
    assert isinstance(rij, Waarneming)
    assert (rij.waarde, rij.teller, rij.noemer, rij.status) == (None, 1012, 1234, "voorlopig")


def test_nb_is_niet_nul() -> None:
    rij = _lees(waarde="nb")
    assert isinstance(rij, Waarneming)
    assert rij.onbekend
    assert rij.waarde is None


def test_een_heel_jaar() -> None:
    rij = _lees(waarde="30", jaar="2025", kwartaal="")
    assert isinstance(rij, Waarneming)
    assert rij.kwartaal is None


def test_een_enquete_mag_op_een_hoger_niveau_en_heeft_een_marge() -> None:
    rij = _lees(indicator="enquete", jaar="2025", kwartaal="", waarde="48,9", marge="1,1")
    assert isinstance(rij, Waarneming)
    assert rij.marge == Decimal("1.1")


def test_een_verschil_mag_onder_nul() -> None:
    rij = _lees(indicator="saldo", waarde="-12,5")
    assert isinstance(rij, Waarneming)
    assert rij.waarde == Decimal("-12.5")


@pytest.mark.parametrize(
    ("cellen", "kolom"),
    [
        ({"indicator": ""}, "indicator"),
        ({"indicator": "bestaat-niet"}, "indicator"),
        ({"onderdeel": "Z9"}, "onderdeel"),
        ({"jaar": "26"}, "jaar"),
        ({"jaar": "1999"}, "jaar"),
        ({"jaar": "٢٠٢٦"}, "jaar"),
        ({"kwartaal": "5"}, "kwartaal"),
        ({"kwartaal": "1,0"}, "kwartaal"),
        ({"waarde": ""}, "waarde"),
        ({"waarde": "-"}, "waarde"),
        ({"waarde": "-5"}, "waarde"),
        ({"waarde": "12,5"}, "waarde"),
        ({"waarde": "nb", "teller": "5"}, "waarde"),
        ({"waarde": "5", "teller": "5"}, "teller"),
        ({"waarde": "5", "marge": "1"}, "marge"),
        ({"waarde": "5", "status": ""}, "status"),
        ({"waarde": "5", "status": "klaar"}, "status"),
        ({"waarde": "5", "meetdatum": "31-2-2026"}, "meetdatum"),
        ({"waarde": "5", "meetdatum": "2027-01-01"}, "meetdatum"),
        ({"waarde": "5", "meetdatum": "2020-01-01"}, "meetdatum"),
        ({"waarde": "5", "toelichting": "a" * 2001}, "toelichting"),
        ({"waarde": "5", "toelichting": "a\x00b"}, "toelichting"),
        ({"waarde": "5", "onderdeel": "A"}, "onderdeel"),
        ({"waarde": "5", "onderdeel": "OUD", "jaar": "2025"}, "onderdeel"),
        ({"waarde": "5", "jaar": "2027", "kwartaal": "1"}, "jaar"),
        ({"waarde": "5", "jaar": "2026", "kwartaal": ""}, "kwartaal"),
        ({"indicator": "half", "waarde": "5"}, "kwartaal"),
        ({"indicator": "enquete", "waarde": "50", "jaar": "2024", "kwartaal": ""}, "kwartaal"),
        ({"indicator": "enquete", "waarde": "101", "jaar": "2025", "kwartaal": ""}, "waarde"),
        ({"indicator": "enquete", "waarde": "5.9", "jaar": "2025", "kwartaal": ""}, "waarde"),
        ({"indicator": "prio", "onderdeel": "A1", "waarde": "82", "teller": "1", "noemer": "2"}, "waarde"),
        ({"indicator": "prio", "onderdeel": "A1", "teller": "3", "noemer": "2"}, "teller"),
        ({"indicator": "prio", "onderdeel": "A1", "teller": "3"}, "noemer"),
        ({"indicator": "prio", "onderdeel": "H1", "teller": "1", "noemer": "2"}, "onderdeel"),
    ],
)  # fmt: skip
def test_een_fout_staat_bij_zijn_kolom(cellen: dict[str, str], kolom: str) -> None:
    fouten = _lees(**cellen)
    assert isinstance(fouten, list)
    assert kolom in {fout.kolom for fout in fouten}
    assert all(fout.rij == 7 and fout.reden.endswith((".", "?")) for fout in fouten)


def test_alle_fouten_van_een_rij_tegelijk() -> None:
    fouten = _lees(waarde="1.2.3", status="", meetdatum="morgen")
    assert isinstance(fouten, list)
    assert {fout.kolom for fout in fouten} == {"waarde", "status", "meetdatum"}


@given(st.dictionaries(st.sampled_from(METINGKOLOMMEN), st.text(max_size=12)))
def test_geen_tekst_laat_de_lezer_struikelen(cellen: dict[str, str]) -> None:
    rij = lees_rij(Invoerrij(2, cellen), KADER)
    assert isinstance(rij, Waarneming) or rij
