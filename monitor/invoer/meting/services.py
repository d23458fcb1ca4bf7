"""The only way in for a value. Set-based, atomic and audited; ``vaststellen`` decides on it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from monitor.invoer.indienen import Invoersoort, leg_neer
from monitor.invoer.kwartaal.gesloten import eis_gesloten_blijft
from monitor.invoer.meting.vergelijken import Metingvergelijking, vergelijk_metingen
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.waarneming import Waarneming
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from monitor.models import Concept, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

METING_INDIENEN: Invoersoort[Waarneming, Meting] = Invoersoort(
    model=Meting,
    plaats=("indicator", "onderdeel", "jaar", "kwartaal"),
    vervangreden=lambda waarneming, _, reden: reden or waarneming.toelichting or "Gecorrigeerd.",
)


def dien_in(
    waarnemingen: Sequence[Waarneming],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    op: datetime | None = None,
    demo: bool = False,
    recht: Recht = Recht.METING_INVOEREN,
    keur: Callable[[Metingvergelijking], None] | None = None,
) -> tuple[list[Meting], Metingvergelijking]:
    """Submit observations for approval, all or none. What is equal already is left alone.

    An approved value is never edited: a different figure becomes a new version that names it, with
    ``reden``. What someone typed in the grid for the same value and did not submit is now settled. ``keur`` sees what
    would change while nothing else can, and may refuse it. Raises InvoerFout with every fault, KwartaalGesloten when
    a closed quarter would get another verdict, NietToegestaan where ``recht`` does not reach.
    """
    with bewaakt(recht.value, door=door, herkomst=herkomst):
        eis_plekken([(w.indicator, w.onderdeel) for w in waarnemingen], door, recht)
        houd_kwartalen({(w.jaar, w.kwartaal or 4) for w in waarnemingen})
        houd_slot(Slot.METING)
        uitkomst = vergelijk_metingen(waarnemingen, timezone.localdate(op))
        if keur:
            keur(uitkomst)
        metingen = leg_neer(uitkomst, METING_INDIENEN, door=door, herkomst=herkomst, reden=reden, op=op, demo=demo)
        eis_gesloten_blijft(metingen)
        _ruim_concepten_op(waarnemingen)
    return metingen, uitkomst


def eis_plekken(plekken: Iterable[Meetplek], door: User, recht: Recht) -> Reikwijdte:
    """What this person may hand in; raises NietToegestaan when one of these values is not among it."""
    reikwijdte = lees_reikwijdte(door, recht)
    if reikwijdte.is_leeg:
        raise NietToegestaan(f"{door} mag geen metingen invoeren. Vraag de beheerder om de juiste rol.")
    if not all(reikwijdte.bevat(*plek) for plek in plekken):
        raise NietToegestaan("Een van deze waarden hoort niet bij uw district of thema.")
    return reikwijdte


def _ruim_concepten_op(waarnemingen: Sequence[Waarneming]) -> None:
    """What was typed for these places is submitted now, or overtaken by what is.

    The rows stay, without text: their version tells a page that was opened before that its text is old. A survey
    of a whole year is typed in its last quarter.
    """
    plekken = {(w.indicator, w.onderdeel, w.jaar, w.kwartaal or 4) for w in waarnemingen}
    velden = ("pk", "indicator__code", "onderdeel__code", "jaar", "kwartaal")
    # Locked in the order in which the grid locks them, so that neither waits for the other.
    gevuld = Concept.objects.getypt().filter(jaar__in={w.jaar for w in waarnemingen}).in_slotvolgorde()
    klaar = [pk for pk, *plek in gevuld.values_list(*velden) if tuple(plek) in plekken]
    Concept.objects.filter(pk__in=klaar).update(cellen={}, versie=F("versie") + 1)
