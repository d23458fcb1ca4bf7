"""Signal or noise: worked examples by hand, an independent recomputation, and what holds for every series."""

from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.rekenen.regels.grenzen import BREED, ZONE, Grens, Grenzen, Meetreeks
from monitor.rekenen.regels.grenzen import bepaal_grenzen as bepaal
from monitor.rekenen.regels.signaalregels import (
    Signaal,
    Signaalregel,
    Verandering,
    Zekerheid,
    bepaal_zekerheid,
    vergelijk_kwartalen,
    vergelijk_met_vorige,
    zoek_signalen,
)

Rij = list[F | None]


def rij(*getallen: float | str | None) -> Rij:
    return [None if g is None else F(str(g)) for g in getallen]


def bepaal_grenzen(waarden: Rij) -> Grenzen | None:
    """Of bare values: no season, no chance, no end to what is possible."""
    return bepaal(Meetreeks(tuple(waarden)), range(len(waarden)))


def vlak(midden: F, schommeling: F, aantal: int = 30) -> Grenzen:
    """The same limits for every point."""
    breed = BREED * schommeling
    grens = Grens(midden, midden, midden - breed, midden - ZONE * breed, midden + ZONE * breed, midden + breed)
    return Grenzen(0, (grens,) * aantal, schommeling, aantal, per_kwartaal=False, helling=None)


def zoek(waarden: Rij, midden: F, schommeling: F) -> tuple[Signaal, ...]:
    return zoek_signalen(waarden, vlak(midden, schommeling, len(waarden)))


def op(regel: Signaalregel, omhoog: bool, van: int, tot: int) -> Signaal:
    return Signaal(regel, omhoog, tuple(range(van, tot + 1)))


def signalen(waarden: Rij) -> tuple[Signaal, ...]:
    grenzen = bepaal_grenzen(waarden)
    assert grenzen is not None
    return zoek_signalen(waarden, grenzen)


def regels(waarden: Rij) -> set[tuple[Signaalregel, bool, int, int]]:
    return {(s.regel, s.omhoog, s.van, s.tot) for s in signalen(waarden)}


def test_grenzen_met_de_hand() -> None:
    # 10 12 11 13 14: mean 60/5 = 12; moving ranges 2 1 2 1, mean 1,5; 2,66 × 1,5 = 3,99.
    grenzen = bepaal_grenzen(rij(10, 12, 11, 13, 14))
    assert grenzen is not None
    assert (grenzen.laatste.midden, grenzen.schommeling) == (F(12), F(3, 2))
    assert (grenzen.laatste.onder, grenzen.laatste.boven) == (F("8.01"), F("15.99"))


def test_een_uitschieter_in_de_schommeling_wordt_een_keer_gezeefd() -> None:
    # 5 6 5 6 5 6 5 25: ranges 1×6 and 20, mean 26/7 = 3,714; 3,267 × 3,714 = 12,13: the 20 goes, mean 1.
    grenzen = bepaal_grenzen(rij(5, 6, 5, 6, 5, 6, 5, 25))
    assert grenzen is not None
    assert grenzen.schommeling == 1
    assert grenzen.laatste.midden == F(63, 8)
    # What remains would be 0: nothing is screened, or the limits would be their own mean.
    stil = bepaal_grenzen(rij(*[5] * 11, 25))
    assert stil is not None
    assert stil.schommeling == F(20, 11)
    # Screened once: of 0×9, 1 and 100 the 100 goes (mean 101/11 = 9,18, times 3,267 = 30,0), the 1 stays.
    trap = bepaal_grenzen(rij(*[5] * 10, 6, 106))
    assert trap is not None
    assert trap.schommeling == F(1, 10)


@pytest.mark.parametrize("waarden", [[], rij(5), rij(5, 6, 7, 8), rij(5, None, 6, None, 7, 8)])
def test_onder_vijf_punten_zijn_er_geen_grenzen(waarden: Rij) -> None:
    assert bepaal_grenzen(waarden) is None


