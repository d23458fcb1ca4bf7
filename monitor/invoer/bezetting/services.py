"""The only way in for bezetting. Set-based, atomic and audited; ``vaststellen`` decides on it.

Locks as for values: the quarters, then ``Slot.METING``, then rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from formatie.models import Bezetting
from monitor.invoer.bezetting.indicatorwaarden import voorspel_waarden
from monitor.invoer.bezetting.validatie import Bezettingsplek, Opgave
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking, vergelijk_bezetting
from monitor.invoer.indienen import Invoersoort, bezwaren, leg_neer
from monitor.invoer.kwartaal.gesloten import eis_gesloten_blijft
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

BEZETTING_INDIENEN: Invoersoort[Opgave, Bezetting] = Invoersoort(
    model=Bezetting,
    plaats=("onderdeel", "soort", "jaar", "kwartaal"),
    vervangreden=lambda opgave, vorige, reden: reden.strip() or _nieuwe_toelichting(opgave, vorige),
    antwoord="toelichting",
)


def _nieuwe_toelichting(opgave: Opgave, vorige: Bezetting) -> str:
    return opgave.toelichting if opgave.toelichting != vorige.toelichting else ""


def dien_bezetting_in(
    opgaven: Sequence[Opgave],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    gezien: Mapping[Bezettingsplek, str] | None = None,
    op: datetime | None = None,
    demo: bool = False,
    keur: Callable[[Bezettingvergelijking], None] | None = None,
    onleesbaar: Sequence[Fout] | None = None,
) -> tuple[list[Bezetting], Bezettingvergelijking]:
    """Propose bezetting for approval, all or none. What is equal already is left alone.

    A correction of an approved bezetting is a new version, with ``reden`` or a new remark that says why. ``keur`` sees
    what would change while nothing else can, and may refuse it. ``onleesbaar`` are the faults of the other rows of a
    form, to be told together; a doubt then stands at the figure it is about. Raises InvoerFout with every fault,
    NietToegestaan outside the own reach.
    """
    with bewaakt(Recht.BEZETTING_INVOEREN.value, door=door, herkomst=herkomst):
        _eis_plekken([opgave.onderdeel for opgave in opgaven], door)
        houd_kwartalen({(opgave.jaar, opgave.kwartaal) for opgave in opgaven})
        houd_slot(Slot.METING)
        uitkomst = vergelijk_bezetting(opgaven, gezien, timezone.localdate(op))
        if keur:
            keur(uitkomst)
        soort = BEZETTING_INDIENEN if onleesbaar is None else replace(BEZETTING_INDIENEN, antwoord="")
        if onleesbaar:
            raise InvoerFout(sorted([*onleesbaar, *bezwaren(uitkomst, soort, reden)], key=lambda fout: fout.rij))
        rijen = leg_neer(uitkomst, soort, door=door, herkomst=herkomst, reden=reden, op=op, demo=demo)
        if lees_gesloten():
            eis_gesloten_blijft(voorspel_waarden(rijen, op or timezone.now()))
    return rijen, uitkomst


def mag_bezetting(reikwijdte: Reikwijdte, onderdeel: str) -> bool:
    """A theme gives no reach here: bezetting belongs to an onderdeel."""
    return reikwijdte.alles or onderdeel in reikwijdte.onderdelen


def _eis_plekken(onderdelen: Sequence[str], door: User) -> None:
    reikwijdte = lees_reikwijdte(door, Recht.BEZETTING_INVOEREN)
    if not (reikwijdte.alles or reikwijdte.onderdelen):
        raise NietToegestaan(f"{door} mag geen bezetting voorstellen. Vraag de beheerder om de juiste rol.")
    if not all(mag_bezetting(reikwijdte, onderdeel) for onderdeel in onderdelen):
        raise NietToegestaan("Een van deze regels hoort niet bij uw district.")
