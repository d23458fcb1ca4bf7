"""The history of one value: its versions, and what happened to them as sentences; the sentences also of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from monitor.invoer.regels.weergave import in_woorden
from monitor.models import Meting
from monitor.selectors import get_metingen

_ZINNEN = {
    "ingediend": "{door} diende {naar} in.",
    "opnieuw ingediend": "{door} diende opnieuw in: {naar} in plaats van {van}.",
    "correctie ingediend": "{door} diende een correctie in: {naar} in plaats van {van}.",
    "vastgesteld": "{door} stelde {naar} vast.",
    "teruggestuurd": "{door} stuurde de waarde terug.",
    "afgeleid": "{naar} volgt uit de bezetting die {door} vaststelde.",
    "opnieuw afgeleid": "Opnieuw afgeleid van formatie en bezetting: {naar} in plaats van {van}.",
    "teruggenomen": "{door} nam de ingediende waarde terug om die te wijzigen.",
}


@dataclass(frozen=True, slots=True)
class Versie:
    """One version of the value, as a row of its history."""

    meting: Meting
    waarde: str


@dataclass(frozen=True, slots=True)
class Stap:
    """One thing that happened: when, in a sentence, why and by which road."""

    op: datetime
    zin: str
    reden: str
    herkomst: str


def get_met_spoor(user: User, pk: int) -> Meting | None:
    """The value, when this person may read its history; None otherwise."""
    meting = get_metingen(user).filter(pk=pk).first()
    return meting if meting and _mag_spoor(user, meting) else None


def _mag_spoor(user: User, meting: Meting) -> bool:
    """Everywhere, in the own district, or of the own theme."""
    if user.mag_overal(Recht.SPOOR_LEZEN):
        return True
    ouder = meting.onderdeel.ouder
    district = {meting.onderdeel.code, ouder.code if ouder else ""}
    themas = meting.indicator.monitorregels.values_list("thema__slug", flat=True)
    return bool(district & user.districten_met(Recht.SPOOR_LEZEN) or set(themas) & user.themas_met(Recht.SPOOR_LEZEN))


def als_rijen(versies: Sequence[Meting]) -> list[Versie]:
    return [Versie(versie, in_woorden(versie)) for versie in versies]


def get_versies(meting: Meting) -> list[Meting]:
    """Every version for the same place and period, the newest first."""
    plek = Q(indicator=meting.indicator, onderdeel=meting.onderdeel, jaar=meting.jaar, kwartaal=meting.kwartaal)
    versies = Meting.objects.filter(plek).select_related("indicator", "ingevoerd_door", "vastgesteld_door")
    return list(versies.order_by("-pk"))


def get_stappen(versies: Sequence[Meting]) -> list[Stap]:
    """What happened to these versions, the latest first, in two queries with the versions themselves."""
    gebeurtenissen = lees_spoor("meting", [versie.pk for versie in versies])
    return vertel(gebeurtenissen, _ZINNEN, lambda bewaard: _cijfers(bewaard, versies[0]))


def lees_spoor(soort: str, sleutels: Iterable[int]) -> QuerySet[AuditEvent]:
    """What happened to these objects of one kind, the latest first."""
    gebeurtenissen = AuditEvent.objects.filter(object_soort=soort, object_id__in=[str(pk) for pk in sleutels])
    return gebeurtenissen.order_by("-op", "-pk")


def vertel(
    gebeurtenissen: Iterable[AuditEvent],
    zinnen: Mapping[str, str],
    woorden: Callable[[dict[str, Any] | None], str],
) -> list[Stap]:
    """Events as sentences; ``woorden`` says what was kept of before and after, for the kind of object it is about."""
    return [_stap(gebeurtenis, zinnen, woorden) for gebeurtenis in gebeurtenissen]


def _stap(gebeurtenis: AuditEvent, zinnen: Mapping[str, str], woorden: Callable[[dict[str, Any] | None], str]) -> Stap:
    zin = zinnen.get(gebeurtenis.handeling, "{door}: " + gebeurtenis.handeling + ".")
    kanten = {kant: woorden(getattr(gebeurtenis, kant)) for kant in ("van", "naar")}
    return Stap(
        gebeurtenis.op, zin.format(door=gebeurtenis.door_naam, **kanten), gebeurtenis.reden, gebeurtenis.herkomst
    )


def _cijfers(bewaard: dict | None, meting: Meting) -> str:
    """The figures of that moment in words; they were kept as text and are read back exactly."""
    if not bewaard:
        return "een waarde"
    versie = Meting(indicator=meting.indicator, onbekend=bewaard["onbekend"], status=bewaard["status"])
    for naam in ("waarde", "teller", "noemer", "marge"):
        setattr(versie, naam, None if bewaard[naam] is None else Decimal(bewaard[naam]))
    return in_woorden(versie)
