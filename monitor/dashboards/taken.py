"""What ran in the background and what waits, for a beheerder."""

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rollen import Recht
from accounts.toegang import vereist
from common.hartslag import LEVENSTEKENS, lees_achtergrond
from common.jobs import JobRun
from common.pagina.tabellen import Getalkolom, Tabel, Tekstkolom, richt_in
from common.pagina.tonen import exporteer
from monitor.models import Herberekenverzoek, Spooralarm

LENGTE = JobRun._meta.get_field("omschrijving").max_length


class TaakTabel(Tabel):
    """The runs, newest first."""

    naam = "taken"
    per_bladzijde = 50

    soort = Tekstkolom(verbose_name="Taak", rijkop=True)
    omschrijving = Tekstkolom(verbose_name="Waarover", orderable=False)
    begonnen_op = Tekstkolom(verbose_name="Begonnen")
    afloop = Tekstkolom(verbose_name="Afloop")
    duur = Getalkolom(verbose_name="Duur (s)", decimalen=2, reden="wacht", orderable=False)
    gelezen = Getalkolom(verbose_name="Gelezen")
    berekend = Getalkolom(verbose_name="Berekend")
    gewijzigd = Getalkolom(verbose_name="Gewijzigd")

    def render_begonnen_op(self, record: JobRun) -> str:
        return f"{timezone.localtime(record.begonnen_op):%d-%m-%Y %H:%M:%S}"

    def render_soort(self, record: JobRun) -> str:
        return record.soort.capitalize()

    def render_omschrijving(self, record: JobRun) -> str:
        """Kept up to the length of its field: say where it was cut."""
        return f"{record.omschrijving} …" if len(record.omschrijving) == LENGTE else record.omschrijving

    def render_afloop(self, record: JobRun) -> str:
        return record.get_afloop_display()

    def render_duur(self, record: JobRun) -> str:
        return "loopt nog" if record.duur is None else f"{Decimal(str(round(record.duur, 2)))}".replace(".", ",")

    def value_duur(self, record: JobRun) -> Decimal | str:
        return "loopt nog" if record.duur is None else Decimal(str(round(record.duur, 2)))


def get_levenstekens() -> list[tuple[str, datetime | None, bool]]:
    """Per part of the background work when it was last seen and whether it stands still."""
    nu = lees_achtergrond()
    return [(wat, nu.gezien[naam], naam in nu.stil) for naam, wat in LEVENSTEKENS.items()]


def get_cijferalarmen(user: User) -> QuerySet[Spooralarm]:
    """Figures that another road computes otherwise: where, for who keeps watch; never the figures."""
    alarmen = Spooralarm.objects.filter(over=Spooralarm.Over.CIJFERS, hersteld_op=None)
    return alarmen if user.mag(Recht.SPOOR_BEWAKEN) else alarmen.none()


@require_safe
@vereist(Recht.TAKEN_LEZEN)
def taken(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # the right was asked for above
    tabel = richt_in(
        TaakTabel(JobRun.objects.all(), titel="Nieuwste bovenaan", empty_text="Er heeft nog geen taak gelopen."),
        request,
    )
    context = {
        "titel": "Alle taken",
        "tabel": tabel,
        "levenstekens": get_levenstekens(),
        "cijferalarmen": get_cijferalarmen(user)[:100],
        "wachtend": Herberekenverzoek.objects.select_related("indicator", "onderdeel")[:100],
        "kruimels": [("Overzicht", reverse("overzicht")), ("Alle taken", "")],
    }
    return exporteer(request, tabel) or render(request, "monitor/dashboards/taken.html", context)
