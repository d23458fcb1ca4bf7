"""The limits of an indicator as its page shows them: every start that was decided on, what is open, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.vaststellen.geschiedenis import Stap, vertel
from monitor.models import Grensbesluit, Indicator
from monitor.reikwijdte import lees_reikwijdte


@dataclass(frozen=True)
class Grenzenbeeld:
    """For one reader; ``met_namen``: they may see who proposed and approved."""

    besluiten: Sequence[Grensbesluit]
    open: Grensbesluit | None
    met_namen: bool
    stappen: Sequence[Stap]


def get_grenzen(user: User, indicator: Indicator) -> Grenzenbeeld:
    """In at most two queries; what is open and who did what as far as the rights reach."""
    spoor, concepten = (lees_reikwijdte(user, recht) for recht in (Recht.SPOOR_LEZEN, Recht.CONCEPT_LEZEN))
    verwant = ("ingevoerd_door", "vastgesteld_door", "afgekeurd_door")
    versies = list(indicator.grensbesluiten.select_related(*verwant).order_by("-jaar", "-kwartaal", "-pk"))
    open_ = [versie for versie in versies if versie.staat in OPENSTAAND and concepten.bevat(indicator.code, "")]
    met_namen = spoor.bevat(indicator.code, "")
    return Grenzenbeeld(
        besluiten=[versie for versie in versies if versie.staat not in OPENSTAAND],
        open=open_[0] if open_ else None,
        met_namen=met_namen,
        stappen=_stappen(indicator) if met_namen else (),
    )


def _stappen(indicator: Indicator) -> list[Stap]:
    """The latest first, also of proposals that were taken back."""
    gebeurtenissen = AuditEvent.objects.filter(object_soort="grensbesluit", naar__indicator=indicator.code)
    return vertel(gebeurtenissen.order_by("-op", "-pk"), _bewaard)


def _bewaard(bewaard: dict[str, Any] | None) -> str:
    return Grensbesluit(jaar=bewaard["jaar"], kwartaal=bewaard["kwartaal"]).in_woorden if bewaard else ""
