"""Small numbers cannot be read, nor solved for."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from random import Random

import pytest

from common.tekst.periode import Kwartaal
from formatie.bezetting.onderdrukking import Som, Vorm, reden, verberg
from formatie.bezetting.sommen import REST, Lezerszicht, Rij, bepaal_verborgen, somrij_van, tel_op, vorm_van
from tests.unit.formatie.bezetting import traag
from tests.unit.formatie.bezetting.aanval import te_smal

DREMPEL = Decimal(5)
Q1 = Kwartaal(2025, 1)
AANTAL = 50  # tables per seed
IN_DE_SUITE = 6  # seeds; the others are for chaos
ZADEN = [pytest.param(zaad, marks=[] if zaad < IN_DE_SUITE else pytest.mark.chaos) for zaad in range(20)]
DISTRICTEN = ("A", "B", "C", "D")
PLAATSEN = (*DISTRICTEN, REST)


def _fte(toeval: Random, hoogstens: Decimal) -> Decimal:
    """Often nothing, often little, sometimes anything up to the whole."""
    kant = toeval.choice((Decimal(0), min(Decimal(6), hoogstens), hoogstens))
    return (kant * toeval.randint(0, 100) / 100).quantize(Decimal("0.1"))


def _velden(toeval: Random) -> dict[str, Decimal | None]:
    os, nos = _fte(toeval, Decimal(toeval.choice((8, 60, 400)))), _fte(toeval, Decimal(40))
    wijk = _fte(toeval, os)
    velden: dict[str, Decimal | None] = {
        "aspiranten": _fte(toeval, os),
        "wijkagenten": wijk,
        "wijkagenten_expert": _fte(toeval, os - wijk),
        "ziek": _fte(toeval, os + nos),
    }
    return {"os": os, "nos": nos} | {naam: w if toeval.random() < 0.8 else None for naam, w in velden.items()}


def _rijen(toeval: Random) -> list[Rij]:
    kwartalen = [Kwartaal.van_index(Q1.index + n) for n in range(toeval.randint(1, 3))]
    return [
        somrij_van(district, kwartaal, toeval.random() < 0.6, _velden(toeval))
        for kwartaal in kwartalen
        for district in DISTRICTEN[: toeval.randint(1, 4)]
        for _ in range(toeval.randint(1, 3))
    ]


def per_kwartaal(rijen: list[Rij]) -> list[list[Rij]]:
    """One quarter after the other."""
    return [list(van) for _, van in groupby(sorted(rijen, key=lambda rij: rij.kwartaal), lambda rij: rij.kwartaal)]


def _blik(toeval: Random) -> Lezerszicht:
    gezien = frozenset(toeval.choice(("ABCD", "ABCD", "A", "AB", "")))
    return Lezerszicht("U", gezien, gezien & frozenset(toeval.choice(("", "A"))))


def _controleer(rijen: list[Rij], blik: Lezerszicht) -> int:
    """What the reader knows is taken out; the rest may not be solved for. Answers how many cells were hidden."""
    verborgen = bepaal_verborgen(per_kwartaal(rijen), blik, DREMPEL).get(Q1.jaar, frozenset())
    onbekend = tel_op([rij for rij in rijen if rij.district not in blik.precies], blik)
    for optelling in onbekend.values():
        assert {plek for plek, waarde in optelling.sommen.items() if 0 < waarde < DREMPEL} <= verborgen
        assert optelling.van_een_team <= verborgen
        assert not te_smal(optelling.sommen, vorm_van(blik.eenheid, PLAATSEN), verborgen, float(DREMPEL))
    return len(verborgen)


@pytest.mark.parametrize("zaad", ZADEN)
def test_wie_alle_sommen_oplost_komt_geen_klein_getal_te_weten(zaad: int) -> None:
    toeval = Random(zaad)
    assert sum(_controleer(_rijen(toeval), _blik(toeval)) for _ in range(AANTAL)) > AANTAL


def test_de_aanval_vindt_wat_alleen_zelf_verborgen_is() -> None:
    """Six wijkagenten of whom one is ill: hiding only that cell hides nothing."""
    rijen = [
        somrij_van(code, Q1, True, _team(ziek)) for code, ziek in (("A", 1), ("A", 0), ("B", 7), ("B", 4), ("C", 9))
    ]
    blik = Lezerszicht("U", frozenset("ABC"))
    tabel = tel_op(rijen, blik)[Q1].sommen
    klein = {plek for plek, waarde in tabel.items() if 0 < waarde < DREMPEL}
    vorm = vorm_van("U", PLAATSEN)
    assert te_smal(tabel, vorm, klein, 5)
    alles = bepaal_verborgen(per_kwartaal(rijen), blik, DREMPEL)[Q1.jaar]
    assert ("A", "totaal", "ziek") in alles
    assert len({plek for plek in alles if plek[1:] == ("totaal", "ziek")}) == 2
    assert ("U", "totaal", "ziek") not in alles
    assert not te_smal(tabel, vorm, alles, 5)


def test_een_getal_van_een_team_staat_er_nooit_ook_al_is_het_groot() -> None:
    rijen = [somrij_van(code, Q1, True, _team(10)) for code in ("A", "B", "B", "C", "C")]
    verborgen = bepaal_verborgen(per_kwartaal(rijen), Lezerszicht("U", frozenset("ABC")), DREMPEL)[Q1.jaar]
    assert {("A", deel, kolom) for deel in ("totaal", "basisteams") for kolom in ("fte", "os", "nos")} <= verborgen


def test_wie_alles_mag_zien_krijgt_alles() -> None:
    rijen = [somrij_van("A", Q1, True, _team(1))]
    assert bepaal_verborgen(per_kwartaal(rijen), Lezerszicht("U", frozenset("A"), frozenset("A"), True), DREMPEL) == {}


def test_de_reden_is_voor_elke_cel_dezelfde() -> None:
    assert reden(DREMPEL) == "kleiner dan 5, of te herleiden tot zo'n aantal"


def _team(ziek: int) -> dict[str, Decimal | None]:
    return {"os": Decimal(40), "nos": Decimal(12), "wijkagenten": Decimal(6), "ziek": Decimal(ziek)}


def test_het_besluit_hangt_niet_van_de_volgorde_af() -> None:
    toeval = Random(7)
    for _ in range(20):
        rijen, blik = _rijen(toeval), _blik(toeval)
        besluit = bepaal_verborgen(per_kwartaal(rijen), blik, DREMPEL)
        toeval.shuffle(rijen)
        assert bepaal_verborgen(per_kwartaal(rijen), blik, DREMPEL) == besluit


@pytest.mark.parametrize("zaad", range(12))
def test_snel_verbergt_precies_wat_langzaam_verbergt(zaad: int) -> None:
    """Also with more districts than the neighbours that are tried, with parts of a fte, and for two axes."""
    toeval = Random(1000 + zaad)
    for _ in range(12):
        perioden = [optelling.sommen for _, optelling in sorted(tel_op(_rijen(toeval), _blik(toeval)).items())]
        _vergelijk(perioden, vorm_van("U", PLAATSEN), toeval)
    veel = [somrij_van(f"D{n}", Q1, toeval.random() < 0.6, _velden(toeval)) for n in range(14) for _ in range(2)]
    namen = frozenset(rij.district for rij in veel)
    _vergelijk([tel_op(veel, Lezerszicht("U", namen))[Q1].sommen], vorm_van("U", sorted(namen)), toeval)
    metingen = {str(n): (_fte(toeval, Decimal(60)), _fte(toeval, Decimal(9))) for n in range(14)}
    plat = {(n, kolom): w for n, (a, b) in metingen.items() for kolom, w in (("a", a), ("b", b), ("ab", a + b))}
    plat |= {("U", k): sum((w for (_, naam), w in plat.items() if naam == k), Decimal(0)) for k in ("a", "b", "ab")}
    _vergelijk([plat], Vorm(((Som("U", tuple(metingen)),), (Som("ab", ("a", "b")),))), toeval)


def _vergelijk(perioden: list, vorm: Vorm, toeval: Random) -> None:
    alle = sorted((n, plek) for n, periode in enumerate(perioden) for plek in periode)
    eigen = frozenset(toeval.sample(alle, min(len(alle), toeval.randint(0, 4))))
    snel, langzaam = (wie(perioden, vorm, drempel=DREMPEL, eigen=eigen) for wie in (verberg, traag.verberg))
    assert snel == langzaam


@pytest.mark.parametrize("zaad", range(6))
def test_wat_er_bij_komt_toont_nooit_wat_eerder_verborgen_was(zaad: int) -> None:
    """What was shown before can be laid beside what is shown now."""
    toeval = Random(2000 + zaad)
    for _ in range(20):
        perioden = [optelling.sommen for _ in range(3) for optelling in tel_op(_rijen(toeval), _blik(toeval)).values()]
        vorm, eerder = vorm_van("U", PLAATSEN), frozenset()
        for tot in range(1, len(perioden) + 1):
            nu = verberg(perioden[:tot], vorm, drempel=DREMPEL)
            assert eerder <= nu
            eerder = nu