def test_zonder_buren_is_er_geen_schommeling() -> None:
    assert bepaal_grenzen(rij(1, None, 2, None, 3, None, 4, None, 5)) is None


def test_een_vlakke_reeks_heeft_grenzen_op_haar_gemiddelde_en_geen_signaal() -> None:
    waarden = rij(*[7] * 20)
    grenzen = bepaal_grenzen(waarden)
    assert grenzen is not None
    assert grenzen.laatste.onder == grenzen.laatste.boven == 7
    assert signalen(waarden) == ()


def test_op_de_grens_is_binnen() -> None:
    grenzen = F(10), F(1)  # 7,34 to 12,66
    assert zoek(rij("12.66", "7.34"), *grenzen) == ()
    assert [s.regel for s in zoek(rij("12.6601"), *grenzen)] == [Signaalregel.GRENS]
    assert [s.omhoog for s in zoek(rij("7.3399"), *grenzen)] == [False]
    # two thirds of 2,66 is 1,7733...: exactly on it is not beyond it
    zone = F(10) + F(2, 3) * F("2.66")
    assert zoek([zone, zone, F(10)], *grenzen) == ()
    assert [s.regel for s in zoek([zone + F(1, 10**9)] * 2 + [F(10)], *grenzen)] == [Signaalregel.ZONE]


def test_zeven_op_rij_aan_een_kant() -> None:
    grenzen = F(10), F(5)
    assert zoek(rij(11, 11, 12, 11, 12, 11), *grenzen) == ()
    assert zoek(rij(9, 11, 11, 12, 11, 12, 11, 11), *grenzen) == (op(Signaalregel.KANT, True, 1, 7),)
    assert zoek(rij(9, 9, 8, 9, 9, 8, 9), *grenzen) == (op(Signaalregel.KANT, False, 0, 6),)
    # on the mean is on no side, and a missing quarter breaks the run
    assert zoek(rij(11, 11, 12, 10, 12, 11, 11), *grenzen) == ()
    assert zoek(rij(11, 11, 12, 11, None, 12, 11, 11), *grenzen) == ()


def test_zeven_op_rij_in_een_richting() -> None:
    grenzen = F(4), F(50)
    assert zoek(rij(1, 2, 3, 4, 5, 6), *grenzen) == ()
    assert zoek(rij(1, 2, 3, 4, 5, 6, 7), *grenzen) == (op(Signaalregel.REEKS, True, 0, 6),)
    assert zoek(rij(9, 7, 6, 5, 4, 3, 2, 1), *grenzen) == (op(Signaalregel.REEKS, False, 0, 7),)
    assert zoek(rij(1, 2, 3, 3, 4, 5, 6, 7), *grenzen) == ()
    assert zoek(rij(1, 2, 3, None, 4, 5, 6, 7), *grenzen) == ()


def test_twee_van_drie_dicht_bij_een_grens() -> None:
    grenzen = F(10), F(1)
    assert zoek(rij(12, 9, 12), *grenzen) == (Signaal(Signaalregel.ZONE, True, (0, 2)),)
    assert zoek(rij(12, 9, 8), *grenzen) == ()
    assert zoek(rij(8, 9, 8), *grenzen) == (Signaal(Signaalregel.ZONE, False, (0, 2)),)
    assert zoek(rij(12, None, 12), *grenzen) == ()
    # two windows apart are two signals, windows that overlap are one
    assert len(zoek(rij(12, 12, 9, 9, 9, 12, 12), *grenzen)) == 2
    assert zoek(rij(12, 12, 9, 12, 12), *grenzen) == (Signaal(Signaalregel.ZONE, True, (0, 1, 3, 4)),)


def test_het_laatste_signaal_staat_voorop_en_de_sterkste_regel_eerst() -> None:
    grenzen = F(10), F(1)
    assert [(s.regel, s.tot) for s in zoek(rij(20, 10, 12, 20), *grenzen)] == [
        (Signaalregel.GRENS, 3),
        (Signaalregel.ZONE, 3),
        (Signaalregel.GRENS, 0),
    ]


