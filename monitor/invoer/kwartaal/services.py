"""Closing a quarter, and opening it again with two persons. Each function is one transaction with its audit row.

They hold the quarter alone (``Slot.KWARTAAL``): whoever writes values of it shares that lock, so a value is in
before the quarter closes, or finds it closed.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.tekst.periode import Kwartaal
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import Geweigerd, NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from monitor.invoer.vaststellen.eisen import eis_recht, eis_reden, houd_elk_kwartaal
from monitor.invoer.vaststellen.geschiedenis import Stap, lees_spoor, vertel
from monitor.invoer.vaststellen.soorten import SOORTEN
from monitor.invoer.werklijst.selectors import NIET_GELEVERD, lees_plan, lees_werk
from monitor.models import Afsluiting, Concept

_OPEN = (
    (Staat.INGEDIEND, "wacht op een besluit", "wachten op een besluit"),
    (Staat.AFGEKEURD, "is teruggestuurd", "zijn teruggestuurd"),
    (Staat.CONCEPT, "is niet ingediend", "zijn niet ingediend"),
)


def sluit_kwartaal(
    kwartaal: Kwartaal, *, door: User, toelichting: str, herkomst: str, op: datetime | None = None
) -> Afsluiting:
    """Close a quarter that is over and in which nothing is pending; with values missing only with a ``toelichting``.

    Raises Geweigerd (with what is in the way), InvoerFout or NietToegestaan.
    """
    op = op or timezone.now()
    with bewaakt("kwartaal sluiten", door=door, herkomst=herkomst):
        eis_recht(door, Recht.KWARTAAL_SLUITEN, "een kwartaal sluiten")
        houd_elk_kwartaal()
        houd_slot(Slot.KWARTAAL, kwartaal.index)
        _eis_te_sluiten(kwartaal, timezone.localdate(op))
        ontbreekt = aantal_ontbrekend(kwartaal)
        if ontbreekt or toelichting.strip():
            eis_reden(toelichting, f"{zin_over_ontbrekend(ontbreekt)} Schrijf waarom u toch sluit.")
        afsluiting = Afsluiting.objects.create(
            jaar=kwartaal.jaar,
            kwartaal=kwartaal.nummer,
            gesloten_door=door,
            gesloten_op=op,
            toelichting=toelichting.strip(),
        )
        _leg_vast("gesloten", afsluiting, door, herkomst, op, reden=afsluiting.toelichting, naar={"mist": ontbreekt})
    return afsluiting


def _eis_te_sluiten(kwartaal: Kwartaal, vandaag: date) -> None:
    if kwartaal.einde() >= vandaag:
        raise Geweigerd(f"{kwartaal.leesbaar} is nog niet voorbij. Sluiten kan vanaf de dag erna.")
    if Afsluiting.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, heropend_op=None).exists():
        raise Geweigerd(f"{kwartaal.leesbaar} is al gesloten.")
    if in_de_weg := wat_in_de_weg_staat(kwartaal):
        raise Geweigerd(f"{kwartaal.leesbaar} kan nog niet dicht. {' '.join(in_de_weg)} Handel dit eerst af.")


def wat_in_de_weg_staat(kwartaal: Kwartaal) -> list[str]:
    """A sentence per kind of pending work, with how many and of which places or indicators; empty when it may close.

    Values and bezetting stand in the way until they are approved. A proposal only while it waits for a decision that
    would change the verdict of this quarter: sent back, what was in force stays in force.
    """
    per_soort = (_per_staat(soort.enkel, soort.meer, list(soort.in_de_weg(kwartaal))) for soort in SOORTEN)
    getypt = [(Staat.CONCEPT.value, naam) for naam in _getypte_concepten(kwartaal)]
    return [zin for zinnen in (*per_soort, _per_staat("getypt concept", "getypte concepten", getypt)) for zin in zinnen]


def _getypte_concepten(kwartaal: Kwartaal) -> QuerySet[Concept, str]:
    getypt = Concept.objects.getypt().filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    return getypt.order_by("indicator__volgorde").values_list("indicator__naam", flat=True)


def _per_staat(een: str, meer: str, rijen: Sequence[tuple[str, str]]) -> list[str]:
    """A sentence per state in which something is."""
    per_staat = ((_namen(rijen, staat), is_, zijn) for staat, is_, zijn in _OPEN)
    return [_zin(een, meer, namen, is_, zijn) for namen, is_, zijn in per_staat if namen]


def _namen(rijen: Sequence[tuple[str, str]], staat: str) -> list[str]:
    return [naam for gevonden, naam in rijen if gevonden == staat]


def _zin(een: str, meer: str, namen: Sequence[str], is_: str, zijn: str) -> str:
    per_naam = Counter(namen)
    welke = ", ".join(naam if aantal == 1 else f"{naam} ({aantal})" for naam, aantal in per_naam.items())
    return f"1 {een} {is_}: {welke}." if len(namen) == 1 else f"{len(namen)} {meer} {zijn}: {welke}."


def aantal_ontbrekend(kwartaal: Kwartaal) -> int:
    """How many values are due and not there; "nb" says that it is not known yet."""
    werk = lees_werk([kwartaal], lees_plan(), kwartaal.einde())[kwartaal]
    return sum(een.staat in NIET_GELEVERD for een in werk)


def zin_over_ontbrekend(aantal: int) -> str:
    return "1 waarde ontbreekt nog." if aantal == 1 else f"{aantal} waarden ontbreken nog."


def vraag_heropening(
    kwartaal: Kwartaal, *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> Afsluiting:
    """Ask to open a closed quarter again. Raises Geweigerd, InvoerFout or NietToegestaan."""
    op = op or timezone.now()
    with bewaakt("heropening vragen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.HEROPENING_VRAGEN, "een kwartaal laten heropenen")
        afsluiting = _neem(kwartaal)
        if afsluiting.gevraagd_op:
            raise Geweigerd(f"{afsluiting.gevraagd_door} heeft al om heropening gevraagd.")
        eis_reden(reden, "Schrijf waarom het kwartaal weer open moet.")
        afsluiting.gevraagd_door, afsluiting.gevraagd_op, afsluiting.heropenreden = door, op, reden.strip()
        afsluiting.save(update_fields=["gevraagd_door", "gevraagd_op", "heropenreden"])
        _leg_vast("heropening gevraagd", afsluiting, door, herkomst, op, reden=reden.strip())
    return afsluiting


def heropen(kwartaal: Kwartaal, *, door: User, herkomst: str, op: datetime | None = None) -> Afsluiting:
    """Open the quarter as was asked, by someone who neither asked nor closed; the database says the same."""
    op = op or timezone.now()
    with bewaakt("kwartaal heropenen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.KWARTAAL_SLUITEN, "een kwartaal heropenen")
        afsluiting = _neem_gevraagd(kwartaal)
        if door.pk in (afsluiting.gevraagd_door_id, afsluiting.gesloten_door_id):
            raise NietToegestaan("U sloot dit kwartaal of vroeg zelf om heropening. Laat iemand anders beslissen.")
        afsluiting.heropend_door, afsluiting.heropend_op = door, op
        afsluiting.save(update_fields=["heropend_door", "heropend_op"])
        _leg_vast("heropend", afsluiting, door, herkomst, op, reden=afsluiting.heropenreden)
    return afsluiting


def trek_heropening_in(kwartaal: Kwartaal, *, door: User, herkomst: str, op: datetime | None = None) -> Afsluiting:
    """The person who asked no longer asks."""
    with bewaakt("heropening intrekken", door=door, herkomst=herkomst):
        afsluiting = _neem_gevraagd(kwartaal)
        if door.pk != afsluiting.gevraagd_door_id:
            raise NietToegestaan("Alleen wie om heropening vroeg, trekt die vraag in.")
        return _vergeet_vraag(afsluiting, "heropening ingetrokken", door, herkomst, op or timezone.now())


def wijs_heropening_af(
    kwartaal: Kwartaal, *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> Afsluiting:
    """The quarter stays closed, with a reason for who asked."""
    with bewaakt("heropening afwijzen", door=door, herkomst=herkomst):
        eis_recht(door, Recht.KWARTAAL_SLUITEN, "over een heropening beslissen")
        afsluiting = _neem_gevraagd(kwartaal)
        if door.pk == afsluiting.gevraagd_door_id:
            raise NietToegestaan("U vroeg dit zelf. Trek de vraag in, of laat iemand anders beslissen.")
        eis_reden(reden, "Schrijf waarom het kwartaal gesloten blijft.")
        return _vergeet_vraag(afsluiting, "heropening afgewezen", door, herkomst, op or timezone.now(), reden.strip())


def _vergeet_vraag(
    afsluiting: Afsluiting, handeling: str, door: User, herkomst: str, op: datetime, reden: str = ""
) -> Afsluiting:
    """The question goes, so that it can be asked again; the audit trail keeps it."""
    van = {"gevraagd_door": str(afsluiting.gevraagd_door), "reden": afsluiting.heropenreden}
    afsluiting.gevraagd_door, afsluiting.gevraagd_op, afsluiting.heropenreden = None, None, ""
    afsluiting.save(update_fields=["gevraagd_door", "gevraagd_op", "heropenreden"])
    _leg_vast(handeling, afsluiting, door, herkomst, op, reden=reden, van=van)
    return afsluiting


def _neem(kwartaal: Kwartaal) -> Afsluiting:
    """The closing that stands, held alone. Raises Geweigerd when the quarter is open."""
    houd_slot(Slot.KWARTAAL, kwartaal.index)
    afsluiting = Afsluiting.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer, heropend_op=None).first()
    if afsluiting is None:
        raise Geweigerd(f"{kwartaal.leesbaar} is open. Er is niets te heropenen.")
    return afsluiting


def _neem_gevraagd(kwartaal: Kwartaal) -> Afsluiting:
    afsluiting = _neem(kwartaal)
    if afsluiting.gevraagd_op is None:
        raise Geweigerd(f"Niemand vraagt nu om {kwartaal.leesbaar} te heropenen.")
    return afsluiting


def _leg_vast(
    handeling: str, afsluiting: Afsluiting, door: User, herkomst: str, op: datetime, *, reden: str = "", **kanten: Any
) -> None:
    leg_vast([gebeurtenis(handeling, afsluiting, door=door, herkomst=herkomst, reden=reden, op=op, **kanten)])


def get_geschiedenis(kwartaal: Kwartaal) -> list[Stap]:
    """What happened to this quarter, the latest first, as sentences."""
    afsluitingen = Afsluiting.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
    gebeurtenissen = lees_spoor("afsluiting", afsluitingen.values_list("pk", flat=True))
    return vertel(gebeurtenissen)
