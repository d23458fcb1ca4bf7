"""Links between parts of the agenda and indicators: which count at a moment, and what lies under what with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from common.tekst.tekens import en
from monitor.models import Indicator
from monitor.reikwijdte import Reikwijdte
from strategie.models import Activiteit
from sturing.models import KOPPELBARE_SOORTEN, Boomdeel, Koppelbaar, Koppeling, noem_kort, thema_van
from sturing.regels.boom import kring_door

MET_UITEINDEN = tuple(f"{kant}__{naam}" for kant in ("boven", "onder") for naam in Boomdeel.VERWANT)
Plek = tuple[str, int]
"""A kind of part and its key."""
_NIETS_VASTGESTELD = "Er is geen koppeling vastgesteld."


def get_koppelingen(moment: datetime | None = None) -> QuerySet[Koppeling]:
    """The links that count, or counted at that moment; both ends are there, their names are not."""
    return Koppeling.objects.zoals_bekend_op(moment).filter(geldt=True).select_related("boven", "onder").order_by("pk")


def boomplek(deel: Boomdeel) -> Plek:
    soort = deel.soort
    return soort, getattr(deel, f"{soort}_id")


def plek_bij(ding: Koppelbaar) -> Plek:
    return str(ding._meta.model_name), ding.pk


def vind_deel(ding: Koppelbaar) -> Boomdeel:
    """The part that stands for it, made where there was none; within a transaction."""
    waar: dict[str, Any] = {plek_bij(ding)[0]: ding}
    return Boomdeel.objects.get_or_create(**waar)[0]


def is_in_bereik(reikwijdte: Reikwijdte, rij: Koppeling) -> bool:
    """Whether at least one of its ends is."""
    return any(is_ding_in_bereik(reikwijdte, deel.ding) for deel in (rij.boven, rij.onder))


def is_ding_in_bereik(reikwijdte: Reikwijdte, ding: Koppelbaar) -> bool:
    if isinstance(ding, Indicator):
        return reikwijdte.bevat(ding.code, "")
    return reikwijdte.bevat_thema(thema_van(ding).slug)


def lees_kanten(moment: datetime | None = None) -> dict[Plek, set[Plek]]:
    """What lies directly under what: by the agenda itself, and by the links that count; two queries."""
    kanten: dict[Plek, set[Plek]] = defaultdict(set)
    for lijn, activiteit in Activiteit.objects.order_by().values_list("hoofdlijn_id", "pk"):
        kanten["hoofdlijn", lijn].add(("activiteit", activiteit))
    for koppeling in get_koppelingen(moment):
        kanten[boomplek(koppeling.boven)].add(boomplek(koppeling.onder))
    return kanten


def bezwaren_tegen_kringen(voorstellen: Iterable[Koppeling]) -> list[str]:
    """What would lie under itself if all of these counted together, a sentence for each, for who decides on them."""
    kanten, bezwaren, erbij = lees_kanten(), [], dict[tuple[Plek, Plek], Koppeling]()
    for voorstel in voorstellen:
        boven, onder = boomplek(voorstel.boven), boomplek(voorstel.onder)
        if not voorstel.geldt:
            kanten[boven].discard(onder)
        elif weg := kring_door(kanten, boven, onder):
            bezwaren.append(_besluitzin(voorstel, [erbij[stap] for stap in pairwise(weg) if stap in erbij], weg))
        else:
            kanten[boven].add(onder)
            erbij[boven, onder] = voorstel
    return bezwaren


def _besluitzin(voorstel: Koppeling, samen: Sequence[Koppeling], weg: Sequence[Plek]) -> str:
    """``samen``: the other proposals that close the circle with it; without any, what counts already does."""
    if not samen:
        al = _al_onder(voorstel.boven.ding, voorstel.onder.ding, weg)
        return f"De {voorstel} maakt een kring: {al}. {_NIETS_VASTGESTELD} Stuur deze koppeling terug."
    alle = [voorstel, *samen]
    hoeveel = "twee" if len(alle) == 2 else str(len(alle))
    namen = en([rij.richting for rij in alle])
    return f"De koppelingen {namen} maken samen een kring. {_NIETS_VASTGESTELD} Stuur één van de {hoeveel} terug."


def kringzin(boven: Koppelbaar, onder: Koppelbaar, weg: Sequence[Plek]) -> str:
    """For who proposes it."""
    return f"Zo ontstaat een kring: {_al_onder(boven, onder, weg)}. Kies een ander deel."


def _al_onder(boven: Koppelbaar, onder: Koppelbaar, weg: Sequence[Plek]) -> str:
    via = [naam for naam in lees_namen(weg[1:-1]) if naam]
    hoe = f", via {'; '.join(f'“{naam}”' for naam in via)}" if via else ""
    return f"“{noem_kort(boven)}” ligt zelf al onder “{noem_kort(onder)}”{hoe}"


def lees_namen(plekken: Iterable[Plek]) -> list[str]:
    """In their order; one query per kind of part."""
    gevraagd = list(plekken)
    namen: dict[Plek, str] = {}
    for soort in KOPPELBARE_SOORTEN:
        if pks := [pk for van, pk in gevraagd if van == soort]:
            model: Any = Boomdeel._meta.get_field(soort).related_model
            verwant = [naam.partition("__")[2] for naam in Boomdeel.VERWANT if naam.startswith(f"{soort}__")]
            rijen = model._default_manager.select_related(*verwant).in_bulk(pks)
            namen |= {(soort, pk): noem_kort(rij) for pk, rij in rijen.items()}
    return [namen.get(plek, "") for plek in gevraagd]
