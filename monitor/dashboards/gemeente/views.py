"""What the pages of the municipalities show; the views hand it over."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Scherm
from formatie.gemeenten import Werkkring, get_plaatsrijen, get_werkkringen
from formatie.models import Formatieplan, Gemeente
from formatie.plan.selectors import get_formatieplan
from monitor.dashboards.gemeente import zinnen
from monitor.dashboards.gemeente.selectors import Lens, gemeenteadres, kop, lens, werkkring
from monitor.dashboards.gemeente.tables import LensTabel, PlaatsenTabel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeenten(request: HttpRequest) -> HttpResponse:
    return toon(request, lambda: _gemeenten(blik_van(request)))


def _gemeenten(blik: Blik) -> Scherm:
    kruimels = [naar_overzicht(blik), ("Gemeenten", "")]

    def _inhoud() -> Context:
        return {"lijst": [(kring, gemeenteadres(blik, kring)) for kring in get_werkkringen(blik.bekend_op)]}

    return maak_scherm(blik, "gemeente/_gemeenten", "Gemeenten", kruimels, _inhoud)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    return toon(request, lambda: _gemeente(blik_van(request), slug))


def _gemeente(blik: Blik, slug: str) -> Scherm:
    kring = werkkring(blik, slug)
    lijst = reverse("gemeenten") + blik.vraag
    kruimels = [naar_overzicht(blik), ("Gemeenten", lijst), (kring.gemeente.naam, "")]
    inhoud, tabellen = _opgegaan(blik, kring, kring.opvolger) if kring.opvolger else _bestaand(blik, kring)
    return maak_scherm(
        blik, "gemeente/_gemeente", kring.gemeente.naam, kruimels, lambda: inhoud | {"kring": kring}, tabellen=tabellen
    )


def _opgegaan(blik: Blik, kring: Werkkring, opvolger: Gemeente) -> tuple[Context, list[Tabel]]:
    """Of a municipality that is gone only where it went."""
    adres = reverse("gemeente", args=[opvolger.slug]) + blik.vraag
    return {"opgegaan": zinnen.opgegaan(kring.gemeente, opvolger), "opvolger": adres}, []


def _bestaand(blik: Blik, kring: Werkkring) -> tuple[Context, list[Tabel]]:
    gezien, plan = lens(blik, kring), get_formatieplan(blik.kwartaal.einde())
    inhoud = {
        "lens": gezien,
        "koppen": [(onderdeel, kop(onderdeel)) for onderdeel in gezien.kolommen],
        "ligging": zinnen.ligging(kring),
        "voorbehoud": zinnen.voorbehouden(kring),
        "standen": zinnen.stand(gezien),
        "weggelaten": zinnen.weggelaten(gezien),
        "gebieden": [(gebied, zinnen.gebied(gebied, kring.gemeente)) for gebied in kring.gebieden],
    }
    return inhoud, _tabellen(blik, gezien, plan)


def _tabellen(blik: Blik, gezien: Lens, plan: Formatieplan | None) -> list[Tabel]:
    """What can be saved; without a plan in that quarter only the figures."""
    naam = f"{gezien.werkkring.gemeente}, {blik.kwartaal.leesbaar}"
    noten = [*zinnen.voorbehouden(gezien.werkkring), *zinnen.weggelaten(gezien), *filter(None, [gezien.omvang])]
    cijfers = LensTabel(gezien.cellen, titel=f"Cijfers bij {naam}", noten=noten, orderable=False)
    if plan is None:
        return [cijfers]
    rijen = get_plaatsrijen(plan, gezien.kolommen)
    return [cijfers, PlaatsenTabel(rijen, titel=f"Formatie bij {naam}", onderschrift=str(plan), orderable=False)]
