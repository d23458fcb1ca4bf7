"""The plan as a sheet: what goes out comes back the same, and what is changed in it is what changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formatie.bijhouden.planblad import PLANKOLOMMEN, als_blad, cijfers_van, lees_blad, met_cijfers

NAMEN = {"A": "Rijnmond Noord", "A1": "Waterweg", "A2": "Schiedam", "A4": "Vlaardingen"}
SOORTEN = {"basisteam": "Basisteam", "basisteams": "Totaal basisteams", "wijkagenten": "Wijkagenten"}
DISTRICTEN = {"A1": "A", "A2": "A", "A4": "A"}
HUIDIG: dict[str, list[dict[str, Any]]] = {
    "regel": [
        {"sleutel": "staf", "volgnummer": 1, "dienst": "Staf", "naam": "Totaal", "soort": "totaal", "ouder": "",
         "fte": "4", "os": "4", "nos": None, "herleiding": "", "bronregel": "10"},
    ],
    "cel": [
        {"onderdeel": "A1", "soort": "basisteam", "fte": "16.0", "inwoners": None, "herleiding": "z", "bronregel": "1"},
        {"onderdeel": "A2", "soort": "basisteam", "fte": "20.5", "inwoners": None, "herleiding": "", "bronregel": "12"},
        {"onderdeel": "A", "soort": "basisteams", "fte": "36.5", "inwoners": None, "herleiding": "", "bronregel": "13"},
        {"onderdeel": "A", "soort": "wijkagenten", "fte": "5", "inwoners": 4533, "herleiding": "", "bronregel": "14"},
    ],
    "som": [
        {"sleutel": "a-basisteams", "soort": "som", "omschrijving": "Teams", "geheel": "cel:A:basisteams",
         "kolommen": ["fte"], "delen": ["cel:A1:basisteam", "cel:A2:basisteam"]},
    ],
    "oorzaak": [{"som": "a-basisteams-fte", "tekst": "Afgerond."}],
    "opmerking": [],
}  # fmt: skip


def _blad() -> list[tuple[int, dict[str, str]]]:
    """The sheet as it is read back: text by name of column, Dutch."""
    kop, *rijen = als_blad(HUIDIG, NAMEN, SOORTEN)
    assert tuple(kop) == PLANKOLOMMEN
    cellen = [["" if cel is None else str(cel).replace(".", ",") for cel in rij] for rij in rijen]
    return [(nr, dict(zip(kop, rij, strict=True))) for nr, rij in enumerate(cellen, 2)]


def _lees(blad: list[tuple[int, dict[str, str]]]) -> tuple[Any, list[tuple[int, str, str]]]:
    cijfers, fouten = lees_blad(blad, HUIDIG, NAMEN, SOORTEN)
    return cijfers, [(fout.rij, fout.kolom, fout.reden) for fout in fouten]


def test_ongewijzigd_terug_is_hetzelfde_plan() -> None:
    cijfers, fouten = _lees(_blad())
    assert fouten == []
    assert cijfers == cijfers_van(HUIDIG)
    assert met_cijfers(HUIDIG, cijfers, DISTRICTEN) == HUIDIG


@given(st.lists(st.sampled_from(range(5)), unique=True), st.data())
def test_precies_wat_gewijzigd_is_verandert(welke: list[int], data: st.DataObject) -> None:
    blad = _blad()
    for plek in welke:
        blad[plek][1]["fte"] = f"{data.draw(st.integers(100, 999))},{data.draw(st.integers(0, 9))}"
    cijfers, fouten = _lees(blad)
    oud, nieuw = cijfers_van(HUIDIG), cijfers_van(met_cijfers(HUIDIG, cijfers, DISTRICTEN))
    assert fouten == []
    assert [k for k in oud if oud[k] != nieuw[k]] == [k for nr, k in enumerate(oud) if nr in welke]


def test_wat_gelijk_blijft_houdt_zijn_decimalen_en_bron_en_wat_verandert_niet() -> None:
    blad = _blad()
    blad[1][1]["fte"] = "16"
    blad[2][1]["fte"] = "21"
    cellen = met_cijfers(HUIDIG, _lees(blad)[0], DISTRICTEN)["cel"]
    assert cellen[0] == HUIDIG["cel"][0]
    assert (cellen[1]["fte"], cellen[1]["bronregel"]) == ("21", "")


def test_een_team_dat_komt_telt_mee_in_de_som_van_zijn_district_en_een_dat_gaat_niet() -> None:
    blad = [rij for rij in _blad() if rij[1]["kenmerk"] != "cel:A2:basisteam"]
    blad.append((9, {"kenmerk": "cel:A4:basisteam", "fte": "20,5"}))
    cijfers, fouten = _lees(blad)
    assert fouten == []
    plan = met_cijfers(HUIDIG, cijfers, DISTRICTEN)
    assert plan["som"][0]["delen"] == ["cel:A1:basisteam", "cel:A4:basisteam"]
    assert plan["oorzaak"] == []
    assert cijfers_van(plan)["cel:A4:basisteam"] == {"fte": Decimal("20.5"), "inwoners": None}


FOUT = [
    (1, {"fte": "veel"}, "fte", "geen getal"),
    (1, {"fte": ""}, "fte", "Vul een getal in; 0 als"),
    (1, {"fte": "16,25"}, "fte", "één cijfer achter de komma"),
    (1, {"fte": "-1"}, "fte", "van 0 tot"),
    (1, {"os": "3"}, "os", "hoort niet bij deze rij"),
    (1, {"inwoners per wijkagent": "100"}, "inwoners per wijkagent", "alleen bij wijkagenten"),
    (4, {"inwoners per wijkagent": "0"}, "inwoners per wijkagent", "van 1 tot"),
    (0, {"os": "", "nos": ""}, "os", "Vul OS of NOS in."),
    (1, {"kenmerk": ""}, "kenmerk", "Neem het kenmerk over"),
    (1, {"kenmerk": "cel:A2:basisteam"}, "kenmerk", "staat er twee keer"),
    (1, {"kenmerk": "cel:Z9:basisteam"}, "kenmerk", "Z9 is geen onderdeel"),
    (1, {"kenmerk": "cel:A4:iets"}, "kenmerk", "geen soort plaatsen"),
    (1, {"kenmerk": "regel:nieuw"}, "kenmerk", "staat niet in het plan"),
]


@pytest.mark.parametrize(("plek", "anders", "kolom", "reden"), FOUT)
def test_een_fout_staat_bij_rij_en_kolom(plek: int, anders: dict[str, str], kolom: str, reden: str) -> None:
    blad = _blad()
    blad[plek][1].update(anders)
    gevonden = _lees(blad)[1]
    assert [fout for fout in gevonden if fout[1] == kolom and reden in fout[2]], gevonden
    assert {fout[0] for fout in gevonden} <= {plek + 2, plek + 3}


def test_een_regel_van_een_dienst_kan_niet_wegvallen() -> None:
    assert _lees(_blad()[1:])[1] == [
        (0, "kenmerk", "De rij regel:staf ontbreekt. Laat elke regel van een dienst staan.")
    ]
