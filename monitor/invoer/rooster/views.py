"""The page of a quarter's grid, and the address where its script saves cells while someone types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.inzage import meld_inzage
from common.pagina.tonen import lever_bestand
from common.tekst.periode import Kwartaal
from common.tekst.tekens import en, zichtbaar_in_html
from common.vaststellen.bewaking import Geweigerd
from common.vaststellen.model import Staat
from monitor.invoer.importeren.uitvoer import get_rijen
from monitor.invoer.kwartaal.bladen import get_kwartaalbladen
from monitor.invoer.opmerkingen.selectors import tel_bij_waarden
from monitor.invoer.regels.twijfel import Meetplek
from monitor.invoer.regels.weergave import celadres
from monitor.invoer.rooster.beoordeling import Celoordeel
from monitor.invoer.rooster.forms import (
    Getypt,
    OnleesbaarVerzoek,
    geraakt,
    lees_formulier,
    lees_json,
    onthoud_voor_inloggen,
    onthouden,
    vergeet,
)
from monitor.invoer.rooster.selectors import Rooster, Roosterregel, get_rooster
from monitor.invoer.rooster.services import (
    Celuitkomst,
    bewaar_concepten,
    dien_concepten_in,
    wacht_op_anderen,
)
from monitor.invoer.rooster.tables import Antwoord, Rijopmaak, build_aandacht, build_stand, build_tabel
from monitor.invoer.rooster.totaal import reken_totalen
from monitor.invoer.vaststellen.services import neem_terug
from monitor.invoer.vaststellen.soorten import METING
from monitor.models import Meting

_HERKOMST = "scherm invoer"
_TERUG = 'U kunt <a href="{}">{}</a> nu wijzigen. Dien de waarde daarna opnieuw in.'
_BIJ_NAAM = 5
_NIETS = "Er is niets gewijzigd dat u kunt indienen."
_ANTWOORD = f"{_NIETS} Klopt wat is teruggestuurd? Antwoord dan in de toelichting van die waarde en dien haar weer in."


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.METING_INVOEREN, bekend_bij=Recht.CONCEPT_LEZEN)
def rooster(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse:
    if request.method == "POST":
        return _verwerk(request, kwartaal)
    if (formaat := request.GET.get("_export")) is not None:
        rijen, titel = list(get_rijen(_persoon(request), kwartaal)), f"Metingen {kwartaal}"
        _noteer(request, len(rijen) - 1)
        return lever_bestand(request, formaat, naam=f"metingen-{kwartaal}", titel=titel, rijen=rijen)
    bewaard = {rij.plek: rij for rij in onthouden(request)}
    return _toon(request, kwartaal, Antwoord(getypt=bewaard, hersteld=bool(bewaard)))


rooster.onthoud_voor_inloggen = onthoud_voor_inloggen  # type: ignore[attr-defined]  # asked for by the log-in duty


def _persoon(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # the right was asked for by every page here


def _verwerk(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse:
    """Keep what was typed, then do what the pressed button asks. What could not be kept stays on the screen."""
    rijen = {rij.plek: rij for rij in lees_formulier(request.POST)}
    if request.POST.get("actie") == "vergeet":
        vergeet(request)
        return redirect(request.get_full_path())
    try:
        uitkomsten = bewaar_concepten(geraakt(rijen.values(), kwartaal), door=_persoon(request), herkomst=_HERKOMST)
    except Geweigerd as fout:
        messages.error(request, f"Er is niets bewaard. {fout}")
        return _toon(request, kwartaal, Antwoord(getypt={p: r for p, r in rijen.items() if r.is_geraakt}))
    vergeet(request)
    onveilig = {u.plek: u for u in uitkomsten if not u.is_veilig}
    if onveilig:
        messages.error(request, _telling(len(onveilig), "is niet bewaard", "zijn niet bewaard") + " Kijk bij de rij.")
        return _toon(request, kwartaal, Antwoord({p: rijen[p] for p in onveilig}, onveilig))
    gezien = {p: r.gezien for p, r in rijen.items()} | {u.plek: u.versie for u in uitkomsten}
    return _daarna(request, kwartaal, gezien, len(uitkomsten))


def _telling(aantal: int, enkel: str, meer: str) -> str:
    return f"1 waarde {enkel}." if aantal == 1 else f"{aantal} waarden {meer}."


def _daarna(request: HttpRequest, kwartaal: Kwartaal, gezien: Mapping[Meetplek, int], bewaard: int) -> HttpResponse:
    try:
        if request.POST.get("actie") == "indienen":
            if blijft := _dien_in(request, kwartaal, gezien):
                return _toon(request, kwartaal, Antwoord(oordelen=blijft))
        elif request.POST.get("terug"):
            _neem_terug(request, kwartaal)
        elif bewaard:
            messages.success(request, _telling(bewaard, "bewaard als concept", "bewaard als concept"))
    except Geweigerd as fout:
        messages.error(request, str(fout))
    return redirect(request.get_full_path())


def _dien_in(request: HttpRequest, kwartaal: Kwartaal, gezien: Mapping[Meetplek, int]) -> Mapping[Meetplek, Celoordeel]:
    """What is right goes; what is not stays, and is given back with what is wrong with it."""
    metingen, blijft = dien_concepten_in(kwartaal, door=_persoon(request), herkomst=_HERKOMST, gezien=gezien)
    if metingen:
        messages.success(request, _ingediend(metingen, kwartaal))
    elif not blijft:
        terug = Meting.objects.filter(staat=Staat.AFGEKEURD, ingevoerd_door=_persoon(request))
        van_nu = terug.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer)
        messages.info(request, _ANTWOORD if van_nu.exists() else _NIETS)
    if blijft:
        messages.error(request, _telling(len(blijft), "is niet ingediend", "zijn niet ingediend") + " Zie de lijst.")
    if anderen := wacht_op_anderen(kwartaal, door=_persoon(request)):
        namen = en(list(dict.fromkeys(str(naam) for naam in anderen)))
        zin = _telling(len(anderen), "ging niet mee", "gingen niet mee")[:-1]
        messages.info(request, f"{zin}: ingevuld door {namen}. Wie een waarde invult, dient haar in.")
    return blijft


def _ingediend(metingen: Sequence[Meting], kwartaal: Kwartaal) -> SafeString:
    """What was handed in, with the way to where it can be taken back."""
    eerste, alleen = metingen[0], len(metingen) == 1
    wie, doe = ("haar", "haar terug") if alleen else ("ze", "er een terug")
    zin = f"{_telling(len(metingen), 'ingediend', 'ingediend')} Iemand anders moet {wie} nog vaststellen."
    zin += f" Het gaat om {_bij_naam(metingen)}."
    adres = celadres(kwartaal, eerste.indicator.code, eerste.onderdeel.code, alles=True)
    return format_html('{} <a href="{}">Bekijk {} of neem {}</a>.', zin, adres, wie, doe)


def _bij_naam(metingen: Sequence[Meting]) -> str:
    """What went along by name: it may be more than was typed just now."""
    namen = [f"{een.indicator.naam}, {een.onderdeel}" for een in metingen[:_BIJ_NAAM]]
    rest = len(metingen) - len(namen)
    return "; ".join(namen) + (f"; en nog {rest}" if rest else "")


def _neem_terug(request: HttpRequest, kwartaal: Kwartaal) -> None:
    """One submitted value of this grid; of any other it is said that it is gone."""
    regels = get_rooster(_persoon(request), kwartaal).regels
    open_ = {str(r.open.pk): r.open for r in regels if r.open and r.is_vergrendeld}
    meting: Meting | None = open_.get(request.POST["terug"])
    if meting is None:
        messages.error(request, "Deze waarde is al behandeld of teruggenomen.")
        return
    neem_terug(METING, [meting], door=_persoon(request), herkomst=_HERKOMST)
    adres = celadres(kwartaal, meting.indicator.code, meting.onderdeel.code)
    messages.success(request, format_html(_TERUG, adres, f"{meting.indicator.naam}, {meting.onderdeel}"))


def _noteer(request: HttpRequest, rijen: int) -> None:
    """Of values about people that who asks may read in small numbers."""
    if rijen:
        meld_inzage(request, bereik=_persoon(request).waar(Recht.METING_INVOEREN), rijen=rijen)


def _toon(request: HttpRequest, kwartaal: Kwartaal, antwoord: Antwoord) -> HttpResponse:
    gevonden = get_rooster(_persoon(request), kwartaal, oordelen=antwoord.oordelen)
    _noteer(request, sum(regel.indicator.personeel for regel in gevonden.regels))
    alles = gevonden.is_gesloten or request.GET.get("toon") == "alles"
    opmaak = Rijopmaak(kwartaal, reken_totalen(gevonden), tel_bij_waarden(kwartaal))
    tabellen = [build_tabel(groep, gevonden, antwoord, opmaak, alles=alles) for groep in gevonden.groepen]
    context = {
        "rooster": gevonden,
        "tabellen": [tabel for tabel in tabellen if not tabel["is_leeg"]],
        "aandacht": build_aandacht(gevonden, antwoord),
        "alles": alles,
        "is_antwoord": request.method == "POST",
        "bladen": get_kwartaalbladen(_persoon(request), kwartaal),
        "hersteld": antwoord.hersteld,
        "kruimels": [("Overzicht", reverse("overzicht")), ("Invoer", reverse("invoer")), (kwartaal.leesbaar, "")],
    }
    return render(request, "monitor/invoer/rooster/rooster.html", context)


@vereist(Recht.METING_INVOEREN, bekend_bij=Recht.CONCEPT_LEZEN)
@require_POST
def bewaar(request: HttpRequest, kwartaal: Kwartaal) -> JsonResponse:
    """Save the cells the script sends, and say of each what became of it and what the server makes of it."""
    try:
        rijen = {rij.plek: rij for rij in lees_json(request.body)}
        uitkomsten = bewaar_concepten(
            [rij.als_celtekst(kwartaal) for rij in rijen.values()], door=_persoon(request), herkomst=_HERKOMST
        )
    except OnleesbaarVerzoek:
        return JsonResponse({"melding": "Dit verzoek is niet te lezen. Ververs de pagina."}, status=400)
    except Geweigerd as fout:
        return JsonResponse({"melding": str(fout)}, status=409)
    per_plek = {u.plek: u for u in uitkomsten}
    gevonden = get_rooster(_persoon(request), kwartaal, {indicator for indicator, _ in per_plek})
    opmaak = Rijopmaak(kwartaal, reken_totalen(gevonden), {})
    inhoud = {
        "tijd": f"{timezone.localtime():%H:%M}",
        "rijen": _per_rij(gevonden, rijen, per_plek, opmaak),
        "totalen": {indicator: opmaak.totalen.get(indicator, "") for indicator, _ in per_plek},
    }
    return JsonResponse(inhoud)


def _per_rij(
    gevonden: Rooster, rijen: Mapping[Meetplek, Getypt], uitkomsten: Mapping[Meetplek, Celuitkomst], opmaak: Rijopmaak
) -> list[dict[str, Any]]:
    regels, antwoord = {regel.plek: regel for regel in gevonden.regels}, Antwoord(uitkomsten=uitkomsten)
    return [
        _rij(build_stand(regels[plek], gevonden, antwoord), opmaak)
        | _bewaard(regels[plek], uitkomst, rijen[plek], antwoord, mee=regels[plek].gaat_mee(gevonden.lezer))
        if plek in regels
        else {"plek": ":".join(plek), "veilig": False, "melding": uitkomst.reden}
        for plek, uitkomst in uitkomsten.items()
    ]


def _rij(stand: Mapping[str, Any], opmaak: Rijopmaak) -> dict[str, Any]:
    return {
        "stand": zichtbaar_in_html(opmaak.standregel(stand)),
        "bericht": zichtbaar_in_html(opmaak.bericht(stand)),
    }


def _bewaard(
    regel: Roosterregel, uitkomst: Celuitkomst, getypt: Getypt, antwoord: Antwoord, *, mee: bool
) -> dict[str, Any]:
    """Unless it was kept, the row keeps the token of what its typist saw: saving again overwrites nothing either."""
    return {
        "plek": ":".join(regel.plek),
        "veilig": uitkomst.is_veilig,
        "soort": uitkomst.soort,
        "mee": mee,
        "token": regel.token if uitkomst.is_veilig else getypt.token,
        "fout": sorted({o.kolom for o in antwoord.opmerkingen(regel)}),
    }
