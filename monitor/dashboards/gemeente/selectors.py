"""The lens of a municipality or an onderdeel: what is measured of basisteams and districts, beside the unit.

Who sees which figure is decided by ``monitor.zicht`` alone; a fixed number of queries at any number of teams.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse

from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from formatie.plan.gemeenten import Werkkring, get_werkkringen
from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import kwartaal_van, omvang
from monitor.dashboards.keuze import Blik
from monitor.dashboards.terugkijken import Uitsnede
from monitor.models import Doelbereik, Indicator, Monitorregel, Stand

_KWARTALEN = 12  # of a course
PER_DISTRICT = "per district gemeten"
NIET_VAN_TOEPASSING = "niet van toepassing"
NIET_GETOOND = "niet getoond"


@dataclass(frozen=True)
class Lenscel:
    """One indicator of one onderdeel. ``weg`` says why this reader sees no figure; empty where it is shown.

    ``verloop`` are the quarters up to this one that this reader sees, oldest first; of the unit none.
    """

    onderdeel: Onderdeel
    regel: Regel
    weg: str = ""
    verloop: Sequence[Regel] = ()

    @property
    def kop(self) -> str:
        return kop(self.onderdeel)

    @property
    def ontbreekt(self) -> str:
        return self.weg or self.regel.ontbreekt

    @property
    def doel_ontbreekt(self) -> str:
        """Of a figure that is not shown the target is not shown either; that is not the same as no target."""
        return NIET_GETOOND if self.weg else self.regel.doel_ontbreekt

    @property
    def verschil_ontbreekt(self) -> str:
        return NIET_GETOOND if self.weg else self.regel.verschil_ontbreekt

    @property
    def toont_oordeel(self) -> bool:
        return not self.weg and bool(self.regel.oordeel)

    @property
    def oordeel(self) -> str:
        return self.regel.oordeel if self.toont_oordeel else ""

    @property
    def oordeel_woord(self) -> str:
        """The word, or why there is none: for a file, which has no empty cell without a reason."""
        return self.regel.oordeel_woord if self.toont_oordeel else self.ontbreekt

    @property
    def reden(self) -> str:
        return self.weg or self.regel.reden


@dataclass(frozen=True)
class Lensregel:
    """One indicator over the teams, the districts and the unit, in that order; ``regel`` is that of the unit."""

    regel: Regel
    cellen: Sequence[Lenscel]

    @property
    def getoond(self) -> list[Lenscel]:
        """Those of which this reader sees a verdict."""
        return [cel for cel in self.cellen if cel.toont_oordeel]

    @property
    def teams(self) -> list[Lenscel]:
        return self.van(Onderdeel.Soort.BASISTEAM)

    @property
    def onder(self) -> list[Lenscel]:
        """The teams, or where this reader sees none of them the districts."""
        return self.teams or self.van(Onderdeel.Soort.DISTRICT)

    def van(self, soort: str) -> list[Lenscel]:
        return [cel for cel in self.getoond if cel.onderdeel.soort == soort]


@dataclass(frozen=True)
class Lens:
    """``eenheid`` are the indicators that are shown for the unit only."""

    kolommen: Sequence[Onderdeel]
    regels: Sequence[Lensregel]
    eenheid: Sequence[Regel]

    @cached_property
    def omvang(self) -> str:
        """What the difference of bezetting and formatie is about, where it is shown."""
        return next(filter(None, (omvang(regel.regel) for regel in self.regels)), "")

    @property
    def cellen(self) -> list[Lenscel]:
        return [cel for regel in self.regels for cel in regel.cellen]

    @cached_property
    def weggelaten(self) -> dict[str, dict[tuple[str, ...], list[str]]]:
        """Reason → codes of the onderdelen → names of the indicators that are left out there for that reason."""
        gevonden: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
        for regel in self.regels:
            for reden in dict.fromkeys(cel.weg for cel in regel.cellen if cel.weg):
                codes = tuple(cel.onderdeel.code for cel in regel.cellen if cel.weg == reden)
                gevonden[reden][codes].append(regel.regel.naam)
        return gevonden


def kop(onderdeel: Onderdeel) -> str:
    return onderdeel.naam if onderdeel.soort == Onderdeel.Soort.EENHEID else str(onderdeel)


def gemeenteadres(blik: Blik, kring: Werkkring) -> str:
    return reverse("gemeente", args=[kring.gemeente.slug]) + blik.vraag


def onderdeeladres(blik: Blik, code: str) -> str:
    return reverse("onderdeel", args=[code]) + blik.vraag


def werkkring(blik: Blik, slug: str) -> Werkkring:
    """The municipality at the end of the quarter shown; raises Http404."""
    gevonden = get_werkkringen(blik.kwartaal.einde(), [slug])
    if not gevonden:
        raise Http404
    return gevonden[0]


def lens(blik: Blik, kring: Werkkring) -> Lens:
    """What is measured below the unit, of the teams and districts of this municipality and of the unit."""
    return vergelijk(blik, [*kring.teams, *kring.districten])


def vergelijk(blik: Blik, onderdelen: Sequence[Onderdeel], van: Iterable[Monitorregel] | None = None) -> Lens:
    """These onderdelen beside the unit, in all indicators of the agenda or in those of ``van``."""
    alle = selectors.regels(blik, van)
    lager = [regel for regel in alle if _is_lager(regel.indicator)]
    rijen = _rijen(blik, lager, onderdelen)
    te_klein = blik.bekend.te_klein()
    kolommen = [*onderdelen, blik.eenheid]
    regels = [Lensregel(regel, _cellen(blik, regel, kolommen, rijen, te_klein)) for regel in lager]
    return Lens(kolommen, regels, [regel for regel in alle if not _is_lager(regel.indicator)])


def _is_lager(indicator: Indicator) -> bool:
    """Whether there are figures below the unit at all."""
    return indicator.niveau != Indicator.Niveau.EENHEID and not indicator.gevoelig


_Rijen = Mapping[tuple[int, int], Sequence[Doelbereik]]
"""(Indicator, onderdeel) → what this reader may see of it up to the quarter that the unit shows, oldest first."""


def _rijen(blik: Blik, regels: Sequence[Regel], onderdelen: Sequence[Onderdeel]) -> _Rijen:
    wanneer = {regel.indicator.pk: kwartaal_van(regel) for regel in regels}
    gevonden: dict[tuple[int, int], list[Doelbereik]] = defaultdict(list)
    if not wanneer or not onderdelen:
        return gevonden
    begin = Kwartaal.van_index(min(wanneer.values()).index - _KWARTALEN + 1)
    uit = Uitsnede(blik.eenheid, [regel.indicator for regel in regels], begin, max(wanneer.values()))
    gelezen = list(blik.bekend.van_onderdelen(uit, onderdelen))
    prefetch_related_objects(gelezen, "doelstelling")
    for rij in sorted(gelezen, key=lambda rij: (rij.jaar, rij.kwartaal)):
        if Kwartaal(rij.jaar, rij.kwartaal) <= wanneer[rij.indicator_id]:
            gevonden[rij.indicator_id, rij.onderdeel_id].append(rij)
    return gevonden


def _cellen(
    blik: Blik,
    regel: Regel,
    kolommen: Sequence[Onderdeel],
    rijen: _Rijen,
    te_klein: Mapping[tuple[int, int], set[int]],
) -> list[Lenscel]:
    kwartaal, indicator = kwartaal_van(regel), regel.indicator
    klein = te_klein.get((indicator.pk, kwartaal.jaar), set())
    cellen = []
    for onderdeel in kolommen[:-1]:
        verloop = [_van_rij(regel, rij) for rij in rijen.get((indicator.pk, onderdeel.pk), ())]
        eigen = (
            verloop[-1] if verloop and verloop[-1].kwartaal == kwartaal else Regel(regel.monitorregel, kwartaal, None)
        )
        verborgen = "" if eigen.rij else blik.bekend.waarom_niet(indicator, onderdeel, klein) or _wacht(regel)
        cellen.append(Lenscel(onderdeel, eigen, _gemeten(eigen, onderdeel) or verborgen, verloop))
    return [*cellen, Lenscel(kolommen[-1], replace(regel, kwartaal=kwartaal))]


def _van_rij(regel: Regel, rij: Doelbereik) -> Regel:
    return Regel(regel.monitorregel, Kwartaal(rij.jaar, rij.kwartaal), rij, regel.vraag)


def _wacht(regel: Regel) -> str:
    """Why nothing below the unit is shown while the unit itself is not of all its parts; as the unit says it."""
    if regel.rij is None or regel.rij.stand != Stand.NIET_VAN_ALLE:
        return ""
    zin = regel.reden.partition(".")[0]
    return f"{zin[0].lower()}{zin[1:]}"


def _gemeten(regel: Regel, onderdeel: Onderdeel) -> str:
    """Why there can be no figure, whoever reads; empty where there can."""
    if regel.indicator.niveau == Indicator.Niveau.DISTRICT and onderdeel.soort == Onderdeel.Soort.BASISTEAM:
        return PER_DISTRICT
    return NIET_VAN_TOEPASSING if regel.rij and regel.rij.stand == Stand.NIET_VAN_TOEPASSING else ""
