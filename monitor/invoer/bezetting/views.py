"""The page on which the bezetting of a quarter is filled in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.pagina.inzage import meld_inzage
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd
from formatie.models import Onderdeel
from monitor.invoer.bezetting.selectors import Bezettingsblad, get_districten, lees_blad, lees_getypt, neem_getypt_over
from monitor.invoer.bezetting.services import dien_bezetting_in
from monitor.invoer.bezetting.validatie import FTENAMEN, FTEVELDEN
from monitor.invoer.bezetting.vergelijken import GEZIEN
from monitor.invoer.kwartaal.bladen import get_kwartaalbladen
from monitor.invoer.opmerkingen.selectors import tel_bij_bezetting
from monitor.invoer.regels.toetsgegevens import lees_kader
from monitor.invoer.regels.validatie import EERSTE_JAAR
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.services import neem_terug
from monitor.invoer.vaststellen.soorten import BEZETTING

INVOEREN = "scherm bezetting"
_BEGRIPPEN = {"os": "os", "nos": "nos", "aspiranten": "aspirant"}  # as on the page of the district


@require_safe
@vereist(Recht.BEZETTING_INVOEREN, bekend_bij=Recht.PERSONEEL_TEAM)
def nu(request: HttpRequest) -> HttpResponse:
    """Onward to the quarter that ended last: that is the one to fill in."""
    return redirect("invoer_bezetting", kwartaal=Kwartaal.van(timezone.localdate()).vorige())


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.BEZETTING_INVOEREN, bekend_bij=Recht.PERSONEEL_TEAM)
def invoer(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    districten = get_districten(user, kwartaal)
    if not districten:
        return _toon(request, None, kwartaal, districten)
    blad = lees_blad(_kies(districten, request.GET.get("district", "")), kwartaal)
    if request.method == "POST":
        return _verwerk(request, user, blad, districten)
    return _toon(request, blad, kwartaal, districten)


def _kies(districten: list[Onderdeel], code: str) -> Onderdeel:
    gekozen = next((district for district in districten if district.code == code), None if code else districten[0])
    if gekozen is None:
        raise Http404
    return gekozen


def _verwerk(request: HttpRequest, user: User, blad: Bezettingsblad, districten: list[Onderdeel]) -> HttpResponse:
    """Take back one row, or submit what was typed: all of it or nothing, and what was typed stays."""
    getypt = request.POST.dict()
    neem_getypt_over(blad, getypt)
    if veld := getypt.get("terugnemen"):
        blad = _neem_terug(request, user, blad, veld)
        neem_getypt_over(blad, getypt)
        return _toon(request, blad, blad.kwartaal, districten)
    try:
        _dien_in(request, user, blad)
    except InvoerFout as fout:
        neem_getypt_over(blad, getypt, fout.fouten)
        return _toon(request, blad, blad.kwartaal, districten, len(fout.fouten))
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return _toon(request, blad, blad.kwartaal, districten)
    return redirect(request.get_full_path())


def _dien_in(request: HttpRequest, user: User, blad: Bezettingsblad) -> None:
    opgaven, onleesbaar = lees_getypt(blad, lees_kader())
    gezien, reden = {rij.plek: rij.getypt.get(GEZIEN, "") for rij in blad.rijen}, request.POST.get("reden", "")
    rijen, uitkomst = dien_bezetting_in(
        opgaven, door=user, herkomst=INVOEREN, reden=reden, gezien=gezien, onleesbaar=onleesbaar
    )
    _meld(request, len(rijen), len(uitkomst.gelijk))


def _neem_terug(request: HttpRequest, user: User, blad: Bezettingsblad, veld: str) -> Bezettingsblad:
    rij = next((rij for rij in blad.rijen if rij.veld == veld and rij.ingediend), None)
    try:
        if rij is None or rij.huidig is None:
            raise Geweigerd("Deze regel is al behandeld. Bekijk de nieuwe stand.")
        neem_terug(BEZETTING, [rij.huidig], door=user, herkomst=INVOEREN)
        messages.success(request, f"{rij.naam} is teruggenomen. U kunt de regel nu wijzigen en opnieuw indienen.")
    except Geweigerd as fout:
        messages.error(request, str(fout))
    return lees_blad(blad.district, blad.kwartaal)


def _meld(request: HttpRequest, ingediend: int, gelijk: int) -> None:
    if not ingediend:
        messages.info(request, "Er is niets gewijzigd, dus er is niets ingediend.")
        return
    over = f" {gelijk} bleven gelijk." if gelijk > 1 else " 1 bleef gelijk." if gelijk else ""
    regels = "1 regel is" if ingediend == 1 else f"{ingediend} regels zijn"
    messages.success(request, f"{regels} ingediend. Een vaststeller beslist erover.{over}")


def _bereik(request: HttpRequest) -> str:
    return request.user.waar(Recht.CIJFERS_ONDER_DREMPEL)  # type: ignore[union-attr]  # the right was asked for


def _toon(
    request: HttpRequest,
    blad: Bezettingsblad | None,
    kwartaal: Kwartaal,
    districten: list[Onderdeel],
    fouten: int = 0,
) -> HttpResponse:
    if blad:
        meld_inzage(request, bereik=_bereik(request), rijen=len(blad.rijen))
        gezegd = tel_bij_bezetting(kwartaal)
        for rij in blad.rijen:
            rij.opmerkingen = gezegd[rij.plek]
    vorig, volgend = kwartaal.vorige(), kwartaal.volgende()
    context: dict[str, Any] = {
        "blad": blad,
        "kwartaal": kwartaal,
        "uiterste_dag": kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN),
        "eerder": vorig if vorig.jaar >= EERSTE_JAAR else None,
        "later": volgend if volgend.begin() <= timezone.localdate() else None,
        "bladen": get_kwartaalbladen(request.user, kwartaal),  # type: ignore[arg-type]  # the right was asked for
        "districten": districten,
        "koppen": [(FTENAMEN[kolom], _BEGRIPPEN.get(kolom, "")) for kolom in FTEVELDEN],
        "fouten": fouten,
        "staat_open": request.method == "POST",  # what was typed came back, and was not submitted
        "reden": request.POST.get("reden", ""),
        "kruimels": [("Overzicht", reverse("overzicht")), (f"Bezetting {kwartaal.leesbaar}", "")],
    }
    return render(request, "monitor/invoer/bezetting/bezetting.html", context)
