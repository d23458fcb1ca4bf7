"""The agenda as one tree with how each part of it stands, as the page and the API show it to one reader."""

from collections import defaultdict
from collections.abc import Mapping

from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.overzicht.strook import Stip, Themarij
from strategie.models import Ambitie
from sturing.lezen.agendaboom import Agendaboom, Standen, lees_agendaboom
from sturing.lezen.ambities import laatste_standen, lees_open_standen
from sturing.models import Ambitiestand
from sturing.regels.omvang import Halfjaar


def lees_boom(blik: Blik) -> tuple[Agendaboom, list[Regel]]:
    """With the verdicts it shows and how far each ambition is, neither for who reads no figures."""
    regels = selectors.regels(blik) if blik.toont_cijfers else []
    oordelen = {regel.indicator.pk: regel.oordeel_woord for regel in regels} if blik.toont_cijfers else None
    lijst = [r.monitorregel for r in regels] or selectors.zoals_bepaald(blik, selectors.monitorregels(blik))
    standen = Standen(blik.kwartaal.jaar, blik.bekend_op, blik.bekend.moment, oordelen, _lees_ambities(blik))
    boom = lees_agendaboom(blik.agenda, lijst, standen)
    _zet_merken(boom, regels)
    if blik.toont_cijfers:
        _zet_onderweg(boom, blik)
    return boom, regels


def _lees_ambities(blik: Blik) -> Mapping[int, Ambitiestand]:
    """What was last said of each up to the half year shown; one query."""
    if not blik.toont_cijfers:
        return {}
    ambities = Ambitie.objects.filter(thema__agenda=blik.agenda).values_list("pk", flat=True)
    return laatste_standen(ambities, blik.bekend.moment, Halfjaar.van(blik.kwartaal.begin()))


def _zet_onderweg(boom: Agendaboom, blik: Blik) -> None:
    """Of each ambition what is handed in or came back, now or on the day, for who may know of it."""
    onderweg = lees_open_standen([deel.ding for deel in boom.van_soort("ambitie")], blik.user, blik.bekend.moment)
    for deel in boom.van_soort("ambitie"):
        if open_ := onderweg.get(deel.ding.pk):
            deel.onderweg, deel.stand = open_, f"{deel.stand}; {open_}"


def _zet_merken(boom: Agendaboom, regels: list[Regel]) -> None:
    """Of each indicator its verdict, of each theme how many of those are on course."""
    per_thema: dict[int, list[Stip]] = defaultdict(list)
    per_indicator = {regel.indicator.pk: regel for regel in regels}
    for regel in regels:
        per_thema[regel.monitorregel.thema_id].append(Stip(regel))
    for deel in boom.van_soort("indicator"):
        deel.merk = per_indicator.get(deel.ding.pk)
    for deel in boom.van_soort("thema"):
        deel.stand = Themarij(deel.ding, "", per_thema[deel.ding.pk]).woorden if regels else ""
