"""What the pages read: set-based, a fixed number of queries whatever the number of indicators.

Who sees which value is decided by ``monitor.zicht`` alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.rollen import Recht
from common.grafiek.svg import veilig
from monitor.dashboards.grafiek import voorraad
from monitor.dashboards.indicator.regel import JAREN_GETOOND, Regel
from monitor.dashboards.indicator.signaal import selectors as signalen
from monitor.dashboards.keuze import Blik
from monitor.eigenaars import Eigenaars
from monitor.models import (
    Doelstelling,
    Indicator,
    Landelijkdoel,
    Meting,
    Monitorregel,
)
from monitor.selectors import BESLOTEN
from monitor.zicht import alleen_bovenin
from strategie.models import Thema


def monitorregels(blik: Blik) -> QuerySet[Monitorregel]:
    return blik.agenda.monitorregels.select_related("indicator__berekening", "thema").order_by("volgorde", "pk")


def zoals_bepaald(blik: Blik, lijst: Iterable[Monitorregel]) -> list[Monitorregel]:
    """These lines, with each indicator as the agenda of this view defines it."""
    gelezen = list(lijst)
    for regel in gelezen:
        regel.indicator = blik.definities.in_jaar(regel.indicator, blik.kwartaal.jaar)
    return gelezen


def regels(blik: Blik, van: Iterable[Monitorregel] | None = None, *, met_vonk: bool = False) -> list[Regel]:
    """One Regel per indicator of the agenda, for the unit and the quarter of this view, in the agenda's order."""
    lijst = zoals_bepaald(blik, monitorregels(blik) if van is None else van)
    indicatoren = [regel.indicator for regel in lijst]
    eerder = blik.bekend.geschiedenis(blik.uitsnede(indicatoren)) if blik.toont_cijfers else {}
    # Of what is measured less often than every quarter, the latest row before the one shown.
    laatste = {pk: van[-1] for pk, van in eerder.items() if van}
    rijen = {pk: rij for pk, rij in laatste.items() if rij.jaar >= blik.kwartaal.jaar - JAREN_GETOOND}
    beelden = signalen.beelden(blik, indicatoren, rijen, eerder)
    vonken = voorraad.haal(blik, indicatoren, voorraad.Figuursoort.VONK) if met_vonk and blik.toont_cijfers else {}
    return [
        Regel(
            regel,
            blik.kwartaal,
            rijen.get(regel.indicator_id),
            blik.vraag,
            veilig(vonken[regel.indicator_id].svg if regel.indicator_id in vonken else ""),
            beelden.get(regel.indicator_id),
            eerder.get(regel.indicator_id, ()),
        )
        for regel in lijst
    ]


def eigenaars(blik: Blik, van: Sequence[Regel]) -> Mapping[int, str]:
    """Indicator → who answers for the figure of the unit today, also for who looks back; empty where it is nobody."""
    vandaag = timezone.localdate()
    alle = Eigenaars.lees(vandaag) if van else Eigenaars()
    beurten = ((r.indicator, alle.beurt(r.indicator, blik.eenheid, r.monitorregel.thema_id, vandaag)) for r in van)
    return {indicator.pk: str(beurt or "") for indicator, beurt in beurten}


def get_themas(blik: Blik) -> QuerySet[Thema]:
    return blik.agenda.themas.order_by("soort", "nummer")


def get_thema(blik: Blik, slug: str) -> tuple[Blik, Thema]:
    """A theme with all its text, and the view of an agenda that has it; raises Http404."""
    heel = Thema.objects.select_related("opdracht").prefetch_related("ambities", "hoofdlijnen__activiteiten")
    op_agenda = {thema.agenda_id: thema for thema in heel.filter(slug=slug, agenda__in=blik.agendas)}
    blik = blik.binnen([agenda for agenda in blik.agendas if agenda.pk in op_agenda])
    return blik, op_agenda[blik.agenda.pk]


def met_waarvan(blik: Blik, code: str) -> tuple[Blik, list[Monitorregel]]:
    """The line of this indicator, then those of its parts, and the view of an agenda that prints it; raises Http404."""
    lijst = list(
        Monitorregel.objects.filter(agenda__in=blik.agendas)
        .select_related("indicator__berekening", "indicator__waarvan_van", "thema")
        .filter(Q(indicator__code=code) | Q(indicator__waarvan_van__code=code))
        .order_by("volgorde", "pk")
    )
    met_indicator = {regel.agenda_id for regel in lijst if regel.indicator.code == code}
    blik = blik.binnen([agenda for agenda in blik.agendas if agenda.pk in met_indicator])
    van_agenda = zoals_bepaald(blik, [regel for regel in lijst if regel.agenda_id == blik.agenda.pk])
    return blik, sorted(van_agenda, key=lambda regel: regel.indicator.code != code)


def monitorregel(blik: Blik, code: str) -> tuple[Blik, Monitorregel]:
    """The line that prints this indicator, and the view of an agenda that prints it; raises Http404."""
    blik, lijst = met_waarvan(blik, code)
    return blik, lijst[0]


def get_versies_van_eenheid(blik: Blik, indicator: Indicator) -> list[Meting]:
    """Every approved version of the unit's own values, the latest period first; replaced ones after their successor."""
    versies, k = Meting.objects.all(), blik.kwartaal
    if blik.user.mag(Recht.SPOOR_LEZEN):
        versies = versies.select_related("ingevoerd_door", "vastgesteld_door")
    rijen = (
        alleen_bovenin(versies, blik.user)
        .filter(indicator=indicator, onderdeel=blik.eenheid, staat__in=BESLOTEN)
        .filter(Q(jaar__lt=k.jaar) | Q(jaar=k.jaar) & (Q(kwartaal=None) | Q(kwartaal__lte=k.nummer)))
        .order_by("-jaar", "-kwartaal", "-vastgesteld_op", "-pk")
    )
    return blik.bekend.zoals(rijen)


def doelstellingen(blik: Blik, indicator: Indicator) -> list[Doelstelling]:
    """Every approved version of every target of the agenda's years, replaced ones included."""
    rijen = (
        indicator.doelstellingen.filter(jaar__range=(blik.agenda.begin_jaar, blik.agenda.eind_jaar), staat__in=BESLOTEN)
        .select_related("onderdeel")
        .order_by("jaar", "onderdeel__volgorde", "-vastgesteld_op", "-pk")
    )
    return blik.bekend.zoals(rijen)


def landelijk_doel(regel: Regel) -> Landelijkdoel | None:
    """The national target of the year of the figure, where it is known."""
    jaar = regel.rij.jaar if regel.rij else regel.kwartaal.jaar
    return Landelijkdoel.objects.filter(indicator=regel.indicator, jaar=jaar).first()


def rekent() -> dict[str, int]:
    """How many requests are being worked on (``bezig``) and how many were given up on (``stilgezet``).

    Every page asks it, so it is written out: Django takes longer over the words than PostgreSQL over the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE NOT geparkeerd), count(*) FILTER (WHERE geparkeerd) "
            "FROM monitor_herberekenverzoek"
        )
        bezig, stilgezet = cursor.fetchone()
    return {"bezig": bezig, "stilgezet": stilgezet}
