"""What changed between two days, with the lines of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from accounts.rollen import Recht
from monitor.api.problemen import Ongeldig
from monitor.api.schema import Antwoordvorm, Bladzijde, Lijst, blader, keur_dag
from monitor.api.toegang import eis
from monitor.dashboards.overzicht.sinds import lees_sinds
from sturing.lezen.vergadering import Tijdvak, begin_vanzelf
from sturing.regels.sinds import Verandering

router = Router(tags=["sturing"], by_alias=True)


class WijzigingUit(Antwoordvorm):
    """Een verandering tussen twee dagen; op is leeg waar een oordeel naast het vorige staat."""

    thema: str | None
    soort: str
    waarover: str
    wijziging: str
    op: date | None
    adres: str


class WijzigingLijst(Lijst[WijzigingUit]):
    """Een bladzijde van de wijzigingen; totaal telt de rijen van alle bladzijden."""


class Tussen(Bladzijde):
    """Van het eind van de ene dag tot het eind van de andere; zonder dagen vanaf de vorige vergadering tot nu."""

    van: date | None = Field(None, description="Na het eind van deze dag.")
    tot: date | None = Field(None, description="Tot en met deze dag.")

    def tijdvak(self) -> Tijdvak:
        """Ongeldig for a day that is yet to come, or before any figure, and for days that are not in order."""
        vandaag = timezone.localdate()
        tot = self.tot or vandaag
        van = self.van or begin_vanzelf(vandaag).dag
        for naam, dag in (("van", van), ("tot", tot)):
            keur_dag(naam, dag, vandaag)
        if van >= tot:
            raise Ongeldig(("van", f"Kies een dag vóór {tot.isoformat()}."))
        return Tijdvak(van, tot, vandaag)


@router.get("/wijzigingen", response=WijzigingLijst, summary="Wat er veranderde tussen twee dagen")
def wijzigingen(request: HttpRequest, vraag: Query[Tussen]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    eigen = user.districten_met(Recht.PERSONEEL_DISTRICT)
    return blader(lees_sinds(user, vraag.tijdvak(), eigen).regels, vraag, _wijziging)


def _wijziging(regel: Verandering) -> WijzigingUit:
    return WijzigingUit(
        thema=regel.thema or None,
        soort=regel.rubriek.value,
        waarover=regel.naam,
        wijziging=regel.zin,
        op=regel.op,
        adres=settings.SITE_URL.rstrip("/") + regel.adres,
    )
