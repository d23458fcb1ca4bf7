"""What is read of the text of the agenda."""

from collections.abc import Sequence

from django.db.models import QuerySet

from common.tekst.zoeken import zoek
from strategie.models import Activiteit, Agenda, Ambitie, Hoofdlijn, Thema


def zoek_themas(agenda: Agenda | None, woorden: Sequence[str]) -> QuerySet[Thema]:
    """The themes of this agenda in which all words stand; the assignment a theme works out counts as its text."""
    teksten = ("samenvatting", "opdracht__tekst")
    themas = Thema.objects.filter(agenda=agenda).select_related("opdracht")
    return zoek(themas, woorden, namen=("naam",), teksten=teksten)


def zoek_ambities(agenda: Agenda | None, woorden: Sequence[str]) -> QuerySet[Ambitie]:
    ambities = Ambitie.objects.filter(thema__agenda=agenda).select_related("thema")
    return zoek(ambities, woorden, namen=("tekst",))


def zoek_hoofdlijnen(agenda: Agenda | None, woorden: Sequence[str]) -> QuerySet[Hoofdlijn]:
    hoofdlijnen = Hoofdlijn.objects.filter(thema__agenda=agenda).select_related("thema")
    return zoek(hoofdlijnen, woorden, namen=("titel",), teksten=("tekst",))


def zoek_activiteiten(agenda: Agenda | None, woorden: Sequence[str]) -> QuerySet[Activiteit]:
    activiteiten = Activiteit.objects.filter(hoofdlijn__thema__agenda=agenda).select_related("hoofdlijn__thema")
    return zoek(activiteiten, woorden, namen=("tekst",))
