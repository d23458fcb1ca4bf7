"""An attacker who knows every shown number, every sum and every limit, and solves for the hidden cells.

Linear programming without a library: the truth itself is a feasible point, so with the deviation from the truth as
unknowns the simplex method starts from nothing. The deviations that keep every sum the same are a null space; within
it, one hidden cell is driven as far up and as far down as the limits allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np

from formatie.onderdrukking import Plek, Som, Tabel, Vorm

KLEIN = 1e-7
ONEINDIG = float("inf")


def ruimte(tabel: Tabel, vorm: Vorm, verborgen: Set[Plek], genoeg: float) -> dict[Plek, tuple[float, float]]:
    """Per hidden cell the lowest and highest value the attacker cannot rule out; not looked for beyond ``genoeg``."""
    plekken = sorted(verborgen & tabel.keys())
    if not plekken:
        return {}
    vrij = _nulruimte(_sommen(tabel, vorm, plekken))
    rijen, ruim = _grenzen(tabel, vorm, plekken)
    stelsel = rijen @ vrij
    gevonden = {}
    for nummer, plek in enumerate(plekken):
        waarde = float(tabel[plek])
        op = _hoogste(stelsel, ruim, vrij[nummer], genoeg)
        neer = 0.0 if op >= genoeg else _hoogste(stelsel, ruim, -vrij[nummer], genoeg)
        gevonden[plek] = (waarde - neer, waarde + op)
    return gevonden


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


def _grenzen(tabel: Tabel, vorm: Vorm, plekken: Sequence[Plek]) -> tuple[np.ndarray, np.ndarray]:
    """Nothing below zero, and nothing above what it is a part of, hidden or not."""
    kolom = {plek: n for n, plek in enumerate(plekken)}
    rijen = [-rij for rij in np.eye(len(plekken))]
    ruim = [float(tabel[plek]) for plek in plekken]
    for deel in tabel:
        geheel = vorm.grens(deel)
        if geheel not in tabel or not {deel, geheel} & kolom.keys():
            continue
        rij = np.zeros(len(plekken))
        for plek, teken in ((deel, 1), (geheel, -1)):
            if plek in kolom:
                rij[kolom[plek]] = teken
        rijen.append(rij)
        ruim.append(float(tabel[geheel] - tabel[deel]))
    return np.array(rijen), np.array(ruim)


def _hoogste(stelsel: np.ndarray, ruim: np.ndarray, doel: np.ndarray, genoeg: float) -> float:
    """Maximise doel·z subject to stelsel·z ≤ ruim, z free, from z = 0; Bland's rule, so that it ends."""
    tableau, winst = (
        np.hstack([stelsel, -stelsel, np.eye(len(ruim))]),
        np.concatenate([doel, -doel, np.zeros(len(ruim))]),
    )
    rechts, bereikt = ruim.copy(), 0.0
    while bereikt < genoeg:
        kandidaten = np.flatnonzero(winst > KLEIN)
        if not len(kandidaten):
            return bereikt
        erin = kandidaten[0]
        bruikbaar = np.flatnonzero(tableau[:, erin] > KLEIN)
        if not len(bruikbaar):
            return ONEINDIG
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
    return bereikt


def te_smal(tabel: Tabel, vorm: Vorm, verborgen: Set[Plek], drempel: float) -> Mapping[Plek, tuple[float, float]]:
    """The hidden cells of which the attacker learns too much."""
    bereik = ruimte(tabel, vorm, verborgen, drempel)
    return {plek: (laag, hoog) for plek, (laag, hoog) in bereik.items() if hoog - laag < drempel - 1e-6}
