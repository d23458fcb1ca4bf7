"""How the course is told: new limits, a season, a trend, a constant series, and verdict and trend in one sentence."""

from __future__ import annotations

import re

from monitor.dashboards.grafiek.alle_kwartalen import build_alle_kwartalen
from monitor.dashboards.indicator.signaal.selectors import maak_beeld
from monitor.dashboards.indicator.signaal.toelichting import signaaldeel, slotsom
from monitor.models import Grensbesluit
from monitor.rekenen.regels.signaalregels import Signaalregel
from monitor.rekenen.signaalzin import samenzin, signaalzin
from tests.unit.monitor.dashboards.indicator.signaal.reeksen import NU, beeld, indicator, oordeel, reeks, rij


def besluit(jaar: int, kwartaal: int, reden: str = "Nieuwe werkwijze.") -> Grensbesluit:
    return Grensbesluit(jaar=jaar, kwartaal=kwartaal, reden=reden)


def test_nieuwe_grenzen_staan_in_tekening_tabel_en_uitleg() -> None:
    rijen = reeks(*[10, 11] * 6, *[30, 31] * 4, 30)
    zonder = beeld(rijen, eenheid="€")
    met = maak_beeld(indicator(eenheid="€"), NU, None, rijen, [besluit(2024, 3)])
    assert zonder.proces.signalen
    assert (met.woord, met.aantal, len(met.proces.beoordelingen)) == ("stabiel", 9, 2)
    grafiek = build_alle_kwartalen(met.indicator, [], met)
    assert [g.tekst for g in grafiek.gebeurtenissen] == ["nieuwe grenzen: Nieuwe werkwijze"]
    assert [rij_[0] for rij_ in grafiek.rijen if "nieuwe grenzen" in rij_[-1]] == ["Q3 2024"]
    assert len({tuple(rij_[2:5]) for rij_ in grafiek.rijen}) == 2
    assert "voorlopige grenzen, uit 9 metingen" in slotsom(met)
    assert "voorlopige grenzen, uit 9 metingen" in grafiek.uitleg


def test_vlak_na_een_besluit_is_er_nog_te_weinig() -> None:
    b = maak_beeld(indicator(), NU, None, reeks(*[10, 11] * 6, 30, 31), [besluit(2026, 2)])
    assert b.woord == "te weinig metingen (2)"
    grafiek = build_alle_kwartalen(b.indicator, [], b)
    assert grafiek.titel.startswith("Te weinig metingen (2) sinds de nieuwe grenzen van Q2 2026")
    assert grafiek.rijen[0][2]  # with the limits of before
    assert grafiek.rijen[-1][2:5] == ("", "", "")


def test_een_vlakke_reeks_zegt_dat_ze_vlak_is() -> None:
    rijen = [rij(r.jaar, r.kwartaal, 35, 100) for r in reeks(*[35] * 23)]
    assert (
        slotsom(beeld(rijen, aggregatie="verhouding", eenheid="%", decimalen=0)) == "Stabiel: alle 23 waarden zijn 35%."
    )


SEIZOEN = [140, 80, 60, 120]


def test_een_seizoen_vergelijkt_met_hetzelfde_kwartaal() -> None:
    gewoon = [w + (0, 2, -2, 1, -1)[n % 5] for n, w in enumerate(SEIZOEN * 5)]
    velden = {"grenzen_per_kwartaal": True, "eenheid": "€"}
    b = beeld(reeks(*gewoon, 140, 80, 30), oordeel(), **velden)
    assert (b.woord, b.zekerheid) == ("daalt", None)
    begin, _, rest = slotsom(b).partition(" voor een Q3; ")
    assert re.fullmatch(r"Q3 2026 ligt met € 30 onder de ondergrens van € [\d,]+", begin)
    assert re.match(r"in andere jaren is dat gewoonlijk € [\d,]+\.", rest)
    assert len({rij_[-3] for rij_ in build_alle_kwartalen(b.indicator, [], b).rijen}) == 4
    rustig = beeld(reeks(*gewoon, 140, 80, 60), **velden)
    assert slotsom(rustig).startswith("Stabiel: elke waarde past bij wat in dat kwartaal gewoon is; in een Q3 is dat")
    assert not any("haalt de norm" in zin or "Wisselend" in zin for _, zin in signaaldeel(rustig).feiten)


