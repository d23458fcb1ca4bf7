"""Values and verdicts, with exactly the scope of the screens."""

from dataclasses import fields
from functools import partial
from typing import Annotated, Any

from django.db.models import Max
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BeforeValidator, Field

from accounts.rollen import Recht
from common.tekst.periode import Kwartaal
from common.tekst.tekens import zonder_onzichtbare
from formatie.models import Onderdeel
from formatie.plan.omvang import Omvangen
from monitor.api.problemen import Ongeldig
from monitor.api.schema import (
    Bladzijde,
    DoelbereikLijst,
    DoelbereikUit,
    MetingLijst,
    MetingUit,
    OpPeildatum,
    ReeksLijst,
    ReeksUit,
    blader,
)
from monitor.api.toegang import eis
from monitor.dashboards.indicator.teams import is_verschil
from monitor.dashboards.terugkijken import OP_NAAM, Bekend, bekend_van
from monitor.dashboards.verkennen.reeksen import Reekskeuze, Reeksrij, keur_keuze, leesbare_reeksen, zoek_reeksen
from monitor.models import Doelbereik, Indicator, Meting
from monitor.reikwijdte import Reikwijdte, lees_reikwijdte
from monitor.rekenen.als_record import als_gegevens
from monitor.rekenen.cijfers import leid_cijfers_af
from monitor.selectors import Definities, get_metingen
from strategie.models import Agenda

router = Router(tags=["cijfers"], by_alias=True)


Code = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9-]+$"), BeforeValidator(zonder_onzichtbare)]


_EERSTE_JAAR = 2000


def _laatste_jaar() -> int | None:
    """Of the agendas; None where none was loaded."""
    return Agenda.objects.aggregate(laatste=Max("eind_jaar"))["laatste"]


class Keuze(Bladzijde):
    """Welke waarden er gevraagd worden; waar niets staat, komt alles."""

    indicator: Code | None = Field(None, description="De code van een indicator.")
    onderdeel: Code | None = Field(None, description="De code van een onderdeel.")
    jaar: int | None = Field(None, ge=_EERSTE_JAAR, le=2100, description="Een kalenderjaar.")
    kwartaal: int | None = Field(None, ge=1, le=4, description="Een kwartaal van 1 tot en met 4.")

    def filters(self) -> dict[str, Any]:
        """What to filter the rows on; Ongeldig with every code that nothing is called by."""
        codes = [_geschreven(model, code) for model, code in ((Indicator, self.indicator), (Onderdeel, self.onderdeel))]
        gevraagd = (("indicator", self.indicator), ("onderdeel", self.onderdeel))
        vreemd = [
            (naam, f"“{vraag}” is geen {naam}. Welke er zijn, staat in {LIJST[naam]}.")
            for (naam, vraag), code in zip(gevraagd, codes, strict=True)
            if vraag and not code
        ]
        if (laatste := _laatste_jaar()) and self.jaar and self.jaar > laatste:
            vreemd.append(("jaar", f"Vul een jaar in van {_EERSTE_JAAR} tot en met {laatste}."))
        if vreemd:
            raise Ongeldig(*vreemd)
        waarden = (*codes, self.jaar, self.kwartaal)
        return {veld: waarde for veld, waarde in zip(OP_NAAM, waarden, strict=True) if waarde is not None}


LIJST = {"indicator": "/api/v1/indicatoren", "onderdeel": "/api/v1/onderdelen"}


def _geschreven(model: type[Indicator] | type[Onderdeel], code: str | None) -> str | None:
    """The code as it is written, whatever capitals were typed; None where nothing is called so."""
    return model.objects.filter(code__iexact=code).values_list("code", flat=True).first() if code else None


@router.get("/metingen", response=MetingLijst, summary="Metingen met hun versies")
def metingen(request: HttpRequest, keuze: Query[Keuze]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    rijen = get_metingen(user).filter(**keuze.filters())
    spoor = lees_reikwijdte(user, Recht.SPOOR_LEZEN)
    return blader(rijen.order_by(*OP_NAAM, "pk").distinct(), keuze, partial(_meting, spoor))


def _meting(spoor: Reikwijdte, meting: Meting) -> MetingUit:
    """Who entered and who approved it only for who reads the trail there, as on the pages."""
    met_namen = spoor.bevat(meting.indicator.code, meting.onderdeel.code)
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
        ingevoerd_door=str(meting.ingevoerd_door) if meting.ingevoerd_door and met_namen else None,
        vastgesteld_door=str(meting.vastgesteld_door) if meting.vastgesteld_door and met_namen else None,
        vastgesteld_op=meting.vastgesteld_op,
        vervangt=meting.vervangt_id,
        toelichting=meting.toelichting,
    )


