"""What is explained and promised about a figure, beside its chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import kwartaal_van
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import mag_bij_thema
from monitor.models import Stand
from sturing.lezen.duidingen import duidingadres, lees_onderweg, per_indicator, waarom_geen
from sturing.models import Duiding
from sturing.regels.ladder import Ladderstand, stand_van, vraagt_duiding


@dataclass(frozen=True)
class Duidingdeel:
    """``duiding`` is the approved one of the quarter of the figure; ``eigen`` are the reader's districts.

    ``wacht``: one waits for approval, for who may know of it.
    """

    duiding: Duiding | None
    ontbreekt: bool
    waarom_geen: str
    wacht: bool
    kwartaal: Kwartaal
    stand: Ladderstand
    adres: str
    schrijft: bool
    eigen: Sequence[tuple[str, str]]


def duidingdeel(blik: Blik, regel: Regel) -> Duidingdeel:
    """As known on the day of the page; one query."""
    kwartaal, code, dag = kwartaal_van(regel), blik.eenheid.code, blik.bekend.dag
    leesbaar = [] if regel.rij and regel.rij.stand == Stand.NIET_VAN_ALLE else [regel.indicator]
    geldend = blik.bekend.geldend(Duiding.objects)
    duiding = per_indicator(geldend, blik.eenheid, kwartaal, leesbaar).get(regel.indicator.pk)
    eigen = sorted(blik.user.districten_met(Recht.DUIDING_SCHRIJVEN))
    ontbreekt = duiding is None and vraagt_duiding(regel.oordeel) and not regel.is_eerder
    weet = mag_bij_thema(blik, regel, Recht.CONCEPT_LEZEN)
    onderweg = lees_onderweg(blik.eenheid, kwartaal, leesbaar if weet and ontbreekt else [], blik.bekend.moment)
    staat = onderweg.get(regel.indicator.pk, "")
    return Duidingdeel(
        duiding=duiding,
        ontbreekt=ontbreekt,
        waarom_geen=waarom_geen(staat, weet=weet),
        wacht=staat == Staat.INGEDIEND,
        kwartaal=kwartaal,
        stand=stand_van(regel.eerder, blik.kwartaal, blik.agenda.begin_jaar),
        adres=duidingadres(regel.code, code, kwartaal, dag),
        schrijft=not dag and mag_bij_thema(blik, regel, Recht.DUIDING_SCHRIJVEN),
        eigen=[(district, duidingadres(regel.code, district, blik.kwartaal, dag)) for district in eigen],
    )
