"""The dense cube: indicator × onderdeel × jaar × kwartaal, filled from facts and rolled up level by level."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monitor.rekenen.regels import kalender
from monitor.rekenen.regels.feiten import Doelfeit, Indicatorfeit, Metingen, Onderdeelfeit, Rekenfeiten
from monitor.rekenen.regels.getalreeks import LEEG, Reeks, geschaald, grootste, reeks_van
from monitor.rekenen.regels.kalender import KWARTALEN, VIERDE
from monitor.rekenen.regels.oordeelregels import Doelsoort
from monitor.rekenen.regels.optellen import Eigen, Opgeteld, samen, som_van


@dataclass(frozen=True)
class Assen:
    """The axes of a cube, and where everything lies on them."""

    indicatoren: Sequence[Indicatorfeit]
    onderdelen: Sequence[Onderdeelfeit]
    jaren: range

    @property
    def vorm(self) -> tuple[int, int, int, int]:
        return len(self.indicatoren), len(self.onderdelen), len(self.jaren), KWARTALEN

    def plek_indicator(self, ids: Reeks) -> Reeks:
        return _plek([i.id for i in self.indicatoren], ids)

    def plek_onderdeel(self, ids: Reeks) -> Reeks:
        return _plek([o.id for o in self.onderdelen], ids)

    def per_indicator(self, veld: str) -> Reeks:
        """What is the same in every year: the kind of series."""
        return np.array([getattr(indicator, veld) for indicator in self.indicatoren])

    def per_jaar(self, vraag: Callable[[Indicatorfeit], int]) -> Reeks:
        """(indicatoren, jaren): what the definition of each year answers."""
        uit = np.zeros((len(self.indicatoren), len(self.jaren)), np.int64)
        for plek, indicator in enumerate(self.indicatoren):
            for feit in (indicator, *indicator.later):
                uit[plek, max(0, feit.begin_jaar - self.jaren.start) :] = vraag(feit)
        return uit

    @cached_property
    def meetmomenten(self) -> Reeks:
        """(indicatoren, jaren, 4): the quarters in which each is measured."""
        return np.stack([kalender.meetmomenten(indicator, self.jaren) for indicator in self.indicatoren])

    @cached_property
    def tellende(self) -> Reeks:
        """(indicatoren, jaren, 4): the quarters between the first and the last of each."""
        return np.stack([kalender.tellende(indicator, self.jaren) for indicator in self.indicatoren])

    def ouders(self) -> list[int]:
        """Per onderdeel the place of its parent on the axis, -1 where that is not on it."""
        plek = {onderdeel.id: nummer for nummer, onderdeel in enumerate(self.onderdelen)}
        return [plek.get(onderdeel.ouder, -1) if onderdeel.ouder else -1 for onderdeel in self.onderdelen]

    def niveaus(self) -> list[list[int]]:
        """The places of the onderdelen per depth, the root's first."""
        ouders = self.ouders()
        diepte: dict[int, int] = {-1: -1}

        def zoek(plek: int) -> int:
            if plek not in diepte:
                diepte[plek] = zoek(ouders[plek]) + 1
            return diepte[plek]

        lagen: dict[int, list[int]] = {}
        for plek in range(len(ouders)):
            lagen.setdefault(zoek(plek), []).append(plek)
        return [lagen[laag] for laag in sorted(lagen)]


def _plek(bekend: list[int], ids: Reeks) -> Reeks:
    """The place of each id on the axis, -1 where it is not on it."""
    volgorde = np.argsort(np.array(bekend, dtype=np.int64))
    gesorteerd = np.array(bekend, dtype=np.int64)[volgorde]
    gezocht = np.minimum(np.searchsorted(gesorteerd, ids), len(bekend) - 1)
    return np.where(gesorteerd[gezocht] == ids, volgorde[gezocht], -1)


