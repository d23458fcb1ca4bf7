"""What was decided on a day: who, what and when, what became of it since, and what can be given back to its author."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.models import AuditEvent
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.selectors import keuze_van
from monitor.invoer.vaststellen.soort import Soort
from monitor.invoer.vaststellen.soorten import BEZETTING, METING, PER_CODE, SOORTEN

_GEDAAN = {"vastgesteld": "Vastgesteld", "teruggestuurd": "Teruggestuurd"}
_STAND = {
    Staat.CONCEPT: "de invoerder wijzigt het",
    Staat.INGEDIEND: "opnieuw ingediend",
    Staat.AFGEKEURD: "ligt bij de invoerder",
    Staat.VASTGESTELD: "geldt",
    Staat.VERVANGEN: "vervangen door een nieuwere versie",
}
_GESCHIEDENIS = {METING: "geschiedenis", BEZETTING: "bezetting_geschiedenis"}
_CORRECTIE = {Staat.AFGEKEURD: "correctie gevraagd", Staat.INGEDIEND: "correctie wacht op een besluit"}


@dataclass(frozen=True, slots=True)
class Dagbesluit:
    """One decision in words; ``keuze`` is what a form sends to ask for a correction, empty where that cannot be."""

    op: datetime
    door: str
    wat: str
    naam: str
    inhoud: str
    reden: str
    stand: str
    keuze: str = ""
    adres: str = ""
    """Where what was decided can be read."""
    is_voorstel: bool = False
    voorstel: str = ""
    """Where another proposal is made, of what is answered that way."""


def get_besluiten(user: User, dag: date) -> QuerySet[AuditEvent]:
    """What persons decided on that day of the kinds that this person decides on, the latest first."""
    begin = timezone.make_aware(datetime(dag.year, dag.month, dag.day))  # noqa: DTZ001  # made aware
    codes = [soort.code for soort in SOORTEN if user.mag_overal(soort.besluit)]
    van_dag = AuditEvent.objects.filter(op__gte=begin, handeling__in=_GEDAAN, object_soort__in=codes)
    return van_dag.exclude(door_id=None).order_by("-op", "-pk")


def als_besluiten(gebeurtenissen: Sequence[AuditEvent], user: User) -> list[Dagbesluit]:
    """In words, with how each row stands now; a query per kind."""
    rijen = _lees_rijen(gebeurtenissen, user)
    paren = ((een, PER_CODE[een.object_soort], rijen.get((een.object_soort, een.object_id))) for een in gebeurtenissen)
    return [_besluit(een, soort, rij, user) for een, soort, rij in paren if rij or soort.is_voorstel]


def _lees_rijen(gebeurtenissen: Iterable[AuditEvent], user: User) -> Mapping[tuple[str, str], Any]:
    per_soort: dict[str, set[str]] = defaultdict(set)
    for een in gebeurtenissen:
        per_soort[een.object_soort].add(een.object_id)
    alle = ((PER_CODE[code], sleutels) for code, sleutels in per_soort.items())
    return {(soort.code, str(rij.pk)): rij for soort, pks in alle for rij in _van(soort, pks, user)}


def _van(soort: Soort, sleutels: Iterable[str], user: User) -> QuerySet[Any]:
    rijen = soort.model.objects.filter(pk__in=sleutels).select_related(*soort.verwant, "vervanger")
    return soort.zichtbaar(rijen, user)


def _besluit(een: AuditEvent, soort: Soort, rij: Any, user: User) -> Dagbesluit:
    """Of a proposal that was withdrawn since, only its name is left."""
    is_vast = een.handeling == "vastgesteld"
    return Dagbesluit(
        op=een.op,
        door="u" if een.door_id == user.pk else een.door_naam,
        wat=_GEDAAN[een.handeling],
        naam=soort.naam(rij) if rij else een.object_naam,
        inhoud=soort.in_woorden(rij) if rij and is_vast else "",
        reden=een.reden,
        stand=_stand(soort, rij) if rij else "ingetrokken",
        keuze=keuze_van(soort, rij) if rij and is_vast and _kan_terug(soort, rij, user) else "",
        adres=_adres(soort, rij) if rij else "",
        is_voorstel=soort.is_voorstel and is_vast,
        voorstel=soort.adres(rij) if rij and is_vast and soort.is_voorstel and user.mag(soort.invoer) else "",
    )


def _adres(soort: Soort, rij: Any) -> str:
    return reverse(_GESCHIEDENIS[soort], args=[rij.pk]) if soort in _GESCHIEDENIS else soort.adres(rij)


def _stand(soort: Soort, rij: Any) -> str:
    opvolger, vanaf = getattr(rij, "vervanger", None), soort.gaat_in(rij)
    if rij.staat == Staat.VASTGESTELD and not opvolger and vanaf and vanaf > timezone.localdate():
        return f"geldt vanaf {vanaf:%d-%m-%Y}"
    return (_CORRECTIE.get(opvolger.staat) if opvolger else None) or _STAND[rij.staat]


def _kan_terug(soort: Soort, rij: Any, user: User) -> bool:
    """What counts, is not its reader's own, and is not being corrected already."""
    vrij = rij.staat == Staat.VASTGESTELD and not hasattr(rij, "vervanger")
    return vrij and not soort.is_voorstel and rij.ingevoerd_door_id not in (None, user.pk)
