"""What the figures bring to the agenda of a meeting, by rules; each with what was to be read of it that day.

First what stands under Bespreken on the first page, then what else stands on the highest step of the ladder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import User
from common.tekst.periode import Kwartaal
from monitor.dashboards import selectors
from monitor.dashboards.keuze import bepaal
from monitor.dashboards.overzicht.voortgang import Voortgang
from monitor.dashboards.overzicht.zaken import Zaak, zaken_van
from sturing.lezen.overleggen import Agendering
from sturing.models import Agendapunt, Overleg


@dataclass(frozen=True)
class Voordracht:
    """A figure that asks for a meeting; ``stand`` is that figure in words, ``waar`` on which list it stands."""

    bron: Agendapunt.Bron
    indicator: int
    kwartaal: Kwartaal
    titel: str
    stand: str
    waar: str = ""
    code: str = ""

    @property
    def sleutel(self) -> str:
        return f"{self.indicator}:{self.kwartaal}"


@dataclass(frozen=True)
class Aanbod:
    """A figure that asks for this meeting and is not on its agenda, and why not."""

    voordracht: Voordracht
    waarom: str


def lees_voordrachten(user: User, dag: date) -> list[Voordracht]:
    """As that person read it at the end of that day, or now; each figure once."""
    blik = bepaal(user, "", timezone.localdate(), dag.isoformat())
    voortgang = Voortgang(blik.kwartaal, selectors.regels(blik))
    zaken = {zaak.regel.code: zaak for zaak in zaken_van(blik, voortgang, None)}
    besproken = [zaken[regel.code] for regel in voortgang.bespreken]
    hoogst = sorted((z for z in zaken.values() if z.op_rvo_trede and z.niet_besproken), key=lambda z: z.regel.rang)
    return [_voordracht(zaak, blik.kwartaal) for zaak in (*besproken, *hoogst)]


def _voordracht(zaak: Zaak, kwartaal: Kwartaal) -> Voordracht:
    bron = Agendapunt.Bron.LADDER if zaak.niet_besproken else Agendapunt.Bron.BESPREKEN
    regel = zaak.regel
    delen = [f"{regel.oordeel_woord}.", regel.kern, regel.vervolg]
    if zaak.niet_besproken:
        delen.append(f"Op de ladder: {zaak.stand.hoe_lang}.")
    return Voordracht(
        bron, regel.indicator.pk, kwartaal, regel.naam, " ".join(str(d) for d in delen if d), zaak.waar, regel.code
    )


def niet_geagendeerd(voordrachten: Sequence[Voordracht], overleg: Overleg, agendering: Agendering) -> list[Aanbod]:
    paren = ((een, agendering.plek(een.indicator, een.kwartaal, overleg)) for een in voordrachten)
    return [Aanbod(een, plek.waarom) for een, plek in paren if not plek.staat_erop]