@dataclass(frozen=True)
class Doelen:
    """The target that holds, per indicator, onderdeel and year; LEEG where there is none."""

    id: Reeks
    soort: Reeks
    streefwaarde: Reeks
    marge: Reeks
    elders: Reeks  # a year volume holds only for an onderdeel above this one


@dataclass(frozen=True)
class Kubus:
    """The rolled-up values with everything the verdict needs beside them."""

    assen: Assen
    opgeteld: Opgeteld
    marge: Reeks  # (…, jaren, 4) margin of error of a value of its own
    doelen: Doelen
    verschuldigd: Reeks  # (jaren, 4)
    voorbij: Reeks  # (jaren,)


def bouw_kubus(feiten: Rekenfeiten) -> Kubus:
    """The cube of everything in ``feiten``."""
    assen = Assen(feiten.indicatoren, feiten.onderdelen, feiten.jaren())
    verschuldigd = kalender.verschuldigd(assen.jaren, feiten.vandaag, feiten.termijn_dagen)
    eigen, marge = eigen_waarden(assen, feiten)
    return Kubus(
        assen,
        rol_op(assen, eigen, meetbaar(assen), verschuldigd),
        marge,
        zoek_doelen(assen, feiten.doelen),
        verschuldigd,
        kalender.voorbij(assen.jaren, feiten.vandaag),
    )


def eigen_waarden(assen: Assen, feiten: Rekenfeiten) -> tuple[Eigen, Reeks]:
    """The own values on the cube, with their margins of error; a value of an excluded onderdeel does not count."""
    uitgezonderd = kalender.uitgezonderd(assen.indicatoren, assen.onderdelen, assen.jaren)
    leg = _Legger(assen, feiten.metingen, uitgezonderd)
    eigen = Eigen(
        **leg.kwartalen(),
        **leg.jaren(),
        nb=leg.vlag(~leg.bruikbaar, leg.kwartaal),
        moet=np.zeros(assen.vorm, np.int64),
        nvt=np.zeros(assen.vorm, bool),
    )
    marge = leg.marge(eigen.heeft_jaar)
    _jaar_als_kwartaal(assen, eigen)
    gevraagd = _gevraagd(assen, feiten, (eigen.heeft | eigen.nb).any(axis=-1) | eigen.heeft_jaar)
    buiten = uitgezonderd[..., None]
    # Measured over the whole year: its quarters are not asked for beside it.
    binnen = eigen.heeft | ~eigen.heeft_jaar[..., None] | (np.arange(KWARTALEN) == VIERDE)
    eigen.moet, eigen.nvt = (gevraagd & ~buiten & binnen).astype(np.int64), gevraagd & buiten
    return eigen, marge


