"""A changed target: proposed by one person, approved by another, each time as a new version that names the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.audit import leg_vast
from common.vaststellen.besluit import NietToegestaan, Verouderd, bewaakt, neem_aan, weiger_eigen_werk
from formatie.models import Onderdeel
from monitor.agenda.lezen import past_bij_richting
from monitor.invoer.doelen.validatie import Doelinvoer, Doelkader, lees_doel
from monitor.invoer.regels.toetsgegevens import feiten_van
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.services import (
    OPENSTAAND,
    besluit_over,
    eis_niet_in_behandeling,
    houd_indicatoren,
    in_spoor,
    leg_voorstel_neer,
    spoor,
    stuur_voorstellen_terug,
    voorgesteld,
)
from monitor.models import Doelstelling, Indicator
from monitor.reikwijdte import lees_reikwijdte
from monitor.rekenen.wachtrij import vraag_herberekeningen

HANDELING = "doel voorstellen"


def stel_doel_voor(
    indicator: Indicator,
    onderdeel: Onderdeel,
    cellen: Mapping[str, str],
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Doelstelling:
    """Propose a target from the text of a form: the first of its year, or one that replaces what is in force.

    What was sent back takes the new content. Raises InvoerFout with every fault, NietToegestaan where the right
    does not reach.
    """
    with bewaakt(HANDELING, door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.DOEL_VOORSTELLEN).bevat(indicator.code, onderdeel.code):
            raise NietToegestaan(f"{door} mag voor deze indicator geen doel voorstellen.")
        houd_indicatoren([indicator.pk])
        op = op or timezone.now()
        geldend, open_ = lees_plek(indicator, onderdeel, cellen.get("jaar", ""))
        eis_niet_in_behandeling(open_)
        invoer = lees_doel(cellen, _kader(indicator, geldend, op))
        _toets(indicator, onderdeel, invoer, geldend)
        rij = open_ or Doelstelling(indicator=indicator, onderdeel=onderdeel, jaar=invoer.jaar)
        leg_voorstel_neer(rij, _velden(invoer, geldend), door=door, op=op)
        van = in_spoor(geldend) if geldend else None
        handeling = voorgesteld(open_ is not None)
        leg_vast([spoor(handeling, rij, door, herkomst, op, van=van, reden=invoer.reden)])
    return rij


def lees_plek(indicator: Indicator, onderdeel: Onderdeel, jaar: str) -> tuple[Doelstelling | None, Doelstelling | None]:
    """The version in force and the open one of this place; nothing for a year that is not one."""
    if not (jaar.isascii() and jaar.isdigit() and len(jaar) == 4):
        return None, None
    versies = Doelstelling.objects.filter(indicator=indicator, onderdeel=onderdeel, jaar=int(jaar))
    geldend = versies.geldend().select_related("indicator", "onderdeel").first()
    return geldend, versies.filter(staat__in=OPENSTAAND).select_related("ingevoerd_door").first()


def _kader(indicator: Indicator, geldend: Doelstelling | None, op: datetime) -> Doelkader:
    return Doelkader(
        indicator=feiten_van(indicator),
        vandaag=timezone.localdate(op),
        geldt=geldend is not None,
        soort=geldend.soort if geldend else "",
        streefwaarde=geldend.streefwaarde if geldend else None,
    )


def _toets(indicator: Indicator, onderdeel: Onderdeel, invoer: Doelinvoer, geldend: Doelstelling | None) -> None:
    """What a proposal must fit: the direction of its indicator, and something must change. Raises InvoerFout."""
    if not past_bij_richting(invoer.soort, indicator.richting):
        hoe = indicator.get_richting_display().lower()
        raise InvoerFout([Fout(0, "soort", f"Dit past niet bij de indicator: daar geldt “{hoe}”.")])
    if onderdeel.code in feiten_van(indicator).niet_voor:
        raise InvoerFout([Fout(0, "", "Deze indicator is niet van toepassing op dit onderdeel.")])
    nieuw = _velden(invoer, geldend)
    if geldend and all(getattr(geldend, naam) == nieuw[naam] for naam in Doelstelling.INHOUD):
        raise InvoerFout([Fout(0, "", "Dit is gelijk aan het doel dat nu geldt. Er is niets voorgesteld.")])


def _velden(invoer: Doelinvoer, geldend: Doelstelling | None) -> dict[str, Any]:
    inhoud = {naam: getattr(invoer, naam) for naam in Doelstelling.INHOUD if naam != "marge_van_monitor"}
    van_monitor = geldend.marge_van_monitor if geldend and geldend.marge == invoer.marge else True
    vervangreden = invoer.reden if geldend else ""  # of a first target the reason stays in the audit trail
    return inhoud | {"marge_van_monitor": van_monitor, "vervangt": geldend, "vervangreden": vervangreden}


def stel_doelen_vast(
    doelen: Sequence[Doelstelling], *, door: User, herkomst: str, op: datetime | None = None
) -> list[Doelstelling]:
    """Approve proposed targets, all or none; the version each replaces stays, marked as replaced from that moment.

    The author never approves; the database refuses it too. Raises Verouderd or NietToegestaan.
    """
    recht = Recht.DOEL_VASTSTELLEN
    with besluit_over(doelen, "onderdeel", recht=recht, door=door, herkomst=herkomst) as open_:
        weiger_eigen_werk(open_, door)
        vorige = _eis_zelfde_voorganger(open_)
        op = op or timezone.now()
        neem_aan(open_, door=door, op=op)
        leg_vast([spoor("vastgesteld", rij, door, herkomst, op, van=vorige.get(rij.vervangt_id)) for rij in open_])
        vraag_herberekeningen((indicator, None, None) for indicator in sorted({rij.indicator_id for rij in open_}))
    return open_


def _eis_zelfde_voorganger(open_: Sequence[Doelstelling]) -> dict[int | None, dict[str, Any]]:
    """What each proposal replaces is what is in force now; gives these by key. Raises Verouderd."""
    geldend = Doelstelling.objects.geldend().filter(indicator__in={rij.indicator_id for rij in open_})
    plekken = {(d.indicator_id, d.onderdeel_id, d.jaar): d for d in geldend.select_related("indicator", "onderdeel")}
    for rij in open_:
        nu = plekken.get((rij.indicator_id, rij.onderdeel_id, rij.jaar))
        if (nu.pk if nu else None) != rij.vervangt_id:
            raise Verouderd
    return {doel.pk: in_spoor(doel) for doel in plekken.values()}


def stuur_doelen_terug(doelen: Sequence[Doelstelling], *, door: User, reden: str, herkomst: str) -> list[Doelstelling]:
    """Send proposed targets back, with a reason."""
    recht = Recht.DOEL_VASTSTELLEN
    return stuur_voorstellen_terug(doelen, recht=recht, door=door, reden=reden, herkomst=herkomst)
