"""The page of one onderdeel: a basisteam or a district with its figures, another one with where to look."""

from functools import partial

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context, Scherm
from formatie.models import Onderdeel
from monitor.dashboards.gemeente.cijfers import LensTabel
from monitor.dashboards.gemeente.selectors import Lens, gemeenteadres, onderdeeladres, vergelijk
from monitor.dashboards.gemeente.verloop import figuren, grafieken
from monitor.dashboards.gemeente.zinnen import weggelaten
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon
from monitor.dashboards.team import zinnen
from monitor.dashboards.team.selectors import Ligging, lees_ligging, lees_sterkte
from monitor.selectors import lees_opmerkplekken
from sturing.lezen.volgingen import lees_volgknop


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def onderdeel(request: HttpRequest, code: str) -> HttpResponse:
    hier = Q(onderdeel__code=code) | Q(onderdeel__ouder__code=code, onderdeel__ouder__soort=Onderdeel.Soort.DISTRICT)
    gezegd = partial(lees_opmerkplekken, request.user, hier)  # type: ignore[arg-type]  # logged in
    knop = partial(lees_volgknop, request.user, "onderdeel", code)  # type: ignore[arg-type]  # logged in
    return toon(request, lambda: _onderdeel(blik_van(request), code), opmerkplekken=gezegd, volgknop=knop)


def _onderdeel(blik: Blik, code: str) -> Scherm:
    ligging = lees_ligging(blik, code)
    boven = ligging.onderdeel.ouder
    kruimels = [naar_overzicht(blik), *([(str(boven), onderdeeladres(blik, boven.code))] if boven else [])]
    lens = vergelijk(blik, ligging.naast) if ligging.is_gemeten else None
    titel = f"{ligging.onderdeel.get_soort_display()} {ligging.onderdeel}"
    return maak_scherm(
        blik,
        "team/_onderdeel",
        titel,
        [*kruimels, (str(ligging.onderdeel), "")],
        lambda: _kop(blik, ligging, titel) | (_cijfers(blik, ligging, lens) if lens else {}),
        over=[rij.regel for rij in lens.regels] if lens else [],
        tabellen=[_tabel(blik, titel, lens)] if lens else [],
        per_onderdeel=True,
        figuren=lambda: figuren(grafieken(blik, lens)) if lens else {},
    )


def _kop(blik: Blik, ligging: Ligging, titel: str) -> Context:
    vandaag = timezone.localdate()
    verwant = zinnen.verwant(ligging.verleden, ligging.onderdeel, vandaag)
    return {
        "kop": titel,
        "ligging": ligging,
        "bestaan": zinnen.bestaan(ligging.onderdeel, blik.kwartaal.einde()),
        "verleden": zinnen.verleden(ligging.verleden, ligging.onderdeel, vandaag),
        "verwant": [(een, onderdeeladres(blik, een.code)) for een in verwant],
        "soortzin": zinnen.soortzin(ligging.onderdeel),
        "boven": ligging.onderdeel.ouder,
        "gemeenten": [(kring, gemeenteadres(blik, kring)) for kring in ligging.kringen],
        "onder": [(ander, onderdeeladres(blik, ander.code)) for ander in ligging.onder],
    }


def _cijfers(blik: Blik, ligging: Ligging, lens: Lens) -> Context:
    """What stands on its own row first; of what is measured of its district alone, that is said."""
    eigen = [(rij, rij.cellen[0]) for rij in lens.regels]
    return {
        "lens": lens,
        "eigen": [(rij.regel, cel, _alle_onderdelen(rij.regel.adres)) for rij, cel in eigen if cel.toont_oordeel],
        "grafieken": grafieken(blik, lens),
        "weggelaten": weggelaten(lens),
        "sterkte": zinnen.sterkte(lees_sterkte(blik, ligging), blik, ligging.onderdeel),
    }


def _alle_onderdelen(adres: str) -> str:
    return f"{adres}{'&' if '?' in adres else '?'}weergave=onderdelen"


def _tabel(blik: Blik, titel: str, lens: Lens) -> LensTabel:
    noten = [*weggelaten(lens), *filter(None, [lens.omvang])]
    return LensTabel(lens.cellen, titel=f"Cijfers bij {titel}, {blik.kwartaal.leesbaar}", noten=noten, orderable=False)
