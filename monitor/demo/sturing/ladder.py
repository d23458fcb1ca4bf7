"""The steps of the ladder in the demo: each is taken on the day after the figures of its quarter were due."""

from datetime import timedelta

from django.conf import settings

from common.tekst.periode import kwartalen
from monitor.demo.verhaal import Verhaal
from strategie.models import Agenda
from sturing.duiding.bijhouden import houd_ladder_bij
from sturing.lezen.ladder import get_laddersporen


def zet_treden(verhaal: Verhaal) -> None:
    """As the program takes them, quarter by quarter; nothing where it has taken any."""
    if get_laddersporen().exists():
        return
    for kwartaal in kwartalen(Agenda.objects.earliest("begin_jaar").kwartalen[0], verhaal.opdracht.tot):
        erna = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN) + timedelta(days=1)
        houd_ladder_bij(verhaal.op(kwartaal.volgende(), (erna - kwartaal.volgende().begin()).days))
