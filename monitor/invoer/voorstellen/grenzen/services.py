"""New limits of normal variation from a quarter, proposed; they count when another approved them."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import OPENSTAAND
from monitor.invoer.regels.validatie import EERSTE_JAAR, LAATSTE_JAAR, bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.eisen import eis_open, houd_kwartalen
from monitor.invoer.vaststellen.voorstel import eis_niet_in_behandeling, houd_indicatoren, in_spoor, leg_voorstel_neer
from monitor.models import Grensbesluit, Indicator
from monitor.reikwijdte import lees_reikwijdte


def stel_grenzen_voor(
    indicator: Indicator,
    jaar: int | None,
    kwartaal: int | None,
    *,
    reden: str,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Grensbesluit:
    """Propose that limits start anew from a quarter; a proposal that was sent back takes the new content.

    Raises InvoerFout with every fault, KwartaalGesloten when they would start in a closed quarter, NietToegestaan
    where the right does not reach.
    """
    with bewaakt("grenzen voorstellen", door=door, herkomst=herkomst):
        if not lees_reikwijdte(door, Recht.DEFINITIE_VOORSTELLEN).bevat(indicator.code, ""):
            raise NietToegestaan(f"{door} mag voor deze indicator geen grenzen voorstellen.")
        begin = _lees_begin(jaar, kwartaal, reden)
        houd_kwartalen({begin})
        houd_indicatoren([indicator.pk])
        versies = Grensbesluit.objects.filter(indicator=indicator).select_related("indicator", "ingevoerd_door")
        open_ = versies.filter(staat__in=OPENSTAAND).first()
        eis_niet_in_behandeling(open_)
        geldend = versies.geldend().filter(jaar=begin[0], kwartaal=begin[1]).first()
        if geldend and geldend.reden == reden:
            raise InvoerFout([Fout(0, "", "Dit is al zo besloten. Er is niets voorgesteld.")])
        eis_open({begin})
        velden = {"jaar": begin[0], "kwartaal": begin[1], "reden": reden, "vervangt": geldend}
        velden["vervangreden"] = reden if geldend else ""
        rij, van = open_ or Grensbesluit(indicator=indicator), in_spoor(geldend) if geldend else None
        wanneer = op or timezone.now()
        leg_voorstel_neer(rij, velden, door=door, herkomst=herkomst, op=wanneer, van=van, reden=reden)
    return rij


def _lees_begin(jaar: int | None, kwartaal: int | None, reden: str) -> tuple[int, int]:
    """The quarter, when all that was asked is right. Raises InvoerFout with every fault."""
    fouten = [Fout(0, "reden", bezwaar) for bezwaar in bezwaren_tegen(reden)]
    if not reden.strip():
        fouten.append(Fout(0, "reden", "Schrijf welke afgesproken verandering dit is."))
    if jaar is None or not EERSTE_JAAR <= jaar <= LAATSTE_JAAR:
        fouten.append(Fout(0, "jaar", f"Vul een jaar in van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}."))
    if kwartaal not in (1, 2, 3, 4):
        fouten.append(Fout(0, "kwartaal", "Kies een kwartaal."))
    if fouten or jaar is None or kwartaal is None:
        raise InvoerFout(fouten)
    return jaar, kwartaal
