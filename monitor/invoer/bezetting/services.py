"""The only way in for bezetting. Set-based, atomic and audited; ``vaststellen`` decides on it.

Locks as for values: the quarters, then ``Slot.METING``, then rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.besluit import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from formatie.models import Bezetting, Onderdeel
from monitor.invoer.bezetting.validatie import Opgave, Plek
from monitor.invoer.bezetting.vergelijken import Bezettingvergelijking, inhoud_van, vergelijk_bezetting
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte

Herzien = list[tuple[Bezetting, dict[str, object]]]


def dien_bezetting_in(
    opgaven: Sequence[Opgave],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    gezien: Mapping[Plek, str] | None = None,
    op: datetime | None = None,
    demo: bool = False,
) -> tuple[list[Bezetting], Bezettingvergelijking]:
    """Propose bezetting for approval, all or none. What is equal already is left alone.

    A correction of an approved bezetting is a new version, with ``reden`` or a new remark that says why. Raises
    InvoerFout with every fault, NietToegestaan outside the own reach.
    """
    with bewaakt(Recht.BEZETTING_INVOEREN.value, door=door, herkomst=herkomst):
        _eis_plekken([opgave.onderdeel for opgave in opgaven], door)
        houd_kwartalen({(opgave.jaar, opgave.kwartaal) for opgave in opgaven})
        houd_slot(Slot.METING)
        uitkomst = vergelijk_bezetting(opgaven, gezien)
        fouten = [*uitkomst.fouten, *onbeantwoord(uitkomst), *_zonder_reden(uitkomst, reden)]
        if fouten:
            raise InvoerFout(sorted(fouten, key=lambda fout: fout.rij))
        op = op or timezone.now()
        nieuw = _maak_versies(uitkomst, door, reden, op, demo)
        herzien = _herzie_open_versies(uitkomst, door, op)
        leg_vast([*_spoor_nieuw(nieuw, door, herkomst, op), *_spoor_herzien(herzien, door, herkomst, op)])
    return [*nieuw, *(rij for rij, _ in herzien)], uitkomst


def mag_bezetting(reikwijdte: Reikwijdte, onderdeel: str) -> bool:
    """A theme gives no reach here: bezetting belongs to an onderdeel."""
    return reikwijdte.alles or onderdeel in reikwijdte.onderdelen


def _eis_plekken(onderdelen: Sequence[str], door: User) -> None:
    reikwijdte = lees_reikwijdte(door, Recht.BEZETTING_INVOEREN)
    if not (reikwijdte.alles or reikwijdte.onderdelen):
        raise NietToegestaan(f"{door} mag geen bezetting voorstellen. Vraag de beheerder om de juiste rol.")
    if not all(mag_bezetting(reikwijdte, onderdeel) for onderdeel in onderdelen):
        raise NietToegestaan("Een van deze regels hoort niet bij uw district.")


def onbeantwoord(uitkomst: Bezettingvergelijking) -> list[Fout]:
    """The doubts about bezetting that carries no remark."""
    zonder = {opgave.rij for opgave in uitkomst.te_schrijven() if not opgave.toelichting}
    return [
        Fout(rij, "toelichting", f"{twijfel.reden} Klopt het? Schrijf dan een toelichting.")
        for rij, gevonden in uitkomst.twijfels.items()
        if rij in zonder
        for twijfel in gevonden
    ]


def _zonder_reden(uitkomst: Bezettingvergelijking, reden: str) -> list[Fout]:
    """Corrections of which nobody wrote why."""
    return [
        Fout(opgave.rij, "toelichting", "Deze bezetting was al vastgesteld. Schrijf waarom die verandert.")
        for opgave, vorige in uitkomst.gewijzigd
        if vorige.staat == Staat.VASTGESTELD and not _reden(opgave, vorige, reden)
    ]


def _reden(opgave: Opgave, vorige: Bezetting, reden: str) -> str:
    nieuwe_toelichting = opgave.toelichting if opgave.toelichting != vorige.toelichting else ""
    return reden.strip() or nieuwe_toelichting


def _maak_versies(uitkomst: Bezettingvergelijking, door: User, reden: str, op: datetime, demo: bool) -> list[Bezetting]:
    """First versions, and corrections of approved ones."""
    correcties = {o.sleutel: rij for o, rij in uitkomst.gewijzigd if rij.staat == Staat.VASTGESTELD}
    opgaven = [*uitkomst.nieuw, *(o for o, _ in uitkomst.gewijzigd if o.sleutel in correcties)]
    onderdelen = {o.code: o for o in Onderdeel.objects.filter(code__in={opgave.onderdeel for opgave in opgaven})}
    return Bezetting.objects.bulk_create(
        [
            Bezetting(
                onderdeel=onderdelen[opgave.onderdeel],
                soort=opgave.soort,
                jaar=opgave.jaar,
                kwartaal=opgave.kwartaal,
                **inhoud_van(opgave),
                staat=Staat.INGEDIEND,
                ingevoerd_door=door,
                ingevoerd_op=op,
                ingediend_op=op,
                vervangt=(vorige := correcties.get(opgave.sleutel)),
                vervangreden=_reden(opgave, vorige, reden) if vorige else "",
                demo=demo,
            )
            for opgave in opgaven
        ],
        batch_size=2000,
    )


def _herzie_open_versies(uitkomst: Bezettingvergelijking, door: User, op: datetime) -> Herzien:
    """What was taken back or sent back takes the new figures and is proposed again."""
    herzien: Herzien = []
    for opgave, rij in uitkomst.gewijzigd:
        if rij.staat != Staat.VASTGESTELD:
            herzien.append((rij, inhoud_van(rij)))
            _neem_over(rij, opgave, door, op)
    velden = [*Bezetting.INHOUD, "staat", "ingevoerd_door", "ingevoerd_op", "ingediend_op"]
    velden += ["afgekeurd_door", "afgekeurd_op", "afkeurreden"]
    Bezetting.objects.bulk_update([rij for rij, _ in herzien], velden, batch_size=2000)
    return herzien


def _neem_over(rij: Bezetting, opgave: Opgave, door: User, op: datetime) -> None:
    for naam, waarde in inhoud_van(opgave).items():
        setattr(rij, naam, waarde)
    rij.staat = Staat.INGEDIEND
    rij.ingevoerd_door, rij.ingevoerd_op, rij.ingediend_op = door, op, op
    rij.afgekeurd_door, rij.afgekeurd_op, rij.afkeurreden = None, None, ""


def _spoor_nieuw(nieuw: Sequence[Bezetting], door: User, herkomst: str, op: datetime) -> list[AuditEvent]:
    return [
        gebeurtenis(
            "correctie ingediend" if rij.vervangt else "ingediend",
            rij,
            door=door,
            herkomst=herkomst,
            van=inhoud_van(rij.vervangt) if rij.vervangt else None,  # type: ignore[arg-type]  # of its own model
            naar=inhoud_van(rij),
            reden=rij.vervangreden,
            op=op,
        )
        for rij in nieuw
    ]


def _spoor_herzien(herzien: Herzien, door: User, herkomst: str, op: datetime) -> list[AuditEvent]:
    return [
        gebeurtenis("opnieuw ingediend", rij, door=door, herkomst=herkomst, van=voor, naar=inhoud_van(rij), op=op)
        for rij, voor in herzien
    ]
