"""A link between two parts of the agenda, or its end, proposed; it counts when another person approved it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.locks import Slot, houd_slot
from common.vaststellen.bewaking import NietToegestaan, bewaakt
from common.vaststellen.model import OPENSTAAND, Staat
from monitor.invoer.regels.validatie import bezwaren_tegen
from monitor.invoer.regels.waarneming import Fout, InvoerFout
from monitor.invoer.vaststellen.voorstel import eis_niet_in_behandeling, in_spoor, leg_voorstel_neer
from monitor.models import Indicator
from monitor.reikwijdte import lees_reikwijdte
from strategie.models import Activiteit
from sturing.lezen.koppelingen import (
    MET_UITEINDEN,
    is_ding_in_bereik,
    kringzin,
    lees_kanten,
    plek_bij,
    vind_deel,
)
from sturing.models import Boomdeel, Koppelbaar, Koppeling, thema_van
from sturing.regels.boom import kring_door


def stel_koppeling_voor(
    boven: Koppelbaar,
    onder: Koppelbaar,
    *,
    geldt: bool,
    reden: str,
    door: User,
    herkomst: str,
    op: datetime | None = None,
) -> Koppeling:
    """Propose that ``onder`` belongs under ``boven``, or no longer; what was sent back takes the new content.

    Raises InvoerFout with every fault, also where it would make a circle or a proposal about these two waits already,
    in whichever order, and NietToegestaan where neither end is within reach.
    """
    with bewaakt("een koppeling voorstellen", door=door, herkomst=herkomst):
        reikwijdte = lees_reikwijdte(door, Recht.KOPPELING_VOORSTELLEN)
        if not any(is_ding_in_bereik(reikwijdte, ding) for ding in (boven, onder)):
            raise NietToegestaan("Geen van beide hoort bij uw eigen thema. Kies bij minstens één een deel ervan.")
        houd_slot(Slot.KOPPELING)
        if fouten := [*_fouten(boven, onder, reden), *(_kring(boven, onder) if geldt else ())]:
            raise InvoerFout(fouten)
        plek = {"boven": vind_deel(boven), "onder": vind_deel(onder)}
        versies = Koppeling.objects.filter(**plek).select_related("ingevoerd_door", *MET_UITEINDEN)
        open_ = versies.filter(staat__in=OPENSTAAND).first()
        for voorstel in (open_, _andersom(**plek)):
            eis_niet_in_behandeling(voorstel, door)
        vorige = versies.geldend().first()
        _eis_verschil(vorige, geldt=geldt)
        velden = {"geldt": geldt, "reden": reden, "vervangt": vorige, "vervangreden": reden if vorige else ""}
        van = in_spoor(vorige) if vorige else None
        wanneer = op or timezone.now()
        rij = open_ or Koppeling(**plek)
        leg_voorstel_neer(rij, velden, door=door, herkomst=herkomst, op=wanneer, van=van, reden=reden)
    return rij


def _fouten(boven: Koppelbaar, onder: Koppelbaar, reden: str) -> Iterator[Fout]:
    """What is wrong whatever else is linked."""
    yield from redenfouten(reden)
    if isinstance(boven, Indicator):
        yield Fout(0, "boven", "Een indicator meet iets en ligt daarom altijd onder. Kies hier een ander deel.")
    elif boven == onder:
        yield Fout(0, "onder", "Een deel hoort niet bij zichzelf. Kies een ander deel.")
    elif isinstance(onder, Activiteit) and onder.hoofdlijn == boven:
        yield Fout(0, "onder", "De agenda zelf legt deze activiteit al onder die hoofdlijn. Kies een ander deel.")
    elif not isinstance(onder, Indicator) and thema_van(boven).agenda_id != thema_van(onder).agenda_id:
        yield Fout(0, "onder", "Dit deel hoort bij een andere agenda. Kies twee delen van dezelfde agenda.")


def redenfouten(reden: str) -> Iterator[Fout]:
    for bezwaar in bezwaren_tegen(reden) if reden.strip() else ["Schrijf waarom deze twee bij elkaar horen, of niet."]:
        yield Fout(0, "reden", bezwaar)


def _kring(boven: Koppelbaar, onder: Koppelbaar) -> Iterator[Fout]:
    if boven != onder and (weg := kring_door(lees_kanten(), plek_bij(boven), plek_bij(onder))):
        yield Fout(0, "onder", kringzin(boven, onder, weg))


def _andersom(*, boven: Boomdeel, onder: Boomdeel) -> Koppeling | None:
    """What waits to lay these two the other way round: both can never count."""
    wachtend = Koppeling.objects.filter(boven=onder, onder=boven, staat=Staat.INGEDIEND)
    return wachtend.select_related("ingevoerd_door", *MET_UITEINDEN).first()


def _eis_verschil(vorige: Koppeling | None, *, geldt: bool) -> None:
    is_gekoppeld = vorige is not None and vorige.geldt
    if geldt and is_gekoppeld:
        raise InvoerFout([Fout(0, "onder", "Deze koppeling bestaat al.")])
    if not geldt and not is_gekoppeld:
        raise InvoerFout([Fout(0, "geldt", "Deze twee zijn niet gekoppeld. Er valt niets in te trekken.")])
