"""Handing in a proposal for an indicator: one at a time, and kept in the trail in words that outlive its rows.

Whoever proposes or decides holds ``Slot.VOORSTEL`` of the indicator, then the rows.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from accounts.models import User
from common.locks import Slot, houd_slot
from common.vaststellen.audit import gebeurtenis, leg_vast
from common.vaststellen.bewaking import Verouderd
from common.vaststellen.model import Staat
from formatie.models import Organisatiebesluit
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.models import Definitieversie, Doelstelling, Grensbesluit
from sturing.lezen.ambities import stand_in_spoor
from sturing.models import Ambitiestand, Koppeling

Voorstel = Doelstelling | Definitieversie | Grensbesluit | Organisatiebesluit | Ambitiestand | Koppeling
_V = TypeVar("_V", Doelstelling, Definitieversie, Grensbesluit, Organisatiebesluit, Ambitiestand, Koppeling)


def houd_indicatoren(indicatoren: Iterable[int]) -> None:
    """Nobody else proposes or decides for these until the transaction ends; in one order."""
    for indicator in sorted(set(indicatoren)):
        houd_slot(Slot.VOORSTEL, indicator)


class AlVoorgesteld(InvoerFout):
    """Another proposal about the same waits: ``voorstel``."""

    def __init__(self, voorstel: Voorstel, reden: str) -> None:
        super().__init__([Fout(0, "", reden)])
        self.voorstel = voorstel


def eis_niet_in_behandeling(open_: Voorstel | None, door: User | None = None) -> None:
    """Raises AlVoorgesteld when a proposal already waits for a decision; ``door`` proposes now."""
    if open_ is None or open_.staat != Staat.INGEDIEND:
        return
    welk = f": {open_}" if isinstance(open_, Organisatiebesluit | Koppeling) else ""
    if door and open_.ingevoerd_door_id == door.pk:
        raise AlVoorgesteld(
            open_, f"Er ligt al een voorstel van u{welk}. Trek uw voorstel in om iets anders te vragen."
        )
    reden = f"Er ligt al een voorstel van {open_.ingevoerd_door}{welk}. Laat dat eerst vaststellen of terugsturen."
    raise AlVoorgesteld(open_, reden)


def eis_gezien(geldend: Voorstel | None, gezien: int | None) -> None:
    """Raises Verouderd when another version counts than the one that was on the page (0: none); None: not asked."""
    nu = geldend.pk if geldend else 0
    if gezien is not None and gezien != nu:
        raise Verouderd(
            "Terwijl u dit invulde, is er iets anders vastgesteld. Er is niets voorgesteld. Wat u typte, staat er nog: "
            "vergelijk het met wat nu geldt en dien het opnieuw in."
        )


def leg_voorstel_neer(
    rij: _V,
    velden: Mapping[str, Any],
    *,
    door: User,
    herkomst: str,
    op: datetime,
    van: dict[str, Any] | None,
    reden: str,
) -> _V:
    """Save a new proposal, or the new content of one that was sent back, with its trail; its author is ``door``."""
    handeling = "opnieuw voorgesteld" if rij.pk else "voorgesteld"
    nieuw = {
        **velden,
        "staat": Staat.INGEDIEND,
        "ingevoerd_door": door,
        "ingevoerd_op": op,
        "ingediend_op": op,
        "afgekeurd_door": None,
        "afgekeurd_op": None,
        "afkeurreden": "",
    }
    for naam, waarde in nieuw.items():
        setattr(rij, naam, waarde)
    rij.save(update_fields=set(nieuw) - rij.vaste_velden() if rij.pk else None)
    spoor = gebeurtenis(handeling, rij, door=door, herkomst=herkomst, van=van, naar=in_spoor(rij), reden=reden, op=op)
    leg_vast([spoor])
    return rij


def in_spoor(rij: Voorstel) -> dict[str, Any]:
    """Which indicator or place it is about, of a target also where and when, and everything it says."""
    if isinstance(rij, Koppeling):
        return {"boven": str(rij.boven), "onder": str(rij.onder)} | als_tekst(rij, rij.INHOUD)
    if isinstance(rij, Organisatiebesluit):
        return als_tekst(rij, (*rij.PLEK, *rij.INHOUD))
    if isinstance(rij, Ambitiestand):
        return stand_in_spoor(rij) | als_tekst(rij, rij.INHOUD)
    plek: dict[str, Any] = {"indicator": rij.indicator.code}
    if isinstance(rij, Doelstelling):
        plek |= {"onderdeel": rij.onderdeel.code, "jaar": rij.jaar}
    return plek | als_tekst(rij, type(rij).INHOUD)


def als_tekst(bron: Any, velden: Iterable[str]) -> dict[str, Any]:
    """Fields as they are kept in the audit trail."""
    return {naam: getattr(bron, naam) for naam in velden}
