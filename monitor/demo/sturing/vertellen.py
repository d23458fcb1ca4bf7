"""What people explain, plan, ask and agree on in the demo: one part per folder of ``sturing``, in this order."""

from collections.abc import Callable

from django.utils import timezone

from monitor.demo.sturing.ambities import vertel_ambities, vertel_gebeurtenissen
from monitor.demo.sturing.duidingen import vertel_duidingen
from monitor.demo.sturing.jaarplan import vertel_jaarplan
from monitor.demo.sturing.koppelingen import leg_koppelingen
from monitor.demo.sturing.ladder import zet_treden
from monitor.demo.sturing.overleg import vertel_overleg
from monitor.demo.sturing.volgen import laat_volgen
from monitor.demo.verhaal import Verhaal
from monitor.rekenen.herberekenen import herbereken

DELEN: tuple[Callable[[Verhaal], None], ...] = (
    vertel_jaarplan,
    vertel_duidingen,
    vertel_ambities,
    vertel_gebeurtenissen,
    leg_koppelingen,
    zet_treden,
    vertel_overleg,
    laat_volgen,
)


def vertel_sturing(verhaal: Verhaal) -> None:
    """Each part tells nothing where people made something of its kind themselves; some say what the figures say."""
    herbereken(vandaag=timezone.localdate(verhaal.nu))
    for deel in DELEN:
        deel(verhaal)
