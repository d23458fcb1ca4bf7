"""An attacker who knows every shown number, every sum and every limit, and solves for the hidden cells.

Linear programming without a library: the truth itself is a feasible point, so with the deviation from the truth as
unknowns the simplex method starts from nothing. The deviations that keep every sum the same are a null space; within
it, one hidden cell is driven as far up and as far down as the limits allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np

from formatie.bezetting.onderdrukking import Plek, Som, Tabel, Vorm

KLEIN = 1e-7
VER = 1e4  # along a ray without end
HOOGSTENS = 2000


def ruimte(tabel: Tabel, vorm: Vorm, verborgen: Set[Plek], genoeg: float) -> dict[Plek, tuple[float, float]]:
    """Per hidden cell the lowest and highest value the attacker cannot rule out; not looked for beyond ``genoeg``.

    Every solution says something of all cells at once, so most cells need no search of their own.
    """
    plekken = sorted(verborgen & tabel.keys())
    if not plekken:
        return {}
    rijen, ruim = _grenzen(tabel, vorm, plekken)
    uiterst = uitersten(_sommen(tabel, vorm, plekken), rijen, ruim, [bool(tabel[plek]) for plek in plekken], genoeg)
    # That nobody is there may be computed, so a cell of nothing is not looked at.
    return {p: (float(uiterst[0, n]), float(uiterst[1, n])) for n, p in enumerate(plekken) if tabel[p]}


def uitersten(
    sommen: np.ndarray, rijen: np.ndarray, ruim: np.ndarray, zoek: Sequence[bool], genoeg: float
) -> np.ndarray:
    """How far each unknown can be below (row 0) and above (row 1) the truth; looked for where ``zoek`` says so.

    No row of ``sommen`` may change, and what a row of ``rijen`` says of the deviations is at most its ``ruim``.
    """
    vrij = _nulruimte(sommen)
    stelsel, uiterst = rijen @ vrij, np.zeros((2, len(zoek)))
    for nummer, gezocht in enumerate(zoek):
        for kant in (1, -1):
            if gezocht and uiterst[1, nummer] - uiterst[0, nummer] < genoeg:
                afwijking = vrij @ _hoogste(stelsel, ruim, kant * vrij[nummer], genoeg)
                uiterst = np.array([np.minimum(uiterst[0], afwijking), np.maximum(uiterst[1], afwijking)])
    return uiterst


def _sommen(tabel: Tabel, vorm: Vorm, plekken: Sequence[Plek]) -> np.ndarray:
    """One row per sum in which a hidden cell takes part; what does not exist is no part of a sum."""
    kolom = {plek: n for n, plek in enumerate(plekken)}
    rijen = []
    for as_, sommen in enumerate(vorm.assen):
        for som in sommen:
            for plek in [p for p in tabel if p[as_] == som.totaal]:
                rij = np.zeros(len(plekken))
                for lid, teken in _leden(plek, as_, som):
                    if lid in kolom:
                        rij[kolom[lid]] = teken
                if rij.any():
                    rijen.append(rij)
    return np.array(rijen) if rijen else np.zeros((0, len(plekken)))


def _leden(plek: Plek, as_: int, som: Som) -> list[tuple[Plek, int]]:
    delen = [((*plek[:as_], deel, *plek[as_ + 1 :]), 1) for deel in som.delen]
    return [(plek, -1), *delen]


def _nulruimte(sommen: np.ndarray) -> np.ndarray:
    if not len(sommen):
        return np.eye(sommen.shape[1])
    _, singulier, v = np.linalg.svd(sommen)
    rang = int((singulier > KLEIN).sum())
    return v[rang:].T


def geheel_van(vorm: Vorm, plek: Plek) -> Plek | None:
    """The cell that this one is a part of."""
    geheel = vorm.deel_van.get(plek[-1])
    return (*plek[:-1], geheel) if geheel else None


def delen_van(vorm: Vorm, plek: Plek) -> list[Plek]:
    """The cells that are a part of this one."""
    return [(*plek[:-1], deel) for deel, geheel in vorm.deel_van.items() if geheel == plek[-1]]


def _grenzen(tabel: Tabel, vorm: Vorm, plekken: Sequence[Plek]) -> tuple[np.ndarray, np.ndarray]:
    """Nothing below zero, and nothing above what it is a part of, hidden or not."""
    kolom = {plek: n for n, plek in enumerate(plekken)}
    rijen = [-rij for rij in np.eye(len(plekken))]
    ruim = [float(tabel[plek]) for plek in plekken]
    for deel in tabel:
        geheel = geheel_van(vorm, deel)
        if geheel not in tabel or not {deel, geheel} & kolom.keys():
            continue
        rij = np.zeros(len(plekken))
        for plek, teken in ((deel, 1), (geheel, -1)):
            if plek in kolom:
                rij[kolom[plek]] = teken
        rijen.append(rij)
        ruim.append(float(tabel[geheel] - tabel[deel]))
    return np.array(rijen), np.array(ruim)


def _hoogste(stelsel: np.ndarray, ruim: np.ndarray, doel: np.ndarray, genoeg: float) -> np.ndarray:
    """The z for which doel·z is largest, subject to stelsel·z ≤ ruim, z free, from z = 0; the largest gain first.

    Every limit gets a hair's breadth of room of its own, so that no two are reached at once and it always ends.
    """
    n = stelsel.shape[1]
    tableau = np.hstack([stelsel, -stelsel, np.eye(len(ruim))])
    winst = np.concatenate([doel, -doel, np.zeros(len(ruim))])
    rechts, bereikt = ruim + np.random.default_rng(1).uniform(1e-6, 2e-6, len(ruim)), 0.0
    basis = np.arange(len(ruim)) + 2 * n
    for _ in range(HOOGSTENS):
        erin = int(np.argmax(winst))
        if bereikt >= genoeg or winst[erin] <= KLEIN:
            return _als_z(basis, rechts, n)
        bruikbaar = np.flatnonzero(tableau[:, erin] > KLEIN)
        if not len(bruikbaar):
            straal = _als_z(basis, -tableau[:, erin], n) + _als_z(np.array([erin]), np.ones(1), n)
            return _als_z(basis, rechts, n) + straal * VER
        rij = bruikbaar[np.argmin(rechts[bruikbaar] / tableau[bruikbaar, erin])]
        spil = tableau[rij, erin]
        tableau[rij] /= spil
        rechts[rij] /= spil
        factoren = tableau[:, erin].copy()
        factoren[rij] = 0
        tableau -= np.outer(factoren, tableau[rij])
        rechts = np.maximum(rechts - factoren * rechts[rij], 0)
        bereikt += winst[erin] * rechts[rij]
        winst -= winst[erin] * tableau[rij]
        basis[rij] = erin
    raise AssertionError("the attack did not end")


def _als_z(basis: np.ndarray, waarden: np.ndarray, n: int) -> np.ndarray:
    """The unknowns themselves from the basic variables: the first n are z up, the next n are z down."""
    alle = np.zeros(2 * n + len(basis) + int(basis.max()) + 1)
    alle[basis] = waarden
    return alle[:n] - alle[n : 2 * n]


def te_smal(tabel: Tabel, vorm: Vorm, verborgen: Set[Plek], drempel: float) -> Mapping[Plek, tuple[float, float]]:
    """The hidden cells of which the attacker learns too much."""
    bereik = ruimte(tabel, vorm, verborgen, drempel)
    return {plek: (laag, hoog) for plek, (laag, hoog) in bereik.items() if hoog - laag < drempel - 1e-3}
