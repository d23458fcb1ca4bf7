"""Whether an analyst would believe the figures: size, chance, season, and nothing that cannot be. Over many seeds."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from statistics import correlation, fmean, variance
from typing import Any

import pytest
from django.conf import settings

from common.tekst.periode import Kwartaal, kwartalen
from monitor.demo.cijfers import leveringen, werkdagen
from monitor.demo.levering import Levering, Opdracht
from monitor.demo.mensen import Demoplek, Omvangen, bezettingsleveringen, demoplekken, omvang_van
from monitor.invoer.bezetting.validatie import Opgave
from monitor.invoer.regels.validatie import IndicatorFeiten
from monitor.invoer.regels.waarneming import Waarneming

TOT = Kwartaal(2026, 3)
ZADEN = range(1, 9)
PER_TEAM = ("aanrijdtijd-prio1", "aanrijdtijd-prio2")


def _toml(pad: str) -> dict[str, Any]:
    return tomllib.loads((settings.FIXTURES_DIR / pad).read_text(encoding="utf-8"))


def _plekken() -> dict[Kwartaal, list[Demoplek]]:
    cellen = {
        (cel["onderdeel"], cel["soort"]): Decimal(str(cel["fte"]))
        for cel in _toml("formatieplan/2023-2026/districten.toml")["cel"]
        if cel["onderdeel"] != "RE07" and cel.get("fte")
    }
    teams = {code for code, soort in cellen if soort == "basisteam"}
    plekken = demoplekken(cellen, cellen, {team: team[:-1] for team in teams})
    return dict.fromkeys(kwartalen(Kwartaal(2021, 1), TOT), plekken)


PLEKKEN = _plekken()
TEAMS = sorted({plek.onderdeel for plek in PLEKKEN[TOT] if plek.soort == "basisteam"} - {"ZHP1"})
DISTRICTEN = sorted({plek.district for plek in PLEKKEN[TOT]})


def _feiten(code: str) -> IndicatorFeiten:
    rij = _toml(f"monitorset/2023-2026/{code}.toml")["indicator"]
    velden = ("aggregatie", "frequentie", "niveau", "eenheid", "richting", "decimalen")
    return IndicatorFeiten(code, **{naam: rij[naam] for naam in velden}, eerste_jaar=rij.get("eerste_jaar"))


@pytest.fixture(scope="module")
def feiten() -> dict[str, IndicatorFeiten]:
    return {code: _feiten(code) for code in _toml("demo/reeksen.toml")["reeks"]}


def _omvang(zaad: int) -> Omvangen:
    return omvang_van(Opdracht(_toml("demo/bezetting.toml"), TOT, zaad), PLEKKEN)


@pytest.fixture(scope="module")
def reeksen(feiten: dict[str, IndicatorFeiten]) -> dict[int, list[Levering[Waarneming]]]:
    """By seed, without the awkward cases."""
    waar = {"basisteam": TEAMS, "district": DISTRICTEN, "eenheid": ["RE07"]}
    plekken = {code: waar[feit.niveau] for code, feit in feiten.items()}
    beschrijving = _toml("demo/reeksen.toml") | {"bijzonder": []}
    return {zaad: list(leveringen(Opdracht(beschrijving, TOT, zaad), feiten, plekken, _omvang(zaad))) for zaad in ZADEN}


def _van(levering_per_zaad: list[Levering[Waarneming]], code: str) -> list[Waarneming]:
    return [een.waarde for een in levering_per_zaad if een.waarde.indicator == code]


@pytest.mark.parametrize(
    "code", ["csv-aangepakt", "verdachten-mensenhandel", "cybercrime-regulier", "gedigitaliseerd-regulier"]
)
def test_een_aantal_varieert_als_een_telling(reeksen: dict[int, list[Levering[Waarneming]]], code: str) -> None:
    """Against what was expected in that quarter, which is the mean over the seeds; of many seeds the noise is small."""
    per_kwartaal = defaultdict(list)
    for zaad in ZADEN:
        for waarneming in _van(reeksen[zaad], code):
            per_kwartaal[waarneming.jaar, waarneming.kwartaal].append(float(waarneming.waarde or 0))
    verhoudingen = [variance(waarden) / fmean(waarden) for waarden in per_kwartaal.values()]
    assert 0.8 < fmean(verhoudingen) < 2


@pytest.mark.parametrize("code", PER_TEAM)
@pytest.mark.parametrize("zaad", ZADEN)
def test_het_aantal_meldingen_volgt_de_omvang_van_het_team(
    reeksen: dict[int, list[Levering[Waarneming]]], zaad: int, code: str
) -> None:
    formatie = {plek.onderdeel: float(plek.formatie) for plek in PLEKKEN[TOT] if plek.soort == "basisteam"}
    per_team = defaultdict(list)
    for waarneming in _van(reeksen[zaad], code):
        per_team[waarneming.onderdeel].append(float(waarneming.noemer or 0))
    assert correlation([formatie[t] for t in TEAMS], [fmean(per_team[t]) for t in TEAMS]) > 0.97
    laatste = [per_team[team][-1] for team in TEAMS]
    assert correlation([formatie[team] for team in TEAMS], laatste) > 0.9


@pytest.mark.parametrize("zaad", ZADEN)
def test_het_verzuim_past_bij_de_mensen_en_heeft_zijn_winter(
    reeksen: dict[int, list[Levering[Waarneming]]], zaad: int
) -> None:
    omvang, per_kwartaal = _omvang(zaad), defaultdict(list)
    for waarneming in _van(reeksen[zaad], "ziekteverzuim"):
        kwartaal = Kwartaal(waarneming.jaar, waarneming.kwartaal or 0)
        assert waarneming.teller is not None
        assert waarneming.noemer == round(omvang[waarneming.onderdeel, kwartaal].mensen * werkdagen(kwartaal))
        assert 0 < waarneming.teller < waarneming.noemer / 8
        per_kwartaal[kwartaal.nummer].append(float(waarneming.teller / waarneming.noemer))
    winter, zomer = (fmean(per_kwartaal[a] + per_kwartaal[b]) for a, b in ((1, 4), (2, 3)))
    assert winter > zomer * 1.1


@pytest.mark.parametrize("zaad", ZADEN)
def test_er_zijn_over_een_jaar_nooit_meer_profchecks_dan_mensen(
    reeksen: dict[int, list[Levering[Waarneming]]], zaad: int
) -> None:
    omvang = _omvang(zaad)
    checks = sorted(_van(reeksen[zaad], "profcheck"), key=lambda w: (w.onderdeel, w.jaar))
    for (district, jaar), van_jaar in groupby(checks, key=lambda w: (w.onderdeel, w.jaar)):
        samen = sum((w.noemer or 0 for w in van_jaar), Decimal(0))
        mensen = [groot.mensen for (code, k), groot in omvang.items() if (code, k.jaar) == (district, jaar)]
        assert 0 < samen <= min(mensen)


@pytest.mark.parametrize("zaad", ZADEN)
def test_beslag_heeft_een_vast_seizoen_met_een_hoog_slot(
    reeksen: dict[int, list[Levering[Waarneming]]], zaad: int
) -> None:
    """The share of Q1..q in the year lies within five points of its mean, as what proposes a season asks."""
    waarden = [w.waarde or Decimal(0) for w in _van(reeksen[zaad], "waardebeslag")]
    jaren = [waarden[begin : begin + 4] for begin in range(0, 20, 4)]
    for tot in (1, 2, 3):
        aandelen = [sum(jaar[:tot], Decimal(0)) / sum(jaar, Decimal(0)) for jaar in jaren]
        midden = sum(aandelen, Decimal(0)) / len(aandelen)
        assert max(abs(aandeel - midden) for aandeel in aandelen) <= Decimal("0.05")
    assert all(jaar[3] == max(jaar) for jaar in jaren)


def test_wat_is_gemeten_kan_en_is_exact(reeksen: dict[int, list[Levering[Waarneming]]]) -> None:
    waarden = [een.waarde for lijst in reeksen.values() for een in lijst]
    getallen = [g for w in waarden for g in (w.waarde, w.teller, w.noemer, w.marge) if g is not None]
    assert {type(getal) for getal in getallen} == {Decimal}
    assert all(getal >= 0 for getal in getallen)
    assert all(w.teller <= w.noemer for w in waarden if w.teller is not None and w.noemer is not None)
    tellingen = [w for w in waarden if w.marge is None]
    assert all(g == int(g) for w in tellingen for g in (w.waarde, w.teller, w.noemer) if g is not None)


def test_delen_zijn_samen_nooit_meer_dan_het_geheel(reeksen: dict[int, list[Levering[Waarneming]]]) -> None:
    delen_van = {
        code: reeks["deel_van"] for code, reeks in _toml("demo/reeksen.toml")["reeks"].items() if "deel_van" in reeks
    }
    for lijst in reeksen.values():
        waarden = {(een.waarde.indicator, een.kwartaal): een.waarde.waarde for een in lijst}
        for geheel in set(delen_van.values()):
            delen = [deel for deel, van in delen_van.items() if van == geheel]
            for kwartaal in PLEKKEN:
                assert sum(waarden[deel, kwartaal] or 0 for deel in delen) <= (waarden[geheel, kwartaal] or 0)


def test_een_enquete_heeft_een_marge_die_bij_haar_steekproef_past(feiten: dict[str, IndicatorFeiten]) -> None:
    """A margin of 1 to 3 points belongs to some thousand to ten thousand answers."""
    for code, reeks in _toml("demo/reeksen.toml")["reeks"].items():
        if feiten[code].aggregatie != "enquete":
            continue
        for jaar, uitkomst in reeks["uitkomst"].items():
            deel, marge = (float(tekst.replace(",", ".")) / 100 for tekst in (uitkomst, reeks["marge"][jaar]))
            assert 1_000 < deel * (1 - deel) * (1.96 / marge) ** 2 < 12_000


@pytest.mark.parametrize("zaad", ZADEN)
def test_de_bezetting_past_in_zichzelf_en_is_in_de_winter_vaker_ziek(zaad: int) -> None:
    beschrijving = _toml("demo/bezetting.toml") | {"bijzonder": []}
    alle: list[Opgave] = [een.waarde for een in bezettingsleveringen(Opdracht(beschrijving, TOT, zaad), PLEKKEN)]
    assert len(alle) == len(PLEKKEN) * len(PLEKKEN[TOT])
    for opgave in alle:
        assert all(deel <= opgave.os for deel in (opgave.aspiranten or 0, opgave.wijkagenten or 0))
        assert (opgave.ziek or 0) <= opgave.fte
    ziek = {nummer: sum(o.ziek or 0 for o in alle if o.kwartaal == nummer and o.jaar < 2026) for nummer in (1, 2, 3, 4)}
    assert min(ziek[1], ziek[4]) > max(ziek[2], ziek[3])
