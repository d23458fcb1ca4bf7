"""The page of an indicator with its chart in one of three views, and how a verdict came about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.grafiek.beeld import Beeld
from common.grafiek.svg import HOOG
from common.grafiek.tekening import Tekening, maak
from common.pagina.cache import bewaard
from common.pagina.peildatum import lees_bekend
from common.pagina.tabellen import Tabel
from common.pagina.tonen import Context, Scherm
from common.tekst.tekens import en
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.grafiek.onderdelen import build_onderdelen
from monitor.dashboards.grafiek.voorraad import Figuursoort, als_tekening, haal
from monitor.dashboards.indicator import teams
from monitor.dashboards.indicator.duiding import duidingdeel
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.signaal.toelichting import signaaldeel, verwachtingdeel
from monitor.dashboards.indicator.tables import MetingTabel, OnderdeelTabel
from monitor.dashboards.indicator.uitleg import Metingregel, geldende_van, herkomst, met_woorden, vertrouwen
from monitor.dashboards.indicator.weergave import Tabblad, Weergave, gevraagde_weergave, kies
from monitor.dashboards.indicator.zinnen import feiten, lees_eerst
from monitor.dashboards.keuze import Blik
from monitor.dashboards.naslag.woorden import begrippen_bij
from monitor.dashboards.oordeel.boom import boom, cijfertabel
from monitor.dashboards.oordeel.selectors import lees_bronnen
from monitor.dashboards.pagina import blik_van, maak_scherm, mag_bij_thema, naar_indicator, toon
from monitor.models import Doelbereik, Indicator, Meting
from monitor.selectors import lees_opmerkplekken
from sturing.lezen.volgingen import lees_volgknop
from sturing.lezen.vragen import lees_vragen, vraagwoord

FIGUURSOORT = {Weergave.DIT_JAAR: Figuursoort.JAAR, Weergave.ALLE_KWARTALEN: Figuursoort.KWARTALEN}


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    weergave = gevraagde_weergave(request.GET.get("weergave"))
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    gezegd = partial(lees_opmerkplekken, user, Q(indicator__code=code))
    gevraagd = partial(_vragen_bij, request, user, code)
    knop = partial(lees_volgknop, user, "indicator", code)
    erbij: dict[str, Any] = {"opmerkplekken": gezegd, "vragen_bij": gevraagd, "volgknop": knop}
    return toon(request, lambda: _indicator(blik_van(request), code, weergave), **erbij)


def _vragen_bij(request: HttpRequest, user: User, code: str) -> str:
    """As known on the day of the page; for its reader kept as the page is."""

    def _maak() -> dict[str, Any]:
        vragen = lees_vragen(user, moment=lees_bekend(request)[0].moment, indicator__code=code)
        return {"html": render_to_string("sturing/overleg/_bij.html", {"vragen": vragen}) if vragen else ""}

    return bewaard(request, _maak, ("vragen", user.pk))["html"]


class _Gelezen:
    """What the page of one indicator reads, each part once: for its tables, its chart and its words."""

    def __init__(self, blik: Blik, regel: Regel, waarvan: Sequence[Regel], weergave: Weergave) -> None:
        self.blik, self.regel, self.waarvan, self.weergave = blik, regel, waarvan, weergave

    @property
    def indicator(self) -> Indicator:
        return self.regel.indicator

    @cached_property
    def metingen(self) -> list[Meting]:
        return selectors.get_versies_van_eenheid(self.blik, self.indicator)

    @cached_property
    def rijen(self) -> list[Doelbereik]:
        return teams.laatste_rijen(self.blik, self.regel)

    @cached_property
    def onderdelen(self) -> list[teams.Onderdeelrij]:
        return teams.per_onderdeel(self.regel, self.rijen)

    @cached_property
    def tabbladen(self) -> list[Tabblad]:
        te_zien = any(rij.van_toepassing for rij in self.onderdelen)
        return kies(self.regel, self.weergave, met_onderdelen=te_zien)

    @property
    def figuur(self) -> Tekening:
        soort = FIGUURSOORT.get(self.weergave)
        if soort is None:
            return maak(self.beeld, id=self._id, doek=HOOG)
        return als_tekening(haal(self.blik, [self.indicator], soort)[self.indicator.pk], self.indicator, soort)

    @property
    def _id(self) -> str:
        return f"figuur-{self.indicator.code}"

    @property
    def beeld(self) -> Beeld:
        soort = FIGUURSOORT.get(self.weergave)
        if soort is None:
            beeld = build_onderdelen(self.indicator, self.onderdelen, self._naar_onderdeel)
            return replace(beeld, uitleg=f"{beeld.uitleg} {teams.niet_alles(self.regel, self.onderdelen)}".strip())
        return haal(self.blik, [self.indicator], soort)[self.indicator.pk].als_beeld

    def _naar_onderdeel(self, code: str) -> str:
        return reverse("onderdeel", args=[code]) + self.blik.bekend.vraag(self.blik.kwartaal)

    def beelden(self) -> Mapping[str, Beeld]:
        return {self._id: self.beeld}


def _indicator(blik: Blik, code: str, weergave: Weergave) -> Scherm:
    blik, lijst = selectors.met_waarvan(blik, code)
    regel, *waarvan = selectors.regels(blik, lijst)
    gelezen = _Gelezen(blik, regel, waarvan, weergave)
    return maak_scherm(
        blik,
        "indicator/_indicator",
        regel.naam,
        naar_indicator(blik, regel.monitorregel),
        lambda: _inhoud(gelezen) | _vouwen(gelezen),
        over=[regel, *waarvan],
        per_onderdeel=True,
        tabellen=_tabellen(gelezen),
        figuren=gelezen.beelden,
    )


def _inhoud(g: _Gelezen) -> Context:
    """The first screen: the answer, its chart and what it rests on."""
    blik, regel = g.blik, g.regel
    meting = geldende_van(regel, g.metingen)
    alle_kwartalen = g.weergave is Weergave.ALLE_KWARTALEN
    return {
        "regel": regel,
        "eigenaar": selectors.eigenaars(blik, [regel])[g.indicator.pk],
        "wijst_aan": mag_bij_thema(blik, regel, Recht.EIGENAREN_TOEWIJZEN),
        "vraagwoord": vraagwoord(blik.user, {regel.monitorregel.thema.slug}),
        "waarvan": g.waarvan,
        "lees_eerst": lees_eerst(regel),
        "tabbladen": g.tabbladen,
        "weergave": "" if g.weergave is Weergave.DIT_JAAR else g.weergave,
        "figuur": g.figuur,
        "signaal": signaaldeel(regel.beeld) if alle_kwartalen and regel.beeld else None,
        "duiding": duidingdeel(blik, regel),
        "toelichting": meting.toelichting if meting else "",
        "feiten": feiten(regel),
        "vertrouwen": vertrouwen(
            regel, g.metingen, blik.bekend.berekening(g.indicator), met_personen=blik.user.mag(Recht.SPOOR_LEZEN)
        ),
        "onlangs": gewijzigd.onlangs(blik, regel),
        "begrippen": begrippen_bij(regel.code, regel.soort),
        "omvang": teams.omvang(regel),
        "landelijk": teams.zin(regel, selectors.landelijk_doel(regel)),
    }


def _vouwen(g: _Gelezen) -> Context:
    """What is folded below it."""
    blik, regel = g.blik, g.regel
    return {
        "herkomst": herkomst(regel, blik.bekend.berekening(g.indicator)),
        "mag_doel": mag_bij_thema(blik, regel, Recht.DOEL_VOORSTELLEN),
        "mag_definitie": mag_bij_thema(blik, regel, Recht.DEFINITIE_VOORSTELLEN),
        "doelen": [met_woorden(doel, g.indicator) for doel in selectors.doelstellingen(blik, g.indicator)],
        "te_klein": teams.te_klein(blik, regel),
        "verwachting": verwachtingdeel(regel.beeld) if regel.beeld else None,
        "niet_destijds": blik.bekend.toont_minder(g.indicator),
    }


def _tabellen(g: _Gelezen) -> list[Tabel]:
    blik, regel = g.blik, g.regel
    titel = f"{regel.naam}, {blik.bekend.wanneer(blik.kwartaal)}"
    metingen = _metingtabel(g, titel)
    onderdelen = _onderdeeltabel(g.onderdelen, g.indicator, titel)
    verloop = teams.warmtetabel(blik, regel, g.rijen)
    overschot = teams.overschot(regel, g.onderdelen)
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


def _metingtabel(g: _Gelezen, titel: str) -> MetingTabel:
    """Who entered and approved a value is only for those who may read its history."""
    rijen = [Metingregel(meting, g.indicator) for meting in g.metingen]
    rechten = {
        "met_personen": g.blik.user.mag(Recht.SPOOR_LEZEN),
        "met_geschiedenis": mag_bij_thema(g.blik, g.regel, Recht.SPOOR_LEZEN),
    }
    return MetingTabel(rijen, indicator=g.indicator, titel=titel, **rechten)


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
