"""The only way in for a value: submit, approve, send back. Set-based, atomic and audited.

Each function is one transaction. What must be recomputed is written in that same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.besluit import (
    Geweigerd,
    NietToegestaan,
    bewaakt,
    neem_aan,
    vergrendel,
    weiger_eigen_werk,
    wijs_af,
)
from common.vaststellen.model import Staat
from monitor.invoer.indienen import Invoersoort, schrijf
from monitor.invoer.meting.vergelijken import Metingvergelijking, cijfers_van, vergelijk
from monitor.invoer.regels.toetsgegevens import lees_gesloten
from monitor.invoer.regels.twijfel import Plek
from monitor.invoer.regels.validatie import bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Waarneming
from monitor.models import Concept, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.rekenen.wachtrij import vraag_herberekeningen


class KwartaalGesloten(Geweigerd):
    """The quarter is closed; what was asked can only be done after it is reopened."""


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
    would change while nothing else can, and may refuse it. Raises InvoerFout with every fault, NietToegestaan where
    ``recht`` does not reach.
    """
    with bewaakt(recht.value, door=door, herkomst=herkomst):
        eis_plekken([(w.indicator, w.onderdeel) for w in waarnemingen], door, recht)
        houd_kwartalen({(w.jaar, w.kwartaal or 4) for w in waarnemingen})
        houd_slot(Slot.METING)
        uitkomst = vergelijk(waarnemingen)
        if keur:
            keur(uitkomst)
        metingen = schrijf(uitkomst, METING_INDIENEN, door=door, herkomst=herkomst, reden=reden, op=op, demo=demo)
        _ruim_concepten_op(waarnemingen)
    return metingen, uitkomst


def eis_recht(door: User, recht: Recht, wat: str) -> None:
    if not (door.is_active and door.mag_overal(recht)):
        raise NietToegestaan(f"{door} mag dit niet: {wat}. Vraag de beheerder om de juiste rol.")


def eis_plekken(plekken: Iterable[Plek], door: User, recht: Recht) -> Reikwijdte:
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


def stel_vast(metingen: Sequence[Meting], *, door: User, herkomst: str, op: datetime | None = None) -> list[Meting]:
    """Approve submitted values, all or none; a value they correct becomes ``vervangen``.

    The author never approves; the database refuses it too. What follows from the values is asked to be
    recomputed in this same transaction. Raises Verouderd, KwartaalGesloten or NietToegestaan.
    """
    with bewaakt("metingen vaststellen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.METING_VASTSTELLEN, "metingen vaststellen")
        _eis_open_kwartalen(metingen)
        ingediend = vergrendel(metingen, "indicator", "onderdeel")
        weiger_eigen_werk(ingediend, door)
        op = op or timezone.now()
        neem_aan(ingediend, door=door, op=op)
        leg_vast(_spoor("vastgesteld", ingediend, door, herkomst, op))
        vraag_herberekeningen({(m.indicator_id, m.onderdeel_id, m.jaar) for m in ingediend})
    return ingediend


def stuur_terug(
    metingen: Sequence[Meting], *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[Meting]:
    """Send submitted values back to their author, with a reason."""
    with bewaakt("metingen terugsturen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.METING_VASTSTELLEN, "metingen terugsturen")
        eis_reden(reden, "Schrijf waarom u de waarde terugstuurt.")
        _eis_open_kwartalen(metingen)
        ingediend = vergrendel(metingen, "indicator", "onderdeel")
        op = op or timezone.now()
        wijs_af(ingediend, door=door, reden=reden, op=op)
        leg_vast(_spoor("teruggestuurd", ingediend, door, herkomst, op, reden))
    return ingediend


def neem_terug(metingen: Sequence[Meting], *, door: User, herkomst: str, op: datetime | None = None) -> list[Meting]:
    """Take back submitted values, to change them; who approves at the same moment finds them gone, or was first."""
    with bewaakt("metingen terugnemen", door=door, herkomst=herkomst):
        _eis_reikwijdte(door, Recht.METING_INVOEREN, metingen)
        _eis_open_kwartalen(metingen)
        ingediend = vergrendel(metingen, "indicator", "onderdeel")
        op = op or timezone.now()
        Meting.objects.filter(pk__in=[m.pk for m in ingediend]).update(staat=Staat.CONCEPT)
        leg_vast(_spoor("teruggenomen", ingediend, door, herkomst, op))
    return ingediend


def eis_reden(reden: str, vraag: str) -> None:
    """A reason that says something and can be kept. Raises InvoerFout."""
    bezwaren = bezwaren_tegen(reden) if reden.strip() else [vraag]
    if bezwaren:
        raise InvoerFout([Fout(0, "reden", bezwaar) for bezwaar in bezwaren])


def _eis_reikwijdte(door: User, recht: Recht, metingen: Sequence[Meting]) -> None:
    reikwijdte = lees_reikwijdte(door, recht)
    if reikwijdte.is_leeg or not all(reikwijdte.bevat(m.indicator.code, m.onderdeel.code) for m in metingen):
        raise NietToegestaan(f"{door} mag deze waarden niet wijzigen.")


def _eis_open_kwartalen(metingen: Sequence[Meting]) -> None:
    eis_open({(m.jaar, m.kwartaal or 4) for m in metingen})


def eis_open(kwartalen: set[tuple[int, int]]) -> None:
    """Raises KwartaalGesloten. Holds the quarters open until the transaction ends."""
    houd_kwartalen(kwartalen)
    gesloten = sorted(kwartalen & lees_gesloten())
    if gesloten:
        namen = ", ".join(f"Q{kwartaal} {jaar}" for jaar, kwartaal in gesloten)
        raise KwartaalGesloten(f"{namen} is gesloten. Vraag op de pagina Invoer om heropening.")


def houd_kwartalen(kwartalen: Iterable[tuple[int, int]]) -> None:
    """Nobody closes these while we write; in one order, and before any other lock of values."""
    for jaar, kwartaal in sorted(kwartalen):
        houd_slot(Slot.KWARTAAL, Kwartaal(jaar, kwartaal).index, gedeeld=True)


def _spoor(
    handeling: str, metingen: Sequence[Meting], door: User, herkomst: str, op: datetime, reden: str = ""
) -> list[AuditEvent]:
    return [
        gebeurtenis(handeling, m, door=door, herkomst=herkomst, naar=cijfers_van(m), reden=reden, op=op)
        for m in metingen
    ]