@pytest.mark.parametrize(
    ("norm", "richting", "verwacht"),
    [
        ("7.34", "hoger", Zekerheid.STRUCTUREEL),  # on the limit is on the good side
        ("7.35", "hoger", Zekerheid.WISSELEND),
        ("12.66", "hoger", Zekerheid.WISSELEND),
        ("12.67", "hoger", Zekerheid.NIET),
        ("12.66", "lager", Zekerheid.STRUCTUREEL),
        ("12.65", "lager", Zekerheid.WISSELEND),
        ("7.33", "lager", Zekerheid.NIET),
        ("10", "geen", None),
    ],
)
def test_zekerheid_naast_de_norm(norm: str, richting: str, verwacht: Zekerheid | None) -> None:
    assert bepaal_zekerheid(vlak(F(10), F(1)), F(norm), richting) == verwacht


def test_een_stap_binnen_de_gewone_schommeling() -> None:
    grenzen = vlak(F(10), F(1))
    assert vergelijk_kwartalen(rij(10, "13.267"), grenzen) == Verandering(F("3.267"), True)
    assert vergelijk_kwartalen(rij("13.268", 10), grenzen) == Verandering(F("-3.268"), False)
    assert vergelijk_kwartalen(rij(10, 11), None) == Verandering(F(1), None)
    for gat in ([], rij(5), rij(None, 5), rij(5, None)):
        assert vergelijk_kwartalen(gat, grenzen) is None


def test_enquetes_gaan_op_hun_foutmarges() -> None:
    # the example of the rules: 1,9² = 3,61 exceeds 1,3² + 1,3² = 3,38; 1,8² = 3,24 does not
    marge = F("1.3")
    assert vergelijk_met_vorige(F("51.2"), F("49.3"), marge, marge) == Verandering(F("1.9"), False)
    assert vergelijk_met_vorige(F("51.1"), F("49.3"), marge, marge).gewoon is True
    assert vergelijk_met_vorige(F("49.3"), F("51.2"), marge, marge) == Verandering(F("-1.9"), False)
    # 0,3² + 0,4² = 0,5²: on the edge is noise
    assert vergelijk_met_vorige(F("5.5"), F(5), F("0.3"), F("0.4")).gewoon is True
    assert vergelijk_met_vorige(F(6), F(5), None, F("0.4")).gewoon is None


GETAL = st.integers(-(10**9), 10**9).map(lambda g: F(g, 1000))
REEKS = st.lists(st.one_of(st.none(), GETAL), max_size=30)
KLEIN = st.lists(st.one_of(st.none(), st.integers(0, 6).map(F)), min_size=5, max_size=30)


def _randen(grenzen: Grenzen) -> tuple[F, F]:
    return grenzen.laatste.onder, grenzen.laatste.boven


@given(REEKS, GETAL)
def test_verschuiven_verschuift_de_grenzen(waarden: Rij, erbij: F) -> None:
    grenzen, anders = bepaal_grenzen(waarden), bepaal_grenzen([w if w is None else w + erbij for w in waarden])
    assert (grenzen is None) == (anders is None)
    if grenzen and anders:
        assert _randen(anders) == tuple(rand + erbij for rand in _randen(grenzen))


@given(KLEIN, st.integers(1, 50).map(lambda n: F(n, 7)))
def test_vergroten_vergroot_de_grenzen_en_laat_de_signalen_staan(waarden: Rij, keer: F) -> None:
    grenzen, anders = bepaal_grenzen(waarden), bepaal_grenzen([w if w is None else w * keer for w in waarden])
    assert (grenzen is None) == (anders is None)
    if grenzen and anders:
        assert _randen(anders) == tuple(rand * keer for rand in _randen(grenzen))
        assert zoek_signalen([w if w is None else w * keer for w in waarden], anders) == zoek_signalen(waarden, grenzen)


@given(KLEIN)
def test_spiegelen_keert_elk_signaal_om(waarden: Rij) -> None:
    gespiegeld = [None if w is None else -w for w in waarden]
    if bepaal_grenzen(waarden):
        assert {(r, not o, v, t) for r, o, v, t in regels(waarden)} == regels(gespiegeld)


