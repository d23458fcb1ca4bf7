"""The first page, the themes and the list. A view asks, and hands over; it decides nothing and adds nothing up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.gewijzigd import Gewijzigd
from common.pagina.tonen import Context, Scherm
from monitor.dashboards import gewijzigd, selectors
from monitor.dashboards.grafiek.voorraad import Figuursoort, als_tekening, haal
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.oordeel.uiterlijk import UITERLIJK
from monitor.dashboards.overzicht.bron import bronregels
from monitor.dashboards.overzicht.selectors import get_eigen, lees_volgend_overleg
from monitor.dashboards.overzicht.sinds import sindszin
from monitor.dashboards.overzicht.strook import Stip, Themarij, themawoorden
from monitor.dashboards.overzicht.tables import IndicatorTabel
from monitor.dashboards.overzicht.voortgang import Voortgang, compleet
from monitor.dashboards.overzicht.zaken import Bespreekpunt, Zaak, elders, lees_agendering, zaken_van
from monitor.dashboards.pagina import (
    blik_van,
    maak_scherm,
    mag_bij_thema,
    naar_overzicht,
    naar_themas,
    themaadres,
    toon,
)
from strategie.models import Ambitie, Thema
from sturing.lezen.ambities import laatste_standen, lees_open_standen
from sturing.lezen.duidingen import duidingadres, lees_onderweg, per_indicator, waarom_geen
from sturing.lezen.jaarplan import Hoofdlijnplan, lees_themaplan
from sturing.lezen.volgingen import lees_volgknop
from sturing.lezen.vragen import vraagwoord
from sturing.models import Ambitiestand, Duiding
from sturing.regels.omvang import Halfjaar

_MAP = "monitor/dashboards/overzicht"
NAAST = f"{_MAP}/_naast.html"


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
        self.fields["thema"].choices = keuzes  # type: ignore[attr-defined]  # a field with choices

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
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    return toon(
        request,
        lambda: _overzicht(request, blik_van(request)),
        naast=NAAST,
        eigen=get_eigen(request),
        mijn_themas=user.themas_met(Recht.CIJFERS_ONDER_DREMPEL),
    )


def _overzicht(request: HttpRequest, blik: Blik) -> Scherm:
    """In three parts: the head with the strip, what is of this reader, and below it what there is to discuss."""
    regels = selectors.regels(blik, met_vonk=True) if blik.toont_cijfers else []
    voortgang = Voortgang(blik.kwartaal, regels)
    rijen = _themarijen(blik, regels)
    correcties = gewijzigd.op_eerdere(blik, regels) if regels else None
    scherm = maak_scherm(
        blik,
        "overzicht/_overzicht",
        f"Voortgang {blik.kwartaal.leesbaar}" if blik.toont_cijfers else "De thema's van de agenda",
        [],
        lambda: {
            "voortgang": voortgang,
            "rijen": rijen,
            "correcties": correcties,
            "volgend_overleg": lees_volgend_overleg(blik),
            "sindszin": sindszin(blik, regels),
        },
        over=regels,
    )
    themas = {rij.thema.slug: (rij.thema.naam, rij.adres, rij.woorden) for rij in rijen}
    if not regels or blik.bekend.nog_niets:
        return scherm
    return replace(
        scherm, kader=lambda: scherm.kader() | {"themas": themas} | _onder(request, blik, voortgang, correcties)
    )


def _onder(request: HttpRequest, blik: Blik, voortgang: Voortgang, correcties: Gewijzigd | None) -> Context:
    zaken = {zaak.regel.code: zaak for zaak in zaken_van(blik, voortgang, lees_agendering(blik))}
    is_voorbij = blik.kwartaal.einde() < timezone.localdate()  # before that there is nothing to reopen
    inhoud = {
        "blik": blik,
        "voortgang": voortgang,
        "punten": _punten(blik, [zaken[regel.code] for regel in voortgang.bespreken]),
        "elders": elders(list(zaken.values())),
        "correcties": correcties,
        "mag_heropening_vragen": is_voorbij and blik.user.mag(Recht.HEROPENING_VRAGEN),
    }
    return {
        "compleet": render_to_string(f"{_MAP}/_compleet.html", {"compleet": compleet(voortgang.regels), **inhoud}),
        "vervolg": render_to_string(f"{_MAP}/_bespreken.html", inhoud, request),
    }


def _punten(blik: Blik, zaken: Sequence[Zaak]) -> list[Bespreekpunt]:
    """With what is explained and promised about each, as known on the day of the page."""
    regels = [zaak.regel for zaak in zaken]
    geldend = blik.bekend.geldend(Duiding.objects)
    duidingen = per_indicator(geldend, blik.eenheid, blik.kwartaal, [regel.indicator for regel in regels])
    wie = selectors.eigenaars(blik, regels)
    zonder = [r for r in regels if r.indicator.pk not in duidingen]
    weet = {r.indicator.pk: r.indicator for r in zonder if mag_bij_thema(blik, r, Recht.CONCEPT_LEZEN)}
    onderweg = lees_onderweg(blik.eenheid, blik.kwartaal, weet.values(), blik.bekend.moment)
    return [
        Bespreekpunt(
            zaak,
            duidingen.get(regel.indicator.pk),
            wie[regel.indicator.pk],
            duidingadres(regel.code, blik.eenheid.code, blik.kwartaal, blik.bekend.dag),
            waarom_geen=waarom_geen(onderweg.get(regel.indicator.pk, ""), weet=regel.indicator.pk in weet),
            wacht=regel.indicator.pk in onderweg,
            schrijft=mag_bij_thema(blik, regel, Recht.DUIDING_SCHRIJVEN),
        )
        for zaak in zaken
        for regel in (zaak.regel,)
    ]


def _themarijen(blik: Blik, regels: Sequence[Regel]) -> list[Themarij]:
    per_thema: dict[int, list[Stip]] = defaultdict(list)
    for regel in regels:
        per_thema[regel.monitorregel.thema_id].append(Stip(regel))
    return [
        Themarij(thema, themaadres(blik, thema.slug), per_thema[thema.pk], blik.toont_cijfers)
        for thema in selectors.get_themas(blik)
    ]


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def themas(request: HttpRequest) -> HttpResponse:
    return toon(request, lambda: _themas(blik_van(request)))


def _themas(blik: Blik) -> Scherm:
    regels = selectors.regels(blik) if blik.toont_cijfers else []
    kruimels = [naar_overzicht(blik), ("Thema's", "")]
    voortgang = Voortgang(blik.kwartaal, regels)
    return maak_scherm(
        blik,
        "overzicht/_themas",
        "Thema's",
        kruimels,
        lambda: {"voortgang": voortgang, "rijen": _themarijen(blik, regels)},
        over=regels,
    )


@require_safe
@vereist(Recht.AGENDA_LEZEN)
def thema(request: HttpRequest, slug: str) -> HttpResponse:
    knop = partial(lees_volgknop, request.user, "thema", slug)  # type: ignore[arg-type]  # logged in
    return toon(request, lambda: _thema(blik_van(request), slug), volgknop=knop)


def _thema(blik: Blik, slug: str) -> Scherm:
    blik, gevonden = selectors.get_thema(blik, slug)
    van_thema = selectors.monitorregels(blik).filter(thema=gevonden)
    regels = selectors.regels(blik, van_thema) if blik.toont_cijfers else []

    def _inhoud() -> Context:
        figuren = haal(blik, [r.indicator for r in regels], Figuursoort.KLEIN) if regels else {}
        paren = [
            (Stip(regel), als_tekening(figuren[regel.indicator.pk], regel.indicator, Figuursoort.KLEIN))
            for regel in regels
        ]
        woorden = themawoorden(regels) if regels else ""
        jaar = max(min(blik.bekend_op.year, blik.agenda.eind_jaar), blik.agenda.begin_jaar)
        plan = lees_themaplan(gevonden, jaar, blik.bekend.moment, blik.bekend_op)
        return {
            "thema": gevonden,
            "paren": paren,
            "woorden": woorden,
            "bron": _bronnen(gevonden, plan),
            "ambities": _ambities(blik, gevonden),
            "planjaar": jaar,
            "vraagwoord": "" if blik.bekend.dag or blik.voorbij else vraagwoord(blik.user, {slug}),
        }

    kruimels = [naar_overzicht(blik), naar_themas(blik), (gevonden.naam, "")]
    return maak_scherm(blik, "overzicht/_thema", gevonden.naam, kruimels, _inhoud, over=regels)


def _ambities(blik: Blik, thema: Thema) -> list[tuple[Ambitie, Ambitiestand | None, str]]:
    """Each with what was last said of it up to the half year shown, and what is open; its words may hold figures."""
    ambities = list(thema.ambities.all())
    tot = Halfjaar.van(blik.kwartaal.begin())
    standen = laatste_standen([a.pk for a in ambities], blik.bekend.moment, tot) if blik.toont_cijfers else {}
    onderweg = lees_open_standen(ambities, blik.user, blik.bekend.moment) if blik.toont_cijfers else {}
    return [(ambitie, standen.get(ambitie.pk), onderweg.get(ambitie.pk, "")) for ambitie in ambities]


def _bronnen(thema: Thema, plan: Mapping[int, Hoofdlijnplan]) -> Context:
    """The lines of the agenda, once per block of text, and what is done in a year; ``thema`` with all its text."""
    return {
        "ambities": bronregels(ambitie.bronregel for ambitie in thema.ambities.all()),
        "hoofdlijnen": [
            (lijn, bronregels([lijn.bronregel, *(een.bronregel for een in lijn.activiteiten.all())]), plan[lijn.pk])
            for lijn in thema.hoofdlijnen.all()
        ],
    }


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
