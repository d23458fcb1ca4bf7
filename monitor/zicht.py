"""Who sees which value: the one place that decides it, for every page, export and API call.

The rules: nobody without the right to read figures sees any; an indicator that is ``gevoelig`` is never
shown below the unit; one about staff is shown below the unit only to those with that right, a district
chief only for the own district. Anything else is refused.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from formatie.models import Onderdeel

BOVENIN = (Onderdeel.Soort.KORPS, Onderdeel.Soort.EENHEID)

Rijen = TypeVar("Rijen", bound=Model)


def alleen_zichtbaar(rijen: QuerySet[Rijen], user: User) -> QuerySet[Rijen]:
    """Keep the rows (with ``indicator`` and ``onderdeel``) that this user may see."""
    if not user.is_authenticated or not user.mag(Recht.CIJFERS_LEZEN):
        return rijen.none()
    return rijen.filter(Q(onderdeel__soort__in=BOVENIN) | Q(indicator__gevoelig=False) & _onder_de_eenheid(user))


def _onder_de_eenheid(user: User) -> Q:
    """Below the unit: everything that is not about staff, and of staff what the rights reach."""
    return (
        Q(indicator__personeel=False)
        | Q(onderdeel__soort=Onderdeel.Soort.DISTRICT)
        & _personeel(user, Recht.PERSONEEL_DISTRICT, "onderdeel__code__in")
        | Q(onderdeel__soort=Onderdeel.Soort.BASISTEAM)
        & _personeel(user, Recht.PERSONEEL_TEAM, "onderdeel__ouder__code__in")
    )


def _personeel(user: User, recht: Recht, eigen_district: str) -> Q:
    if user.mag_overal(recht):
        return Q()
    return Q(**{eigen_district: user.districten_met(recht)})