class _Legger:
    """Lays values from a list at their places in otherwise empty cubes."""

    def __init__(self, assen: Assen, metingen: Metingen, uitgezonderd: Reeks) -> None:
        i, o = assen.plek_indicator(metingen.indicator), assen.plek_onderdeel(metingen.onderdeel)
        telt = (i >= 0) & (o >= 0) & ~uitgezonderd[i, o, metingen.jaar - assen.jaren.start]
        self.metingen, self.vorm = metingen.kies(telt), assen.vorm
        self.plek = (i[telt], o[telt], self.metingen.jaar - assen.jaren.start)
        self.heel = self.metingen.kwartaal == 0
        self.kwartaal = np.where(self.heel, KWARTALEN, self.metingen.kwartaal) - 1
        verhouding = assen.per_indicator("verhouding")[self.plek[0]]
        # A ratio without its denominator cannot be added up: it counts as not known yet.
        self.bruikbaar = ~self.metingen.onbekend & ((self.metingen.noemer != LEEG) == verhouding)
        self.soort = getalsoort(self.metingen.teller, self.metingen.noemer, self.vorm[1])

    def kwartalen(self) -> dict[str, Reeks]:
        welke = self.bruikbaar & ~self.heel
        return {
            "teller": self.getal(self.metingen.teller, welke),
            "noemer": self.getal(self.metingen.noemer, welke),
            "heeft": self.vlag(welke, self.kwartaal),
            "voorlopig": self.vlag(welke & self.metingen.voorlopig, self.kwartaal),
        }

    def jaren(self) -> dict[str, Reeks]:
        welke = self.bruikbaar & self.heel
        return {
            "jaar_teller": self.getal(self.metingen.teller, welke)[..., VIERDE],
            "jaar_noemer": self.getal(self.metingen.noemer, welke)[..., VIERDE],
            "heeft_jaar": self.vlag(welke, self.kwartaal)[..., VIERDE],
            "jaar_voorlopig": self.vlag(welke & self.metingen.voorlopig, self.kwartaal)[..., VIERDE],
        }

    def marge(self, heeft_jaar: Reeks) -> Reeks:
        """Margins of error; in Q4 that of the whole year where there is one. LEEG without a value."""
        per_kwartaal, per_jaar = (
            self.getal(self.metingen.marge, self.bruikbaar & welke, LEEG) for welke in (~self.heel, self.heel)
        )
        per_kwartaal[..., VIERDE] = np.where(heeft_jaar, per_jaar[..., VIERDE], per_kwartaal[..., VIERDE])
        return per_kwartaal

    def getal(self, waarden: Reeks, welke: Reeks, anders: int = 0) -> Reeks:
        uit = np.full(self.vorm, anders, dtype=object if waarden.dtype == object else self.soort)
        uit[self._plek(welke, self.kwartaal)] = np.where(waarden == LEEG, anders, waarden)[welke]
        return uit

    def vlag(self, welke: Reeks, kwartaal: Reeks) -> Reeks:
        uit = np.zeros(self.vorm, bool)
        uit[self._plek(welke, kwartaal)] = True
        return uit

    def _plek(self, welke: Reeks, kwartaal: Reeks) -> tuple[Reeks, ...]:
        return (*(as_[welke] for as_ in self.plek), kwartaal[welke])


def getalsoort(teller: Reeks, noemer: Reeks, onderdelen: int) -> np.dtype:
    """int64 when even the sum of every value fits in it."""
    grens = max(grootste(np.where(reeks == LEEG, 0, reeks)) for reeks in (teller, noemer))
    ruimte = 2**63 // max(1, onderdelen * KWARTALEN * 2)
    return np.dtype(np.int64 if grens < ruimte else object)


def _jaar_als_kwartaal(assen: Assen, eigen: Eigen) -> None:
    """Where a year has one measurement anyway, or quarters do not add up, the year's value is that of Q4 too."""
    eenmalig = assen.per_jaar(lambda feit: feit.frequentie in ("jaar", "tweejaarlijks") or not feit.cumuleert) == 1
    over = eenmalig[:, None] & eigen.heeft_jaar & ~eigen.heeft[..., VIERDE]
    paren = (
        (eigen.teller, eigen.jaar_teller),
        (eigen.noemer, eigen.jaar_noemer),
        (eigen.heeft, eigen.heeft_jaar),
        (eigen.voorlopig, eigen.jaar_voorlopig),
    )
    for kwartaal, jaar in paren:
        kwartaal[..., VIERDE] = np.where(over, jaar, kwartaal[..., VIERDE])


def _gevraagd(assen: Assen, feiten: Rekenfeiten, iets: Reeks) -> Reeks:
    """Where a value is asked for: its level and quarter, an existing onderdeel, a year of the plan, and within its own
    first and last quarter.

    Outside the years of the plan a year in which the onderdeel did deliver something counts as such a year.
    """
    plan = np.stack(
        [kalender.in_plan(feiten.doeljaren.get(i.id), assen.jaren, feiten.vandaag) for i in assen.indicatoren]
    )
    jaar = plan[:, None, :] | iets
    return meetbaar(assen) & jaar[..., None]


def meetbaar(assen: Assen) -> Reeks:
    """(indicatoren, onderdelen, jaren, 4): whether an onderdeel hands in a value itself, in whatever year."""
    levert = kalender.levert(assen.indicatoren, assen.onderdelen, assen.jaren)
    er = kalender.bestaat(assen.onderdelen, assen.jaren)
    return levert[..., None] & (assen.meetmomenten & assen.tellende)[:, None] & er[None]


