"""The trail as who keeps watch reads it: the head of its chain, what does not follow from it, and the events."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.jobs import JobRun
from common.pagina.tabellen import richt_in
from common.pagina.tonen import exporteer
from common.spoor.keten import lees_kop
from common.spoor.koppen import noteer_kop
from monitor.invoer.toezicht.selectors import get_gebeurtenissen, get_maanden, get_open_alarmen
from monitor.invoer.toezicht.services import TAAK
from monitor.invoer.toezicht.tables import SpoorTabel
from monitor.models import Spooralarm

MEESTE_ALARMEN = 100


@require_safe
@vereist(Recht.SPOOR_BEWAKEN)
def spoor(request: HttpRequest) -> HttpResponse:
    """Never kept: an event changes no figure, so no page is made anew for it."""
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    maanden = get_maanden()
    maand = _gekozen(request.GET.get("maand", ""), maanden)
    if "_export" in request.GET:
        noteer_kop("uitvoer van het spoor")
    tabel = _tabel(maand, request)
    context = {
        "titel": "Spoor",
        "kop": lees_kop(),
        "alarmen": get_open_alarmen(user).filter(over=Spooralarm.Over.SPOOR)[:MEESTE_ALARMEN],
        "controle": JobRun.objects.filter(soort=TAAK, afloop=JobRun.Afloop.GESLAAGD).first(),
        "tabel": tabel,
        "maanden": [(f"{een:%Y-%m}", f"{een:%m-%Y}") for een in maanden],
        "maand": f"{maand:%Y-%m}",
        "kruimels": [("Overzicht", reverse("overzicht")), ("Spoor", "")],
    }
    return exporteer(request, tabel) or render(request, "monitor/invoer/toezicht/spoor.html", context)


def _gekozen(tekst: str, maanden: list[datetime]) -> datetime:
    """What is asked wrongly is ignored: the reader sees the latest month."""
    per_naam = {f"{een:%Y-%m}": een for een in maanden}
    laatste = next(iter(maanden), timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    return per_naam.get(tekst, laatste)


def _tabel(maand: datetime, request: HttpRequest) -> SpoorTabel:
    kop = lees_kop()
    noten = [f"Kop van het spoor: {kop}."] if kop else []
    tabel = SpoorTabel(
        get_gebeurtenissen(maand),
        titel=f"Gebeurtenissen in {maand:%m-%Y}",
        onderschrift="Nieuwste bovenaan, zonder waarden en redenen",
        noten=noten,
        empty_text="Er is nog niets gebeurd.",
    )
    richt_in(tabel, request)
    return tabel
