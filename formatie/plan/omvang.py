"""What a difference of bezetting and formatie is about: bezetting is kept of a part of the plan only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from common.tekst.cijfers import fte, fte_in_woorden
from common.tekst.periode import Kwartaal
from common.tekst.tekens import en, hoofdletter
from formatie.models import Districtsformatie, Formatieplan, Formatieregel, Onderdeel
from formatie.plan.selectors import Planinhoud, als_gedrukt
from formatie.plan.versies import geldend

GEHOUDEN = "districten en Zeehavenpolitie"
IN_DISTRICT = "leiding, basisteams, flexteam, districtsrecherche en grenstoezicht"
_VAN = {Onderdeel.Soort.DISTRICT.value: IN_DISTRICT, Onderdeel.Soort.BASISTEAM.value: "het basisteam"}


@dataclass(frozen=True)
class Omvang:
    """Of the unit: the places in fte of which bezetting is kept, and all of the plan; None where none is printed."""

    gehouden: Decimal | None = None
    alles: Decimal | None = None

    @property
    def naam(self) -> str:
        """For example: districten en Zeehavenpolitie, 3.833,0 van de 6.129,2 fte."""
        if self.gehouden is None:
            return GEHOUDEN
        van = f" van de {fte(self.alles)}" if self.alles is not None else ""
        return f"{GEHOUDEN}, {fte(self.gehouden)}{van} fte"

    @property
    def zin(self) -> str:
        """What it is about, and the bridge from there to the whole plan."""
        kern = f"Bezetting en formatie van de eenheid gaan hier over: {self.naam}."
        if self.gehouden is None or self.alles is None:
            return kern
        return f"{kern} Van de andere {fte_in_woorden(self.alles - self.gehouden)} wordt geen bezetting bijgehouden."

    def naam_bij(self, onderdeel: Onderdeel) -> str:
        return _VAN.get(onderdeel.soort, self.naam)


def brugzin(inhoud: Planinhoud, eenheid: str) -> str:
    """What the printed total of the unit is by its districts and by its kinds of places, where that differs."""
    van = [u for u in inhoud.verschillen if u.som.geheel == f"cel:{eenheid}:{Districtsformatie.Soort.TOTAAL}:fte"]
    tellen = [f"{_naar_wat(u.som.delen)} tellen op tot {fte(u.berekend)}" for u in van]
    return f"{hoofdletter(en(tellen))}; het plan drukt {fte(van[0].gedrukt)} en dat getal telt." if van else ""


def _naar_wat(delen: Sequence[str]) -> str:
    totaal = f":{Districtsformatie.Soort.TOTAAL}:fte"
    return "de districten" if all(deel.endswith(totaal) for deel in delen) else "de soorten plaatsen"


class Omvangen:
    """The scope in any quarter, by the version of the plan then in force; three queries in all, and only when asked."""

    def van(self, kwartaal: Kwartaal) -> Omvang:
        plan = geldend(self._plannen, kwartaal.einde())
        return self._per_plan[plan.pk] if plan else Omvang()

    @cached_property
    def _plannen(self) -> list[Formatieplan]:
        return list(Formatieplan.objects.all())

    @cached_property
    def _per_plan(self) -> dict[int, Omvang]:
        eenheid = {"onderdeel__soort": Onderdeel.Soort.EENHEID, "soort": Districtsformatie.Soort.TOTAAL}
        gehouden = dict(Districtsformatie.objects.filter(**eenheid).values_list("plan_id", "fte_gedrukt"))
        totalen = Formatieregel.objects.filter(soort=Formatieregel.Soort.TOTAAL).order_by("-volgnummer")
        alles = dict(totalen.values_list("plan_id", "fte_gedrukt"))  # of several the first counts
        return {p.pk: Omvang(*(als_gedrukt(van.get(p.pk, "")) for van in (gehouden, alles))) for p in self._plannen}
