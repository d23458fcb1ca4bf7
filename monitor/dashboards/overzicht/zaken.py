"""Each indicator as three lists have it: Bespreken, the ladder, and the agendas of the meetings to come.

The lists follow rules of their own and differ; here is said why, for every page that shows one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from common.tekst.periode import Kwartaal
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.keuze import Blik
from monitor.dashboards.overzicht.voortgang import Voortgang
from sturing.lezen.overleggen import Agendaplek, Agendering
from sturing.models import Duiding
from sturing.regels.ladder import Ladderstand, Trede, stand_van


@dataclass(frozen=True)
class Zaak:
    """``niet_besproken`` is why it is not under Bespreken; ``plek`` None on the page of another quarter than now."""

    regel: Regel
    stand: Ladderstand
    niet_besproken: str
    plek: Agendaplek | None

    @property
    def op_rvo_trede(self) -> bool:
        return self.stand.trede is Trede.RVO

    @property
    def staat_op_agenda(self) -> bool:
        return self.plek is not None and self.plek.staat_erop

    @property
    def waar(self) -> str:
        """Where it stands of the first two, and why not under Bespreken."""
        trede = f"op trede {self.stand.trede.value} van de ladder" if self.stand.trede else "niet op de ladder"
        if self.niet_besproken:
            return f"{trede}, niet onder Bespreken: {self.niet_besproken}"
        return f"onder Bespreken en {trede}"


@dataclass(frozen=True)
class Bespreekpunt:
    """One indicator to discuss, with its duiding and its owner where there are; ``adres`` is where it is written."""

    zaak: Zaak
    duiding: Duiding | None
    eigenaar: str
    adres: str
    waarom_geen: str
    wacht: bool
    schrijft: bool

    @property
    def regel(self) -> Regel:
        return self.zaak.regel

    @property
    def volgende(self) -> tuple[str, date] | None:
        """The next quarter of which a figure comes this year, and the last day for it."""
        resterend = self.regel.afgeleid.resterend if self.regel.afgeleid else ()
        if not resterend:
            return None
        kwartaal = Kwartaal(self.regel.kwartaal.jaar, resterend[0])
        return f"Q{kwartaal.nummer}", kwartaal.uiterste_dag(settings.INLEVERTERMIJN_DAGEN)


def lees_agendering(blik: Blik) -> Agendering | None:
    """Of the quarter that is discussed now; None where the reader chose another."""
    return None if blik.gekozen else Agendering.lees(blik.bekend_op, blik.bekend.moment)


def zaken_van(blik: Blik, voortgang: Voortgang, agendering: Agendering | None) -> list[Zaak]:
    """Every indicator, in the order of the agenda. Without a query."""
    return [_zaak(blik, voortgang, regel, agendering) for regel in voortgang.regels]


def _zaak(blik: Blik, voortgang: Voortgang, regel: Regel, agendering: Agendering | None) -> Zaak:
    stand = stand_van(regel.eerder, blik.kwartaal, blik.agenda.begin_jaar)
    plek = agendering.plek(regel.indicator.pk, blik.kwartaal) if agendering else None
    return Zaak(regel, stand, voortgang.waarom_niet(regel), plek)


def elders(zaken: Sequence[Zaak]) -> list[Zaak]:
    """What is not under Bespreken and is on the highest step, or on the agenda of a meeting to come."""
    return [een for een in zaken if een.niet_besproken and (een.op_rvo_trede or een.staat_op_agenda)]
