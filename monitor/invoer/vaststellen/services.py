"""Deciding on what another entered or proposed: approve, send back, take back, ask to correct. Once, for every kind.

Set-based, atomic and audited. Locks in one order: of who approves every quarter at once, then the quarters, what the
kind itself holds, and the rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from accounts.models import User
from common.locks import Slot, houd_slot
from common.tekst.tekens import en
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import (
    Geweigerd,
    NietToegestaan,
    bewaakt,
    neem_aan,
    vergrendel,
    weiger_eigen_werk,
    wijs_af,
)
from common.vaststellen.model import OPENSTAAND, Staat, Vaststelling
from monitor.invoer.kwartaal.gesloten import bewaar_gesloten
from monitor.invoer.vaststellen.eisen import eis_niet_lopend, eis_open, eis_recht, eis_reden
from monitor.invoer.vaststellen.geschiedenis import lees_spoor
from monitor.invoer.vaststellen.soort import Soort
from monitor.reikwijdte import lees_reikwijdte

_V = TypeVar("_V", bound=Vaststelling)
VOORSTEL_NIET_VAN_U = "Alleen wie het voorstel deed, kan het intrekken."
VAN_U = "Wat u zelf indiende, stuurt een ander terug. U kunt het zelf terugnemen."
NIET_VAN_U = "Alleen wie dit indiende, kan het terugnemen. Een vaststeller kan het terugsturen."


def stel_vast(soort: Soort, rijen: Sequence[_V], *, door: User, herkomst: str, op: datetime | None = None) -> list[_V]:
    """Approve what waits, all or none, with everything that follows; what a row replaces becomes ``vervangen``.

    Each row carries what its reader saw. The author never approves; the database refuses it too. Raises Verouderd,
    KwartaalGesloten (also when a closed quarter would get another verdict), NietToegestaan, or InvoerFout when what
    it leads to cannot be.
    """
    with bewaakt(wat := f"{soort.meer} vaststellen", door=door, herkomst=herkomst):
        eis_recht(door, soort.besluit, wat)
        with bewaar_gesloten(soort.raakt(rijen)):
            eis_open(soort.kwartalen(rijen))
            open_ = _vergrendel(soort, rijen, Staat.INGEDIEND)
            _toets(soort, rijen, open_, door, op := op or timezone.now())
            neem_aan(open_, door=door, op=op)
            wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op}
            leg_vast([gebeurtenis("vastgesteld", r, van=soort.nu(r), naar=soort.inhoud(r), **wie) for r in open_])
            soort.gevolg(open_, door, op)
    return open_


def _toets(soort: Soort, gezien: Sequence[_V], open_: Sequence[_V], door: User, op: datetime) -> None:
    """What must be so of the locked rows before they are adopted."""
    weiger_eigen_werk(open_, door)
    if not soort.is_voorstel:
        eis_niet_lopend(open_, timezone.localdate(op))
    soort.toets(gezien, open_)


def stuur_terug(
    soort: Soort, rijen: Sequence[_V], *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[_V]:
    """Send what waits back to its author, with a reason. Raises as ``stel_vast``, and InvoerFout without a reason."""
    with bewaakt(wat := f"{soort.meer} terugsturen", door=door, herkomst=herkomst):
        eis_recht(door, soort.besluit, wat)
        eis_reden(reden, "Schrijf waarom u dit terugstuurt.")
        open_ = _neem(soort, rijen, Staat.INGEDIEND)
        if any(rij.ingevoerd_door_id == door.pk for rij in open_):
            raise NietToegestaan(VAN_U)
        op = op or timezone.now()
        wijs_af(open_, door=door, reden=reden, op=op)
        wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op, "reden": reden}
        leg_vast([gebeurtenis("teruggestuurd", r, naar=soort.inhoud(r), **wie) for r in open_])
    return open_


def vraag_correctie(
    soort: Soort, rijen: Sequence[_V], *, door: User, reden: str, herkomst: str, op: datetime | None = None
) -> list[_V]:
    """Ask the author to correct what was approved, with a reason: a new version, that came back to them.

    Nothing is undone: what was approved counts until the new version is approved. Only for what is of a quarter; a
    proposal is answered by another one. Raises as ``stuur_terug``, and Geweigerd where something is open already.
    """
    with bewaakt(wat := f"correctie van {soort.meer} vragen", door=door, herkomst=herkomst):
        eis_recht(door, soort.besluit, wat)
        eis_reden(reden, "Schrijf wat er niet klopt.")
        eis_open(soort.kwartalen(rijen))
        houd_slot(Slot.METING)
        geldend = vergrendel(rijen, *soort.verwant, staten=(Staat.VASTGESTELD,))
        _toets_correctie(soort, geldend, door)
        op = op or timezone.now()
        terug = soort.model.objects.bulk_create([_teruggekomen(rij, door, reden, op) for rij in geldend])
        wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op, "reden": reden}
        leg_vast([gebeurtenis("correctie gevraagd", r, van=soort.nu(r), naar=soort.inhoud(r), **wie) for r in terug])
    return terug


def _toets_correctie(soort: Soort, geldend: Sequence[_V], door: User) -> None:
    if any(rij.ingevoerd_door_id == door.pk for rij in geldend):
        raise NietToegestaan("Wat u zelf invoerde, corrigeert u zelf, op de pagina waar u het invoerde.")
    besloten = lees_spoor(soort.code, [rij.pk for rij in geldend]).filter(handeling="vastgesteld")
    if besloten.values("object_id").distinct().count() < len(geldend):
        raise Geweigerd("Een waarde die uit de bezetting volgt, verandert mee met de bezetting. Corrigeer die.")
    openstaand = {_plek(rij): rij for rij in soort.model.objects.filter(staat__in=OPENSTAAND, **_rond(geldend))}
    if bezet := [soort.naam(rij) for rij in geldend if _plek(rij) in openstaand]:
        raise Geweigerd(f"Hieraan wordt al gewerkt: {en(bezet)}. Haal dat vinkje weg.")


def _plek(rij: Vaststelling) -> tuple[Any, ...]:
    return tuple(getattr(rij, rij._meta.get_field(naam).attname) for naam in rij.PLEK)  # type: ignore[union-attr]  # a column


def _rond(rijen: Sequence[_V]) -> dict[str, Any]:
    """Everything that may be at one of these places: of the same onderdelen and years."""
    return {f"{naam}__in": {getattr(rij, naam) for rij in rijen} for naam in ("onderdeel_id", "jaar")}


def _teruggekomen(rij: _V, door: User, reden: str, op: datetime) -> _V:
    """The same content once more, that its author has to look at again."""
    zelfde = {v.attname: getattr(rij, v.attname) for v in rij._meta.concrete_fields if not v.primary_key}
    anders = {"staat": Staat.AFGEKEURD, "vastgesteld_door_id": None, "vastgesteld_op": None, "vervangt_id": rij.pk}
    waarom = {"afgekeurd_door_id": door.pk, "afgekeurd_op": op, "afkeurreden": reden, "vervangreden": reden}
    return type(rij)(**zelfde | anders | waarom)


def neem_terug(soort: Soort, rijen: Sequence[_V], *, door: User, herkomst: str, op: datetime | None = None) -> list[_V]:
    """Take back what one handed in oneself, to change it; a proposal goes, and the audit trail keeps what it said.

    Of another nobody takes it back: who decides sends it back, with a reason. Who approves at the same moment finds
    it gone, or was first. Raises as ``stel_vast``.
    """
    with bewaakt(f"{soort.meer} terugnemen", door=door, herkomst=herkomst):
        _eis_bereik(soort, rijen, door)
        open_ = _neem(soort, rijen, *soort.terug_te_nemen)
        if any(rij.ingevoerd_door_id != door.pk for rij in open_):
            raise NietToegestaan(VOORSTEL_NIET_VAN_U if soort.is_voorstel else NIET_VAN_U)
        handeling = "ingetrokken" if soort.is_voorstel else "teruggenomen"
        wie: dict[str, Any] = {"door": door, "herkomst": herkomst, "op": op or timezone.now()}
        spoor = [gebeurtenis(handeling, r, naar=soort.inhoud(r), **wie) for r in open_]
        gekozen = soort.model.objects.filter(pk__in=[rij.pk for rij in open_])
        # Of what waits the database lets only a concept go.
        gekozen.filter(staat=Staat.INGEDIEND).update(staat=Staat.CONCEPT)
        if soort.is_voorstel:
            gekozen.delete()
        leg_vast(spoor)
    return open_


def _neem(soort: Soort, rijen: Sequence[_V], *staten: str) -> list[_V]:
    """Lock rows for what changes no verdict: only a row that is of a quarter itself asks that it is open."""
    if not soort.is_voorstel:
        eis_open(soort.kwartalen(rijen))
    return _vergrendel(soort, rijen, *staten)


def _vergrendel(soort: Soort, rijen: Sequence[_V], *staten: str) -> list[_V]:
    soort.houd(rijen)
    return vergrendel(rijen, *soort.verwant, staten=staten)


def _eis_bereik(soort: Soort, rijen: Sequence[_V], door: User) -> None:
    reikwijdte = lees_reikwijdte(door, soort.invoer)
    if reikwijdte.is_leeg or not all(soort.in_bereik(reikwijdte, rij) for rij in rijen):
        raise NietToegestaan(f"{door} mag hiervan geen {soort.meer} terugnemen of wijzigen.")
