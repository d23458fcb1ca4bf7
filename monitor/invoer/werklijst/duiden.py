"""Which duidingen wait for somebody: of the unit for the owner of the figure, of a district for its chief.

Where a figure of the unit has no owner who may write, everybody is asked who may. What was sent back to somebody who
still may is theirs; that is told with everything else that came back.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.rollen import Recht
from common.vaststellen.model import Staat
from monitor.eigenaars import Eigenaars, is_aan_zet
from monitor.invoer.werklijst.punten import Bezigheid, TeDoen, Wachtgroep
from monitor.reikwijdte import lees_reikwijdte
from sturing.lezen.duidingen import duidingadres
from sturing.lezen.ladder import Laddercijfers, Ladderpunt
from sturing.models import Duiding
from sturing.regels.ladder import vraagt_duiding

_Plek = tuple[int, int]
"""An indicator and an onderdeel."""


class Duidstapel:
    """What asks for a duiding in the latest due quarter, read once for everybody who may write one."""

    def __init__(self, vandaag: date, eigenaars: Eigenaars, schrijvers: frozenset[int], cijfers: Laddercijfers) -> None:
        self.vandaag, self._schrijvers, self.cijfers = vandaag, schrijvers, cijfers
        self.eigenaars = eigenaars.voor(Recht.DUIDING_SCHRIJVEN)

    @cached_property
    def _standen(self) -> Mapping[_Plek, list[tuple[str, int | None]]]:
        """Per place the states of its versions in this quarter, each with its author."""
        kwartaal = self.cijfers.kwartaal
        rijen = Duiding.objects.filter(jaar=kwartaal.jaar, kwartaal=kwartaal.nummer).order_by()
        standen: dict[_Plek, list[tuple[str, int | None]]] = {}
        for indicator, onderdeel, staat, wie in rijen.values_list("indicator", "onderdeel", "staat", "ingevoerd_door"):
            standen.setdefault((indicator, onderdeel), []).append((staat, wie))
        return standen

    def is_gedaan(self, plek: _Plek) -> bool:
        """Whether it is approved, waits for that, or came back to who still may write it."""
        return any(
            staat in (Staat.VASTGESTELD, Staat.INGEDIEND) or (staat == Staat.AFGEKEURD and wie in self._schrijvers)
            for staat, wie in self._standen.get(plek, ())
        )


def te_duiden(persoon: User, stapel: Duidstapel, *, gesloten: bool) -> Iterator[TeDoen]:
    """What this person is asked to explain; nothing of a quarter that is closed."""
    if gesloten:
        return
    for punt, als in _gevraagd(persoon, stapel):
        if not stapel.is_gedaan(punt.plek):
            yield _als_punt(punt, als)


def _gevraagd(persoon: User, stapel: Duidstapel) -> Iterator[tuple[Ladderpunt, str]]:
    """What asks for it and is this person's, with for whom they stand in."""
    bereik = lees_reikwijdte(persoon, Recht.DUIDING_SCHRIJVEN)
    for punt in stapel.cijfers.van_eenheid(persoon):
        if vraagt_duiding(punt.oordeel) and bereik.bevat(punt.indicator.code, punt.onderdeel.code):
            beurt = stapel.eigenaars.beurt(punt.indicator, punt.onderdeel, punt.thema.pk, stapel.vandaag)
            if is_aan_zet(persoon, beurt):
                yield punt, beurt.als(persoon) if beurt else ""
    for punt in stapel.cijfers.van_districten(persoon, persoon.districten_met(Recht.DUIDING_SCHRIJVEN)):
        yield punt, ""


def _als_punt(punt: Ladderpunt, als: str) -> TeDoen:
    """Without the verdict: what it stands on goes in a mail."""
    kwartaal, trede = punt.kwartaal, punt.stand.trede
    groep = Wachtgroep(Bezigheid.DUIDEN, "duiding", "duidingen", f"te schrijven over {kwartaal.leesbaar}", kwartaal)
    naam = f"{punt.indicator.naam}, {punt.onderdeel}"
    adres = duidingadres(punt.indicator.code, punt.onderdeel.code, kwartaal)
    stand = f"trede {int(trede)} van de ladder, {punt.stand.hoe_lang}" if trede else ""
    dag = kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN) + timedelta(days=1)
    sinds = timezone.make_aware(datetime.combine(dag, time()))
    kenmerk = f"duiding {punt.indicator.code} {punt.onderdeel.code} {kwartaal}"
    return TeDoen(groep, naam, adres, kenmerk, sinds, stand=stand, als=als)
