"""Values and verdicts, with exactly the scope of the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from accounts.models import User
from accounts.rollen import Recht
from common.pagina.peildatum import EERSTE_DAG, einde_van
from formatie.models import Onderdeel
from monitor.api.problemen import Ongeldig
from monitor.api.schema import BladzijdeVraag, DoelbereikUit, Lijst, MetingUit, blader
from monitor.api.toegang import eis
from monitor.models import Berekening, Doelbereik, Doelstelling, Indicator, Meting
from monitor.rekenen.als_record import als_gegevens
from monitor.rekenen.cijfers import leid_af
from monitor.rekenen.peildatum import doelbereik_op
from monitor.rekenen.regels.oordeelregels import REGELVERSIE
from monitor.selectors import get_metingen
from monitor.zicht import BOVENIN, alleen_destijds_zichtbaar, alleen_zichtbaar, bovenin_zoals_leesbaar

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


VOLGORDE = ("indicator__code", "onderdeel__code", "jaar", "kwartaal")


class Vraag(Keuze):
    """With ``peildatum``: as known at the end of that day."""

    peildatum: date | None = None


@router.get(
    "/doelbereik",
    response=Lijst[DoelbereikUit],
    summary="Doelbereik en oordelen",
    operation_id="monitor_api_doelbereik_doelbereik",  # what clients were generated from
)
def doelbereik(request: HttpRequest, vraag: Query[Vraag], bladzijde: BladzijdeVraag) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    zichtbaar = alleen_zichtbaar(Doelbereik.objects.all(), user).filter(**vraag.filters())
    if vraag.peildatum is None:
        rijen = zichtbaar.select_related("indicator", "onderdeel", "doelstelling").order_by(*VOLGORDE)
        return blader(rijen, bladzijde, _nu())
    if vraag.peildatum > timezone.localdate():
        raise Ongeldig(("peildatum", "Deze dag ligt in de toekomst."))
    if vraag.peildatum < EERSTE_DAG:
        raise Ongeldig(("peildatum", f"Kies een dag vanaf {EERSTE_DAG.isoformat()}."))
    return blader(_destijds(user, vraag, vraag.peildatum), bladzijde, _toen(vraag.peildatum))


def _nu() -> Callable[[Doelbereik], DoelbereikUit]:
    berekeningen = {b.indicator_id: b for b in Berekening.objects.all()}

    def maak(rij: Doelbereik) -> DoelbereikUit:
        berekening = berekeningen[rij.indicator_id]
        return _uit(rij, rij.indicator, rij.onderdeel, rij.doelstelling, berekening.berekend_op, berekening.regelversie)

    return maak


def _destijds(user: User, vraag: Vraag, peildatum: date) -> Sequence[Doelbereik]:
    """The records of that day for the places the user may see today: rights are those of the reader now."""
    keuze = vraag.filters()
    jaar, kwartaal = keuze.pop("jaar", None), keuze.pop("kwartaal", None)
    zichtbaar = alleen_destijds_zichtbaar(Doelbereik.objects.filter(**keuze), user)
    plekken = set(zichtbaar.values_list("indicator_id", "onderdeel_id").distinct())
    indicatoren, onderdelen = ({plek[n] for plek in plekken} for n in (0, 1))
    rijen = [
        rij
        for rij in doelbereik_op(peildatum, sorted(indicatoren), onderdelen)
        if (rij.indicator_id, rij.onderdeel_id) in plekken
        and jaar in (None, rij.jaar)
        and kwartaal in (None, rij.kwartaal)
    ]
    namen = Indicator.objects.in_bulk(indicatoren)
    _noem(rijen, namen)
    bovenin_zoals_leesbaar(user, [rij for rij in rijen if rij.onderdeel.soort in BOVENIN], namen)
    return sorted(rijen, key=_volgorde)


def _noem(rijen: Sequence[Doelbereik], indicatoren: Mapping[int, Indicator]) -> None:
    onderdelen = Onderdeel.objects.in_bulk({rij.onderdeel_id for rij in rijen})
    for rij in rijen:
        rij.indicator, rij.onderdeel = indicatoren[rij.indicator_id], onderdelen[rij.onderdeel_id]


def _volgorde(rij: Doelbereik) -> tuple[str, str, int, int]:
    return rij.indicator.code, rij.onderdeel.code, rij.jaar, rij.kwartaal


def _toen(peildatum: date) -> Callable[[Doelbereik], DoelbereikUit]:
    moment = einde_van(peildatum)
    return lambda rij: _uit(rij, rij.indicator, rij.onderdeel, rij.doelstelling, moment, REGELVERSIE)


def _uit(
    rij: Any,
    indicator: Indicator,
    onderdeel: Onderdeel,
    doel: Doelstelling | None,
    berekend_op: datetime,
    regelversie: str,
) -> DoelbereikUit:
    gegevens = als_gegevens(
        rij,
        leid_af(rij, indicator, doel),
        indicator=indicator.code,
        onderdeel=onderdeel.code,
        berekend_op=berekend_op,
        regelversie=regelversie,
    )
    return DoelbereikUit.model_validate(gegevens)
