"""Bezetting comes in and is corrected in random order; what was ever shown of it may give no hidden cell away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from common.tekst.periode import Kwartaal
from formatie.bezetting.onderdrukking import Plek
from formatie.bezetting.sommen import (
    REST,
    Lezerszicht,
    Opgave,
    Optelling,
    alleen_heel,
    bepaal_verborgen,
    somrij_van,
    standen,
    tel_op,
    toon,
    vorm_van,
)
from tests.unit.formatie.bezetting.aanval import te_smal

DREMPEL = Decimal(5)
DISTRICTEN = ("A", "B", "C")
KWARTALEN = (Kwartaal(2025, 1), Kwartaal(2025, 2))
BEGIN = datetime(2025, 4, 1, tzinfo=UTC)
LEZERS = (Lezerszicht("U", frozenset(DISTRICTEN)), Lezerszicht("U", frozenset("A"), frozenset("A")))
RONDEN = 10
ZADEN = [pytest.param(zaad, marks=[] if zaad < 2 else pytest.mark.chaos) for zaad in range(100)]
Patroon = Callable[[Sequence[Opgave], dict[Kwartaal, int], Lezerszicht], Set[Plek]]


def zoals_de_site(versies: Sequence[Opgave], verwacht: dict[Kwartaal, int], blik: Lezerszicht) -> Set[Plek]:
    """From every version, in the order of time."""
    return bepaal_verborgen(standen(versies, verwacht), blik, DREMPEL).get(2025, frozenset())


def van_nu_alleen(versies: Sequence[Opgave], verwacht: dict[Kwartaal, int], blik: Lezerszicht) -> Set[Plek]:
    """From what holds now: a correction or a later quarter may show again what was hidden."""
    nu = {(versie.plek, versie.rij.kwartaal): versie for versie in versies}
    per_kwartaal = [[v.rij for v in nu.values() if v.rij.kwartaal == k] for k in reversed(KWARTALEN)]
    heel = [rijen for k, rijen in zip(reversed(KWARTALEN), per_kwartaal, strict=True) if len(rijen) == verwacht[k]]
    return bepaal_verborgen(heel, blik, DREMPEL).get(2025, frozenset())


def _velden(toeval: Random) -> dict[str, Decimal | None]:
    def fte(hoogstens: Decimal) -> Decimal:
        kant = toeval.choice((Decimal(0), min(Decimal(6), hoogstens), hoogstens))
        return (kant * toeval.randint(0, 100) / 100).quantize(Decimal("0.1"))

    os, nos = fte(Decimal(toeval.choice((8, 60)))), fte(Decimal(40))
    wijk = fte(os)
    ziek = fte(os + nos) if toeval.random() < 0.8 else None
    return {"os": os, "nos": nos, "wijkagenten": wijk, "wijkagenten_expert": fte(os - wijk), "ziek": ziek}


def _verloop(toeval: Random) -> tuple[list[Opgave], dict[Kwartaal, int]]:
    delen = [
        (nummer, district, nummer % 3 > 0 or toeval.random() < 0.5)
        for nummer, district in enumerate(d for d in DISTRICTEN for _ in range(toeval.randint(1, 3)))
    ]
    orde = [(deel, kwartaal) for kwartaal in KWARTALEN for deel in toeval.sample(delen, len(delen))]
    for _ in range(4):
        orde.insert(toeval.randint(len(delen), len(orde)), toeval.choice(orde[: len(delen)]))
    versies = [
        Opgave(
            (nummer, "basisteam" if is_team else "overig"),
            BEGIN + timedelta(days=stap),
            somrij_van(district, kwartaal, is_team, _velden(toeval)),
        )
        for stap, ((nummer, district, is_team), kwartaal) in enumerate(orde)
    ]
    return versies, dict.fromkeys(KWARTALEN, len(delen))


def lekken(toeval: Random, blik: Lezerszicht, patroon: Patroon) -> list[tuple[Kwartaal, Plek]]:
    """What this reader finds out who laid everything side by side that was ever shown of one state of a quarter."""
    versies, verwacht = _verloop(toeval)
    gezien: dict[tuple[Kwartaal, int], set[Plek]] = defaultdict(set)
    tabellen: dict[tuple[Kwartaal, int], Optelling] = {}
    eerst: dict[tuple[Kwartaal, int], Set[Plek]] = {}  # later more is hidden, and what was shown until then is known
    for tot in range(1, len(versies) + 1):
        verborgen = patroon(versies[:tot], verwacht, blik)
        for kwartaal in KWARTALEN:
            rijen = {v.plek: (n, v.rij) for n, v in enumerate(versies[:tot]) if v.rij.kwartaal == kwartaal}
            if len(rijen) < verwacht[kwartaal]:
                continue
            stand = kwartaal, max(n for n, _ in rijen.values())
            alle = [rij for _, rij in rijen.values()]
            eerst.setdefault(stand, verborgen)
            gezien[stand] |= _getoond(tel_op(alle, blik)[kwartaal], kwartaal, verborgen, blik)
            tabellen[stand] = tel_op((rij for rij in alle if rij.district not in blik.precies), blik)[kwartaal]
    return [
        (stand[0], plek) for stand, tabel in tabellen.items() for plek in _gevonden(tabel, gezien[stand], eerst[stand])
    ]


def _gevonden(tabel: Optelling, gezien: Set[Plek], verborgen: Set[Plek]) -> Set[Plek]:
    """Of the cells that are to be hidden those that are known; a column that some left open may follow from others."""
    klein = {plek for plek, waarde in tabel.sommen.items() if 0 < waarde < DREMPEL} | tabel.van_een_team
    vorm = vorm_van("U", sorted({plek[0] for plek in tabel.sommen} - {"U"}))
    smal = te_smal(tabel.sommen, vorm, tabel.sommen.keys() - gezien, float(DREMPEL))
    return klein & gezien | smal.keys() & (klein | (verborgen - gezien))


def _getoond(optelling: Optelling, kwartaal: Kwartaal, verborgen: Set[Plek], blik: Lezerszicht) -> set[Plek]:
    """Who knows the own district reads the unit as what is left without it."""
    getoond = set()
    for plaats in ("U", *(blik.districten - blik.precies)):
        som = toon(plaats, kwartaal, optelling, verborgen, verwacht=0, drempel=DREMPEL)
        cellen = alleen_heel(som, compleet=True).cellen
        als = (plaats, REST) if plaats == "U" and blik.precies else (plaats,)
        getoond |= {(naam, *plek) for plek, cel in cellen.items() if cel.waarde is not None for naam in als}
    return getoond


@pytest.mark.parametrize("zaad", ZADEN)
def test_wat_ooit_getoond_is_geeft_geen_verborgen_cel(zaad: int) -> None:
    toeval = Random(3000 + zaad)
    assert [lek for _ in range(RONDEN) for blik in LEZERS for lek in lekken(toeval, blik, zoals_de_site)] == []


def test_met_alleen_het_patroon_van_nu_vindt_de_aanval_het_lek() -> None:
    toeval = Random(3000)
    assert [lek for _ in range(RONDEN) for blik in LEZERS for lek in lekken(toeval, blik, van_nu_alleen)]
