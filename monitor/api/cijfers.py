"""Values and verdicts, with exactly the scope of the screens."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from accounts.rollen import Recht
from common.pagina.peildatum import EERSTE_DAG
from monitor.api.problemen import Ongeldig
from monitor.api.schema import BladzijdeVraag, DoelbereikUit, Lijst, MetingUit, blader
from monitor.api.toegang import eis
from monitor.dashboards.terugkijken import OP_NAAM, Bekend, bekend_van
from monitor.models import Doelbereik, Meting
from monitor.rekenen.als_record import als_gegevens
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.selectors import Definities, get_metingen

router = Router(tags=["cijfers"], by_alias=True)


Code = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9-]+$")]


class Keuze(Schema):
    """Which values are asked for; what is left out is not filtered on."""

    indicator: Code | None = None
    onderdeel: Code | None = None
    jaar: int | None = Field(None, ge=2000, le=2100)
    kwartaal: int | None = Field(None, ge=1, le=4)

    def filters(self) -> dict[str, Any]:
        waarden = (self.indicator, self.onderdeel, self.jaar, self.kwartaal)
        return {veld: waarde for veld, waarde in zip(OP_NAAM, waarden, strict=True) if waarde is not None}


@router.get("/metingen", response=Lijst[MetingUit], summary="Metingen met hun versies")
def metingen(request: HttpRequest, keuze: Query[Keuze], bladzijde: BladzijdeVraag) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    rijen = get_metingen(user).filter(**keuze.filters())
    return blader(rijen.order_by(*OP_NAAM, "pk").distinct(), bladzijde, _meting)


def _meting(meting: Meting) -> MetingUit:
    return MetingUit(
        id=meting.pk,
        indicator=meting.indicator.code,
        onderdeel=meting.onderdeel.code,
        jaar=meting.jaar,
        kwartaal=meting.kwartaal,
        waarde=meting.waarde,
        teller=meting.teller,
        noemer=meting.noemer,
        marge=meting.marge,
        onbekend=meting.onbekend,
        status=meting.status,
        staat=meting.staat,
        ingevoerd_door=str(meting.ingevoerd_door) if meting.ingevoerd_door else None,
        vastgesteld_door=str(meting.vastgesteld_door) if meting.vastgesteld_door else None,
        vastgesteld_op=meting.vastgesteld_op,
        vervangt=meting.vervangt_id,
        toelichting=meting.toelichting,
    )


class Vraag(Keuze):
    """With ``peildatum``: as known at the end of that day."""

    peildatum: date | None = None

    def gekeurde_dag(self) -> date | None:
        """The day that is asked for; Ongeldig for one that is yet to come, or before any figure."""
        dag = self.peildatum
        if dag and dag > timezone.localdate():
            raise Ongeldig(("peildatum", "Deze dag ligt in de toekomst."))
        if dag and dag < EERSTE_DAG:
            raise Ongeldig(("peildatum", f"Kies een dag vanaf {EERSTE_DAG.isoformat()}."))
        return dag


@router.get(
    "/doelbereik",
    response=Lijst[DoelbereikUit],
    summary="Doelbereik en oordelen",
    operation_id="monitor_api_doelbereik_doelbereik",  # what clients were generated from
)
def doelbereik(request: HttpRequest, vraag: Query[Vraag], bladzijde: BladzijdeVraag) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    bekend = bekend_van(user, vraag.gekeurde_dag())
    return blader(bekend.overal(vraag.filters()), bladzijde, partial(_uit, bekend, Definities.lees()))


def _uit(bekend: Bekend, definities: Definities, rij: Doelbereik) -> DoelbereikUit:
    berekend_op, regelversie = bekend.berekend(rij)
    gegevens = als_gegevens(
        rij,
        leid_cijfers_af(rij, definities.in_jaar(rij.indicator, rij.jaar), rij.doelstelling),
        indicator=rij.indicator.code,
        onderdeel=rij.onderdeel.code,
        berekend_op=berekend_op,
        regelversie=regelversie,
    )
    return DoelbereikUit.model_validate(gegevens)
