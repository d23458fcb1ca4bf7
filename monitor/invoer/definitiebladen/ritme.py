"""What another frequency or level of an indicator does to the values that are there.

Approved values stay where they are and keep counting. Values that are still open would have no place in the entry any
more: then the change waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from common.vaststellen.model import Staat
from monitor.invoer.regels.validatie import past_bij_frequentie, past_bij_niveau
from monitor.models import Concept, Indicator, Meting

Blad = dict[str, Any]
Bladen = Mapping[int, tuple[Indicator, Blad]]  # by key: the indicator as it is, and the sheet it would get
RITME = ("frequentie", "eerste_jaar", "niveau")
OPEN = (Staat.CONCEPT, Staat.INGEDIEND, Staat.AFGEKEURD)


def zonder_plek(bladen: Bladen) -> dict[int, str]:
    """Per indicator why its sheet cannot be: open values that it would leave without a place. At most two queries."""
    anders = _met_ander_ritme(bladen)
    if not anders:
        return {}
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat__in=OPEN)):
        buiten[pk] += aantal
    for pk, aantal in _buiten(anders, Concept.objects.filter(indicator__in=anders)):
        buiten[pk] += aantal
    return {pk: _geen_plek(aantal) for pk, aantal in buiten.items()}


def gevolgen(bladen: Bladen) -> dict[int, list[str]]:
    """Per indicator with another frequency or level, in sentences, what that does. At most one query."""
    anders = _met_ander_ritme(bladen)
    if not anders:
        return {}
    buiten = Counter[int]()
    for pk, aantal in _buiten(anders, Meting.objects.filter(indicator__in=anders, staat=Staat.VASTGESTELD)):
        buiten[pk] += aantal
    return {pk: _zinnen(buiten[pk]) for pk in anders}


def _met_ander_ritme(bladen: Bladen) -> dict[int, tuple[Indicator, Blad]]:
    return {pk: paar for pk, paar in bladen.items() if any(getattr(paar[0], naam) != paar[1][naam] for naam in RITME)}


def _buiten(bladen: Bladen, rijen: Any) -> Iterator[tuple[int, int]]:
    """Of these rows, per indicator how many do not fit its new sheet."""
    velden = ("indicator_id", "onderdeel__soort", "jaar", "kwartaal")
    for pk, soort, jaar, kwartaal, aantal in rijen.order_by().values_list(*velden).annotate(Count("pk")):
        indicator, blad = bladen[pk]
        past = past_bij_frequentie(blad["frequentie"], blad["eerste_jaar"], jaar, kwartaal)
        if not (past and past_bij_niveau(blad["niveau"], indicator.aggregatie, soort)):
            yield pk, aantal


def _geen_plek(aantal: int) -> str:
    wat = "Er staat 1 waarde" if aantal == 1 else f"Er staan {aantal} waarden"
    return (
        f"{wat} nog open die bij de nieuwe frequentie of het nieuwe niveau geen plek meer heeft in de invoer. "
        "Laat eerst vaststellen wat openstaat, of maak het leeg."
    )


def _zinnen(buiten: int) -> list[str]:
    zinnen = [
        "Waarden die al zijn vastgesteld, blijven staan.",
        "Na vaststellen rekent de monitor alle oordelen van deze indicator opnieuw uit.",
    ]
    if buiten:
        wat = "1 vastgestelde waarde is" if buiten == 1 else f"{buiten} vastgestelde waarden zijn"
        zinnen.insert(
            1, f"{wat} van een kwartaal of niveau dat dan niet meer wordt gevraagd. Ook die blijven meetellen."
        )
    return zinnen
