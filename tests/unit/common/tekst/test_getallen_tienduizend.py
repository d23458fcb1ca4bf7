"""The reader of numbers on ten thousand spellings with a known meaning, and on ten thousand garbled ones."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest

from common.tekst.getallen import GetalFout, Notatie, lees, toon, toon_kort
from tests.unit.common.tekst import getallengrammatica as grammatica

AANTAL = 10_000
ZAAD = 20261124


def _lees(tekst: str, notatie: Notatie) -> Decimal | None:
    """None where it is refused, which it is with a sentence."""
    try:
        return lees(tekst, notatie)
    except GetalFout as gevangen:
        fout = gevangen
    assert str(fout).endswith((".", "?"))
    return None


def test_tienduizend_voorbeelden_worden_gelezen_of_geweigerd_zoals_bekend() -> None:
    toeval = random.Random(ZAAD)
    voorbeelden = [grammatica.maak(toeval) for _ in range(AANTAL)]
    mis = [v for v in voorbeelden if _lees(v.tekst, v.notatie) != v.waarde]
    assert mis == []
    per_soort = Counter(v.soort for v in voorbeelden)
    assert sum(per_soort.values()) == AANTAL
    assert set(per_soort) == {*grammatica.FOUT, "goed: kaal", "goed: punten", "goed: spaties"}
    assert min(per_soort.values()) > 200
    assert min(Counter((v.notatie, v.waarde is None) for v in voorbeelden).values()) > 800


def test_wat_wordt_gelezen_staat_ook_in_de_tweede_grammatica() -> None:
    """Spellings with characters struck, added or replaced: read if and only if the pattern knows them."""
    toeval = random.Random(ZAAD + 1)
    gelezen = Counter()
    for _ in range(AANTAL):
        voorbeeld = grammatica.maak(toeval)
        tekst = _verhaspel(toeval, voorbeeld.tekst)
        goed = _lees(tekst, voorbeeld.notatie) is not None
        assert goed == grammatica.is_goed(tekst, voorbeeld.notatie), (tekst, voorbeeld.notatie)
        gelezen[goed] += 1
    assert sum(gelezen.values()) == AANTAL
    assert min(gelezen.values()) > 1000


def _verhaspel(toeval: random.Random, tekst: str) -> str:
    for _ in range(toeval.randint(0, 3)):
        plek = toeval.randrange(len(tekst) + 1)
        weg = toeval.choice([0, 1])
        tekst = tekst[:plek] + toeval.choice(["", *"0123456789.,- %€_eE\u00a0\u202f\u200b٣−+"]) + tekst[plek + weg :]
    return tekst


def test_wat_getoond_wordt_leest_terug() -> None:
    """Ten thousand values; of a percentage or a measure one dot without a comma is asked back, not guessed."""
    toeval = random.Random(ZAAD + 2)
    teruggevraagd = 0
    for _ in range(AANTAL):
        notatie = toeval.choice(list(Notatie))
        decimalen = toeval.randint(0, grammatica.MEESTE_DECIMALEN.get(notatie, 4))
        waarde = Decimal(toeval.randint(-(10 ** toeval.randint(1, 15)), 10 ** toeval.randint(1, 15))).scaleb(-decimalen)
        for tekst in (toon(waarde, decimalen), toon_kort(waarde)):
            twijfel = notatie in grammatica.TWIJFELT and tekst.count(".") == 1 and "," not in tekst
            assert _lees(tekst, notatie) == (None if twijfel else waarde), tekst
            teruggevraagd += twijfel
    assert teruggevraagd > 100


@pytest.mark.parametrize("notatie", list(Notatie))
@pytest.mark.parametrize("tekst", ["0.125", "-0.125", "0.125.000", "0 125", "00.125", "012.345"])
def test_een_groep_van_duizend_begint_niet_met_nul(tekst: str, notatie: Notatie) -> None:
    """0.125 of a post is an eighth, typed in English; as 125 it would be a thousand times too much."""
    with pytest.raises(GetalFout):
        lees(tekst, notatie)
