"""What a search over the whole site finds of the organisation and of the formation plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from common.tekst.zoeken import zoek
from formatie.models import Formatieplan, Formatieregel, Gemeente, Onderdeel


def zoek_onderdelen(dag: date, woorden: Sequence[str]) -> QuerySet[Onderdeel]:
    """The units, services, districts and teams of that day, by code or name."""
    bestaat = Q(geldig_vanaf=None) | Q(geldig_vanaf__lte=dag), Q(geldig_tot=None) | Q(geldig_tot__gt=dag)
    onderdelen = Onderdeel.objects.filter(*bestaat).select_related("ouder")
    return zoek(onderdelen, woorden, namen=("code", "naam"), teksten=("soort",))


def zoek_formatieregels(plan: Formatieplan | None, woorden: Sequence[str]) -> QuerySet[Formatieregel]:
    """The rows of the service table of a plan."""
    return zoek(Formatieregel.objects.filter(plan=plan), woorden, namen=("naam",), teksten=("dienst",))


def zoek_gemeenten(woorden: Sequence[str]) -> QuerySet[Gemeente]:
    """The municipalities, those that went up in another one included: people know the old names."""
    gemeenten = Gemeente.objects.select_related("opgegaan_in")
    return zoek(gemeenten, woorden, namen=("naam",), teksten=("opgegaan_in__naam", "cbs_code"))
