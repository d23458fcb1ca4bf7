"""What is read of the text of the agenda."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, Min, QuerySet

from common.tekst.zoeken import zoek
from strategie.models import Activiteit, Agenda, Agendafeit, Ambitie, Hoofdlijn, Thema, Trend


def get_agendajaren() -> tuple[int, int] | None:
    """The first and the last year of all agendas together; None where there is none."""
    jaren = Agenda.objects.aggregate(eerste=Min("begin_jaar"), laatste=Max("eind_jaar"))
    return (jaren["eerste"], jaren["laatste"]) if jaren["eerste"] else None


def zoek_themas(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Thema]:
    """The themes of these agendas in which all words stand; the assignment a theme works out counts as its text."""
    teksten = ("samenvatting", "opdracht__tekst")
    themas = Thema.objects.filter(agenda__in=agendas).select_related("opdracht")
    return zoek(themas, woorden, namen=("naam",), teksten=teksten)


def zoek_ambities(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Ambitie]:
    ambities = Ambitie.objects.filter(thema__agenda__in=agendas).select_related("thema")
    return zoek(ambities, woorden, namen=("tekst",))


def zoek_hoofdlijnen(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Hoofdlijn]:
    hoofdlijnen = Hoofdlijn.objects.filter(thema__agenda__in=agendas).select_related("thema")
    return zoek(hoofdlijnen, woorden, namen=("titel",), teksten=("tekst",))


def zoek_activiteiten(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Activiteit]:
    activiteiten = Activiteit.objects.filter(hoofdlijn__thema__agenda__in=agendas).select_related("hoofdlijn__thema")
    return zoek(activiteiten, woorden, namen=("tekst",))


def zoek_trends(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Trend]:
    return zoek(Trend.objects.filter(agenda__in=agendas), woorden, namen=("titel",), teksten=("tekst",))


def zoek_feiten(agendas: Iterable[Agenda], woorden: Sequence[str]) -> QuerySet[Agendafeit]:
    """What the text names besides its aims: partners, moments, frames from outside, who decided."""
    return zoek(Agendafeit.objects.filter(agenda__in=agendas), woorden, namen=("naam",), teksten=("tekst",))
