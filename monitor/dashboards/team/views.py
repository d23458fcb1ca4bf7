"""The page of one onderdeel: a basisteam or a district with its figures, another one with where to look."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context, Scherm
from monitor.dashboards.gemeente.cijfers import LensTabel
from monitor.dashboards.gemeente.selectors import Lens, gemeenteadres, naast_elkaar, onderdeeladres
from monitor.dashboards.gemeente.verloop import figuren, grafieken
from monitor.dashboards.gemeente.zinnen import weggelaten
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon
from monitor.dashboards.team import zinnen
from monitor.dashboards.team.selectors import Plek, lees_plek, lees_sterkte


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def onderdeel(request: HttpRequest, code: str) -> HttpResponse:
    return toon(request, lambda: _onderdeel(blik_van(request), code))


def _onderdeel(blik: Blik, code: str) -> Scherm:
    plek = lees_plek(blik, code)
    boven = plek.onderdeel.ouder
    kruimels = [naar_overzicht(blik), *([(str(boven), onderdeeladres(blik, boven.code))] if boven else [])]
    lens = naast_elkaar(blik, plek.naast) if plek.is_gemeten else None
    titel = f"{plek.onderdeel.get_soort_display()} {plek.onderdeel}"
    return maak_scherm(
        blik,
        "team/_onderdeel",
        titel,
        [*kruimels, (str(plek.onderdeel), "")],
        lambda: _kop(blik, plek, titel) | (_cijfers(blik, plek, lens) if lens else {}),
        over=[rij.regel for rij in lens.regels] if lens else [],
        tabellen=[_tabel(blik, titel, lens)] if lens else [],
        per_onderdeel=True,
        figuren=lambda: figuren(grafieken(blik, lens)) if lens else {},
    )


def _kop(blik: Blik, plek: Plek, titel: str) -> Context:
    return {
        "kop": titel,
        "plek": plek,
        "bestaan": zinnen.bestaan(plek.onderdeel, blik.kwartaal.einde()),
        "soortzin": zinnen.soortzin(plek.onderdeel),
        "boven": plek.onderdeel.ouder,
        "gemeenten": [(kring, gemeenteadres(blik, kring)) for kring in plek.kringen],
        "onder": [(ander, onderdeeladres(blik, ander.code)) for ander in plek.onder],
    }


def _cijfers(blik: Blik, plek: Plek, lens: Lens) -> Context:
    """What stands on its own row first; of what is measured of its district alone, that is said."""
    eigen = [(rij, rij.cellen[0]) for rij in lens.regels]
    return {
        "lens": lens,
        "eigen": [(rij.regel, cel, _alle_onderdelen(rij.regel.adres)) for rij, cel in eigen if cel.toont_oordeel],
        "grafieken": grafieken(blik, lens),
        "weggelaten": weggelaten(lens),
        "sterkte": zinnen.sterkte(lees_sterkte(blik, plek), blik, plek.onderdeel),
    }


def _alle_onderdelen(adres: str) -> str:
    return f"{adres}{'&' if '?' in adres else '?'}beeld=onderdelen"


def _tabel(blik: Blik, titel: str, lens: Lens) -> LensTabel:
    noten = [*weggelaten(lens), *filter(None, [lens.omvang])]
    return LensTabel(lens.cellen, titel=f"Cijfers bij {titel}, {blik.kwartaal.leesbaar}", noten=noten, orderable=False)
