"""The first page, the themes and the list. A view asks, and hands over; it decides nothing and adds nothing up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.tonen import Context, Scherm
from monitor.dashboards import selectors
from monitor.dashboards.grafiek.voorraad import Figuursoort, als_tekening, haal
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from monitor.dashboards.overzicht.selectors import blok, volledigheid
from monitor.dashboards.overzicht.tables import IndicatorTabel
from monitor.dashboards.pagina import blik_van, maak_scherm, naar_overzicht, themaadres, toon
from strategie.models import Thema


class Indicatorkeuze(forms.Form):
    """The theme is asked of the database; name and verdict of the rows that belong to the quarter shown."""

    zoek = forms.CharField(label="Naam bevat", max_length=100, required=False)
    thema = forms.ChoiceField(label="Thema", required=False)
    oordeel = forms.ChoiceField(
        label="Oordeel",
        required=False,
        choices=[("", "Alle oordelen"), *((code, uiterlijk.woord) for code, uiterlijk in UITERLIJK.items())],
    )

    def __init__(self, *args: Any, themas: Iterable[Thema], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [("", "Alle thema's"), *((thema.slug, thema.naam) for thema in themas)]
        self.fields["thema"].choices = keuzes  # type: ignore[attr-defined]

    def kies(self, blik: Blik) -> list[Regel]:
        """A choice that does not exist chooses nothing; beside one, no verdict is chosen either."""
        geldig, keuze = self.is_valid(), self.cleaned_data
        rijen = selectors.monitorregels(blik)
        rijen = rijen.filter(thema__slug=keuze["thema"]) if keuze.get("thema") else rijen
        zoek = keuze.get("zoek", "").casefold()  # in the name as the agenda of the quarter has it
        op_naam = [rij for rij in selectors.zoals_bepaald(blik, rijen) if zoek in rij.indicator.naam.casefold()]
        regels = selectors.regels(blik, op_naam)
        return [regel for regel in regels if not geldig or keuze["oordeel"] in ("", regel.oordeel)]


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    return toon(request, lambda: _overzicht(blik_van(request)), mijn=blok(request))


def _overzicht(blik: Blik) -> Scherm:
    regels = selectors.regels(blik, met_vonk=True) if blik.toont_cijfers else []

    def _inhoud() -> Context:
        themas = list(selectors.get_themas(blik))
        adressen = {thema.slug: themaadres(blik, thema.slug) for thema in themas}
        return {
            "kaarten": selectors.themakaarten(blik, themas, regels, adressen),
            "groepen": selectors.groepen(regels),
            "volledigheid": volledigheid(blik, regels),
            "mag_heropening_vragen": blik.user.mag(Recht.HEROPENING_VRAGEN),
        }

    return maak_scherm(blik, "overzicht/_overzicht", f"Voortgang {blik.kwartaal.leesbaar}", [], _inhoud, over=regels)


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    return toon(request, lambda: _thema(blik_van(request), slug))


def _thema(blik: Blik, slug: str) -> Scherm:
    blik, gevonden = selectors.get_thema(blik, slug)
    van_thema = selectors.monitorregels(blik).filter(thema=gevonden)
    regels = selectors.regels(blik, van_thema) if blik.toont_cijfers else []

    def _inhoud() -> Context:
        figuren = haal(blik, [r.indicator for r in regels], Figuursoort.KLEIN) if regels else {}
        paren = [
            (regel, als_tekening(figuren[regel.indicator.pk], regel.indicator, Figuursoort.KLEIN)) for regel in regels
        ]
        return {"thema": gevonden, "paren": paren}

    kruimels = [naar_overzicht(blik), (gevonden.naam, "")]
    return maak_scherm(blik, "overzicht/_thema", gevonden.naam, kruimels, _inhoud, over=regels)


@require_safe
@vereist(Recht.CIJFERS_LEZEN)
def indicatorenlijst(request: HttpRequest) -> HttpResponse:
    return toon(request, lambda: _indicatoren(request, blik_van(request)), kiesbaar=True)


def _indicatoren(request: HttpRequest, blik: Blik) -> Scherm:
    filter_ = Indicatorkeuze(request.GET, themas=selectors.get_themas(blik))
    regels = filter_.kies(blik)
    tabel = IndicatorTabel(regels, titel=f"Indicatoren, {blik.bekend.wanneer(blik.kwartaal)}", noten=blik.bekend.noten)
    kruimels = [naar_overzicht(blik), ("Indicatoren", "")]

    def _inhoud() -> Context:
        return {"filter": filter_, "aantal": len(regels)}

    return maak_scherm(
        blik, "overzicht/_indicatoren", "Indicatoren", kruimels, _inhoud, over=regels, tabellen=[tabel], met_htmx=True
    )
