"""What a person follows, as far as they may read it; asked at each reading, for a right can go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.tekst.tekens import lees_sleutel
from formatie.models import Onderdeel
from monitor.models import Indicator
from strategie.models import Thema
from sturing.models import VOLGBAAR, Activiteitversie, Planactiviteit, Volging, Volgstand
from sturing.regels.sinds import Verandering, Waarover

_RECHT = {
    "thema": Recht.AGENDA_LEZEN,
    "indicator": Recht.CIJFERS_LEZEN,
    "onderdeel": Recht.CIJFERS_LEZEN,
    "activiteit": Recht.AGENDA_LEZEN,
}
"""What the page of each asks for."""
_ADRES: Mapping[str, Callable[[Any], str]] = {
    "thema": lambda thema: reverse("thema", args=[thema.slug]),
    "indicator": lambda indicator: reverse("indicator", args=[indicator.code]),
    "onderdeel": lambda onderdeel: reverse("onderdeel", args=[onderdeel.code]),
    "activiteit": lambda plan: reverse("planactiviteit", args=[plan.pk]),
}
_MODEL: Mapping[str, type[Model]] = {
    "thema": Thema,
    "indicator": Indicator,
    "onderdeel": Onderdeel,
    "activiteit": Planactiviteit,
}


@dataclass(frozen=True, slots=True)
class Volgknop:
    """Whether this person follows the thing of a page; ``soort`` and ``sleutel`` name it in the form."""

    soort: str
    sleutel: str
    volgt: bool


@dataclass(frozen=True, slots=True)
class Gevolgd:
    """One thing that is followed, and what changed of it."""

    soort: str
    sleutel: str
    naam: str
    adres: str
    sinds: date
    regels: tuple[Verandering, ...] = ()

    @property
    def onderwerp(self) -> Waarover:
        return self.soort, self.sleutel


def mag_volgen(user: User, soort: str) -> bool:
    return soort in _RECHT and user.mag(_RECHT[soort])


def lees_volgknop(user: User, soort: str, sleutel: str) -> Volgknop | None:
    """None for who may not read it; one query."""
    if not mag_volgen(user, soort):
        return None
    volgt = Volging.objects.filter(user=user, **{f"{soort}__{VOLGBAAR[soort]}": sleutel}).exists()
    return Volgknop(soort, sleutel, volgt)


def vind_volgbaar(soort: str, sleutel: str) -> Model | None:
    """The thing that is called so; of a theme that stands in more agendas, the one of the last."""
    if soort not in VOLGBAAR:
        return None
    naam = lees_sleutel(sleutel) if soort == "activiteit" else sleutel
    gevonden: QuerySet[Any] = _MODEL[soort]._default_manager.filter(**{VOLGBAAR[soort]: naam})
    return gevonden.order_by("agenda__begin_jaar").last() if soort == "thema" else gevonden.first()


def noem_volgbaar(user: User, soort: str, sleutel: str) -> tuple[str, str] | None:
    """Its name and address; None where it is not there (any more), or is not for this person to read."""
    ding: Any = vind_volgbaar(soort, sleutel) if mag_volgen(user, soort) else None
    if ding is None:
        return None
    return (_titels([ding.pk]) if soort == "activiteit" else {}).get(ding.pk) or str(ding), _ADRES[soort](ding)


def lees_gevolgd(user: User) -> list[Gevolgd]:
    """Everything this person follows and may read, in the order of its kinds, then by name; two queries."""
    volgingen = Volging.objects.filter(user=user).select_related(*VOLGBAAR)
    leesbaar = [volging for volging in volgingen if mag_volgen(user, volging.soort)]
    titels = _titels(volging.activiteit_id for volging in leesbaar)
    gevolgd = [_gevolgd(volging, titels) for volging in leesbaar]
    return sorted(gevolgd, key=lambda een: ([*VOLGBAAR].index(een.soort), een.naam))


def _titels(plannen: Iterable[int | None]) -> dict[int, str]:
    gevraagd = [pk for pk in plannen if pk]
    nu = Activiteitversie.objects.zoals_bekend_op(None).filter(plan__in=gevraagd)
    return dict(nu.values_list("plan", "titel")) if gevraagd else {}


def _gevolgd(volging: Volging, titels: Mapping[int, str]) -> Gevolgd:
    ding = volging.voorwerp
    naam = titels.get(volging.activiteit_id or 0) or str(ding)
    sleutel = str(getattr(ding, VOLGBAAR[volging.soort]))
    sinds = timezone.localtime(volging.op).date()
    return Gevolgd(volging.soort, sleutel, naam, _ADRES[volging.soort](ding), sinds)


def verdeel(gevolgd: Iterable[Gevolgd], regels: Iterable[Verandering]) -> list[Gevolgd]:
    """Each thing with the lines about it; a line of two things stands at both."""
    alle = list(regels)
    return [replace(een, regels=tuple(regel for regel in alle if een.onderwerp in regel.over)) for een in gevolgd]


def sinds_gevolgd(een: Gevolgd) -> Gevolgd:
    """Without what is of before the day since when it is followed."""
    return replace(een, regels=tuple(r for r in een.regels if r.op is None or r.op >= een.sinds))


def onderdelen_van(gevolgd: Iterable[Gevolgd]) -> set[str]:
    """Of which the verdicts are asked for beside those of the unit."""
    return {een.sleutel for een in gevolgd if een.soort == "onderdeel"}


def lees_volgstand(user: User) -> Volgstand:
    """As it is kept, or a new one that is not; one query."""
    return Volgstand.objects.filter(user=user).first() or Volgstand(user=user)
