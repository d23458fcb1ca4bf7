"""What the approver's pages share: carrying out a decision on what was ticked, and the way between the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.besluit import Geweigerd
from common.vaststellen.model import Staat
from monitor.invoer.regels.waarneming import InvoerFout
from monitor.invoer.vaststellen.bezetting import get_wachtend as bezetting_wacht
from monitor.invoer.vaststellen.selectors import get_wachtend
from monitor.models import Definitieversie, Doelstelling


@dataclass(frozen=True)
class Besluitsoort:
    """One kind of thing to decide on: what it is called, and who reads, approves and sends it back."""

    enkel: str
    meer: str
    gevolg: str
    lees: Callable[[Sequence[str], User], list[Any]]
    stel_vast: Callable[..., Any]
    stuur_terug: Callable[..., Any]
    herkomst: str

    def hoeveel(self, aantal: int) -> str:
        return f"1 {self.enkel}" if aantal == 1 else f"{aantal} {self.meer}"


def voer_besluit_uit(request: HttpRequest, user: User, soort: Besluitsoort) -> None:
    """Do what the form asks, all of it or nothing, and say what was done."""
    keuzes = request.POST.getlist("keuze")
    if not keuzes:
        messages.error(request, f"U heeft nog niets aangevinkt. Vink aan welke {soort.meer} u bedoelt.")
        return
    try:
        messages.success(request, _voer_uit(request.POST, keuzes, user, soort))
    except Geweigerd as fout:
        messages.error(request, str(fout))
    except InvoerFout as fout:
        messages.error(request, fout.fouten[0].reden)


def _voer_uit(formulier: Any, keuzes: Sequence[str], user: User, soort: Besluitsoort) -> str:
    rijen = soort.lees(keuzes, user)
    if formulier.get("besluit") == "terugsturen":
        soort.stuur_terug(rijen, door=user, reden=formulier.get("reden", ""), herkomst=soort.herkomst)
        return f"{soort.hoeveel(len(rijen))} teruggestuurd naar de invoerder."
    soort.stel_vast(rijen, door=user, herkomst=soort.herkomst)
    return f"{soort.hoeveel(len(rijen))} vastgesteld. {soort.gevolg}"


@dataclass(frozen=True)
class Tab:
    """One of the pages of the approver, with how much waits there."""

    naam: str
    adres: str
    aantal: int
    is_hier: bool


def tabs(user: User, hier: str) -> list[Tab]:
    """The pages this approver may open; one query each."""
    wacht = {"staat": Staat.INGEDIEND}
    paginas = (
        ("Waarden", "vaststellen", Recht.METING_VASTSTELLEN, get_wachtend(user)),
        ("Bezetting", "vaststellen_bezetting", Recht.BEZETTING_VASTSTELLEN, bezetting_wacht(user)),
        ("Doelen", "vaststellen_doelen", Recht.DOEL_VASTSTELLEN, Doelstelling.objects.filter(**wacht)),
        ("Definities", "vaststellen_definities", Recht.DEFINITIE_VASTSTELLEN, Definitieversie.objects.filter(**wacht)),
    )
    return [
        Tab(naam, reverse(url), rijen.count(), url == hier) for naam, url, recht, rijen in paginas if user.mag(recht)
    ]
