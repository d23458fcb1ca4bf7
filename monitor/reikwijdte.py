"""For which values a person may do something: everywhere, in a district, or of a theme. Asked in one place."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.rollen import Recht
from formatie.models import Onderdeel
from monitor.models import Indicator


@dataclass(frozen=True, slots=True)
class Reikwijdte:
    """``onderdelen`` and ``indicatoren`` are codes; a value is within reach when either of its two is.

    ``themas`` are the slugs of those that are reached as a whole.
    """

    alles: bool
    onderdelen: frozenset[str] = frozenset()
    indicatoren: frozenset[str] = frozenset()
    themas: frozenset[str] = frozenset()

    def bevat(self, indicator: str, onderdeel: str) -> bool:
        return self.alles or onderdeel in self.onderdelen or indicator in self.indicatoren

    @property
    def is_leeg(self) -> bool:
        return not (self.alles or self.onderdelen or self.indicatoren or self.themas)

    def bevat_thema(self, slug: str) -> bool:
        return self.alles or slug in self.themas


def lees_reikwijdte(user: User, recht: Recht) -> Reikwijdte:
    """What the roles of today give; in at most two queries, none for who has the right everywhere."""
    if not user.is_active or user.mag_overal(recht):
        return Reikwijdte(alles=user.is_active)
    districten, themas = user.districten_met(recht), user.themas_met(recht)
    return Reikwijdte(
        alles=False,
        onderdelen=frozenset(_onderdelen_in(districten)) if districten else frozenset(),
        indicatoren=frozenset(_indicatoren_van(themas)) if themas else frozenset(),
        themas=frozenset(themas),
    )


def _onderdelen_in(districten: set[str]) -> set[str]:
    gevonden = Onderdeel.objects.filter(Q(code__in=districten) | Q(ouder__code__in=districten))
    return set(gevonden.values_list("code", flat=True))


def _indicatoren_van(themas: set[str]) -> set[str]:
    gevonden = Indicator.objects.filter(monitorregels__thema__slug__in=themas)
    return set(gevonden.values_list("code", flat=True))
