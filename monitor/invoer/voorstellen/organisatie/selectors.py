"""What the pages of upkeep show: what is known on a day with its source, and what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from common.vaststellen.model import OPENSTAAND, Staat
from formatie.bijhouden.inhoud import Inhoud
from formatie.models import Organisatiebesluit
from formatie.plan.gemeenten import Werkkring, get_werkkringen
from monitor.invoer.voorstellen.organisatie.inhouden import geldt_nu, in_woorden


@dataclass(frozen=True)
class Voorstelrij:
    """An open proposal beside what counts now, for one reader."""

    besluit: Organisatiebesluit
    nieuw: str
    nu: str
    is_eigen: bool

    @property
    def is_terug(self) -> bool:
        return self.besluit.staat == Staat.AFGEKEURD


def get_voorstellen(user: User, inhoud: Inhoud) -> list[Voorstelrij]:
    """What is open of one kind, the oldest first."""
    open_ = Organisatiebesluit.objects.filter(soort=inhoud.soort, staat__in=OPENSTAAND)
    besluiten = open_.select_related("ingevoerd_door", "afgekeurd_door").order_by("ingediend_op", "pk")
    return [Voorstelrij(b, in_woorden(b), geldt_nu(b), b.ingevoerd_door_id == user.pk) for b in besluiten]


def get_gemeenterijen(dag: date) -> Sequence[Werkkring]:
    """The municipalities of a day, those of which no team is known first."""
    return sorted(get_werkkringen(dag), key=lambda kring: (bool(kring.gebieden), kring.gemeente.naam))
