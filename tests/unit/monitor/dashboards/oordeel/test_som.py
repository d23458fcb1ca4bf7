"""The sum in words: what it says, and that its printed numbers lead to the verdict by another road."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.dashboards.oordeel.som import GEWOGEN, Geval, som
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.rekenen.regels.beoordelen import bereken
from monitor.rekenen.regels.feiten import Metingen, Metingfeit, Onderdeelfeit, Rekenfeiten, doeljaren_van
from monitor.rekenen.regels.oordeelrij import als_records
from tests.unit.monitor.dashboards.indicator.signaal.narekenen import reken_na
from tests.unit.monitor.rekenen.regels.gevallen import JAAR, LATER, doel, indicator, kwartalen, waarde

PROCENT = indicator("verhouding", eenheid="%", decimalen=1)
ENQUETE = indicator("enquete", eenheid="%", decimalen=1)
VERZUIM = indicator("verhouding", "lager", eenheid="%", decimalen=1)
getallen = st.decimals(0, 10**6, places=2)
paren = st.tuples(st.integers(0, 500), st.integers(500, 900))


def geval(feit: Any, doelstelling: Any, waarden: dict, kwartaal: int = 3) -> Geval:
    onderdeel = Onderdeelfeit(1, feit.niveau)
    metingen = Metingen.van(
        [
            Metingfeit(1, 1, j, q, w.waarde, w.noemer, w.marge, w.waarde is None, w.voorlopig)
            for (j, q), w in waarden.items()
        ]
    )
    doelen = [doelstelling] if doelstelling else []
    feiten = Rekenfeiten([feit], [onderdeel], doelen, metingen, LATER, 30, doeljaren_van(doelen, metingen))
    reeks = [r for r in als_records(bereken(feiten)) if (r.jaar, r.kwartaal) <= (JAAR, kwartaal)]
    rij = next(r for r in reeks if (r.jaar, r.kwartaal) == (JAAR, kwartaal))
    return Geval(rij, feit, doelstelling, leid_cijfers_af(rij, feit, doelstelling), reeks)


def regels(*gegeven: Any) -> dict[str, str]:
    return {regel.naam: regel.tekst for regel in som(geval(*gegeven))}


def test_een_jaarvolume_van_begin_tot_eind() -> None:
    assert regels(indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 8)) == {
        "Opgeteld": "9 + 6 + 8 = 23 verdachten t/m Q3",
        "Jaardoel": "30 verdachten",
        "Norm": "30 × 3/4 = 22,5",
        "Tempo": "23 / 22,5 = 1,022 keer de norm",
        "Grenzen": "op koers vanaf 22,5, aandacht vanaf 20,25 (marge 10% van 22,5), "
        "daaronder achter",
        "Nog nodig": "30 − 23 = 7. 2 van de 3 eerdere kwartalen haalden dat tempo.",
        "Conclusie": "23 is ten minste 22,5, dus op koers.",
    }  # fmt: skip


CONCLUSIES = {
    "aandacht": (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 6), 3,
                 "21 is minder dan 22,5, maar ten minste 20,25, dus aandacht."),
    "achter": (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 5), 3,
               "20 is minder dan 20,25, dus achter."),
    "op de rand": (indicator(), doel("jaarvolume", 40, 10), kwartalen(9, 9, 9), 3,
                   "27 is minder dan 30, maar ten minste 27, dus aandacht."),
    "behaald": (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 8, 7), 4,
                "30 is ten minste 30, dus behaald."),
    "niet behaald": (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, 6, 8, 6), 4,
                     "29 is minder dan 30, dus niet behaald."),
    "lager": (indicator(richting="lager"), doel("jaarvolume", 40, 10), kwartalen(10, 10, 12), 3,
              "32 is meer dan 30, maar hoogstens 33, dus aandacht."),
    "stap ervoor": (indicator(verwachting="stap", stap_kwartaal=4), doel("jaarvolume", 2, 0), kwartalen(0, 0, 0), 3,
                    "0 is ten minste 0, dus op koers."),
    "nul doel": (indicator(), doel("jaarvolume", 0, 10), kwartalen(0), 1,
                 "0 is ten minste 0, dus op koers."),
    "net niet": (PROCENT, doel("minimum", 82, 2), kwartalen((8196, 10000)), 1,
                 "81,96% is minder dan 82%, maar ten minste 80%, dus aandacht."),
    "maximum": (VERZUIM, doel("maximum", "5.9", "0.5"), kwartalen((65, 1000)), 1,
                "6,5% is meer dan 6,4%, dus achter."),
    "noemer nul": (PROCENT, doel("minimum", 82, 2), kwartalen((0, 0)), 1,
                   "De noemer is 0: er valt niets te delen, dus er is geen oordeel. Daarom: geen meting."),
    "gat": (indicator(), doel("jaarvolume", 30, 10), kwartalen(9, None, 8), 3,
            "Onvolledig: Q2 ontbreekt; 17 verdachten t/m Q3 is dus geen volledig cijfer."),
    "nb": (indicator(), doel("onbekend"), kwartalen("nb"), 1,
           "De waarde van Q1 2025 is nog niet bekend (nb). Daarom: geen meting."),
}  # fmt: skip


@pytest.mark.parametrize("naam", CONCLUSIES)
def test_de_conclusie_noemt_de_kant_van_de_grens(naam: str) -> None:
    *gegeven, zin = CONCLUSIES[naam]
    assert regels(*gegeven)["Conclusie"] == zin


def test_een_gat_is_geen_nul() -> None:
    gemeten = regels(indicator(), doel("jaarvolume", 30, 10), kwartalen(9, None, 8))
    assert gemeten["Opgeteld"] == "9 + (Q2: geen waarde) + 8 = 17 verdachten t/m Q3"
    assert gemeten["Ontbreekt"] == "Q2"
    assert "Tempo" not in gemeten
    assert "Grenzen" not in gemeten


def test_een_verhouding_telt_teller_en_noemer_op() -> None:
    gemeten = regels(PROCENT, doel("minimum", 82, 2), kwartalen((254, 310), (261, 315)), 2)
    assert gemeten["Teller"] == "254 + 261 = 515 t/m Q2"
    assert gemeten["Noemer"] == "310 + 315 = 625 t/m Q2"
    assert gemeten["Waarde"] == "515 / 625 × 100 = 82,4%"
    assert gemeten["Conclusie"] == "82,4% is ten minste 82%, dus op koers."


def test_een_enquete_rekent_de_foutmarges_uit() -> None:
    waarden = {(2023, None): waarde("46.0", marge=Decimal("1.1")), (2025, None): waarde("48.9", marge=Decimal("1.1"))}
    gemeten = regels(ENQUETE, doel("verbetering"), waarden, 4)
    assert gemeten["Meting"] == "48,9%, gemeten over heel 2025, foutmarge ± 1,1"
    assert gemeten["Vorige meting"] == "46% in 2023, foutmarge ± 1,1"
    assert gemeten["Verschil"] == "48,9 − 46 = 2,9 procentpunt"
    assert gemeten["Foutmarges samen"] == "√(1,1² + 1,1²) ≈ 1,5556"
    assert gemeten["Conclusie"] == (
        "Het verschil van 2,9 is groter dan 1,6, het cijfer gaat omhoog en hoger is beter, dus behaald."
    )


def test_een_seizoen_noemt_de_jaren_die_het_gebruikt() -> None:
    eerder = kwartalen(4, 5, 6, 7, jaar=2023) | kwartalen(8, 8, 8, 8, jaar=2024)
    gemeten = regels(indicator(verwachting="seizoen"), doel("jaarvolume", 30, 10), eerder | kwartalen(9, 6, 8))
    assert gemeten["Aandeel t/m Q3 in 2023"] == "15 (4 + 5 + 6) van 22 (4 + 5 + 6 + 7)"
    assert gemeten["Norm"] == "30 × (15/22 + 24/32) / 2 ≈ 21,4773"


def test_te_weinig_jaren_voor_een_seizoen_staat_erbij() -> None:
    gemeten = regels(indicator(verwachting="seizoen"), doel("jaarvolume", 30, 10), kwartalen(9, 6, 8))
    assert gemeten["Norm"] == "30 × 3/4 = 22,5 (geen 2 volledige eerdere jaren voor een patroon)"


def test_een_stap_noemt_zijn_kwartaal() -> None:
    gemeten = regels(indicator(verwachting="stap", stap_kwartaal=3), doel("jaarvolume", 2, 0), kwartalen(0, 0, 1))
    assert gemeten["Norm"] == "het doel telt vanaf Q3, in Q3 is dat het hele jaardoel: 2"


def _controleer(gegeven: Geval) -> None:
    """What another road makes of the printed lines is the verdict of the record."""
    oordeel = gegeven.oordeel
    gedrukt = {regel.naam: regel.tekst for regel in som(gegeven)}
    assert oordeel.replace("_", " ") in gedrukt["Conclusie"].lower()
    if oordeel in GEWOGEN:
        uit = reken_na(gedrukt, gegeven.soort, gegeven.indicator.richting, gegeven.rij.kwartaal)
        assert uit == oordeel, gedrukt


@settings(deadline=None)
@given(
    st.lists(getallen, min_size=1, max_size=4), getallen, st.decimals(0, 100, places=2),
    st.sampled_from(["hoger", "lager"]), st.sampled_from(["lineair", "stap"]), st.integers(1, 4),
)  # fmt: skip
def test_elk_volume_is_na_te_rekenen(
    waarden: list, streef: Decimal, marge: Decimal, richting: str, patroon: str, stap: int
) -> None:
    feit = indicator(richting=richting, verwachting=patroon, stap_kwartaal=stap)
    _controleer(geval(feit, doel("jaarvolume", streef, marge), kwartalen(*waarden), len(waarden)))


@settings(deadline=None)
@given(
    st.lists(getallen, min_size=8, max_size=8), st.lists(getallen, min_size=1, max_size=4), getallen,
    st.sampled_from(["hoger", "lager"]),
)  # fmt: skip
def test_elk_seizoen_is_na_te_rekenen(eerder: list, waarden: list, streef: Decimal, richting: str) -> None:
    alle = kwartalen(*eerder[:4], jaar=2023) | kwartalen(*eerder[4:], jaar=2024) | kwartalen(*waarden)
    feit = indicator(richting=richting, verwachting="seizoen")
    _controleer(geval(feit, doel("jaarvolume", streef, 10), alle, len(waarden)))


@settings(deadline=None)
@given(
    st.lists(paren, min_size=1, max_size=4), st.sampled_from(["minimum", "maximum"]),
    st.decimals(0, 100, places=1), st.decimals(0, 5, places=1),
)  # fmt: skip
def test_elke_norm_is_na_te_rekenen(waarden: list, soort: str, streef: Decimal, marge: Decimal) -> None:
    _controleer(geval(PROCENT, doel(soort, streef, marge), kwartalen(*waarden), len(waarden)))


@settings(deadline=None)
@given(
    st.decimals(0, 100, places=1), st.decimals(0, 100, places=1),
    st.none() | st.decimals(0, 9, places=1), st.none() | st.decimals(0, 9, places=1),
    st.sampled_from(["hoger", "lager"]),
)  # fmt: skip
def test_elke_verbetering_is_na_te_rekenen(nu: Decimal, toen: Decimal, m1: Any, m2: Any, richting: str) -> None:
    feit = indicator("enquete", richting, eenheid="%", decimalen=1)
    waarden = {(2023, None): waarde(toen, marge=m2), (2025, None): waarde(nu, marge=m1)}
    _controleer(geval(feit, doel("verbetering"), waarden, 4))


@settings(deadline=None)
@given(
    st.lists(st.none() | st.just("nb") | getallen, min_size=1, max_size=4).filter(
        lambda reeks: reeks.count(None) < len(reeks)
    ),
    st.sampled_from(["som", "stand"]),
)
def test_wat_ontbreekt_staat_er_als_ontbrekend(waarden: list, aggregatie: str) -> None:
    feit = indicator(aggregatie)
    kwartaal = max(n for n, w in enumerate(waarden, start=1) if w is not None)
    doelen = (None, doel("jaarvolume", 10, 10), doel("minimum", 10, 1), doel("monitoring"), doel("onbekend"))
    for doelstelling in doelen:
        _controleer(geval(feit, doelstelling, kwartalen(*waarden), kwartaal))
