"""What of the jaarplan waits for its owner: late, or not spoken of for a quarter.

Without an owner it waits for the portefeuillehouder of its theme, and without that one for who keeps the whole plan.
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
from sturing.regels.jaarplan import STIL_NA_DAGEN, rust_tot

_GROEP = Wachtgroep(Bezigheid.ACTIVITEITEN, "activiteit", "activiteiten", "van het jaarplan bij te werken")


class MetActiviteiten(Protocol):
    """What is read of everybody's work."""

    @property
    def activiteiten(self) -> Sequence[Planregel]: ...

    @property
    def personen(self) -> Sequence[User]: ...


def lees_bij_te_werken(persoon: User, stapel: MetActiviteiten) -> Iterator[TeDoen]:
    """The own ones, and of who keeps the plan those that are nobody's (any more); not what one just wrote about."""
    if not persoon.mag(Recht.CIJFERS_LEZEN):
        return
    for regel in filter(_wacht, stapel.activiteiten):
        rust = _rust(persoon, regel)
        if _is_aan_zet(persoon, regel, stapel.personen) and (rust is None or rust < regel.dag):
            yield _punt(regel, rust)


def _is_aan_zet(persoon: User, regel: Planregel, personen: Sequence[User]) -> bool:
    eigenaar = regel.versie.eigenaar_id
    werkt_nog = any(een.pk == eigenaar for een in personen)
    return persoon.pk == eigenaar if werkt_nog else _houdt_bij(persoon, regel, personen)


def _rust(persoon: User, regel: Planregel) -> date | None:
    """Until when this person, who wrote how it goes, is not asked the same again."""
    zelf = regel.versie.door_id == persoon.pk and regel.loopt_achter
    return rust_tot(regel.achterstanden, regel.bijgewerkt) if zelf else None


def _houdt_bij(persoon: User, regel: Planregel, personen: Sequence[User]) -> bool:
    recht, slug = Recht.JAARPLAN_BIJHOUDEN, regel.versie.plan.hoofdlijn.thema.slug
    heeft_houder = any(slug in een.themas_met(recht) for een in personen)
    return slug in persoon.themas_met(recht) if heeft_houder else persoon.mag_overal(recht)


def _wacht(regel: Planregel) -> bool:
    return regel.loopt_achter or regel.is_stil


def _punt(regel: Planregel, rust: date | None) -> TeDoen:
    versie, achterstanden = regel.versie, regel.achterstanden
    dagen = [een.sinds or regel.bijgewerkt for een in achterstanden]
    sinds = min(dagen) if dagen else regel.bijgewerkt + timedelta(days=STIL_NA_DAGEN + 1)
    return TeDoen(
        _GROEP,
        versie.titel.rstrip("."),
        reverse("planactiviteit", args=[versie.plan_id]) + "#wijzigen",
        f"activiteit {versie.plan_id} {versie.nummer} {'laat' if achterstanden else 'stil'}",
        _begin_van(rust + timedelta(days=1) if rust else sinds),
        waar=str(versie.plan.hoofdlijn.thema),
        stand="; ".join([*_bijgewerkt(regel), *(een.zin for een in achterstanden)]),
        te_laat=regel.te_laat,
    )


def _bijgewerkt(regel: Planregel) -> Iterator[str]:
    """Why it stands here still, or again, although somebody wrote about it."""
    if not regel.loopt_achter:
        yield f"niet bijgewerkt sinds {regel.bijgewerkt:%d-%m-%Y}"
    elif regel.versie.nummer > 1:
        yield f"laatst bijgewerkt op {regel.bijgewerkt:%d-%m-%Y}"


def _begin_van(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time()))
