"""The page of an indicator, its chart, and how a verdict came about."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Scherm
from common.tekst.tekens import en
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.grafiek.voorraad import Figuursoort, als_tekening, haal
from monitor.dashboards.indicator import teams
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.signaal.toelichting import signaaldeel, verwachtingdeel
from monitor.dashboards.indicator.tables import MetingTabel, OnderdeelTabel
from monitor.dashboards.indicator.uitleg import Metingregel, herkomst, met_woorden
from monitor.dashboards.keuze import Blik
from monitor.dashboards.naslag.woorden import begrippen_bij
from monitor.dashboards.oordeel.boom import boom, cijfertabel
from monitor.dashboards.oordeel.selectors import lees_bronnen
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_indicator, toon
from monitor.models import Indicator, Meting


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    return toon(request, lambda: _indicator(blik_van(request), code))


def _indicator(blik: Blik, code: str) -> Scherm:
    blik, lijst = selectors.met_waarvan(blik, code)
    regel, *waarvan = selectors.regels(blik, lijst)
    return maak_scherm(
        blik,
        "indicator/_indicator",
        regel.naam,
        naar_indicator(blik, regel.monitorregel),
        lambda: _inhoud(blik, regel) | {"waarvan": waarvan},
        over=[regel, *waarvan],
        per_onderdeel=True,
        tabellen=_tabellen(blik, regel),
        figuren=lambda: _figuren(blik, regel.indicator),
    )


def _figuren(blik: Blik, indicator: Indicator) -> dict[str, Beeld]:
    figuur = haal(blik, [indicator], Figuursoort.GROOT)[indicator.pk]
    return {f"figuur-{indicator.code}": figuur.als_beeld}


def _inhoud(blik: Blik, regel: Regel) -> Context:
    indicator = regel.indicator
    figuur = haal(blik, [indicator], Figuursoort.GROOT)[indicator.pk]
    return {
        "regel": regel,
        "figuur": als_tekening(figuur, indicator, Figuursoort.GROOT),
        "herkomst": herkomst(regel, blik.bekend.berekening(indicator)),
        "mag_doel": _mag_bij_thema(blik, regel, Recht.DOEL_VOORSTELLEN),
        "mag_definitie": _mag_bij_thema(blik, regel, Recht.DEFINITIE_VOORSTELLEN),
        "doelen": [met_woorden(doel, indicator) for doel in selectors.doelstellingen(blik, indicator)],
        "te_klein": teams.te_klein(blik, regel),
        "omvang": teams.omvang(regel),
        "landelijk": teams.zin(regel, selectors.landelijk_doel(regel)),
        "signaal": signaaldeel(regel.beeld, regel.reden) if regel.beeld else None,
        "verwachting": verwachtingdeel(regel.beeld) if regel.beeld else None,
        "niet_destijds": blik.bekend.toont_minder(indicator),
        "onlangs": gewijzigd.onlangs(blik, regel),
        "begrippen": begrippen_bij(regel.code, regel.soort),
    }


def _mag_bij_thema(blik: Blik, regel: Regel, recht: Recht) -> bool:
    """Everywhere, or for the theme that prints this indicator."""
    return blik.user.mag_overal(recht) or regel.monitorregel.thema.slug in blik.user.themas_met(recht)


def _tabellen(blik: Blik, regel: Regel) -> list[Tabel]:
    indicator = regel.indicator
    titel = f"{indicator.naam}, {blik.bekend.wanneer(blik.kwartaal)}"
    metingen = _metingtabel(blik, selectors.get_versies_van_eenheid(blik, indicator), regel, titel)
    rijen = teams.laatste_rijen(blik, regel)
    per_onderdeel = teams.per_onderdeel(regel, rijen)
    onderdelen = _onderdeeltabel(per_onderdeel, indicator, titel)
    verloop = teams.warmtetabel(blik, regel, rijen)
    overschot = teams.overschot(regel, per_onderdeel)
    verloop.onderschrift = f"{verloop.onderschrift} {overschot}".strip()
    zinnen = [zin for zin in (overschot, teams.omvang(regel)) if zin]
    metingen.noten = onderdelen.noten = verloop.noten = [*blik.bekend.noten, *zinnen]
    return [metingen, verloop, onderdelen]


def _onderdeeltabel(rijen: list[teams.Onderdeelrij], indicator: Indicator, titel: str) -> OnderdeelTabel:
    """The onderdelen the indicator is about; the others are named below the title."""
    buiten = [str(rij.onderdeel) for rij in rijen if not rij.van_toepassing]
    return OnderdeelTabel(
        [rij for rij in rijen if rij.van_toepassing],
        eenheid=indicator.eenheid,
        titel=titel,
        onderschrift=f"Niet van toepassing op {en(buiten)}." if buiten else "",
    )


def _metingtabel(blik: Blik, metingen: list[Meting], regel: Regel, titel: str) -> MetingTabel:
    """Who entered and approved a value is only for those who may read its history."""
    rijen = [Metingregel(meting, regel.indicator) for meting in metingen]
    rechten = {
        "met_personen": blik.user.mag(Recht.SPOOR_LEZEN),
        "met_geschiedenis": _mag_bij_thema(blik, regel, Recht.SPOOR_LEZEN),
    }
    return MetingTabel(rijen, indicator=regel.indicator, titel=titel, **rechten)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def oordeelpagina(request: HttpRequest, code: str) -> HttpResponse:
    """How the verdict of one onderdeel (``?onderdeel=``, else the unit) came about, down to every value."""
    return toon(request, lambda: _oordeel(blik_van(request), code, request.GET.get("onderdeel", "")))


def _oordeel(blik: Blik, code: str, onderdeel: str) -> Scherm:
    blik, van_agenda = selectors.monitorregel(blik, code)
    bronnen = lees_bronnen(blik, van_agenda, onderdeel)
    regel, tabel = bronnen.regel, cijfertabel(bronnen)
    tabel.noten = blik.bekend.noten
    kruimels = [*naar_indicator(blik, regel.monitorregel)[:-1], (regel.naam, regel.adres), ("Oordeel", "")]
    return maak_scherm(
        blik,
        "oordeel/_oordeel",
        f"Oordeel over {regel.naam}",
        kruimels,
        lambda: {"bronnen": bronnen, "regel": regel, "boom": boom(bronnen)},
        over=[regel],
        per_onderdeel=True,
        tabellen=[tabel],
    )
