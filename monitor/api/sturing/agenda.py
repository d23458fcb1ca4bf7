"""The parts of the agenda as the page of the agenda shows them, and the links that people laid between them."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from accounts.rollen import Recht
from monitor.api.schema import Antwoordvorm, Lijst, Moment, OpPeildatum, blader
from monitor.api.toegang import eis
from monitor.dashboards.keuze import bepaal
from monitor.dashboards.overzicht.agendastand import lees_boom
from sturing.lezen.agendaboom import Deel, sleutel_van
from sturing.lezen.koppelingen import MET_UITEINDEN, get_koppelingen
from sturing.models import Koppeling

router = Router(tags=["agenda"], by_alias=True)


class AgendadeelUit(Antwoordvorm):
    """Een deel van de agenda, met hoe het ervoor staat en wat er nog mist.

    Ouder is de sleutel van het deel waar het onder ligt, gekoppeld die van de delen waar het bij hoort.
    """

    sleutel: str
    soort: str
    ouder: str | None
    naam: str
    tekst: str
    stand: str | None
    mist: str | None
    gekoppeld: list[str]
    bronregel: str


class AgendadeelLijst(Lijst[AgendadeelUit]):
    """Een bladzijde van de delen van de agenda; totaal telt de rijen van alle bladzijden."""


class KoppelingUit(Antwoordvorm):
    """Een koppeling die geldt: het deel onder hoort onder het deel boven."""

    id: int
    boven: str
    onder: str
    reden: str
    vastgesteld_op: Moment | None


class KoppelingLijst(Lijst[KoppelingUit]):
    """Een bladzijde van de koppelingen; totaal telt de rijen van alle bladzijden."""


@router.get("/agendadelen", response=AgendadeelLijst, summary="De delen van de agenda en hun stand")
def agendadelen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    dag = vraag.gekeurde_dag()
    boom, _ = lees_boom(bepaal(user, "", timezone.localdate(), dag.isoformat() if dag else ""))
    return blader(boom.delen, vraag, _deel)


def _deel(deel: Deel) -> AgendadeelUit:
    return AgendadeelUit(
        sleutel=deel.sleutel,
        soort=deel.soort,
        ouder=deel.ouder.sleutel if deel.ouder else None,
        naam=deel.kop,
        tekst=deel.tekst,
        stand=deel.stand or None,
        mist=deel.wit or None,
        gekoppeld=[verband.ander.sleutel for verband in deel.verbanden],
        bronregel=deel.bronregel,
    )


@router.get("/koppelingen", response=KoppelingLijst, summary="Welke delen van de agenda bij elkaar horen")
def koppelingen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    return blader(get_koppelingen(vraag.gekeurd_moment()).select_related(*MET_UITEINDEN), vraag, _koppeling)


def _koppeling(rij: Koppeling) -> KoppelingUit:
    return KoppelingUit(
        id=rij.pk,
        boven=sleutel_van(rij.boven.ding),
        onder=sleutel_van(rij.onder.ding),
        reden=rij.reden,
        vastgesteld_op=rij.vastgesteld_op,
    )
