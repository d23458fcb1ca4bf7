"""What every text around a meeting must be: not empty, not too long, and no longer than a reader counts it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.invoer.regels.waarneming import InvoerFout
from sturing.overleg.eisen import dagfouten, eis_geen, geschoond, tekstfouten


@pytest.mark.parametrize("tekst", ["", "  \n ", "\u200b", "\u200b \u2060"])
def test_wat_niemand_ziet_is_geen_tekst(tekst: str) -> None:
    assert geschoond(tekst) == ""
    assert [fout.kolom for fout in tekstfouten("tekst", geschoond(tekst), "Schrijf iets.")] == ["tekst"]
    assert tekstfouten("tekst", geschoond(tekst), "") == []


def test_een_regeleinde_is_een_teken() -> None:
    assert geschoond(" a\r\nb ") == "a\nb"
    assert tekstfouten("tekst", geschoond("\r\n".join("a" * 1000)), "leeg", 1999) == []


@given(st.integers(1, 12_000), st.integers(1, 3_000))
def test_te_lang_zegt_hoeveel_er_weg_moet_en_kapt_niets_af(lang: int, langste: int) -> None:
    fouten = tekstfouten("tekst", "x" * lang, "leeg", langste)
    assert bool(fouten) is (lang > langste)
    if fouten:
        assert f"{lang} tekens lang" in fouten[0].reden
        assert f"{lang - langste} weg" in fouten[0].reden


@pytest.mark.parametrize("dag", [None, date(1999, 12, 31), date(2101, 1, 1)])
def test_een_dag_die_niet_kan(dag: date | None) -> None:
    assert [fout.kolom for fout in dagfouten("datum", dag, "Kies een dag.")] == ["datum"]


def test_zonder_fout_gaat_het_door_en_anders_komen_ze_alle() -> None:
    eis_geen([])
    with pytest.raises(InvoerFout) as fout:
        eis_geen([*dagfouten("datum", None, "Kies."), *tekstfouten("tekst", "", "Schrijf.")])
    assert [een.kolom for een in fout.value.fouten] == ["datum", "tekst"]