def rol_op(assen: Assen, eigen: Eigen, mag: Reeks, verschuldigd: Reeks) -> Opgeteld:
    """From the deepest level up: each level is its own values over the sum of the level below."""
    cumuleert, optelbaar = assen.per_indicator("cumuleert"), assen.per_indicator("optelbaar")
    kinderen = _kinderen(assen)
    uit = Opgeteld.leeg(assen.vorm, eigen.teller.dtype)
    for laag in reversed(assen.niveaus()):
        onder = Opgeteld.leeg((assen.vorm[0], len(laag), *assen.vorm[2:]), eigen.teller.dtype)
        for nummer, plek in enumerate(laag):
            if kinderen[plek]:
                delen = np.s_[:, kinderen[plek]]
                onder.zet(np.s_[:, [nummer]], som_van(uit.kies(delen), mag[delen], cumuleert, optelbaar))
        uit.zet(np.s_[:, laag], samen(eigen.kies(np.s_[:, laag]), onder, verschuldigd, cumuleert))
    return uit


def _kinderen(assen: Assen) -> list[list[int]]:
    kinderen: list[list[int]] = [[] for _ in assen.onderdelen]
    for plek, ouder in enumerate(assen.ouders()):
        if ouder >= 0:
            kinderen[ouder].append(plek)
    return kinderen


def zoek_doelen(assen: Assen, doelen: Iterable[Doelfeit]) -> Doelen:
    """Each onderdeel its own target, else the norm of the nearest onderdeel above; a year volume is not inherited."""
    raster = _eigen_doelen(assen, list(doelen))
    ouders = assen.ouders()
    for laag in assen.niveaus()[1:]:
        for plek in laag:
            _erf(raster, plek, ouders[plek])
    return raster


def _eigen_doelen(assen: Assen, doelen: list[Doelfeit]) -> Doelen:
    vorm = assen.vorm[:3]
    i = {indicator.id: plek for plek, indicator in enumerate(assen.indicatoren)}
    o = {onderdeel.id: plek for plek, onderdeel in enumerate(assen.onderdelen)}
    eigen = [
        ((i[doel.indicator], o[doel.onderdeel], doel.jaar - assen.jaren.start), doel)
        for doel in doelen
        if doel.indicator in i and doel.onderdeel in o and doel.jaar in assen.jaren
    ]
    waarden = {
        "streefwaarde": reeks_van(0 if d.streefwaarde is None else geschaald(d.streefwaarde) for _, d in eigen),
        "marge": reeks_van(0 if d.marge is None else geschaald(d.marge) for _, d in eigen),
    }
    leeg = {naam: np.zeros(vorm, waarde.dtype) for naam, waarde in waarden.items()}
    raster = Doelen(np.full(vorm, LEEG), np.zeros(vorm, np.int64), **leeg, elders=np.zeros(vorm, bool))
    if eigen:
        plekken = tuple(np.array([plek for plek, _ in eigen]).T)
        raster.id[plekken] = [doel.id for _, doel in eigen]
        raster.soort[plekken] = [Doelsoort[doel.soort.upper()] for _, doel in eigen]
        for naam, waarde in waarden.items():
            getattr(raster, naam)[plekken] = waarde
    return raster


def _erf(raster: Doelen, plek: int, ouder: int) -> None:
    zonder = raster.soort[:, plek] == Doelsoort.GEEN
    volume = raster.soort[:, ouder] == Doelsoort.JAARVOLUME
    raster.elders[:, plek] = zonder & (volume | raster.elders[:, ouder])
    erft = zonder & ~volume
    for reeks in (raster.id, raster.soort, raster.streefwaarde, raster.marge):
        reeks[:, plek] = np.where(erft, reeks[:, ouder], reeks[:, plek])
