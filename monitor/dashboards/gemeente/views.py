"""What the pages of the municipalities show; the views hand it over."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.peildatum import Uitgelegd
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Scherm
from common.tekst.tekens import en
from formatie.models import Formatieplan, Gemeente, Onderdeel
from formatie.plan.gemeenten import Werkkring, get_plaatsrijen, get_werkkringen
from formatie.plan.selectors import get_formatieplan, get_inwonertal
from monitor.dashboards import selectors
from monitor.dashboards.gemeente import tegels, zinnen
from monitor.dashboards.gemeente.cijfers import KaartTabel, LensTabel, PlaatsenTabel, kaartrijen
from monitor.dashboards.gemeente.selectors import Lens, Lensregel, gemeenteadres, kop, lens, vergelijk, werkkring
from monitor.dashboards.gemeente.verloop import figuren, grafieken
from monitor.dashboards.keuze import Blik
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, toon
from monitor.models import Indicator, Monitorregel


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeenten(request: HttpRequest) -> HttpResponse:
    return toon(request, lambda: _gemeenten(blik_van(request), request.GET.get("indicator", "")))


def _gemeenten(blik: Blik, code: str) -> Scherm:
    kruimels = [naar_overzicht(blik), ("Gemeenten", "")]
    kringen, lijst = get_werkkringen(blik.kwartaal.einde()), _per_team(blik)
    gekozen = _kies(lijst, code)
    rij = _naast(blik, kringen, gekozen) if gekozen else None
    alle = _tegels(blik, kringen, rij)
    naam = gekozen.indicator.naam if gekozen else "Gemeenten"
    tabel = KaartTabel(
        kaartrijen(alle), titel=f"{naam} per gemeente, {blik.bekend.wanneer(blik.kwartaal)}", orderable=False
    )
    inhoud = {
        "tegels": alle,
        "kaart": tegels.op_de_kaart(alle),
        "oordelen": tegels.oordelen(alle),
        "onbekend": any(tegel.soort == tegels.ZONDER_TEAM for tegel in alle),
        "weg": any(tegel.soort == tegels.WEG for tegel in alle),
        "zin": tegels.kaartzin(alle, naam, blik.kwartaal.einde()),
        "per_district": rij and tegels.soort_op_kaart(rij) == Onderdeel.Soort.DISTRICT,
        "keuzes": [(regel.indicator, _kaartadres(blik, regel), regel == gekozen) for regel in lijst],
        "gekozen": gekozen,
    }
    over = [rij.regel] if rij else []
    return maak_scherm(
        blik,
        "gemeente/_gemeenten",
        "Gemeenten",
        kruimels,
        lambda: inhoud,
        over=over,
        tabellen=[tabel],
        per_onderdeel=True,
    )


def _per_team(blik: Blik) -> list[Monitorregel]:
    """The indicators that teams have figures of, in the order of the agenda."""
    lijst = selectors.zoals_bepaald(blik, selectors.monitorregels(blik).filter(indicator__gevoelig=False))
    return [regel for regel in lijst if regel.indicator.niveau == Indicator.Niveau.BASISTEAM]


def _kies(lijst: list[Monitorregel], code: str) -> Monitorregel | None:
    """The first where none was asked for. Raises Uitgelegd for what is not on the map."""
    if not code:
        return next(iter(lijst), None)
    gevonden = next((regel for regel in lijst if regel.indicator.code == code), None)
    if gevonden is None:
        namen = en([regel.indicator.naam for regel in lijst]) or "een andere pagina"
        raise Uitgelegd(f"Dit staat niet op de kaart van de gemeenten. Kies {namen}.")
    return gevonden


def _kaartadres(blik: Blik, regel: Monitorregel) -> str:
    begin = reverse("gemeenten") + blik.vraag
    return f"{begin}{'&' if blik.vraag else '?'}indicator={regel.indicator.code}"


def _naast(blik: Blik, kringen: list[Werkkring], gekozen: Monitorregel) -> Lensregel | None:
    werken = [onderdeel for kring in kringen for onderdeel in [*kring.teams, *kring.districten]]
    return next(iter(vergelijk(blik, list(dict.fromkeys(werken)), [gekozen]).regels), None)


def _tegels(blik: Blik, kringen: list[Werkkring], rij: Lensregel | None) -> list[tegels.Tegel]:
    return [tegels.maak_tegel(kring, gemeenteadres(blik, kring), rij) for kring in kringen]


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def gemeente(request: HttpRequest, slug: str) -> HttpResponse:
    return toon(request, lambda: _gemeente(blik_van(request), slug))


def _gemeente(blik: Blik, slug: str) -> Scherm:
    kring = werkkring(blik, slug)
    lijst = reverse("gemeenten") + blik.vraag
    kruimels = [naar_overzicht(blik), ("Gemeenten", lijst), (kring.gemeente.naam, "")]
    if kring.opvolger:
        inhoud = _opgegaan(blik, kring, kring.opvolger)
        return maak_scherm(blik, "gemeente/_gemeente", kring.gemeente.naam, kruimels, lambda: inhoud | {"kring": kring})
    gezien, plan = lens(blik, kring), get_formatieplan(blik.kwartaal.einde())
    return maak_scherm(
        blik,
        "gemeente/_gemeente",
        kring.gemeente.naam,
        kruimels,
        lambda: _bestaand(blik, gezien, kring) | {"kring": kring},
        over=[regel.regel for regel in gezien.regels],
        tabellen=_tabellen(blik, kring, gezien, plan),
        per_onderdeel=True,
        figuren=lambda: figuren(grafieken(blik, gezien)),
    )


def _opgegaan(blik: Blik, kring: Werkkring, opvolger: Gemeente) -> Context:
    """Of a municipality that is gone only where it went."""
    adres = reverse("gemeente", args=[opvolger.slug]) + blik.vraag
    return {"opgegaan": zinnen.opgegaan(kring.gemeente, opvolger), "opvolger": adres}


def _bestaand(blik: Blik, gezien: Lens, kring: Werkkring) -> Context:
    return {
        "lens": gezien,
        "koppen": [(onderdeel, kop(onderdeel)) for onderdeel in gezien.kolommen],
        "grafieken": grafieken(blik, gezien),
        "ligging": zinnen.ligging(kring),
        "inwoners": zinnen.inwonerzin(get_inwonertal(kring.gemeente, blik.kwartaal.einde())),
        "mag_bijhouden": blik.user.mag(Recht.ORGANISATIE_BIJHOUDEN),
        "voorbehoud": zinnen.voorbehouden(kring),
        "standen": zinnen.stand(gezien),
        "weggelaten": zinnen.weggelaten(gezien),
        "gebieden": [(gebied, zinnen.gebied(gebied, kring.gemeente)) for gebied in kring.gebieden],
    }


def _tabellen(blik: Blik, kring: Werkkring, gezien: Lens, plan: Formatieplan | None) -> list[Tabel]:
    """What can be saved; without a plan in that quarter only the figures."""
    naam = f"{kring.gemeente}, {blik.kwartaal.leesbaar}"
    noten = [*zinnen.voorbehouden(kring), *zinnen.weggelaten(gezien), *filter(None, [gezien.omvang])]
    cijfers = LensTabel(gezien.cellen, titel=f"Cijfers bij {naam}", noten=noten, orderable=False)
    if plan is None:
        return [cijfers]
    rijen = get_plaatsrijen(plan, gezien.kolommen)
    return [cijfers, PlaatsenTabel(rijen, titel=f"Formatie bij {naam}", onderschrift=str(plan), orderable=False)]
