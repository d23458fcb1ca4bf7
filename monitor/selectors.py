"""Reading definitions and values: what pages, exports and the API share."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.zoeken import zoek
from common.vaststellen.model import Staat
from monitor.models import Doelstelling, Indicator, Meting, Monitorregel
from monitor.zicht import alleen_zichtbaar
from strategie.models import Agenda

BESLOTEN = (Staat.VASTGESTELD, Staat.VERVANGEN)


def get_agenda(dag: date) -> Agenda | None:
    """The agenda that covers the year of ``dag``; otherwise the latest there is."""
    agendas = Agenda.objects.order_by("-begin_jaar")
    return agendas.filter(begin_jaar__lte=dag.year, eind_jaar__gte=dag.year).first() or agendas.first()


def get_indicatoren(agenda: Agenda | None) -> QuerySet[Indicator]:
    """All indicators in three queries, with this agenda's ``monitorregels`` and the ``doelstellingen`` in force."""
    return Indicator.objects.select_related("waarvan_van").prefetch_related(
        Prefetch(
            "monitorregels",
            Monitorregel.objects.filter(agenda=agenda).select_related("thema"),
        ),
        Prefetch(
            "doelstellingen",
            Doelstelling.objects.geldend().select_related("onderdeel").order_by("jaar"),
        ),
    )


def zoek_monitorregels(agenda: Agenda | None, woorden: Sequence[str]) -> QuerySet[Monitorregel]:
    """The indicators of this agenda in whose name, code, rubriek or definition all words stand."""
    regels = Monitorregel.objects.filter(agenda=agenda).select_related("indicator", "thema")
    teksten = ("rubriek", "indicator__definitie", "indicator__telregel", "indicator__opmerking")
    return zoek(regels, woorden, namen=("indicator__naam", "indicator__code"), teksten=teksten)


def get_metingen(user: User) -> QuerySet[Meting]:
    """The values this user may read: approved ones, and concepts as far as the right to read these reaches."""
    zichtbaar = alleen_zichtbaar(Meting.objects.all(), user)
    return zichtbaar.filter(Q(staat__in=BESLOTEN) | _concepten_voor(user)).select_related(
        "indicator", "onderdeel", "ingevoerd_door", "vastgesteld_door"
    )


def _concepten_voor(user: User) -> Q:
    if user.mag_overal(Recht.CONCEPT_LEZEN):
        return Q(staat__isnull=False)
    districten = user.districten_met(Recht.CONCEPT_LEZEN)
    return (
        Q(onderdeel__code__in=districten)
        | Q(onderdeel__ouder__code__in=districten)
        | Q(indicator__monitorregels__thema__slug__in=user.themas_met(Recht.CONCEPT_LEZEN))
    )