class Vraag(OpPeildatum, Keuze):
    """Met een peildatum: zoals bekend aan het eind van die dag."""


@router.get(
    "/doelbereik",
    response=DoelbereikLijst,
    summary="Doelbereik en oordelen",
    operation_id="monitor_api_doelbereik_doelbereik",  # what clients were generated from
)
def doelbereik(request: HttpRequest, vraag: Query[Vraag]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    bekend = bekend_van(user, vraag.gekeurde_dag())
    maak = partial(_uit, bekend, Definities.lees(), Omvangen())
    return blader(bekend.overal(vraag.filters()), vraag, maak, bekend.leesbaar)


def _uit(bekend: Bekend, definities: Definities, omvangen: Omvangen, rij: Doelbereik) -> DoelbereikUit:
    berekend_op, regelversie = bekend.berekend(rij)
    gegevens = als_gegevens(
        rij,
        leid_cijfers_af(rij, definities.in_jaar(rij.indicator, rij.jaar), rij.doelstelling),
        indicator=rij.indicator.code,
        onderdeel=rij.onderdeel.code,
        berekend_op=berekend_op,
        regelversie=regelversie,
    )
    over = omvangen.van(Kwartaal(rij.jaar, rij.kwartaal)) if is_verschil(rij.indicator) else None
    return DoelbereikUit.model_validate(gegevens | {"omvang": over.naam_bij(rij.onderdeel) if over else None})


def _codes(waarden: Any) -> list[str]:
    """Of a parameter that stands there once or more, each time with one code or some between commas."""
    lijst = waarden if isinstance(waarden, list) else [waarden]
    return [code.strip() for waarde in lijst for code in str(waarde).split(",") if code.strip()]


Codes = Annotated[list[str], BeforeValidator(_codes)]
_MEER = "Meer dan een kan: herhaal de parameter, of zet komma's tussen de codes."


class Reeksvraag(OpPeildatum):
    """Welke reeksen er gevraagd worden; waar niets staat, komt alles."""

    MEER_KEREN = ("indicator", "onderdeel")

    indicator: Codes = Field([], description=f"De code van een indicator. {_MEER}")
    onderdeel: Codes = Field([], description=f"De code van een onderdeel. {_MEER}")
    vanaf: str = Field("", description="Het eerste kwartaal, bijvoorbeeld 2023-Q1.")
    tot: str = Field("", description="Het laatste kwartaal, bijvoorbeeld 2026-Q3.")

    def keuze(self) -> Reekskeuze:
        """What is asked for; Ongeldig with every fault."""
        keuze, fouten = keur_keuze(self.indicator, self.onderdeel, self.vanaf, self.tot)
        if fouten:
            raise Ongeldig(*((veld, f"{zin}{_welke(veld)}") for veld, zin in fouten))
        return keuze


def _welke(veld: str) -> str:
    return f" Welke er zijn, staat in {LIJST[veld]}." if veld in LIJST else ""


@router.get("/reeksen", response=ReeksLijst, summary="Cijfers om mee verder te rekenen, een rij per kwartaal")
def reeksen(request: HttpRequest, vraag: Query[Reeksvraag]) -> dict[str, Any]:
    user = eis(request, Recht.CIJFERS_LEZEN)
    dag, keuze = vraag.gekeurde_dag(), vraag.keuze()
    bekend = bekend_van(user, dag)
    return blader(zoek_reeksen(bekend, keuze), vraag, _reeks_uit, partial(leesbare_reeksen, bekend))


def _reeks_uit(rij: Reeksrij) -> ReeksUit:
    velden = {veld.name: getattr(rij, veld.name) for veld in fields(rij)}
    return ReeksUit.model_validate(velden | {"jaar": rij.kwartaal.jaar, "kwartaal": rij.kwartaal.nummer})
