"""A changed target, proposed: each time a new version that names the one it would replace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import OPENSTAAND
from formatie.models import Onderdeel
from monitor.agenda.lezen import past_bij_richting
from monitor.invoer.regels.toetsgegevens import feiten_van
from monitor.invoer.regels.validatie import EERSTE_JAAR, LAATSTE_JAAR
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import eis_open, houd_kwartalen
from monitor.invoer.vaststellen.voorstel import (
    eis_gezien,
    eis_niet_in_behandeling,
    houd_indicatoren,
    in_spoor,
    leg_voorstel_neer,
)
from monitor.invoer.voorstellen.doelen.selectors import kwartalen_van_doelen, kwartalen_van_jaar
from monitor.invoer.voorstellen.doelen.validatie import Doelinvoer, Doelkader, is_jaar, lees_doel
from monitor.models import Doelstelling, Indicator
from monitor.reikwijdte import lees_reikwijdte
from monitor.selectors import Definities
from strategie.selectors import get_agendajaren

HANDELING = "doel voorstellen"


def stel_doel_voor(
    indicator: Indicator,
    onderdeel: Onderdeel,
    cellen: Mapping[str, str],
    *,
    door: User,
    herkomst: str,
    op: datetime | None = None,
    gezien: int | None = None,
) -> Doelstelling:
    """Propose a target from the text of a form: the first of its year, or one that replaces what is in force.

    What was sent back takes the new content; ``gezien`` is the version in force that its author saw. Raises
    Verouderd, InvoerFout with every fault, KwartaalGesloten when it would change the verdict of a closed quarter,
    NietToegestaan where the right does not reach.
    """
    with bewaakt(HANDELING, door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.DOEL_VOORSTELLEN).bevat(indicator.code, onderdeel.code):
            raise NietToegestaan(f"{door} mag voor deze indicator geen doel voorstellen.")
        jaar = cellen.get("jaar", "")
        houd_kwartalen(kwartalen_van_jaar(int(jaar)) if is_jaar(jaar) else ())
        houd_indicatoren([indicator.pk])
        op = op or timezone.now()
        indicator = Definities.lees().in_jaar(indicator, int(jaar)) if is_jaar(jaar) else indicator
        geldend, open_ = lees_plek(indicator, onderdeel, jaar)
        eis_niet_in_behandeling(open_)
        eis_gezien(geldend, gezien)
        invoer = lees_doel(cellen, _kader(indicator, geldend, op))
        _toets(indicator, onderdeel, invoer, geldend)
        velden, van = _velden(invoer, geldend), in_spoor(geldend) if geldend else None
        eis_open(kwartalen_van_doelen([Doelstelling(jaar=invoer.jaar, **velden)]))
        rij = open_ or Doelstelling(indicator=indicator, onderdeel=onderdeel, jaar=invoer.jaar)
        leg_voorstel_neer(rij, velden, door=door, herkomst=herkomst, op=op, van=van, reden=invoer.reden)
    return rij


def lees_plek(indicator: Indicator, onderdeel: Onderdeel, jaar: str) -> tuple[Doelstelling | None, Doelstelling | None]:
    """The version in force and the open one of this place; nothing for a year that is not one."""
    if not is_jaar(jaar):
        return None, None
    versies = Doelstelling.objects.filter(indicator=indicator, onderdeel=onderdeel, jaar=int(jaar))
    geldend = versies.geldend().select_related("indicator", "onderdeel").first()
    return geldend, versies.filter(staat__in=OPENSTAAND).select_related("ingevoerd_door").first()


def laatste_doeljaar() -> int:
    """The last year that a target can be of: the end of the last agenda."""
    agendas = get_agendajaren()
    return agendas[1] if agendas else LAATSTE_JAAR


def _kader(indicator: Indicator, geldend: Doelstelling | None, op: datetime) -> Doelkader:
    return Doelkader(
        indicator=feiten_van(indicator),
        vandaag=timezone.localdate(op),
        jaren=(EERSTE_JAAR, laatste_doeljaar()),
        geldt=geldend is not None,
        soort=geldend.soort if geldend else "",
        streefwaarde=geldend.streefwaarde if geldend else None,
        geldig_vanaf=geldend.geldig_vanaf if geldend else None,
    )


def _toets(indicator: Indicator, onderdeel: Onderdeel, invoer: Doelinvoer, geldend: Doelstelling | None) -> None:
    """What a proposal must fit: the direction of its indicator, and something must change. Raises InvoerFout."""
    if not past_bij_richting(invoer.soort, indicator.richting):
        hoe = indicator.get_richting_display().lower()
        raise InvoerFout([Fout(0, "soort", f"Dit past niet bij de indicator: daar geldt “{hoe}”.")])
    if onderdeel.code in feiten_van(indicator).niet_voor:
        raise InvoerFout([Fout(0, "", "Deze indicator is niet van toepassing op dit onderdeel.")])
    nieuw = _velden(invoer, geldend)
    zelfde = [naam for naam in Doelstelling.INHOUD if naam != "geldig_vanaf"]  # a later day alone changes nothing
    if geldend and all(getattr(geldend, naam) == nieuw[naam] for naam in zelfde):
        raise InvoerFout([Fout(0, "", "Dit is gelijk aan het doel dat nu geldt. Er is niets voorgesteld.")])


def _velden(invoer: Doelinvoer, geldend: Doelstelling | None) -> dict[str, Any]:
    inhoud = {naam: getattr(invoer, naam) for naam in Doelstelling.INHOUD if naam != "marge_van_monitor"}
    van_monitor = geldend.marge_van_monitor if geldend and geldend.marge == invoer.marge else True
    vervangreden = invoer.reden if geldend else ""  # of a first target the reason stays in the audit trail
    return inhoud | {"marge_van_monitor": van_monitor, "vervangt": geldend, "vervangreden": vervangreden}
