"""Definitions, organisation and formation plan: what does not change from quarter to quarter."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from accounts.rollen import Recht
from formatie.models import Districtsformatie, Formatieregel, Onderdeel
from formatie.plan.selectors import Sommen, get_formatieplan, get_regels_met_sommen
from monitor.api.schema import (
    Bladzijde,
    DistrictsformatieLijst,
    DistrictsformatieUit,
    Doel,
    FormatieregelLijst,
    FormatieregelUit,
    IndicatorLijst,
    IndicatorUit,
    OnderdeelLijst,
    OnderdeelUit,
    blader,
)
from monitor.api.toegang import eis
from monitor.models import Indicator
from monitor.selectors import Definities, get_indicatoren

router = Router(tags=["naslag"], by_alias=True)


@router.get("/indicatoren", response=IndicatorLijst, summary="Indicatoren met hun doelstellingen")
def indicatoren(request: HttpRequest, bladzijde: Query[Bladzijde]) -> dict[str, Any]:
    eis(request, Recht.CIJFERS_LEZEN)
    vandaag = timezone.localdate()
    return blader(get_indicatoren(vandaag), bladzijde, partial(_indicator, Definities.lees(), vandaag.year))


def _indicator(definities: Definities, jaar: int, reeks: Indicator) -> IndicatorUit:
    """As the agenda of today defines it, or the last one that printed it."""
    regel = next(iter(reeks.monitorregels.all()), None)
    indicator = definities.in_jaar(reeks, min(jaar, regel.agenda.eind_jaar) if regel else jaar)
    return IndicatorUit(
        code=indicator.code,
        naam=indicator.naam,
        rubriek=regel.rubriek if regel else None,
        thema=regel.thema.slug if regel else None,
        agenda=regel.agenda.jaren if regel else None,
        aggregatie=indicator.aggregatie,
        richting=indicator.richting,
        frequentie=indicator.frequentie,
        niveau=indicator.niveau,
        eenheid=indicator.eenheid,
        waarvan_van=indicator.waarvan_van.code if indicator.waarvan_van else None,
        gedrukt_doel=(regel.gedrukt_doel or None) if regel else None,
        bronregel=regel.bronregel if regel else None,
        definitie=indicator.definitie,
        doelstellingen=[Doel.model_validate(doel) for doel in indicator.doelstellingen.all()],
    )


@router.get("/onderdelen", response=OnderdeelLijst, summary="Onderdelen van de organisatie")
def onderdelen(request: HttpRequest, bladzijde: Query[Bladzijde]) -> dict[str, Any]:
    eis(request, Recht.FORMATIE_LEZEN)
    return blader(Onderdeel.objects.select_related("ouder"), bladzijde, OnderdeelUit.model_validate)


@router.get("/formatieregels", response=FormatieregelLijst, summary="Het formatieplan per dienst")
def formatieregels(request: HttpRequest, bladzijde: Query[Bladzijde]) -> dict[str, Any]:
    eis(request, Recht.FORMATIE_LEZEN)
    plan = get_formatieplan(timezone.localdate())
    return blader(get_regels_met_sommen(plan) if plan else [], bladzijde, _formatieregel)


def _formatieregel(rij: tuple[Formatieregel, Sommen]) -> FormatieregelUit:
    regel, sommen = rij
    berekend = {kolom: som.berekend for kolom, som in sommen.items()}
    verschil = {kolom: som.verschil for kolom, som in sommen.items()}
    return FormatieregelUit(
        volgnummer=regel.volgnummer,
        dienst=regel.dienst,
        naam=regel.naam,
        soort=regel.soort,
        fte=regel.fte,
        fte_os=regel.fte_os,
        fte_nos=regel.fte_nos,
        berekend_fte=berekend.get("fte"),
        berekend_fte_os=berekend.get("os"),
        berekend_fte_nos=berekend.get("nos"),
        verschil_fte=verschil.get("fte"),
        verschil_fte_os=verschil.get("os"),
        verschil_fte_nos=verschil.get("nos"),
        bronregel=regel.bronregel,
    )


@router.get("/districtsformatie", response=DistrictsformatieLijst, summary="Het formatieplan per district en team")
def districtsformatie(request: HttpRequest, bladzijde: Query[Bladzijde]) -> dict[str, Any]:
    eis(request, Recht.FORMATIE_LEZEN)
    plan = get_formatieplan(timezone.localdate())
    cellen = Districtsformatie.objects.filter(plan=plan).select_related("onderdeel")
    return blader(
        cellen.order_by("onderdeel__volgorde", "onderdeel__code", "soort"),
        bladzijde,
        DistrictsformatieUit.model_validate,
    )