def test_een_trend_heeft_een_tempo_en_een_jaar() -> None:
    # 0,25 a quarter with a wobble; 95 in Q3 2026: 100 is 20 quarters away
    rijen = [rij(r.jaar, r.kwartaal, 360 + n + n % 2, 400) for n, r in enumerate(reeks(*[1] * 20))]
    regel = oordeel("minimum", 100)
    b = beeld(rijen, regel, aggregatie="verhouding", eenheid="%", decimalen=1, herkomst="afgeleid")
    assert (b.woord, b.beter, b.zekerheid) == ("stijgt", True, None)
    assert slotsom(b) == "Stijgt: +1,0 punt per jaar; in dit tempo 100% in 2031."
    assert samenzin("achter", b.proces, b.indicator) == "Achter op het doel, maar het wordt beter: +1,0 punt per jaar."
    assert samenzin("op_koers", b.proces, b.indicator) == "Op koers, en het wordt beter: +1,0 punt per jaar."
    assert "rond de lijn van de trend" in build_alle_kwartalen(b.indicator, [], b).uitleg
    daalt = [rij(r.jaar, r.kwartaal, 400 - n - n % 2, 400) for n, r in enumerate(reeks(*[1] * 20))]
    omlaag = slotsom(beeld(daalt, regel, aggregatie="verhouding", eenheid="%", herkomst="afgeleid"))
    assert omlaag == "Daalt: -1,0 punt per jaar."


def test_van_een_aantal_is_het_tempo_dat_van_een_kwartaal() -> None:
    for keer, hoe in ((1, "meer"), (-1, "minder")):
        waarden = [4_000_000 + keer * (60_000 * n + 90_000 * (n % 2)) for n in range(20)]
        b = beeld(reeks(*waarden), eenheid="€")
        woorden = ("Stijgt" if keer > 0 else "Daalt", samenzin("achter", b.proces, b.indicator))
        assert slotsom(b).startswith(f"{woorden[0]}: per kwartaal elk jaar € 240.000 {hoe}")
        assert woorden[1].endswith(f": per kwartaal elk jaar € 240.000 {hoe}.")


def test_oordeel_en_verloop_in_een_zin() -> None:
    op_rij = beeld(reeks(*[26, 27] * 6, 26, 40, 50, 60, 70))
    assert samenzin("achter", op_rij.proces, op_rij.indicator) == (
        "Achter op het doel, maar het wordt beter: vier kwartalen op rij hoger."
    )
    los = beeld(reeks(*[26, 27] * 6, 60))
    assert samenzin("niet_behaald", los.proces, los.indicator) == (
        "Doel niet gehaald, maar het wordt beter: Q3 2026 ligt boven de bovengrens."
    )
    stil = beeld(reeks(*[26, 27] * 6))
    assert samenzin("achter", stil.proces, stil.indicator).endswith(", en de trend is over meer kwartalen stabiel.")
    assert samenzin("geen_doel", stil.proces, stil.indicator) == ""


def test_het_sterkste_verse_signaal_wordt_genoemd_en_wat_voorbij_is_heet_eerder() -> None:
    b = beeld(reeks(*[20, 22] * 4, 60, *[20, 22] * 4, 60, 22, 20), eenheid="€")
    assert slotsom(b).startswith("Q1 2026 ligt met € 60 boven de bovengrens")
    assert "Q4 2023 ligt met" in " ".join(signaaldeel(b).eerder)
    assert all(b.perioden[s.tot].index <= NU.index - 4 for s in b.proces.eerdere)
    assert b.recent is b.proces.vers[0]


def test_dicht_bij_is_niet_voorbij() -> None:
    b = beeld(reeks(*[20, 22] * 6, 21, 28, 26), eenheid="€")
    zinnen = [signaalzin(s, b.proces, b.indicator) for s in b.proces.signalen if s.regel is Signaalregel.ZONE]
    assert zinnen
    for zin in zinnen:
        assert "dicht bij" not in zin
        assert "ver boven het gemiddelde" in zin
