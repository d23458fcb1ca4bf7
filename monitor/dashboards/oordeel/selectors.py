"""Everything behind one verdict, in a fixed number of queries. What somebody may see is asked of ``monitor.zicht``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404

from accounts.rollen import Recht
from common.pagina.peildatum import EERSTE_DAG
from common.tekst.periode import Kwartaal
from formatie.models import Onderdeel
from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import te_klein
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.som import Geval
from monitor.dashboards.oordeel.versies import (
    VASTSTELRECHTEN,
    Doelverantwoording,
    Meetperiode,
    Personen,
    Versie,
    Versieplek,
    doelversies,
    per_plek,
    wie,
)
from monitor.models import Berekening, Doelbereik, Doelstelling, Indicator, Meting, Monitorregel
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import BESLOTEN

VERBETERING = Doelstelling.Soort.VERBETERING
SEIZOEN = Indicator.Verwachting.SEIZOEN


@dataclass(frozen=True)
class Vaststellingsfeit:
    """When a value was approved and in which role; not the value, and not the name."""

    op: datetime
    rol: str


@dataclass(frozen=True)
class Bronnen:
    """One verdict of one onderdeel with what it rests on, as far as this person may see it.

    ``onderdelen`` are the onderdeel itself and everything below it, parents first; ``rijen`` the records per
    onderdeel, in order of time; ``versies`` per onderdeel and period, the newest first; ``vaststellingen`` of every
    value in force, also of those that are not shown.
    """

    regel: Regel
    onderdeel: Onderdeel
    onderdelen: Sequence[Onderdeel]
    rijen: Mapping[int, Sequence[Doelbereik]]
    versies: Mapping[Versieplek, Sequence[Versie]]
    vaststellingen: Mapping[Versieplek, Vaststellingsfeit]
    doelen: Sequence[Doelverantwoording]
    berekening: Berekening | None
    te_klein: str

    @property
    def indicator(self) -> Indicator:
        return self.regel.indicator

    @property
    def geval(self) -> Geval | None:
        rij, afgeleid = self.regel.rij, self.regel.afgeleid
        if rij is None or afgeleid is None:
            return None
        return Geval(rij, self.indicator, rij.doelstelling, afgeleid, self.rijen.get(self.onderdeel.pk, ()))

    def rij_van(self, onderdeel: Onderdeel, periode: Meetperiode) -> Doelbereik | None:
        jaar, kwartaal = periode
        rijen = self.rijen.get(onderdeel.pk, ())
        return next((rij for rij in rijen if (rij.jaar, rij.kwartaal) == (jaar, kwartaal or 4)), None)

    def onder(self, onderdeel: Onderdeel) -> list[Onderdeel]:
        return [ander for ander in self.onderdelen if ander.ouder_id == onderdeel.pk]

    def vastgesteld_onder(self, onderdeel: Onderdeel, periode: Meetperiode) -> list[Vaststellingsfeit]:
        """The approvals of this onderdeel and of everything below it, the earliest first."""
        eigen = self.vaststellingen.get((onderdeel.pk, *periode))
        onder = [feit for ander in self.onder(onderdeel) for feit in self.vastgesteld_onder(ander, periode)]
        return sorted([*([eigen] if eigen else []), *onder], key=lambda feit: feit.op)

    @property
    def perioden(self) -> dict[str, list[Meetperiode]]:
        """The periods whose values were used, by what they were used for."""
        rij, geval = self.regel.rij, self.geval
        if rij is None or geval is None:
            return {}
        gebruikt = {"Dit cijfer": _eigen_perioden(rij, geval)}
        if rij.vorige_jaar and geval.soort == VERBETERING:
            gebruikt["De vorige meting"] = [self._vorige(rij)]
        if _heeft_patroon(self.regel):
            eerder = [(r.jaar, r.kwartaal) for r in geval.reeks if r.jaar < rij.jaar]
            gebruikt |= {"Het patroon van eerdere jaren": list(eerder)} if eerder and not rij.seizoen_terugval else {}
        return gebruikt

    def _vorige(self, rij: Doelbereik) -> Meetperiode:
        """The previous measurement, which may have been one of a whole year."""
        jaar = rij.vorige_jaar or 0
        heel = any(versies and plek[1:] == (jaar, None) for plek, versies in self.versies.items())
        return (jaar, None) if heel and rij.vorige_kwartaal == 4 else (jaar, rij.vorige_kwartaal)


def _eigen_perioden(rij: Doelbereik, geval: Geval) -> list[Meetperiode]:
    if rij.heel_jaar:
        return [(rij.jaar, None)]
    if not geval.telt_op:
        return [(rij.jaar, rij.kwartaal)]
    return [(r.jaar, r.kwartaal) for r in geval.kwartalen]


def lees_bronnen(blik: Blik, monitorregel: Monitorregel, code: str = "") -> Bronnen:
    """``code`` is an onderdeel; without it the unit. Raises Http404 for what this person may not see."""
    onderdelen = _onderdelen(blik, code)
    regel = _regel(blik, monitorregel, onderdelen[0])
    spoor = lees_reikwijdte(blik.user, Recht.SPOOR_LEZEN)
    metingen, doelen = _metingen(blik, regel, onderdelen), _doelen(blik, regel)
    besluiten = _besluiten(blik, regel, onderdelen)
    personen = Personen([*wie(metingen), *wie(doelen), *(besluit.vastgesteld_door_id for besluit in besluiten)])
    plekken = {onderdeel.pk: onderdeel for onderdeel in onderdelen}
    return Bronnen(
        regel=regel,
        onderdeel=onderdelen[0],
        onderdelen=onderdelen,
        rijen=_rijen(blik, regel, onderdelen),
        versies=per_plek(metingen, regel.indicator, plekken, spoor, personen),
        vaststellingen=_vaststellingen(besluiten, personen),
        doelen=doelversies(doelen, regel.indicator, spoor, personen),
        berekening=blik.bekend.berekening(regel.indicator),
        te_klein=te_klein(blik, regel),
    )


def _onderdelen(blik: Blik, code: str) -> list[Onderdeel]:
    """The onderdeel that is asked for, and everything below it in the order of the plan."""
    hierin = Q(pk=blik.eenheid.pk) | Q(ouder=blik.eenheid) | Q(ouder__ouder=blik.eenheid)
    alle = list(Onderdeel.objects.filter(hierin).order_by("volgorde", "code"))
    gevraagd = code or blik.eenheid.code
    gevonden = next((onderdeel for onderdeel in alle if onderdeel.code == gevraagd), None)
    if gevonden is None:
        raise Http404
    hieronder = {gevonden.pk, *(kind.pk for kind in alle if kind.ouder_id == gevonden.pk)}
    return [gevonden, *(ander for ander in alle if ander.ouder_id in hieronder)]


def _regel(blik: Blik, monitorregel: Monitorregel, onderdeel: Onderdeel) -> Regel:
    """The verdict of the unit as every page shows it, or the latest one of an onderdeel that may be seen."""
    if onderdeel.pk == blik.eenheid.pk:
        return selectors.regels(blik, [monitorregel])[0]
    k = blik.kwartaal
    hieronder = blik.bekend.onder(blik.uitsnede([monitorregel.indicator], Kwartaal(k.jaar - 2, 1)))
    rijen = [rij for rij in hieronder if rij.onderdeel_id == onderdeel.pk]
    if not rijen:
        raise Http404
    return Regel(monitorregel, k, max(rijen, key=_periode), blik.vraag)


def _periode(iets: Any) -> tuple[int, int]:
    """A whole year ends with its last quarter."""
    return iets.jaar, iets.kwartaal or 4


def _jaren(regel: Regel, rij: Doelbereik) -> tuple[int, int]:
    """From the first to the last year of which values were used: this one, and that of the previous measurement.

    For a pattern all years before it.
    """
    return EERSTE_DAG.year if _heeft_patroon(regel) else rij.vorige_jaar or rij.jaar, rij.jaar


def _heeft_patroon(regel: Regel) -> bool:
    return regel.soort == Doelstelling.Soort.JAARVOLUME and regel.indicator.verwachting == SEIZOEN


def _hoort_bij(regel: Regel, iets: Any) -> bool:
    """Whether a row, or a version of a value, was used for this verdict."""
    nu = regel.rij
    if nu is None or _periode(iets) > _periode(nu):
        return False
    return iets.jaar in (nu.jaar, nu.vorige_jaar) or _heeft_patroon(regel)


def _rijen(blik: Blik, regel: Regel, onderdelen: Sequence[Onderdeel]) -> dict[int, list[Doelbereik]]:
    """Per onderdeel the rows whose values were used, in order of time."""
    if regel.rij is None:
        return {}
    per_onderdeel: dict[int, list[Doelbereik]] = defaultdict(list)
    begin = Kwartaal(_jaren(regel, regel.rij)[0], 1)
    gevonden = blik.bekend.van_onderdelen(blik.uitsnede([regel.indicator], begin), onderdelen)
    for rij in sorted(gevonden, key=_periode):
        if _hoort_bij(regel, rij):
            per_onderdeel[rij.onderdeel_id].append(rij)
    return per_onderdeel


def _metingen(blik: Blik, regel: Regel, onderdelen: Sequence[Onderdeel]) -> list[Meting]:
    if regel.rij is None:
        return []
    besloten = Meting.objects.filter(staat__in=BESLOTEN, onderdeel__in=onderdelen)
    gezien = blik.bekend.zichtbaar(besloten, regel.indicator).filter(jaar__range=_jaren(regel, regel.rij))
    return [meting for meting in blik.bekend.zoals(gezien) if _hoort_bij(regel, meting)]


def _besluiten(blik: Blik, regel: Regel, onderdelen: Sequence[Onderdeel]) -> list[Any]:
    """When and by whom each value in force was approved, never what it is: also of values that are not shown."""
    if regel.rij is None:
        return []
    plek = {"indicator": regel.indicator, "onderdeel__in": onderdelen, "jaar__range": _jaren(regel, regel.rij)}
    velden = ("onderdeel_id", "jaar", "kwartaal", "vastgesteld_op", "vastgesteld_door_id")
    geldend = blik.bekend.geldend(Meting.objects).filter(**plek).values_list(*velden, named=True)
    return [besluit for besluit in geldend if _hoort_bij(regel, besluit)]


def _vaststellingen(besluiten: Sequence[Any], personen: Personen) -> dict[Versieplek, Vaststellingsfeit]:
    return {
        (b.onderdeel_id, b.jaar, b.kwartaal): Vaststellingsfeit(
            b.vastgesteld_op,
            personen.noem(b.vastgesteld_door_id, VASTSTELRECHTEN, b.vastgesteld_op, met_naam=False),
        )
        for b in besluiten
    }


def _doelen(blik: Blik, regel: Regel) -> list[Doelstelling]:
    """The version of the target that was used, then those before it, the newest first."""
    doel = regel.rij.doelstelling if regel.rij else None
    if doel is None:
        return []
    plek = Q(indicator=doel.indicator_id, onderdeel=doel.onderdeel_id, jaar=doel.jaar)
    besloten = Doelstelling.objects.filter(plek, staat__in=BESLOTEN, pk__lte=doel.pk)
    versies = besloten.select_related("onderdeel").order_by("-vastgesteld_op", "-pk")
    return blik.bekend.zoals(versies)
