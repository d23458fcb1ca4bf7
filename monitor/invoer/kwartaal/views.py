"""Closing a quarter, and asking, granting or refusing to open it again."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.tekst.periode import Kwartaal
from common.vaststellen.bewaking import Geweigerd
from monitor.invoer.kwartaal.services import (
    aantal_ontbrekend,
    get_geschiedenis,
    heropen,
    sluit_kwartaal,
    trek_heropening_in,
    vraag_heropening,
    wat_in_de_weg_staat,
    wijs_heropening_af,
    zin_over_ontbrekend,
)
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.werklijst.selectors import lees_afsluitingen, lees_plan
from monitor.models import Afsluiting

_HERKOMST = "scherm invoer"


class Besluit(NamedTuple):
    """What a button does and what is said then; ``met_reden`` is the argument that takes the reason, if any."""

    voer_uit: Callable[..., Afsluiting]
    zin: str
    met_reden: str = ""


SLUITEN = Besluit(
    sluit_kwartaal, "{} is gesloten. Er kan niets meer in veranderen tot iemand anders het heropent.", "toelichting"
)
VRAGEN = Besluit(
    vraag_heropening, "Uw vraag is bewaard. Een vaststeller die het kwartaal niet sloot, beslist.", "reden"
)
BESLUITEN = {
    "heropenen": Besluit(heropen, "{} is weer open."),
    "intrekken": Besluit(trek_heropening_in, "De vraag om heropening is ingetrokken."),
    "afwijzen": Besluit(wijs_heropening_af, "De vraag is afgewezen. {} blijft gesloten.", "reden"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.KWARTAAL_SLUITEN, bekend_bij=Recht.METING_INVOEREN)
def sluiten(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse:
    _eis_van_agenda(kwartaal)
    if request.method == "POST" and _voer_uit(request, kwartaal, SLUITEN):
        return redirect("kwartaal_sluiten", kwartaal)
    ontbreekt = aantal_ontbrekend(kwartaal)
    eigen = {
        "in_de_weg": wat_in_de_weg_staat(kwartaal),
        "ontbreekt": ontbreekt,
        "ontbreekt_zin": zin_over_ontbrekend(ontbreekt),
    }
    return _toon(request, "monitor/invoer/kwartaal/sluiten.html", kwartaal, eigen)


@require_http_methods(["GET", "HEAD", "POST"])
@vereist(Recht.HEROPENING_VRAGEN, Recht.KWARTAAL_SLUITEN, bekend_bij=Recht.CONCEPT_LEZEN)
def heropening(request: HttpRequest, kwartaal: Kwartaal) -> HttpResponse:
    _eis_van_agenda(kwartaal)
    if request.method == "POST":
        besluit = BESLUITEN.get(request.POST.get("besluit", ""), VRAGEN)
        if _voer_uit(request, kwartaal, besluit):
            return redirect("kwartaal_heropening", kwartaal)
    return _toon(request, "monitor/invoer/kwartaal/heropening.html", kwartaal, {})


def _eis_van_agenda(kwartaal: Kwartaal) -> None:
    """A quarter of an agenda that is over; anything else does not exist."""
    if kwartaal not in lees_plan().kwartalen(timezone.localdate()):
        raise Http404


def _toon(request: HttpRequest, sjabloon: str, kwartaal: Kwartaal, eigen: dict[str, Any]) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for by every page here
    afsluiting = lees_afsluitingen().get(kwartaal)
    context = {
        "kwartaal": kwartaal,
        "afsluiting": afsluiting,
        "mag_beslissen": afsluiting and _mag_beslissen(afsluiting, user),
        "mag_afwijzen": afsluiting and user.mag(Recht.KWARTAAL_SLUITEN),
        "vroeg_zelf": afsluiting and afsluiting.gevraagd_door_id == user.pk,
        "mag_werklijst": _mag_werklijst(user),
        "stappen": get_geschiedenis(kwartaal),
        "reden": request.POST.get("reden", ""),
        "kruimels": _kruimels(user, kwartaal),
        **eigen,
    }
    return render(request, sjabloon, context, status=409 if request.method == "POST" else 200)


def _mag_beslissen(afsluiting: Afsluiting, user: User) -> bool:
    """What the service refuses is not offered either."""
    zelf = user.pk in (afsluiting.gevraagd_door_id, afsluiting.gesloten_door_id)
    return user.mag(Recht.KWARTAAL_SLUITEN) and not zelf


def _mag_werklijst(user: User) -> bool:
    return user.mag(Recht.METING_INVOEREN) or user.mag(Recht.METING_VASTSTELLEN)


def _kruimels(user: User, kwartaal: Kwartaal) -> list[tuple[str, str]]:
    invoer = [("Invoer", reverse("invoer"))] if _mag_werklijst(user) else []
    return [("Overzicht", reverse("overzicht")), *invoer, (kwartaal.leesbaar, "")]


def _voer_uit(request: HttpRequest, kwartaal: Kwartaal, besluit: Besluit) -> bool:
    """Do it and say what was done, or why not: then the page shows how things stand, with what was typed."""
    reden = {besluit.met_reden: request.POST.get("reden", "")} if besluit.met_reden else {}
    try:
        besluit.voer_uit(kwartaal, door=request.user, herkomst=_HERKOMST, **reden)
        messages.success(request, besluit.zin.format(kwartaal.leesbaar))
        return True
    except Geweigerd as fout:
        messages.error(request, str(fout))
    except InvoerFout as fout:
        messages.error(request, fout.fouten[0].reden)
    return False
