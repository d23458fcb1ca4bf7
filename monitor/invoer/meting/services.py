"""The only way in for a value. Set-based, atomic and audited; ``vaststellen`` decides on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.audit import AuditEvent, gebeurtenis, leg_vast
from common.vaststellen.besluit import NietToegestaan, bewaakt
from common.vaststellen.model import Staat
from formatie.models import Onderdeel
from monitor.invoer.meting.vergelijken import Vergelijking, cijfers_van, vergelijk
from monitor.invoer.regels.waarneming import Fout, InvoerFout, Waarneming
from monitor.invoer.vaststellen.eisen import houd_kwartalen
from monitor.models import Concept, Indicator, Meting
from monitor.reikwijdte import lees_reikwijdte


def dien_in(
    waarnemingen: Sequence[Waarneming],
    *,
    door: User,
    herkomst: str,
    reden: str = "",
    op: datetime | None = None,
    demo: bool = False,
    recht: Recht = Recht.METING_INVOEREN,
) -> tuple[list[Meting], Vergelijking]:
    """Submit observations for approval, all or none. What is equal already is left alone.

    An approved value is never edited: a different figure becomes a new version that names it, with
    ``reden``. What someone typed in the grid for the same value and did not submit is now settled. Raises
    InvoerFout with every fault, NietToegestaan where ``recht`` does not reach.
    """
    with bewaakt(recht.value, door=door, herkomst=herkomst):
        _eis_plekken(waarnemingen, door, recht)
        houd_kwartalen({(w.jaar, w.kwartaal or 4) for w in waarnemingen})
        houd_slot(Slot.METING)
        uitkomst = vergelijk(waarnemingen)
        fouten = [*uitkomst.fouten, *onbeantwoord(uitkomst)]
        if fouten:
            raise InvoerFout(sorted(fouten, key=lambda fout: fout.rij))
        op = op or timezone.now()
        nieuw = _maak_versies(uitkomst, door, reden, op, demo)
        herzien = _herzie_open_versies(uitkomst, door, op)
        _ruim_concepten_op(waarnemingen)
        leg_vast([*_spoor_nieuw(nieuw, door, herkomst, op), *_spoor_herzien(herzien, door, herkomst, op)])
    return [*nieuw, *(meting for meting, _ in herzien)], uitkomst


def onbeantwoord(uitkomst: Vergelijking) -> list[Fout]:
    """The doubts about values that carry no remark."""
    zonder = {w.rij for w in uitkomst.te_schrijven() if not w.toelichting}
    return [
        Fout(rij, twijfel.kolom, f"{twijfel.reden} Klopt het? Schrijf dan een toelichting.")
        for rij, gevonden in uitkomst.twijfels.items()
        if rij in zonder
        for twijfel in gevonden
    ]


def _eis_plekken(waarnemingen: Sequence[Waarneming], door: User, recht: Recht) -> None:
    reikwijdte = lees_reikwijdte(door, recht)
    if reikwijdte.is_leeg:
        raise NietToegestaan(f"{door} mag geen metingen invoeren. Vraag de beheerder om de juiste rol.")
    if not all(reikwijdte.bevat(w.indicator, w.onderdeel) for w in waarnemingen):
        raise NietToegestaan("Een van deze waarden hoort niet bij uw district of thema.")


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


def _maak_versies(uitkomst: Vergelijking, door: User, reden: str, op: datetime, demo: bool) -> list[Meting]:
    """First versions, and corrections of approved ones."""
    correcties = {w.sleutel: m for w, m in uitkomst.gewijzigd if m.staat == Staat.VASTGESTELD}
    waarnemingen = [*uitkomst.nieuw, *(w for w, m in uitkomst.gewijzigd if w.sleutel in correcties)]
    indicatoren = {i.code: i for i in Indicator.objects.filter(code__in={w.indicator for w in waarnemingen})}
    onderdelen = {o.code: o for o in Onderdeel.objects.filter(code__in={w.onderdeel for w in waarnemingen})}
    return Meting.objects.bulk_create(
        [
            Meting(
                indicator=indicatoren[w.indicator],
                onderdeel=onderdelen[w.onderdeel],
                jaar=w.jaar,
                kwartaal=w.kwartaal,
                **cijfers_van(w),
                staat=Staat.INGEDIEND,
                ingevoerd_door=door,
                ingevoerd_op=op,
                ingediend_op=op,
                vervangt=correcties.get(w.sleutel),
                vervangreden=(reden or w.toelichting or "Gecorrigeerd.") if w.sleutel in correcties else "",
                demo=demo,
            )
            for w in waarnemingen
        ],
        batch_size=2000,
    )


def _herzie_open_versies(uitkomst: Vergelijking, door: User, op: datetime) -> list[tuple[Meting, dict[str, object]]]:
    """Concepts and values that were sent back take the new figures and are submitted (again)."""
    herzien = []
    for waarneming, meting in uitkomst.gewijzigd:
        if meting.staat != Staat.VASTGESTELD:
            herzien.append((meting, cijfers_van(meting)))
            _neem_over(meting, waarneming, door, op)
    velden = [*Meting.INHOUD, "staat", "ingevoerd_door", "ingevoerd_op", "ingediend_op"]
    velden += ["afgekeurd_door", "afgekeurd_op", "afkeurreden"]
    Meting.objects.bulk_update([meting for meting, _ in herzien], velden, batch_size=2000)
    return herzien


def _neem_over(meting: Meting, waarneming: Waarneming, door: User, op: datetime) -> None:
    for naam, waarde in cijfers_van(waarneming).items():
        setattr(meting, naam, waarde)
    meting.staat = Staat.INGEDIEND
    meting.ingevoerd_door, meting.ingevoerd_op, meting.ingediend_op = door, op, op
    meting.afgekeurd_door, meting.afgekeurd_op, meting.afkeurreden = None, None, ""


def _spoor_nieuw(metingen: list[Meting], door: User, herkomst: str, op: datetime) -> list[AuditEvent]:
    return [
        gebeurtenis(
            "correctie ingediend" if m.vervangt else "ingediend",
            m,
            door=door,
            herkomst=herkomst,
            van=cijfers_van(cast(Meting, m.vervangt)) if m.vervangt else None,
            naar=cijfers_van(m),
            reden=m.vervangreden,
            op=op,
        )
        for m in metingen
    ]


def _spoor_herzien(
    herzien: list[tuple[Meting, dict[str, object]]], door: User, herkomst: str, op: datetime
) -> list[AuditEvent]:
    return [
        gebeurtenis("opnieuw ingediend", m, door=door, herkomst=herkomst, van=voor, naar=cijfers_van(m), op=op)
        for m, voor in herzien
    ]
