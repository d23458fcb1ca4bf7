"""The charts of a municipality and of an onderdeel: who stands where beside whom, and the course of each.

Only what this reader sees is drawn, and only that decides how far an axis reaches.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby

from common.grafiek.beeld import As, Assoort, Beeld, Punt, Rol, Spoor, Vorm, vlakke_streep
from common.grafiek.svg import HOOG, KLEIN
from common.grafiek.tekening import Tekening, maak
from common.grafiek.tijdlijn import Mijlstreep, Voorval, bij_periode, in_beeld, zet_op_as
from common.tekst.cijfers import FTE, exact_in_woorden, fte_in_woorden
from common.tekst.periode import Kwartaal, kwartalen
from formatie.models import Onderdeel
from monitor.dashboards.gemeente.selectors import Lens, Lenscel, Lensregel, onderdeeladres
from monitor.dashboards.grafiek.onderdelen import build_onderdelen
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import Onderdeelrij
from monitor.dashboards.keuze import Blik
from monitor.models import Indicator
from sturing.lezen.gebeurtenissen import plek_van

Paar = tuple[Decimal | None, Decimal | None]
"""What is drawn in one quarter, and what it should be."""


@dataclass(frozen=True)
class Grafieken:
    """Of one indicator: everyone beside each other where there are several, and the course of each."""

    regel: Regel
    naast: Beeld | None
    verlopen: Sequence[Beeld]

    @property
    def id(self) -> str:
        return f"naast-{self.regel.code}"

    @property
    def in_mensen(self) -> bool:
        return is_wijkagenten(self.regel.indicator)

    @property
    def met_district(self) -> bool:
        return any(spoor.rol == Rol.BIJ for beeld in self.verlopen for spoor in beeld.sporen)

    @property
    def groot(self) -> Tekening | None:
        return maak(self.naast, id=self.id, doek=HOOG) if self.naast else None

    @property
    def klein(self) -> list[Tekening]:
        return [maak(beeld, id=f"verloop-{self.regel.code}-{n}", doek=KLEIN) for n, beeld in enumerate(self.verlopen)]


def grafieken(blik: Blik, lens: Lens) -> list[Grafieken]:
    """Of every indicator of which this reader sees something below the unit."""
    met = [(rij, build_verlopen(rij, rij.onder, partial(_gebeurd, blik, rij))) for rij in lens.regels if rij.onder]
    return [Grafieken(rij.regel, _naast(blik, rij), verlopen) for rij, verlopen in met if verlopen]


def _gebeurd(blik: Blik, rij: Lensregel, onderdeel: Onderdeel) -> Sequence[Voorval]:
    return blik.bekend.tijdlijn.van(rij.regel.code, plek_van(onderdeel, blik.eenheid))


def _naast(blik: Blik, rij: Lensregel) -> Beeld | None:
    """Of what is a share also those they are part of."""
    i = rij.regel.indicator
    cellen = rij.getoond if i.aggregatie == Indicator.Aggregatie.VERHOUDING else rij.onder
    stippen = [Onderdeelrij(cel.regel, cel.onderdeel) for cel in cellen if cel.regel.waarde is not None]
    if len(stippen) < 2:
        return None
    return build_onderdelen(i, stippen, partial(onderdeeladres, blik))


def figuren(van: Sequence[Grafieken]) -> dict[str, Beeld]:
    """The charts that the browser may draw itself, by their place on the page."""
    return {grafiek.id: grafiek.naast for grafiek in van if grafiek.naast}


@dataclass(frozen=True)
class _Baan:
    """One course: of the onderdeel itself, and what is drawn thinly beside it. Wijkagenten are people and places."""

    rij: Lensregel
    cel: Lenscel
    naast: Lenscel | None

    @property
    def in_mensen(self) -> bool:
        return is_wijkagenten(self.rij.regel.indicator)

    def paar(self, regel: Regel) -> Paar:
        if not self.in_mensen:
            return regel.waarde, regel.doel
        return (regel.rij.teller, regel.rij.noemer) if regel.rij and regel.waarde is not None else (None, None)

    def cijfers(self, cel: Lenscel) -> dict[Kwartaal, Paar]:
        return {regel.kwartaal: self.paar(regel) for regel in cel.verloop}

    @property
    def getallen(self) -> list[Decimal]:
        paren = [paar for cel in (self.cel, self.naast) if cel for paar in self.cijfers(cel).values()]
        return [getal for paar in paren for getal in paar if getal is not None]


def build_verlopen(
    rij: Lensregel, cellen: Sequence[Lenscel], gebeurd: Callable[[Onderdeel], Sequence[Voorval]] = lambda _: ()
) -> list[Beeld]:
    """The course of each of these onderdelen, with its district beside it and what happened there, all on one axis."""
    met = [cel for cel in cellen if any(regel.waarde is not None for regel in cel.verloop)]
    naast = [] if is_opgeteld(rij.regel.indicator) else [cel for cel in rij.getoond if cel.verloop]
    per_pk = {cel.onderdeel.pk: cel for cel in naast}
    banen = [_Baan(rij, cel, per_pk.get(cel.onderdeel.ouder_id or 0)) for cel in met]
    if not banen:
        return []
    alle, gezien = [g for baan in banen for g in baan.getallen], [k for baan in banen for k in baan.cijfers(baan.cel)]
    perioden, bereik = list(kwartalen(min(gezien), max(gezien))), (min(alle), max(alle))
    return [_verloop(baan, perioden, bereik, zet_op_as(gebeurd(baan.cel.onderdeel), perioden)) for baan in banen]


def is_opgeteld(indicator: Indicator) -> bool:
    """Whether what is drawn of a district is the sum of its teams, so that the two are on no common scale."""
    return is_wijkagenten(indicator) or indicator.aggregatie != Indicator.Aggregatie.VERHOUDING


def is_wijkagenten(indicator: Indicator) -> bool:
    """Whether this is the share of the places for wijkagenten that is filled."""
    return indicator.herkomst == Indicator.Herkomst.AFGELEID and indicator.aggregatie == Indicator.Aggregatie.VERHOUDING


def _verloop(
    baan: _Baan, perioden: Sequence[Kwartaal], bereik: tuple[Decimal, Decimal], strepen: Sequence[Mijlstreep]
) -> Beeld:
    regel, i = baan.rij.regel, baan.rij.regel.indicator
    per_kwartaal = {r.kwartaal: r for r in baan.cel.verloop}
    onderdelen = [cel for cel in (baan.cel, baan.naast) if cel]
    tegen = "Plaatsen (fte)" if baan.in_mensen else "Doel"
    erbij = [[*bij_periode(strepen, n)] for n in range(len(perioden))] if strepen else []
    return Beeld(
        naam=f"{regel.naam}, {baan.cel.kop}",
        titel=_verloop_in_woorden(baan, per_kwartaal),
        onderschrift="Wijkagenten en hun plaatsen (fte)" if baan.in_mensen else f"{regel.waardenaam} ({i.eenheid})",
        x=As(Assoort.KWARTALEN, tuple(f"Q{k.nummer}" for k in perioden), _jaren(perioden)),
        y=_as(baan, bereik),
        sporen=(*_doelen(baan, perioden), *(_spoor(baan, cel, perioden) for cel in onderdelen[::-1])),
        koppen=("Kwartaal", *(cel.kop for cel in onderdelen), tegen, *(["Gebeurtenis"] if erbij else [])),
        rijen=tuple(
            (*_tabelrij(baan, onderdelen, k), *("; ".join(wat) for wat in erbij[n : n + 1]))
            for n, k in enumerate(perioden)
        ),
        gebeurtenissen=in_beeld(strepen),
        noten=tuple(streep.noot for streep in strepen),
    )


def _as(baan: _Baan, bereik: tuple[Decimal, Decimal]) -> As:
    maat = FTE if baan.in_mensen else baan.rij.regel.indicator
    return As(Assoort.GETAL, eenheid=maat.eenheid, decimalen=maat.decimalen, bereik=bereik)


def _jaren(perioden: Sequence[Kwartaal]) -> tuple[tuple[int, str], ...]:
    """Each year from its first place on."""
    return tuple((n, str(k.jaar)) for n, k in enumerate(perioden) if n == 0 or k.nummer == 1)


def _spoor(baan: _Baan, cel: Lenscel, perioden: Sequence[Kwartaal]) -> Spoor:
    per_kwartaal = {regel.kwartaal: regel for regel in cel.verloop}
    punten = []
    for plek, kwartaal in enumerate(perioden):
        regel = per_kwartaal.get(kwartaal)
        waarde = baan.paar(regel)[0] if regel else None
        tekst = f"{cel.kop}, {kwartaal.leesbaar}: {_cel(baan, regel)}"
        punten.append(Punt(plek, waarde, tekst, open=bool(regel and regel.voorlopig)))
    eigen = cel is baan.cel
    return Spoor(cel.kop, Rol.HOOFD if eigen else Rol.BIJ, Vorm.LIJN_MET_PUNTEN if eigen else Vorm.LIJN, tuple(punten))


def _doelen(baan: _Baan, perioden: Sequence[Kwartaal]) -> list[Spoor]:
    """Level, and with a step where it changes."""
    per_kwartaal, naam = baan.cijfers(baan.cel), "Plaatsen" if baan.in_mensen else "Doel"
    waarden = [per_kwartaal.get(k, (None, None))[1] for k in perioden]
    runs = [(w, [n for n, _ in run]) for w, run in groupby(enumerate(waarden), key=lambda paar: paar[1])]
    return [
        vlakke_streep(Rol.DOEL, naam, doel, run[0], run[-1], f"{naam.lower()} {_getal(baan, doel)}")
        for doel, run in runs
        if doel is not None
    ]


def _tabelrij(baan: _Baan, onderdelen: Sequence[Lenscel], kwartaal: Kwartaal) -> tuple[str, ...]:
    regels = [next((r for r in cel.verloop if r.kwartaal == kwartaal), None) for cel in onderdelen]
    doel = baan.paar(regels[0])[1] if regels[0] else None
    return (kwartaal.leesbaar, *(_cel(baan, regel) for regel in regels), "–" if doel is None else _getal(baan, doel))


def _cel(baan: _Baan, regel: Regel | None) -> str:
    """As the tables of the page write it; of wijkagenten how many people the share stands for."""
    if regel is None:
        return "–"
    mensen = baan.paar(regel)[0] if baan.in_mensen else None
    return woorden(regel) if mensen is None else f"{woorden(regel)} ({_getal(baan, mensen)})"


def woorden(regel: Regel) -> str:
    return f"{regel.waarde_tekst or regel.ontbreekt}{' voorlopig' if regel.voorlopig else ''}"


def _getal(baan: _Baan, getal: Decimal) -> str:
    return fte_in_woorden(getal) if baan.in_mensen else exact_in_woorden(getal, baan.rij.regel.indicator)


def _verloop_in_woorden(baan: _Baan, per_kwartaal: Mapping[Kwartaal, Regel]) -> str:
    """What it is now, and what it was a year before."""
    nu = max(per_kwartaal)
    toen = per_kwartaal.get(Kwartaal(nu.jaar - 1, nu.nummer))
    eerder = f"; {toen.kwartaal.leesbaar}: {_cel(baan, toen)}" if toen and toen.waarde is not None else ""
    doel = baan.paar(per_kwartaal[nu])[1]
    tegen = "" if doel is None else f", {'plaatsen' if baan.in_mensen else 'doel'} {_getal(baan, doel)}"
    return f"{baan.cel.kop}: {_cel(baan, per_kwartaal[nu])}{tegen}{eerder}."
