"""What is off course and on which step of the ladder it stands, as far as one person reads the figures.

Read once for everybody (``Laddercijfers.lees``), and for each person from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rollen import Recht
from common.models import AuditEvent
from common.tekst.periode import Kwartaal, laatst_verschuldigde
from formatie.models import Onderdeel
from monitor import zicht
from monitor.models import Doelbereik, Indicator, Meting, Monitorregel
from monitor.selectors import Definities
from strategie.models import Thema
from sturing.lezen.duidingen import SOORTEN, mag_lezen
from sturing.regels.ladder import NIET_OP_DE_LADDER, Ladderstand, stand_van, vraagt_duiding

LADDER = "ladder"
"""As the audit trail calls a matter on the ladder; its object is the code of the indicator."""


@dataclass(frozen=True, slots=True)
class Ladderpunt:
    """One figure of ``kwartaal``: its verdict, and how it stands on the ladder; of a district there is no step."""

    indicator: Indicator
    onderdeel: Onderdeel
    thema: Thema
    kwartaal: Kwartaal
    oordeel: str
    stand: Ladderstand = NIET_OP_DE_LADDER

    @property
    def plek(self) -> tuple[int, int]:
        return self.indicator.pk, self.onderdeel.pk


@dataclass(frozen=True)
class Laddercijfers:
    """The figures of the latest due quarter, and of the unit those of the agenda before it."""

    kwartaal: Kwartaal
    regels: Sequence[Monitorregel] = ()
    onderdelen: Mapping[int, Onderdeel] = field(default_factory=dict)
    rijen: Sequence[Doelbereik] = ()

    @classmethod
    def lees(cls, vandaag: date, van: Iterable[Onderdeel] | None = None) -> Laddercijfers:
        """In three queries, one less where the onderdelen are known; two more where there is a second agenda."""
        laatst = laatst_verschuldigde(vandaag, settings.INLEVERTERMIJN_DAGEN)
        alle = list(Monitorregel.objects.select_related("indicator", "thema", "agenda").order_by("volgorde", "pk"))
        agendas = sorted({regel.agenda for regel in alle}, key=lambda agenda: agenda.begin_jaar)
        if not agendas:
            return cls(laatst)
        kwartaal = max(min(laatst, agendas[-1].kwartalen[1]), agendas[0].kwartalen[0])
        agenda = next((a for a in reversed(agendas) if a.begin_jaar <= kwartaal.jaar), agendas[0])
        regels = _zoals_bepaald([r for r in alle if r.agenda == agenda], kwartaal.jaar, len(agendas) > 1)
        alle_onderdelen = Onderdeel.objects.filter(soort__in=SOORTEN) if van is None else van
        onderdelen = {o.pk: o for o in alle_onderdelen if o.soort in SOORTEN}
        return cls(kwartaal, regels, onderdelen, _lees_rijen(regels, onderdelen, agenda.begin_jaar, kwartaal))

    @cached_property
    def half(self) -> zicht.Half:
        """Where a figure about people is not of all its parts yet; read only where one of them is off course."""
        van_koers = {rij.indicator_id for rij in self.rijen if vraagt_duiding(rij.oordeel)}
        beperkt = {r.indicator_id: r.indicator for r in self.regels if zicht.is_van_mensen(r.indicator)}
        gevraagd = {pk: indicator for pk, indicator in beperkt.items() if pk in van_koers}
        return zicht.get_half_gevuld(gevraagd, Meting.objects.geldend()) if gevraagd else {}

    def van_eenheid(self, user: User | None = None) -> list[Ladderpunt]:
        """Every indicator with its step, in the order of the agenda; without a person as the program knows it."""
        per_indicator: dict[int, list[Doelbereik]] = defaultdict(list)
        for rij in self._van_eenheid(user):
            per_indicator[rij.indicator_id].append(rij)
        return [self._punt(r, van) for r in self.regels if (van := per_indicator.get(r.indicator_id))]

    def _van_eenheid(self, user: User | None) -> Sequence[Doelbereik]:
        rijen = [rij for rij in self.rijen if self._waar(rij).soort == Onderdeel.Soort.EENHEID]
        if user is None:
            return rijen
        if not user.mag(Recht.CIJFERS_LEZEN):
            return ()
        per_pk = {regel.indicator_id: regel.indicator for regel in self.regels}
        return zicht.zoals_leesbaar(user, [copy(rij) for rij in rijen], per_pk, self.half)

    def _waar(self, rij: Doelbereik) -> Onderdeel:
        return self.onderdelen[rij.onderdeel_id]

    def _punt(self, regel: Monitorregel, rijen: Sequence[Doelbereik]) -> Ladderpunt:
        """``rijen`` in order of time."""
        laatste, nu = rijen[-1], self.kwartaal
        oordeel = laatste.oordeel if Kwartaal(laatste.jaar, laatste.kwartaal) == nu else ""
        stand = stand_van(rijen, nu, regel.agenda.begin_jaar)
        return Ladderpunt(regel.indicator, self._waar(laatste), regel.thema, nu, oordeel, stand)

    def van_districten(self, user: User, codes: Collection[str]) -> list[Ladderpunt]:
        """What is off course in these districts, as far as this person may read it there."""
        regels = {regel.indicator_id: regel for regel in self.regels}
        rijen = [rij for rij in self.rijen if self._waar(rij).code in codes and vraagt_duiding(rij.oordeel)]
        punten = [
            Ladderpunt(regel.indicator, self._waar(rij), regel.thema, self.kwartaal, rij.oordeel)
            for rij in rijen
            for regel in (regels[rij.indicator_id],)
        ]
        return [punt for punt in punten if mag_lezen(user, punt.indicator, punt.onderdeel)]


def _zoals_bepaald(regels: Sequence[Monitorregel], jaar: int, meer_agendas: bool) -> Sequence[Monitorregel]:
    """Each indicator as the agenda of that year defines it."""
    definities = Definities.lees() if meer_agendas else Definities()
    for regel in regels:
        regel.indicator = definities.in_jaar(regel.indicator, jaar)
    return regels


def _lees_rijen(
    regels: Sequence[Monitorregel], onderdelen: Mapping[int, Onderdeel], van: int, tot: Kwartaal
) -> list[Doelbereik]:
    """Of the first unit every quarter from the year ``van``, of the districts the last."""
    eenheid = next((o for o in onderdelen.values() if o.soort == Onderdeel.Soort.EENHEID), None)
    districten = [o for o in onderdelen.values() if o.soort == Onderdeel.Soort.DISTRICT]
    van_nu = Q(jaar=tot.jaar, kwartaal=tot.nummer, onderdeel__in=districten)
    tot_nu = Q(jaar__gte=van, onderdeel=eenheid) & (Q(jaar__lt=tot.jaar) | Q(jaar=tot.jaar, kwartaal__lte=tot.nummer))
    van_regels = Doelbereik.objects.filter(indicator__in=[regel.indicator_id for regel in regels])
    return list(van_regels.filter(van_nu | tot_nu).order_by("jaar", "kwartaal"))


def get_laddersporen() -> QuerySet[AuditEvent]:
    """Each step that was taken, the latest first."""
    return AuditEvent.objects.filter(object_soort=LADDER).order_by("-op", "-pk")
