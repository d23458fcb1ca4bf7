"""How far the ambitions are, and what happened on the time axis."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from accounts.rollen import Recht
from formatie.models import Onderdeel
from monitor.api.schema import Antwoordvorm, Lijst, Moment, OpPeildatum, blader
from monitor.api.toegang import eis
from sturing.lezen.gebeurtenissen import met_reikwijdte
from sturing.models import Ambitiestand, Gebeurtenis

router = Router(tags=["sturing"], by_alias=True)


class BewijsUit(Antwoordvorm):
    """Waar een stand op rust: een indicator met zijn code, of een bron met titel, datum en waar die te vinden is."""

    soort: str
    code: str | None
    titel: str | None
    datum: date | None
    waar: str | None = None


class AmbitiestandUit(Antwoordvorm):
    """Hoe ver een ambitie is volgens de vastgestelde stand van een halfjaar: in woorden, zonder getal.

    ``oordeel`` is gehaald, op-weg, loopt-achter of niet-te-zeggen.
    """

    agenda: str
    thema: str
    ambitie: int
    jaar: int
    helft: int
    oordeel: str
    tekst: str
    bewijs: list[BewijsUit]
    vastgesteld_op: Moment
    fictief: bool


class GebeurtenisUit(Antwoordvorm):
    """Wat er gebeurde op de tijdas. Lege lijsten en geen thema: het geldt voor alles."""

    datum: date
    tot_en_met: date | None
    titel: str
    soort: str
    toelichting: str
    bron: str
    thema: str | None
    indicatoren: list[str]
    onderdelen: list[str]
    genoteerd_op: Moment
    fictief: bool


class AmbitiestandLijst(Lijst[AmbitiestandUit]):
    """Vastgestelde standen van ambities, het laatste halfjaar eerst."""


class GebeurtenisLijst(Lijst[GebeurtenisUit]):
    """Gebeurtenissen op de tijdas."""


@router.get("/ambitiestanden", response=AmbitiestandLijst, summary="Hoe ver de ambities zijn, per halfjaar")
def ambitiestanden(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    standen = Ambitiestand.objects.zoals_bekend_op(vraag.gekeurd_moment()).select_related("ambitie__thema__agenda")
    thema = ("ambitie__thema__agenda__begin_jaar", "ambitie__thema__soort", "ambitie__thema__nummer")
    return blader(standen.order_by(*thema, "ambitie__nummer", "jaar", "helft"), vraag, _ambitiestand)


def _ambitiestand(stand: Ambitiestand) -> AmbitiestandUit:
    thema = stand.ambitie.thema
    return AmbitiestandUit(
        agenda=thema.agenda.jaren,
        thema=thema.slug,
        ambitie=stand.ambitie.nummer,
        jaar=stand.jaar,
        helft=stand.helft,
        oordeel=stand.oordeel,
        tekst=stand.tekst,
        bewijs=[BewijsUit.model_validate({naam: w or None for naam, w in een.items()}) for een in stand.bewijs],
        vastgesteld_op=stand.vastgesteld_op or stand.ingevoerd_op,
        fictief=stand.demo,
    )


@router.get("/gebeurtenissen", response=GebeurtenisLijst, summary="Gebeurtenissen op de tijdas")
def gebeurtenissen(request: HttpRequest, vraag: Query[OpPeildatum]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    rijen = met_reikwijdte(Gebeurtenis.objects.zoals_bekend_op(vraag.gekeurd_moment()).select_related("thema"))
    codes = dict(Onderdeel.objects.values_list("pk", "code"))
    return blader(rijen.order_by("datum", "pk"), vraag, partial(_gebeurtenis, codes))


def _gebeurtenis(codes: Mapping[int, str], rij: Gebeurtenis) -> GebeurtenisUit:
    return GebeurtenisUit(
        datum=rij.datum,
        tot_en_met=rij.tot,
        titel=rij.titel,
        soort=rij.soort,
        toelichting=rij.toelichting,
        bron=rij.bron,
        thema=rij.thema.slug if rij.thema else None,
        indicatoren=rij.codes,  # type: ignore[attr-defined]  # annotated, as the next
        onderdelen=[codes[pk] for pk in rij.plekken],  # type: ignore[attr-defined]
        genoteerd_op=rij.op,
        fictief=rij.demo,
    )
