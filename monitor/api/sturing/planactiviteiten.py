"""The jaarplan: what is done in a year, with milestones and the indicators it should move."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from accounts.rollen import Recht
from monitor.api.schema import Antwoordvorm, Lijst, Moment, OpPeildatum, blader
from monitor.api.toegang import eis
from sturing.lezen.jaarplan import Planregel, lees_jaarplannen

router = Router(tags=["sturing"], by_alias=True)


class MijlpaalUit(Antwoordvorm):
    """Een mijlpaal van een activiteit; gereedOp is leeg zolang hij niet bereikt is."""

    datum: date
    titel: str
    gereed_op: date | None


class PlanactiviteitUit(Antwoordvorm):
    """Een activiteit van het jaarplan zoals zij geldt; teLaat zegt waarom zij die dag te laat is, of niets."""

    id: int
    jaar: int
    thema: str
    hoofdlijn: int
    nummer: int
    versie: int
    titel: str
    eigenaar: str | None
    begin: date
    eind: date
    status: str
    reden: str | None
    te_laat: list[str]
    mijlpalen: list[MijlpaalUit]
    indicatoren: list[str]
    uit_agenda: str | None
    bijgewerkt_op: Moment


class PlanactiviteitLijst(Lijst[PlanactiviteitUit]):
    """Een bladzijde van het jaarplan; totaal telt de rijen van alle bladzijden."""


class Planvraag(OpPeildatum):
    """Van welk jaar de activiteiten zijn; zonder jaar van alle."""

    jaar: int | None = Field(None, ge=2000, le=2100, description="Alleen het jaarplan van dit jaar.")


@router.get("/planactiviteiten", response=PlanactiviteitLijst, summary="Activiteiten van het jaarplan")
def planactiviteiten(request: HttpRequest, vraag: Query[Planvraag]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    moment, dag = vraag.gekeurd_moment(), vraag.gekeurde_dag() or timezone.localdate()
    return blader(lees_jaarplannen(vraag.jaar, moment), vraag, partial(_activiteit, dag))


def _activiteit(dag: date, versie: Any) -> PlanactiviteitUit:
    regel, plan = Planregel(versie, dag), versie.plan
    return PlanactiviteitUit(
        id=plan.pk,
        jaar=plan.jaar,
        thema=plan.hoofdlijn.thema.slug,
        hoofdlijn=plan.hoofdlijn.nummer,
        nummer=plan.nummer,
        versie=versie.nummer,
        titel=versie.titel,
        eigenaar=str(versie.eigenaar) if versie.eigenaar else None,
        begin=versie.begin,
        eind=versie.eind,
        status=versie.status,
        reden=versie.reden or None,
        te_laat=regel.waarom_te_laat,
        mijlpalen=[MijlpaalUit.model_validate(mijlpaal.stand) for mijlpaal in regel.mijlpalen],
        indicatoren=sorted(indicator.code for indicator in versie.indicatoren.all()),
        uit_agenda=plan.activiteit.tekst if plan.activiteit else None,
        bijgewerkt_op=versie.op,
    )
