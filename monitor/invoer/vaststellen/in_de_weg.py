"""Per kind of what two persons decide on: state and name of what keeps a quarter from closing."""

from django.db.models import Q

from common.tekst.periode import Kwartaal
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.models import Bezetting
from monitor.invoer.bezetting.weergave import plaatsnaam
from monitor.models import Definitieversie, Doelstelling, Grensbesluit, Meting, Monitorregel
from monitor.rekenen.regels.verschuldigd import is_meetmoment


def open_waarden(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    van_kwartaal = Q(kwartaal=kwartaal.nummer)
    if kwartaal.nummer == 4:
        van_kwartaal |= Q(kwartaal=None)
    metingen = Meting.objects.filter(van_kwartaal, jaar=kwartaal.jaar, staat__in=OPENSTAAND)
    return list(metingen.order_by("indicator__volgorde").values_list("staat", "indicator__naam"))


def open_bezetting(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    rijen = Bezetting.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, staat__in=OPENSTAAND)
    op_volgorde = rijen.select_related("onderdeel").order_by("onderdeel__volgorde", "onderdeel__code", "soort")
    return [(rij.staat, plaatsnaam(rij)) for rij in op_volgorde]


def open_doelen(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    """Sent back it is not in the way: what was in force stays in force."""
    wachtend = Doelstelling.objects.filter(jaar=kwartaal.jaar, staat=Staat.INGEDIEND)
    return list(wachtend.order_by("indicator__volgorde").values_list("staat", "indicator__naam"))


def open_definities(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    """Of which a sheet waits, measured in this quarter by the sheet in force or by the proposed one."""
    agendas = Monitorregel.objects.filter(agenda__begin_jaar__lte=kwartaal.jaar, agenda__eind_jaar__gte=kwartaal.jaar)
    versies = Definitieversie.objects.filter(staat=Staat.INGEDIEND, indicator__in=agendas.values("indicator"))
    return [
        (versie.staat, versie.indicator.naam)
        for versie in versies.select_related("indicator", "agenda").order_by("indicator__volgorde")
        if any(
            is_meetmoment(bron.frequentie, bron.eerste_jaar, kwartaal.jaar, kwartaal.nummer)
            for bron in (versie.zoals_nu, versie)
        )
    ]


def open_grenzen(kwartaal: Kwartaal) -> list[tuple[str, str]]:
    """Of the quarter in which the limits would start: how it reads is not settled before that is decided."""
    wachtend = Grensbesluit.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, staat=Staat.INGEDIEND)
    return list(wachtend.order_by("indicator__volgorde").values_list("staat", "indicator__naam"))
