"""Draw ahead of the reader, so that a request only hands over what lies ready; and what a reader asks for."""

import logging

from celery import shared_task
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Rolvervulling, User
from accounts.rollen import ANALIST
from common.grafiek.beeld import merk, van_json
from common.grafiek.figuur import TEKENTAAK, Figuur, inpakken
from common.jobs import job
from common.pagina.cache import een_stand
from monitor.dashboards import keuze
from monitor.dashboards.grafiek import voorraad
from monitor.dashboards.grafiek.plotly import teken_figuur
from monitor.dashboards.terugkijken import CijfersNu, Uitsnede
from monitor.models import Indicator
from monitor.selectors import Definities
from strategie.models import Agenda

_log = logging.getLogger(__name__)

VELDEN = ("generatie", "merk", "beeld", "plotly", "svg", "getekend_op")


@shared_task(name="monitor.dashboards.grafiek.tasks.teken_figuren", ignore_result=True)
def teken_figuren(codes: list[str]) -> int:
    """Draw and store the charts of these indicators for the quarter readers see first; gives how many.

    Safe to repeat. Nothing depends on it: a page draws what is not stored, or stored of an older generation.
    """
    with job("figuren", ", ".join(codes)[:200]) as run:
        run.berekend = run.gewijzigd = _teken(codes)
        return run.berekend


@shared_task(name=TEKENTAAK, ignore_result=True)
def teken_beeld(tekst: str) -> None:
    """Draw one chart that a page shows, as ``naar_json`` wrote it; safe to repeat."""
    beeld = van_json(tekst)
    _bewaar([Figuur(sleutel=merk(beeld), merk=merk(beeld), beeld=b"", plotly=inpakken(teken_figuur(beeld)))])


def _teken(codes: list[str]) -> int:
    vandaag = timezone.localdate()
    if not Agenda.objects.exists():
        return 0
    with een_stand():
        agendas, definities = keuze.lees_agendas(), Definities.lees()
        tot = keuze.heden(agendas, vandaag)
        berekend = Indicator.objects.filter(code__in=codes, berekening__isnull=False).select_related("berekening")
        zoals_toen = [definities.in_jaar(indicator, tot.jaar) for indicator in berekend]
        wissels = keuze.wissels(agendas, definities, zoals_toen)
        uit = Uitsnede(keuze.eenheid(), zoals_toen, keuze.begin(agendas), tot, wissels)
        tekeningen = [tekening for lezer in _lezers() for tekening in _voor(CijfersNu(lezer), uit)]
    for figuur in tekeningen:
        if figuur.sleutel.partition(":")[0] in voorraad.VOOR_DE_BROWSER and figuur.svg:
            figuur.plotly = _voor_de_browser(figuur)
    return _bewaar(tekeningen)


def _lezers() -> tuple[User, User]:
    """The two that read differently: who may not read the parts of figures about people, and who may."""
    leest_delen = User()
    leest_delen.vervullingen = [Rolvervulling(rol=ANALIST.code)]
    return AnonymousUser(), leest_delen  # type: ignore[return-value]  # a chart is the same for whoever reads alike


def _voor(cijfers: CijfersNu, uit: Uitsnede) -> list[Figuur]:
    """The charts as this reader reads them; with the parts only those that have parts."""
    anders = [indicator for indicator in uit.indicatoren if cijfers.lezing(indicator)]
    gevraagd = anders if cijfers.user.is_authenticated else uit.indicatoren
    return voorraad.teken(cijfers, uit._replace(indicatoren=gevraagd)) if gevraagd else []


def _voor_de_browser(figuur: Figuur) -> bytes:
    """One that cannot be drawn keeps no other from its reader; of that one the drawing of the server stays."""
    try:
        return inpakken(teken_figuur(figuur.als_beeld))
    except Exception:
        _log.exception("De figuur %s is niet te tekenen", figuur.sleutel)
        return b""


def _bewaar(figuren: list[Figuur]) -> int:
    Figuur.objects.bulk_create(
        figuren, update_conflicts=True, unique_fields=["sleutel"], update_fields=VELDEN, batch_size=500
    )
    return len(figuren)
