"""What is explained and promised about the figures, as far as who asks reads them."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from accounts.rollen import Recht
from monitor.api.schema import Antwoordvorm, Lijst, Moment, OpPeildatum, blader
from monitor.api.toegang import eis
from sturing.lezen.duidingen import get_vastgesteld
from sturing.models import Duiding

router = Router(tags=["sturing"], by_alias=True)


class DuidingUit(Antwoordvorm):
    """Een vastgestelde duiding: wat er te zien is, waardoor, en wat is beloofd.

    ``eerderBeloofd`` is de belofte van een eerder kwartaal en ``afloop`` wat daarvan is geworden.
    """

    indicator: str
    onderdeel: str
    jaar: int
    kwartaal: int
    wat: str
    waardoor: str
    doen: str
    wie: str
    wanneer: date
    eerder_beloofd: str | None
    afloop: str | None
    afloop_toelichting: str | None
    vastgesteld_op: Moment | None


class DuidingLijst(Lijst[DuidingUit]):
    """Vastgestelde duidingen, het laatste kwartaal eerst."""


@router.get("/duidingen", response=DuidingLijst, summary="Duidingen: waardoor, en wat er is beloofd")
def duidingen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    return blader(get_vastgesteld(user, vraag.gekeurd_moment()), vraag, _duiding)


def _duiding(rij: Duiding) -> DuidingUit:
    return DuidingUit(
        indicator=rij.indicator.code,
        onderdeel=rij.onderdeel.code,
        jaar=rij.jaar,
        kwartaal=rij.kwartaal,
        wat=rij.wat,
        waardoor=rij.waardoor,
        doen=rij.doen,
        wie=str(rij.wie),
        wanneer=rij.wanneer,
        eerder_beloofd=rij.vorige.belofte if rij.vorige else None,
        afloop=rij.afloop or None,
        afloop_toelichting=rij.afloop_toelichting or None,
        vastgesteld_op=rij.vastgesteld_op,
    )
