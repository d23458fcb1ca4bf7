"""What stands on which step of the ladder in the quarter shown, as the pages of its indicators have it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal
from common.vaststellen.model import Staat
from monitor.dashboards import selectors
from monitor.dashboards.indicator.regel import Regel
from monitor.dashboards.indicator.teams import kwartaal_van
from monitor.dashboards.keuze import Blik
from monitor.dashboards.overzicht.voortgang import Voortgang
from monitor.dashboards.overzicht.zaken import Zaak, lees_agendering, zaken_van
from monitor.dashboards.pagina import mag_bij_thema
from monitor.zicht import leest_delen
from sturing.lezen.duidingen import duidingadres, lees_onderweg, per_indicator, waarom_geen
from sturing.lezen.ladder import get_laddersporen
from sturing.models import Duiding
from sturing.regels.ladder import Ladderstand, Trede, vraagt_duiding

_MEESTE_STAPPEN = 30


@dataclass(frozen=True)
class Ladderregel:
    """One indicator that stands on the ladder, with what is said about it, and the owner of its figure."""

    zaak: Zaak
    duiding: Duiding | None
    eigenaar: str
    onderdeel: str
    waarom_geen: str
    wacht: bool
    schrijft: bool
    dag: date | None

    @property
    def regel(self) -> Regel:
        return self.zaak.regel

    @property
    def stand(self) -> Ladderstand:
        return self.zaak.stand

    @property
    def adres(self) -> str:
        return duidingadres(self.regel.code, self.onderdeel, kwartaal_van(self.regel), self.dag)

    @property
    def wordt_gevraagd(self) -> bool:
        """Not of a figure of an earlier quarter, nor where the figure is missing now."""
        return not self.regel.is_eerder and vraagt_duiding(self.regel.oordeel)

    @property
    def ontbreekt(self) -> str:
        """Why there is no duiding, in words."""
        if self.duiding:
            return ""
        if self.wordt_gevraagd:
            return self.waarom_geen
        return (
            f"gemeten in {self.regel.periode}; gevraagd bij de volgende meting"
            if self.regel.is_eerder
            else self.regel.oordeel_woord.lower()
        )

    @property
    def trede(self) -> Trede:
        return self.stand.trede

    @property
    def hoe_lang(self) -> str:
        return self.stand.hoe_lang

    # for the table and its file

    @property
    def wat(self) -> str:
        return self.duiding.wat if self.duiding else ""

    @property
    def waardoor(self) -> str:
        return self.duiding.waardoor if self.duiding else self.ontbreekt

    @property
    def doen(self) -> str:
        return self.duiding.doen if self.duiding else ""

    @property
    def wie(self) -> str:
        return str(self.duiding.wie) if self.duiding else ""

    @property
    def wanneer(self) -> str:
        return f"{self.duiding.wanneer:%d-%m-%Y}" if self.duiding else ""

    @property
    def beloofd(self) -> str:
        return self.duiding.vorige.belofte if self.duiding and self.duiding.vorige else ""

    @property
    def afloop(self) -> str:
        return self.duiding.afloop_in_woorden if self.duiding else ""


@dataclass(frozen=True)
class Ladderstap:
    """One step that was taken, as the trail has it."""

    op: datetime
    zin: str


@dataclass(frozen=True)
class Ladderbeeld:
    kwartaal: Kwartaal
    regels: Sequence[Ladderregel]
    stappen: Sequence[Ladderstap]

    @property
    def treden(self) -> list[tuple[Trede, list[Ladderregel]]]:
        """The highest step first, also an empty one: that is news too."""
        return [(trede, [r for r in self.regels if r.trede is trede]) for trede in reversed(Trede) if trede]


def lees_ladderbeeld(blik: Blik) -> Ladderbeeld:
    """A fixed number of queries whatever stands on it."""
    alle = selectors.regels(blik)
    zaken = zaken_van(blik, Voortgang(blik.kwartaal, alle), lees_agendering(blik))
    staan = sorted((z for z in zaken if z.stand.trede), key=lambda z: (-z.stand.kwartalen, z.regel.rang))
    op_ladder = [zaak.regel for zaak in staan]
    duidingen = per_indicator(
        blik.bekend.geldend(Duiding.objects), blik.eenheid, blik.kwartaal, [regel.indicator for regel in op_ladder]
    )
    mist = [r for r in op_ladder if r.indicator.pk not in duidingen]
    weet = {r.indicator.pk: r.indicator for r in mist if mag_bij_thema(blik, r, Recht.CONCEPT_LEZEN)}
    onderweg = lees_onderweg(blik.eenheid, blik.kwartaal, weet.values(), blik.bekend.moment)
    eigenaars = selectors.eigenaars(blik, op_ladder)
    regels = [
        Ladderregel(
            zaak,
            duidingen.get(regel.indicator.pk) if vraagt_duiding(regel.oordeel) and not regel.is_eerder else None,
            eigenaars[regel.indicator.pk],
            blik.eenheid.code,
            waarom_geen(onderweg.get(regel.indicator.pk, ""), weet=regel.indicator.pk in weet),
            onderweg.get(regel.indicator.pk) == Staat.INGEDIEND,
            not blik.bekend.dag and mag_bij_thema(blik, regel, Recht.DUIDING_SCHRIJVEN),
            blik.bekend.dag,
        )
        for zaak in staan
        for regel in (zaak.regel,)
    ]
    return Ladderbeeld(blik.kwartaal, regels, list(_stappen(blik, alle)))


def _stappen(blik: Blik, regels: Sequence[Regel]) -> Iterator[Ladderstap]:
    """Of indicators whose every part this person reads: a step says a verdict."""
    namen = {regel.code: regel.naam for regel in regels if leest_delen(blik.user, regel.indicator)}
    sporen = get_laddersporen().filter(object_id__in=namen)
    if blik.bekend.moment:
        sporen = sporen.filter(op__lte=blik.bekend.moment)
    for een in sporen[:_MEESTE_STAPPEN]:
        yield Ladderstap(een.op, _zin(een, namen[een.object_id]))


def _zin(een: AuditEvent, naam: str) -> str:
    naar = een.naar or {}
    trede, kwartaal = Trede(naar["trede"]), Kwartaal.parse(naar["kwartaal"]).leesbaar
    waarheen = f" (trede {int(trede)}: {trede.bij})" if trede else ""
    return f"{naam}: {een.handeling}{waarheen}, na {kwartaal}."
