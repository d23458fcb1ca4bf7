"""What of the jaarplan waits for its owner: late, or not spoken of for a quarter.

Without an owner it waits for who keeps the plan of that theme.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen, Wachtgroep
from sturing.lezen.jaarplan import Planregel
from sturing.regels.jaarplan import STIL_NA_DAGEN

_GROEP = Wachtgroep(Bezigheid.ACTIVITEITEN, "activiteit", "activiteiten", "van het jaarplan bij te werken")


class MetActiviteiten(Protocol):
    """What is read of everybody's work."""

    @property
    def activiteiten(self) -> Sequence[Planregel]: ...

    @property
    def personen(self) -> Sequence[User]: ...


def lees_bij_te_werken(persoon: User, stapel: MetActiviteiten) -> Iterator[TeDoen]:
    """The own ones, and of who keeps the plan of a theme those that are nobody's (any more)."""
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return
    themas, wachtend = persoon.themas_met(Recht.JAARPLAN_BIJHOUDEN), [r for r in stapel.activiteiten if _wacht(r)]
    werkend = {een.pk for een in stapel.personen} if wachtend else set()
    for regel in wachtend:
        eigenaar = regel.versie.eigenaar_id if regel.versie.eigenaar_id in werkend else None
        if persoon.pk == eigenaar or (eigenaar is None and regel.versie.plan.hoofdlijn.thema.slug in themas):
            yield _punt(regel)


def _wacht(regel: Planregel) -> bool:
    return regel.te_laat or regel.is_stil


def _punt(regel: Planregel) -> TeDoen:
    versie, achterstanden = regel.versie, regel.achterstanden
    dagen = [een.sinds or timezone.localdate(versie.op) for een in achterstanden]
    sinds = min(dagen) if dagen else timezone.localdate(versie.op) + timedelta(days=STIL_NA_DAGEN + 1)
    stil = f"niet bijgewerkt sinds {versie.op:%d-%m-%Y}"
    return TeDoen(
        _GROEP,
        versie.titel,
        reverse("planactiviteit", args=[versie.plan_id]) + "#wijzigen",
        f"activiteit {versie.plan_id} {versie.nummer} {'laat' if achterstanden else 'stil'}",
        _begin_van(sinds),
        waar=str(versie.plan.hoofdlijn.thema),
        stand="; ".join(een.zin for een in achterstanden) or stil,
        te_laat=bool(achterstanden),
    )


def _begin_van(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time()))