@given(REEKS)
def test_achterstevoren_zijn_de_grenzen_gelijk(waarden: Rij) -> None:
    grenzen, anders = bepaal_grenzen(waarden), bepaal_grenzen(waarden[::-1])
    assert (grenzen and _randen(grenzen)) == (anders and _randen(anders))


@given(KLEIN, st.integers(-5, 10), st.integers(0, 5), st.sampled_from(["hoger", "lager"]))
def test_een_lichtere_norm_blijft_gehaald(waarden: Rij, norm: int, lichter: int, richting: str) -> None:
    grenzen = bepaal_grenzen(waarden)
    if grenzen and bepaal_zekerheid(grenzen, F(norm), richting) is Zekerheid.STRUCTUREEL:
        teken = -1 if richting == "hoger" else 1
        assert bepaal_zekerheid(grenzen, F(norm + teken * lichter), richting) is Zekerheid.STRUCTUREEL


def _anders(waarden: Rij) -> tuple[float, float] | None:
    """The same limits along another road: floats, arrays and masks."""
    x = np.array([np.nan if w is None else float(w) for w in waarden])
    stap = np.abs(np.diff(x))
    stap = stap[~np.isnan(stap)]
    if np.count_nonzero(~np.isnan(x)) < 5 or stap.size == 0:
        return None
    mr = stap[stap <= 3.267 * stap.mean() * (1 + 1e-12)].mean() or stap.mean()
    return np.nanmean(x) - 2.66 * mr, np.nanmean(x) + 2.66 * mr


@given(KLEIN)
def test_een_andere_berekening_vindt_dezelfde_grenzen(waarden: Rij) -> None:
    grenzen, anders = bepaal_grenzen(waarden), _anders(waarden)
    assert (grenzen is None) == (anders is None)
    if grenzen and anders:
        assert tuple(map(float, _randen(grenzen))) == pytest.approx(anders)


def _punten(waarden: Rij, grenzen: Grenzen) -> dict[Signaalregel, set[int]]:
    """Every marked point, found by looking at every window by itself."""
    g, z, n = grenzen.laatste.midden, F(2, 3) * (grenzen.laatste.boven - grenzen.laatste.midden), len(waarden)
    m = grenzen.laatste.mediaan
    laagste, hoogste = min(g, m), max(g, m)
    gevonden: dict[Signaalregel, set[int]] = {regel: set() for regel in Signaalregel}
    for i, w in enumerate(waarden):
        if w is not None and (w > grenzen.laatste.boven or w < grenzen.laatste.onder):
            gevonden[Signaalregel.GRENS].add(i)
    for i in range(n - 6):
        blok = [w for w in waarden[i : i + 7] if w is not None]
        if len(blok) == 7 and (min(blok) > hoogste or max(blok) < laagste):
            gevonden[Signaalregel.KANT] |= set(range(i, i + 7))
        if len(blok) == 7 and len(set(blok)) == 7 and blok in (sorted(blok), sorted(blok, reverse=True)):
            gevonden[Signaalregel.REEKS] |= set(range(i, i + 7))
    for i in range(n - 2):
        drie = waarden[i : i + 3]
        if None not in drie:
            for teken in (1, -1):
                ver = [i + k for k, w in enumerate(drie) if w is not None and teken * (w - g) > z]
                gevonden[Signaalregel.ZONE] |= set(ver if len(ver) >= 2 else [])
    return gevonden


@given(st.lists(st.one_of(st.none(), st.integers(0, 4).map(F)), min_size=5, max_size=40))
def test_een_andere_berekening_vindt_dezelfde_punten(waarden: Rij) -> None:
    grenzen = bepaal_grenzen(waarden)
    if grenzen is None:
        return
    anders = _punten(waarden, grenzen)
    for regel in Signaalregel:
        assert {i for s in zoek_signalen(waarden, grenzen) if s.regel is regel for i in s.punten} == anders[regel], (
            regel
        )
