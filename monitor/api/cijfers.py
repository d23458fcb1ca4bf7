"""Values and verdicts, with exactly the scope of the screens."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from accounts.rollen import Recht
from monitor.api.bladzijde import BladzijdeVraag, blader
from monitor.api.schema import Lijst, MetingUit
from monitor.api.toegang import eis
from monitor.models import Meting
from monitor.selectors import get_metingen

router = Router(tags=["cijfers"], by_alias=True)


Code = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9-]+$")]


class Keuze(Schema):
    """Which values are asked for; what is left out is not filtered on."""

    indicator: Code | None = None
    onderdeel: Code | None = None
    jaar: int | None = Field(None, ge=2000, le=2100)
    kwartaal: int | None = Field(None, ge=1, le=4)

    def filters(self) -> dict[str, Any]:
        gekozen = {
            "indicator__code": self.indicator,
            "onderdeel__code": self.onderdeel,
            "jaar": self.jaar,
            "kwartaal": self.kwartaal,
        }
        return {veld: waarde for veld, waarde in gekozen.items() if waarde is not None}


@router.get("/metingen", response=Lijst[MetingUit], summary="Metingen met hun versies")
def metingen(request: HttpRequest, keuze: Query[Keuze], bladzijde: BladzijdeVraag) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    rijen = get_metingen(user).filter(**keuze.filters())
    volgorde = ("indicator__code", "onderdeel__code", "jaar", "kwartaal", "pk")
    return blader(rijen.order_by(*volgorde).distinct(), bladzijde, _meting)


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
